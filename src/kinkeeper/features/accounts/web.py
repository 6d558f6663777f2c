"""Pages of accounts: set-up, signing in and out, passwords, access tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, redirect, request, url_for

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails import RESET
from kinkeeper.features.accounts.forms import (
    ChangePasswordForm,
    ForgottenForm,
    NewPasswordForm,
    SetUpForm,
    SignInForm,
    TokenForm,
)
from kinkeeper.features.accounts.service import passwords, sessions, setting_up, tokens
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import Actor
from kinkeeper.kernel.errors import Gone, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.platform import links
from kinkeeper.web import live, security, shown_once
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import language, text
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render, render_private, safe_path
from kinkeeper.web.problems import status_of
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response


pages = Blueprint("accounts", __name__, template_folder="templates")


@pages.route("/set-up")
def welcome() -> ResponseReturnValue:
    """Tell the owner of a fresh house where the set-up link is."""
    if _is_set_up():
        return back_to(".sign_in")
    return render("accounts/welcome.html")


@pages.route("/set-up/<token>", methods=["GET", "POST"])
def set_up(token: str) -> ResponseReturnValue:
    """Make the first administrator."""
    if _is_set_up():
        return _spent_set_up_link(token)
    form = SetUpForm(request.form)
    if form.is_good():
        with form.problems():
            secret = setting_up.set_up(
                current_actor(),
                token,
                _newcomer(form),
                address=security.client_address(),
                lease=account_lease(),
            )
            notify("success", mark("Welcome, %(name)s. Your house is ready."), name=form.name.data)
            return _let_in(secret, "/")
    if not form.was_sent:
        links.look_at(read_session(), setting_up.SET_UP, token, clock.now())
    return render_private("accounts/set_up.html", form=form, status=form.status)


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Let an account in."""
    form = SignInForm(request.form)
    onward = safe_path(request.values.get("next"))
    if form.is_good():
        with form.problems():
            secret = sessions.sign_in(
                current_actor(),
                form.email.data,
                form.password.data,
                address=security.client_address(),
                lease=account_lease(),
                replacing=security.read_cookie(security.ACCOUNT),
            )
            return _let_in(secret, onward)
    return render("accounts/sign_in.html", form=form, onward=onward, status=form.status)


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
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


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
    form = NewPasswordForm(request.form)
    if form.is_good():
        with form.problems():
            secret = passwords.reset_password(
                current_actor(),
                token,
                form.password.data,
                address=security.client_address(),
                lease=account_lease(),
            )
            notify("success", mark("Your password is changed. All other browsers are signed out."))
            return _let_in(secret, "/")
    if not form.was_sent:
        links.look_at(read_session(), RESET, token, clock.now())
    account_id = links.subject_of(read_session(), RESET, token)
    email = queries.email_of(read_session(), account_id)
    return render_private("accounts/reset.html", form=form, email=email, status=form.status)


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
            secret = passwords.change_password(
                current_actor(), form.present.data, form.password.data, lease=account_lease()
            )
            notify("success", mark("Your password is changed. All other browsers are signed out."))
            return _let_in(secret, url_for(".account"))
    return _account_page(form, TokenForm(), status=form.status)


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


def find_actor() -> Actor:
    """Answer who sent this request; a program's token wins over a browser's cookies."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme and request.path.startswith("/api/"):
        return sessions.actor_of_token(token.strip() if scheme.lower() == "bearer" else "", clock.now())
    return sessions.actor_of(
        security.read_cookie(security.ACCOUNT),
        security.read_cookie(security.GUEST),
        clock.now(),
        account_lease(),
        guest_lease(),
        is_visit=live.is_visit(),
    )


def ask_for_set_up() -> ResponseReturnValue | None:
    """Send every page to set-up while nobody keeps the house (SK-10)."""
    if request.endpoint is None or request.path.startswith(("/set-up", "/static/", "/api/")):
        return None
    if request.path in security.PROBES or request.blueprint == "web" or _is_set_up():
        return None
    return redirect(url_for("accounts.welcome"))


def account_lease() -> Lease:
    """Answer how long an account's session lasts here."""
    return Lease(settings().session_idle, settings().session_life)


def guest_lease() -> Lease:
    """Answer how long a mailed link's session lasts here."""
    return Lease(settings().guest_idle, settings().guest_life)


def let_guest_in(secret: str, onward: str) -> Response:
    """Answer the redirect that puts a mailed link's session into the browser."""
    response = redirect(onward, code=303)
    security.set_cookie(response, security.GUEST, secret, settings().guest_life)
    return response


def _let_in(secret: str, onward: str) -> Response:
    response = redirect(onward, code=303)
    security.set_cookie(response, security.ACCOUNT, secret, settings().session_life)
    return response


def _spent_set_up_link(token: str) -> ResponseReturnValue:
    """Say what became of the link, and where the door is by now; no other is known (SK-12)."""
    try:
        links.look_at(read_session(), setting_up.SET_UP, token, clock.now())
    except Gone as problem:
        return render_private(
            "errors/problem.html",
            title=text(mark("This link has ended")),
            message=problem.text(language()),
            next_text=text(mark("Your house is set up. Sign in with your e-mail address and password.")),
            next_href=url_for(".sign_in"),
            next_label=text(mark("Sign in")),
            status=status_of(problem),
        )
    raise NotFound


def _is_set_up() -> bool:
    """Tell whether there is an administrator; once there is, this process need not ask again."""
    if not current_app.extensions.get("kinkeeper.set_up"):
        current_app.extensions["kinkeeper.set_up"] = queries.has_administrator(read_session())
    return bool(current_app.extensions["kinkeeper.set_up"])


def _newcomer(form: SetUpForm) -> setting_up.Newcomer:
    return setting_up.Newcomer(
        email=form.email.data,
        password=form.password.data,
        name=form.name.data,
        circle=form.circle.data,
        language=language(),
        zone=settings().zone,
    )


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
        email=queries.email_of(read_session(), current_actor().account_id),
        tokens=queries.tokens_of(read_session(), current_actor()),
        address=settings().address,
        zone=ZoneInfo(settings().zone),
        now=clock.now(),
        status=status,
    )
