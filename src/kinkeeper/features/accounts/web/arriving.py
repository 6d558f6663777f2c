"""Pages for whoever is to have an account: by asking, or by invitation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from flask import redirect, request

from kinkeeper.features.accounts.forms import ArriveForm, RegisterForm
from kinkeeper.features.accounts.service import inviting, registering
from kinkeeper.features.accounts.web.fresh import asks_again
from kinkeeper.features.accounts.web.pages import let_in, pages, this_browser
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.web import security
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import language
from kinkeeper.web.notices import notify, notify_letter
from kinkeeper.web.pages import back_to, keep_language, render, render_private, safe_path
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

    from kinkeeper.features.accounts.service.signing_in import HalfWay, LetIn


@pages.route("/register", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    """Ask for an account, where the house is open to everybody."""
    _refuse_where_closed()
    form = RegisterForm(request.form)
    if form.is_good():
        with form.problems():
            newcomer = registering.Newcomer(
                email=form.email.data,
                name=form.name.data,
                circle=form.circle.data,
                language=language(),
                zone=settings().zone,
            )
            registering.register(current_actor(), newcomer, address=security.client_address(), is_open=True)
            return back_to(".register_sent")
    return render("accounts/register.html", form=form, status=form.status)


@pages.route("/register/sent")
def register_sent() -> ResponseReturnValue:
    """Say the same to everybody."""
    _refuse_where_closed()
    return render("accounts/register_sent.html")


@pages.route("/register/<token>", methods=["GET", "POST"])
def finish_registration(token: str) -> ResponseReturnValue:
    """Choose a password, by the letter's link."""
    asked = registering.registration_of(token)
    is_open = settings().registration == "open"
    if not is_open:
        raise registering.RegistrationClosed
    return _arrive(partial(registering.finish_registration, is_open=is_open), token, asked.name, asked.email)


@pages.route("/welcome/<token>", methods=["GET", "POST"])
def accept_invitation(token: str) -> ResponseReturnValue:
    """Choose a password, by an invitation's link."""
    guest = inviting.invited_by(token)
    return _arrive(inviting.accept_invitation, token, guest.name, guest.email)


def _arrive(
    verb: Callable[..., LetIn | HalfWay], token: str, name: str, email: str | None
) -> ResponseReturnValue:
    """Let somebody choose how they sign in from now on, and in."""
    form = ArriveForm(request.form)
    if form.is_good():
        with form.problems():
            who = verb(
                current_actor(),
                token,
                form.password.data,
                form.username.data,
                address=security.client_address(),
                browser=this_browser(),
            )
            notify("success", mark("Welcome, %(name)s."), name=name)
            return _come_in(who)
    return render_private("accounts/arrive.html", form=form, name=name, email=email, status=form.status)


@pages.post("/people/<uuid:person_id>/invite")
@asks_again
def invite(person_id: UUID) -> ResponseReturnValue:
    """Invite somebody of the address book to have an account."""
    inviting.invite(current_actor(), person_id, is_open=settings().registration != "closed")
    notify_letter(mark("The invitation is on its way."))
    return redirect(safe_path(request.form.get("next")), code=303)


def _come_in(who: LetIn | HalfWay) -> Response:
    """Let them in, and this browser go on in the language of the page that they have just read.

    Their entry's was guessed by whoever put them into the address book.
    """
    response = let_in(who, "/")
    keep_language(response, language())
    return response


def _refuse_where_closed() -> None:
    if settings().registration != "open":
        raise NotFound
