"""Pages for whoever forgot a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request, url_for

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails import RESET
from kinkeeper.features.accounts.forms import (
    ForgottenForm,
    NewPasswordForm,
)
from kinkeeper.features.accounts.service import passwords
from kinkeeper.features.accounts.web.pages import let_in, pages, this_browser
from kinkeeper.kernel import clock
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.platform import links
from kinkeeper.web import security
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render, render_private
from kinkeeper.web.problems import lead_on
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    """Ask for a password link."""
    form = ForgottenForm(request.form)
    if form.is_good():
        with form.problems():
            passwords.ask_for_reset(
                current_actor(),
                form.email.data,
                address=security.client_address(),
                lasts=settings().reset_life,
            )
            return back_to(".forgotten_sent")
    return render("accounts/forgotten.html", form=form, status=form.status)


@pages.route("/forgotten/sent")
def forgotten_sent() -> ResponseReturnValue:
    """Say the same to everybody."""
    return render("accounts/forgotten_sent.html", minutes=int(settings().reset_life.total_seconds() // 60))


@pages.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password by a mailed link."""
    lead_on(url_for(".forgotten"), mark("Ask for a new letter"))
    form = NewPasswordForm(request.form)
    if form.is_good():
        with form.problems():
            who = passwords.reset_password(
                current_actor(),
                token,
                form.password.data,
                address=security.client_address(),
                browser=this_browser(),
            )
            notify("success", mark("Your password is changed. All else is signed out, access tokens too."))
            return let_in(who, "/")
    if not form.was_sent:
        links.look_at(read_session(), RESET, token, clock.now())
    account_id = links.subject_of(read_session(), RESET, token)
    email = queries.email_of(read_session(), account_id)
    return render_private("accounts/reset.html", form=form, email=email, status=form.status)
