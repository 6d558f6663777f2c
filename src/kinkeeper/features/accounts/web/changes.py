"""Pages on which one's own account gets another address, or is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.changes import MOVE
from kinkeeper.features.accounts.forms import ConfirmForm, MoveForm
from kinkeeper.features.accounts.forms.people import TypedNameForm
from kinkeeper.features.accounts.service import closing, moving
from kinkeeper.features.accounts.web.fresh import asks_again
from kinkeeper.features.accounts.web.pages import pages
from kinkeeper.kernel import clock
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.platform import links
from kinkeeper.web import security
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render, render_private

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/account/email", methods=["GET", "POST"])
@asks_again
def ask_to_move() -> ResponseReturnValue:
    """Ask to sign in with another address."""
    form = MoveForm(request.form)
    if form.is_good():
        with form.problems():
            moving.ask_to_move(current_actor(), form.email.data)
            notify("success", mark("Look into the new mailbox: the letter there makes the change."))
            return back_to(".account")
    email = queries.email_of(read_session(), current_actor().account_id)
    return render("accounts/ask_to_move.html", form=form, email=email, status=form.status)


@pages.route("/account/email/<token>", methods=["GET", "POST"])
def move(token: str) -> ResponseReturnValue:
    """Show one button, which makes the change: opening a link alone changes nothing."""
    form = ConfirmForm(request.form)
    if form.is_good():
        with form.problems():
            moving.move(current_actor(), token, address=security.client_address())
            notify("success", mark("Done. Please sign in with your new address."))
            return back_to(".sign_in")
    if not form.was_sent:
        links.look_at(read_session(), MOVE, token, clock.now())
    return render_private("accounts/move.html", form=form, status=form.status)


@pages.route("/account/close", methods=["GET", "POST"])
@asks_again
def close() -> ResponseReturnValue:
    """Close one's own account."""
    own = queries.own_account(read_session(), current_actor())
    email, username = own.email, own.username
    form = TypedNameForm(request.form, expected=email, also=username)
    if form.is_good():
        with form.problems():
            closing.close_account(current_actor())
            notify("success", mark("Your account is closed."))
            return back_to(".sign_in")
    return render(
        "accounts/close.html",
        form=form,
        email=email,
        username=username,
        alone=queries.organised_by_nobody_else(read_session(), current_actor()),
        days=queries.IN_THE_BIN.days,
        status=form.status,
    )
