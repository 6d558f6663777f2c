"""Pages on which one's own account gets another address, is closed, or is forgotten with its person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import request

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.changes import MOVE
from kinkeeper.features.accounts.forms import ConfirmForm, MoveForm
from kinkeeper.features.accounts.forms.people import TypedNameForm
from kinkeeper.features.accounts.service import closing, erasing, moving
from kinkeeper.features.accounts.web.fresh import asks_again
from kinkeeper.features.accounts.web.pages import pages
from kinkeeper.kernel import clock
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.platform import links
from kinkeeper.web import security
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify, notify_letter
from kinkeeper.web.pages import back_to, render, render_private
from kinkeeper.web.steps import steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from kinkeeper.kernel.actor import Actor


@pages.route("/account/email", methods=["GET", "POST"])
@asks_again
def ask_to_move() -> ResponseReturnValue:
    """Ask to sign in with another address."""
    form = MoveForm(request.form)
    if form.is_good():
        with form.problems():
            moving.ask_to_move(current_actor(), form.email.data)
            notify_letter(mark("Look into the new mailbox: the letter there makes the change."))
            return back_to(".account")
    own = queries.own_account(read_session(), current_actor())
    return render(
        "accounts/ask_to_move.html", form=form, email=own.email, waits_for=own.new_email, status=form.status
    )


@pages.post("/account/stay")
def stay() -> ResponseReturnValue:
    """Give up the change of address that one has asked for."""
    moving.stay(current_actor())
    notify("success", mark("Given up: your address stays as it is, and the link in the letter ends."))
    return back_to(".account")


@pages.route("/account/email/<token>", methods=["GET", "POST"])
def move(token: str) -> ResponseReturnValue:
    """Show one button, which makes the change: opening a link alone changes nothing."""
    form = ConfirmForm(request.form)
    if form.is_good():
        with form.problems():
            moving.move(current_actor(), token, address=security.client_address(), steps=steps())
            notify("success", mark("Done. Please sign in with your new address."))
            return back_to(".sign_in")
    if not form.was_sent:
        links.look_at(read_session(), MOVE, token, clock.now())
    return render_private("accounts/move.html", form=form, status=form.status)


@pages.route("/account/close", methods=["GET", "POST"])
@asks_again
def close() -> ResponseReturnValue:
    """Close one's own account."""
    verb = partial(closing.close_account, steps=steps().close)
    return _leave("accounts/close.html", verb, mark("Your account is closed."))


@pages.route("/account/erase", methods=["GET", "POST"])
@asks_again
def erase() -> ResponseReturnValue:
    """Have oneself forgotten, account and all."""
    verb = partial(erasing.erase_own_account, steps=steps().erase)
    return _leave("accounts/erase.html", verb, mark("You are forgotten here."))


def _leave(page: str, verb: Callable[[Actor], None], done: str) -> ResponseReturnValue:
    """Ask somebody to type what they sign in with, and let them go."""
    own = queries.own_account(read_session(), current_actor())
    email, username = own.email, own.username
    form = TypedNameForm(request.form, expected=username or email, also=email)
    if form.is_good():
        with form.problems():
            verb(current_actor())
            notify("success", done)
            return back_to(".sign_in")
    return render(
        page,
        form=form,
        email=email,
        username=username,
        alone=queries.organised_by_nobody_else(read_session(), current_actor()),
        days=queries.IN_THE_BIN.days,
        status=form.status,
    )
