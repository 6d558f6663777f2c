"""Pages for whoever is to have an account: by asking, or by invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import redirect, request

from kinkeeper.features.accounts.forms import ArriveForm, RegisterForm
from kinkeeper.features.accounts.service import inviting, registering
from kinkeeper.features.accounts.web.pages import let_in, pages, this_browser
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.web import security
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import language
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render, render_private, safe_path
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


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
    form = ArriveForm(request.form)
    asked = registering.registration_of(token)
    is_open = settings().registration == "open"
    if not is_open:
        raise registering.RegistrationClosed
    if form.is_good():
        with form.problems():
            who = registering.finish_registration(
                current_actor(),
                token,
                form.password.data,
                form.username.data,
                address=security.client_address(),
                browser=this_browser(),
                is_open=is_open,
            )
            notify("success", mark("Welcome, %(name)s."), name=asked.name)
            return let_in(who, "/")
    return render_private(
        "accounts/arrive.html", form=form, name=asked.name, email=asked.email, status=form.status
    )


@pages.route("/welcome/<token>", methods=["GET", "POST"])
def accept_invitation(token: str) -> ResponseReturnValue:
    """Choose a password, by an invitation's link."""
    form = ArriveForm(request.form)
    guest = inviting.invited_by(token)
    if form.is_good():
        with form.problems():
            who = inviting.accept_invitation(
                current_actor(),
                token,
                form.password.data,
                form.username.data,
                address=security.client_address(),
                browser=this_browser(),
            )
            notify("success", mark("Welcome, %(name)s."), name=guest.name)
            return let_in(who, "/")
    return render_private(
        "accounts/arrive.html", form=form, name=guest.name, email=guest.email, status=form.status
    )


@pages.post("/people/<uuid:person_id>/invite")
def invite(person_id: UUID) -> ResponseReturnValue:
    """Invite somebody of the address book to have an account."""
    inviting.invite(current_actor(), person_id, is_open=settings().registration != "closed")
    notify("success", mark("The invitation is on its way."))
    return redirect(safe_path(request.form.get("next")), code=303)


def _refuse_where_closed() -> None:
    if settings().registration != "open":
        raise NotFound
