"""One's own account: password and access tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import request, url_for

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms import (
    ChangePasswordForm,
    TokenForm,
    UsernameForm,
)
from kinkeeper.features.accounts.service import naming, passwords, tokens
from kinkeeper.features.accounts.web.pages import let_in, pages, this_browser
from kinkeeper.kernel import clock
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web import shown_once
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/account")
def account() -> ResponseReturnValue:
    """Show one's own account."""
    return _account_page(ChangePasswordForm(), TokenForm())


@pages.post("/account/password")
def change_password() -> ResponseReturnValue:
    """Choose a new password while signed in."""
    form = ChangePasswordForm(request.form)
    if form.is_good():
        with form.problems():
            who = passwords.change_password(
                current_actor(), form.present.data, form.password.data, browser=this_browser()
            )
            notify("success", mark("Your password is changed. All other browsers are signed out."))
            return let_in(who, url_for(".account"))
    return _account_page(form, TokenForm(), status=form.status)


@pages.route("/account/username", methods=["GET", "POST"])
def username() -> ResponseReturnValue:
    """Choose what to sign in with besides the address."""
    own = queries.own_account(read_session(), current_actor())
    form = UsernameForm(request.form, username=own.username)
    if form.is_good():
        with form.problems():
            naming.choose_username(current_actor(), form.username.data)
            notify("success", mark("Kept."))
            return back_to(".account")
    return render("accounts/username.html", form=form, status=form.status)


@pages.post("/account/tokens")
def make_token() -> ResponseReturnValue:
    """Make an access token, for the account's page to show."""
    form = TokenForm(request.form)
    if form.is_good():
        with form.problems():
            secret = tokens.make_token(current_actor(), form.name.data, days=form.days.data)
            response = back_to(".account")
            shown_once.show_next(response, secret)
            return response
    return _account_page(ChangePasswordForm(), form, status=form.status)


@pages.post("/account/tokens/<uuid:token_id>/revoke")
def revoke_token(token_id: UUID) -> ResponseReturnValue:
    """End an access token."""
    tokens.revoke_token(current_actor(), token_id)
    notify("success", mark("That access token no longer works."))
    response = back_to(".account")
    shown_once.forget(response)  # it may be that one
    return response


def _account_page(
    password_form: ChangePasswordForm,
    token_form: TokenForm,
    *,
    status: int = 200,
) -> ResponseReturnValue:
    return render(
        "accounts/account.html",
        password_form=password_form,
        token_form=token_form,
        new_token=shown_once.shown(),
        own=queries.own_account(read_session(), current_actor()),
        tokens=queries.tokens_of(read_session(), current_actor()),
        address=settings().address,
        zone=ZoneInfo(settings().zone),
        now=clock.now(),
        status=status,
    )
