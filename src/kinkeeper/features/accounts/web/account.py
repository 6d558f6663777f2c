"""One's own account: password and access tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app, request, url_for

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms import (
    ChangePasswordForm,
    TokenForm,
    UsernameForm,
)
from kinkeeper.features.accounts.service import naming, passwords, tokens
from kinkeeper.features.accounts.service.sessions import EVERYTHING
from kinkeeper.features.accounts.web.fresh import asks_again
from kinkeeper.features.accounts.web.pages import let_in, pages, this_browser
from kinkeeper.kernel import clock
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web import shown_once
from kinkeeper.web.access import current_actor, scope_in_parts, scope_in_words, scopes_there_are
from kinkeeper.web.language import listed, text
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from wtforms import Field


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
            notify("success", mark("Your password is changed. All else is signed out, access tokens too."))
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
@asks_again
def make_token() -> ResponseReturnValue:
    """Make an access token, for the account's page to show."""
    form = TokenForm(request.form)
    form.scopes.choices = _scopes()
    if form.is_good():
        with form.problems():
            chosen = form.scopes.data or []
            secret = tokens.make_token(
                current_actor(),
                form.name.data,
                days=form.days.data,
                scopes=None if EVERYTHING in chosen else chosen,
            )
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


def _scopes() -> list[tuple[str, str]]:
    """Offer everything, and each thing that a token can be for."""
    everything = (EVERYTHING, text(mark("Everything that you may do")))
    return [everything, *((scope, _said(scope)) for scope in scopes_there_are(current_app))]


def _said(scope: str) -> str:
    """Say what a token is for."""
    is_all = scope == EVERYTHING
    return text(mark("everything that you may do")) if is_all else scope_in_words(current_app, scope)


def _boxes(form: TokenForm) -> list[tuple[str, list[tuple[Field, str]]]]:
    """Answer the boxes by the kind of thing that they are about, each with what it lets programs do."""
    everything, *others = form.scopes
    kinds: dict[str, list[tuple[Field, str]]] = {}
    for box in others:
        kind, how = scope_in_parts(current_app, box.data)
        kinds.setdefault(kind, []).append((box, how))
    return [("", [(everything, everything.label.text)]), *kinds.items()]


def _account_page(
    password_form: ChangePasswordForm,
    token_form: TokenForm,
    *,
    status: int = 200,
) -> ResponseReturnValue:
    token_form.scopes.choices = _scopes()
    own_tokens = queries.tokens_of(read_session(), current_actor())
    return render(
        "accounts/account.html",
        password_form=password_form,
        token_form=token_form,
        boxes=_boxes(token_form),
        new_token=shown_once.shown(),
        own=queries.own_account(read_session(), current_actor()),
        tokens=own_tokens,
        purposes={token.id: listed([_said(scope) for scope in token.scopes.split()]) for token in own_tokens},
        address=settings().address,
        zone=ZoneInfo(settings().zone),
        now=clock.now(),
        status=status,
    )
