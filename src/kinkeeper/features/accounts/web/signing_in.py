"""Signing in and out, and who sent a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request, url_for

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms import CodeForm, ProveAgainForm, SignInForm
from kinkeeper.features.accounts.service import programs, sessions, signing_in, tokens
from kinkeeper.features.accounts.web import half_way
from kinkeeper.features.accounts.web.pages import (
    account_lease,
    guest_lease,
    let_in,
    pages,
    this_browser,
)
from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import ANONYMOUS, Actor
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web import live, security
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render, safe_path
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Let an account in."""
    form = SignInForm(request.form)
    onward = safe_path(request.values.get("next"))
    if form.is_good():
        with form.problems():
            who = signing_in.sign_in(
                current_actor(),
                form.email.data,
                form.password.data,
                address=security.client_address(),
                browser=this_browser(),
            )
            return let_in(who, onward)
    return render(
        "accounts/sign_in.html",
        form=form,
        onward=onward,
        was_in=request.method == "GET" and "next" in request.args and _was_signed_in(),
        is_open=settings().registration == "open",
        status=form.status,
    )


def _was_signed_in() -> bool:
    """Tell whether the browser has the session of an account, and it holds no more."""
    return security.read_cookie(security.ACCOUNT) is not None and current_actor().account_id is None


@pages.route("/sign-in/code", methods=["GET", "POST"])
def sign_in_code() -> ResponseReturnValue:
    """Ask for the code of the app, after the password or the link."""
    place = half_way.known()
    if place is None:
        notify("warning", signing_in.StartAgain.message)
        return back_to(".sign_in")
    form = CodeForm(request.form)
    if form.is_good():
        with form.problems():
            who = signing_in.sign_in_with_code(
                current_actor(), place.who, form.code.data, browser=this_browser()
            )
            response = let_in(who, place.onward)
            half_way.forget(response)
            return response
    return render("accounts/sign_in_code.html", form=form, status=form.status)


@pages.route("/sign-in/again", methods=["GET", "POST"])
def sign_in_again() -> ResponseReturnValue:
    """Ask whoever is signed in to show that it is still them, and lead them back."""
    form = ProveAgainForm(request.form)
    onward = safe_path(request.values.get("next"), url_for(".account"))
    if form.is_good():
        with form.problems():
            who = signing_in.prove_again(
                current_actor(), form.present.data, form.code.data, browser=this_browser()
            )
            return let_in(who, onward)
    account = queries.own_account(read_session(), current_actor())
    return render(
        "accounts/sign_in_again.html", form=form, account=account, onward=onward, status=form.status
    )


@pages.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this browser's sessions, all of them."""
    names = (security.ACCOUNT, security.GUEST)
    secrets = [secret for name in names if (secret := security.read_cookie(name))]
    sessions.sign_out(current_actor(), secrets)
    notify("success", mark("You are signed out."))
    response = back_to(".sign_in")
    for name in (*names, security.VISIT, security.ASKED):
        security.drop_cookie(response, name)
    half_way.forget(response)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def find_actor() -> Actor:
    """Answer who sent this request; a program's token wins over a browser's cookies."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme and security.is_for_programs(request.path):
        return _program(token.strip() if scheme.lower() == "bearer" else "")
    if request.path.startswith(security.SIGNING_IN):
        return ANONYMOUS
    return sessions.actor_of(
        security.read_cookie(security.ACCOUNT),
        security.read_cookie(security.GUEST),
        clock.now(),
        account_lease(),
        guest_lease(),
        is_visit=live.is_visit(),
    )


def _program(token: str) -> Actor:
    """Answer whose token this is: a personal access token, or that of a program that signed in."""
    if token.startswith(tokens.PREFIX):
        return sessions.actor_of_token(token, clock.now())
    return programs.actor_of_access(token, clock.now(), issuer=settings().address)
