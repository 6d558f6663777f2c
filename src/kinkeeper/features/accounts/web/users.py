"""Pages on which accounts are looked at and kept, by whoever looks after the house."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms.people import TypedNameForm
from kinkeeper.features.accounts.forms.users import MoveAccountForm, NewAccountForm, State, UsersForm
from kinkeeper.features.accounts.permissions import (
    may_change_account,
    may_keep_account,
    may_keep_accounts,
    may_move_account,
)
from kinkeeper.features.accounts.queries import Wanted
from kinkeeper.features.accounts.service import closing_accounts, keeping_accounts, keeping_second_factor
from kinkeeper.features.accounts.service.keeping_accounts import NewAccount
from kinkeeper.features.accounts.web.fresh import asks_again
from kinkeeper.features.accounts.web.pages import pages
from kinkeeper.features.accounts.web.roles import titles_of
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import can, current_actor
from kinkeeper.web.language import LANGUAGE_NAMES, language
from kinkeeper.web.notices import notify, notify_letter
from kinkeeper.web.pages import back_to, page_number, render
from kinkeeper.web.settings import settings
from kinkeeper.web.steps import steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

    from kinkeeper.features.accounts.queries import OneUser
    from kinkeeper.kernel.actor import Actor

PER_PAGE = 50
MOST_CIRCLES = 200
"""Circles that the form offers, by the alphabet; in any other, people are invited from its address book."""


@pages.route("/admin/users")
def house_users() -> ResponseReturnValue:
    """List the accounts of the house, newest first."""
    form = UsersForm(request.args)
    wanted = _wanted(form) if form.validate() else Wanted()
    page = queries.users(read_session(), current_actor(), wanted, page=page_number(), per_page=PER_PAGE)
    return render(
        "accounts/users.html",
        form=form,
        page=page,
        most=queries.MOST_COUNTED,
        titles=titles_of(queries.roles_there_are(read_session())),
        asked={"q": wanted.begins or None, "state": None if wanted == Wanted() else form.state.data},
        may_make=can(may_keep_accounts, None),
        status=form.status,
    )


@pages.route("/admin/users/new", methods=["GET", "POST"])
@asks_again
def make_account() -> ResponseReturnValue:
    """Make an account for somebody, who chooses a password by the letter that they get."""
    if not can(may_keep_accounts, None):
        raise Forbidden
    form = NewAccountForm(request.form, language=language(), circle_id=_own_circle())
    form.circle_id.choices = _circles()
    if form.is_good():
        with form.problems():
            newcomer = NewAccount(
                form.email.data, form.name.data, form.language.data, circle_id=UUID(form.circle_id.data)
            )
            user_id = keeping_accounts.create_account(current_actor(), newcomer)
            notify_letter(
                mark("The account is there, and the letter is on its way."), mark("The account is there.")
            )
            return back_to(".house_user", user_id=user_id)
    return render("accounts/user_new.html", form=form, status=form.status)


@pages.route("/admin/users/<uuid:user_id>")
def house_user(user_id: UUID) -> ResponseReturnValue:
    """Show an account, who it is for, and what can be done about it."""
    return _user_page(_shown(user_id), MoveAccountForm())


@pages.route("/admin/users/<uuid:user_id>/address", methods=["GET", "POST"])
@asks_again
def change_address(user_id: UUID) -> ResponseReturnValue:
    """Mend the address that somebody else's account signs in with; its form lies folded on their page."""
    shown = _shown(user_id)
    if not _may_move(shown):
        raise Forbidden
    form = MoveAccountForm(request.form, present=shown.line.email)
    if form.is_good():
        with form.problems():
            changes = {"email": form.email.data}
            keeping_accounts.change_account(current_actor(), user_id, changes, steps=steps().readers)
            _say_moved(shown)
            return back_to(".house_user", user_id=user_id)
    return _user_page(shown, form, is_moving=True)


@pages.post("/admin/users/<uuid:user_id>/deactivate")
@asks_again
def deactivate_account(user_id: UUID) -> ResponseReturnValue:
    """Let somebody in no more, for a while."""
    return _act(closing_accounts.deactivate_account, user_id, mark("Deactivated, and signed out everywhere."))


@pages.post("/admin/users/<uuid:user_id>/reactivate")
@asks_again
def reactivate_account(user_id: UUID) -> ResponseReturnValue:
    """Let somebody in again."""
    return _act(closing_accounts.reactivate_account, user_id, mark("They can sign in again."))


@pages.post("/admin/users/<uuid:user_id>/restore")
@asks_again
def restore_account(user_id: UUID) -> ResponseReturnValue:
    """Take an account out of the bin."""
    return _act(closing_accounts.restore_account, user_id, mark("Restored, without roles: give them anew."))


@pages.post("/admin/users/<uuid:user_id>/second-factor/end")
@asks_again
def end_second_factor_of(user_id: UUID) -> ResponseReturnValue:
    """Let somebody sign in without a code again, who cannot give one."""
    done = mark("Signing in asks them for no code any more, and a letter tells them so.")
    return _act(keeping_second_factor.end_second_factor_of, user_id, done)


@pages.post("/admin/users/<uuid:user_id>/invite")
@asks_again
def invite_again(user_id: UUID) -> ResponseReturnValue:
    """Send somebody another letter to choose a password by."""
    keeping_accounts.invite_again(current_actor(), user_id)
    notify_letter(mark("The invitation is on its way."))
    return back_to(".house_user", user_id=user_id)


@pages.route("/admin/users/<uuid:user_id>/delete", methods=["GET", "POST"])
@asks_again
def delete_account(user_id: UUID) -> ResponseReturnValue:
    """Put an account into the bin; the name is typed, so that nobody does it by the way."""
    shown = _shown(user_id)
    if not can(may_keep_account, shown):
        raise Forbidden
    form = TypedNameForm(request.form, expected=shown.line.name)
    if form.is_good():
        with form.problems():
            closing_accounts.delete_account(current_actor(), user_id, steps=steps().close)
            notify("success", mark("The account of %(name)s is in the bin."), name=shown.line.name)
            return back_to(".house_user", user_id=user_id)
    return render(
        "accounts/user_delete.html", form=form, shown=shown, days=queries.IN_THE_BIN.days, status=form.status
    )


def _user_page(shown: OneUser, form: MoveAccountForm, *, is_moving: bool = False) -> ResponseReturnValue:
    return render(
        "accounts/user.html",
        shown=shown,
        line=shown.line,
        tongue=LANGUAGE_NAMES.get(shown.line.language, shown.line.language),
        titles=titles_of(queries.roles_there_are(read_session())),
        is_own=shown.id == current_actor().account_id,
        may_keep=can(may_keep_account, shown),
        may_move=_may_move(shown),
        move_form=form,
        is_moving=is_moving,
        days=queries.IN_THE_BIN.days,
        zone=settings().zone,
        status=form.status,
    )


def _may_move(shown: OneUser) -> bool:
    """Tell whether the reader may move this account; their own moves by a link to the new mailbox."""
    is_own = shown.id == current_actor().account_id
    return not is_own and can(may_change_account, shown) and can(may_move_account, shown)


def _say_moved(before: OneUser) -> None:
    done = mark("The address is changed.")
    if before.has_password or before.line.deactivated_at:
        notify("success", done)
    else:
        notify_letter(mark("The address is changed, and the invitation is on its way there."), done)


def _wanted(form: UsersForm) -> Wanted:
    is_active = {State.ACTIVE: True, State.DEACTIVATED: False}.get(form.state.data)
    return Wanted(form.q.data, is_active, form.state.data == State.IN_THE_BIN)


def _shown(user_id: UUID) -> OneUser:
    return queries.one_user(read_session(), current_actor(), user_id, clock.now())


def _act(verb: Callable[[Actor, UUID], None], user_id: UUID, done: str) -> Response:
    verb(current_actor(), user_id)
    notify("success", done)
    return back_to(".house_user", user_id=user_id)


def _own_circle() -> str:
    person_id = current_actor().person_id
    return str(queries.circle_of(read_session(), person_id).id) if person_id else ""


def _circles() -> list[tuple[str, str]]:
    """Offer the circles that the reader may know of."""
    session, actor = read_session(), current_actor()
    page = queries.circles_of(session, actor, per_page=MOST_CIRCLES)
    return [(str(line.circle.id), line.circle.name) for line in page.items]
