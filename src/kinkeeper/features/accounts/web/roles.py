"""Pages on which roles are looked at, made up, given and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms import GiveRoleForm, NewRoleForm, RoleForm
from kinkeeper.features.accounts.permissions import may_grant_role
from kinkeeper.features.accounts.rules.naming_roles import name_from_title
from kinkeeper.features.accounts.service import custom_roles, granting
from kinkeeper.features.accounts.web.fresh import asks_again
from kinkeeper.features.accounts.web.pages import pages
from kinkeeper.kernel import roles
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.roles import HOUSE, Grant, Role, Scope
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import can, current_actor
from kinkeeper.web.language import text
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, page_number, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue
    from wtforms import SelectField

    from kinkeeper.features.accounts.queries import RoleLine

MOST_ASKED = 80
"""Letters of a search: no name is longer."""


@pages.route("/admin/roles")
@asks_again
def house_roles() -> ResponseReturnValue:
    """Show what every role lets people do, and who has which."""
    return _show_roles(NewRoleForm(None), GiveRoleForm(None))


@pages.post("/admin/roles")
@asks_again
def make_role() -> ResponseReturnValue:
    """Make up a role."""
    queries.roles_seen_by(read_session(), current_actor())
    form = NewRoleForm(request.form)
    form.rights.choices = _rights_of_reader()
    if form.is_good():
        with form.problems():
            rights = form.rights.data or []
            name = form.name.data or name_from_title(form.title.data)
            custom_roles.make_role(current_actor(), name, form.title.data, rights)
            notify("success", mark("The role is there. Nobody has it yet."))
            return back_to(".house_roles")
    return _show_roles(form, GiveRoleForm(None))


@pages.route("/admin/roles/<name>", methods=["GET", "POST"])
@asks_again
def house_role(name: str) -> ResponseReturnValue:
    """Show a role that the house has made up, and change it."""
    role = _own_role(name)
    form = RoleForm(request.form or None, title=role.title, rights=sorted(role.rights))
    form.rights.choices = _rights_of_reader()
    if form.is_good():
        with form.problems():
            rights = form.rights.data or []
            custom_roles.change_role(current_actor(), name, title=form.title.data, rights=rights)
            notify("success", mark("Changed, from everybody’s next click on."))
            return back_to(".house_roles")
    return render("accounts/role.html", role=role, form=form, status=form.status)


@pages.post("/admin/roles/<name>/delete")
@asks_again
def delete_role(name: str) -> ResponseReturnValue:
    """Let there be no such role."""
    custom_roles.delete_role(current_actor(), name)
    notify("success", mark("The role is gone, and nobody has it any more."))
    return back_to(".house_roles")


@pages.post("/admin/grants")
@asks_again
def give_role() -> ResponseReturnValue:
    """Let somebody have a role, for the house or for their circle."""
    queries.roles_seen_by(read_session(), current_actor())
    form = GiveRoleForm(request.form)
    found = _offer(form)
    if form.is_good():
        with form.problems():
            person_id = UUID(form.person.data)
            home = next(one.circle_id for one in found if one.id == person_id)
            in_circle = form.place.data == Scope.CIRCLE
            granting.grant_role_to(
                current_actor(),
                person_id,
                form.role.data,
                scope=Scope(form.place.data),
                scope_id=home if in_circle else HOUSE,
            )
            notify("success", mark("Given, from their next click on."))
            return back_to(".house_roles")
    return _show_roles(NewRoleForm(None), form)


@pages.post("/admin/grants/<uuid:grant_id>/withdraw")
@asks_again
def withdraw_grant(grant_id: UUID) -> ResponseReturnValue:
    """Take a role back."""
    granting.withdraw_grant(current_actor(), grant_id)
    notify("success", mark("Taken back."))
    return back_to(".house_roles")


@pages.route("/circles/<uuid:circle_id>/roles", methods=["GET", "POST"])
@asks_again
def circle_roles(circle_id: UUID) -> ResponseReturnValue:
    """Show who has a role in a circle; a post gives somebody one."""
    circle = queries.circle_named(read_session(), current_actor(), circle_id)
    form = GiveRoleForm(request.form, place=Scope.CIRCLE)
    _offer(form, circle_id)
    if form.is_good():
        with form.problems():
            person_id = UUID(form.person.data)
            granting.grant_role_to(
                current_actor(), person_id, form.role.data, scope=Scope.CIRCLE, scope_id=circle_id
            )
            notify("success", mark("Given, from their next click on."))
            return back_to(".circle_roles", circle_id=circle_id)
    return render(
        "accounts/circle_roles.html",
        circle=circle,
        page=queries.grants_for(read_session(), current_actor(), circle_id, page=page_number()),
        form=form,
        titles=titles_of(queries.roles_there_are(read_session())),
        asked=_asked(),
        own_id=current_actor().person_id,
        status=form.status,
    )


@pages.post("/circles/<uuid:circle_id>/roles/<uuid:grant_id>/withdraw")
@asks_again
def withdraw_in_circle(circle_id: UUID, grant_id: UUID) -> ResponseReturnValue:
    """Take a role in a circle back."""
    queries.circle_named(read_session(), current_actor(), circle_id)
    granting.withdraw_grant(current_actor(), grant_id)
    notify("success", mark("Taken back."))
    return back_to(".circle_roles", circle_id=circle_id)


def _show_roles(new: NewRoleForm, give: GiveRoleForm) -> ResponseReturnValue:
    there_are = queries.roles_seen_by(read_session(), current_actor())
    new.rights.choices = _rights_of_reader()
    _offer(give)
    return render(
        "accounts/roles.html",
        roles=there_are,
        rights=list(roles.all_rights().values()),
        page=queries.all_grants(read_session(), current_actor(), page=page_number()),
        titles=titles_of(there_are),
        new=new,
        give=give,
        asked=_asked(),
        own_id=current_actor().person_id,
        may_change=lambda role: can(may_grant_role, Grant(role.name, role.rights, HOUSE)),
        status=new.status if new.was_sent and new.errors else give.status,
    )


def _own_role(name: str) -> RoleLine:
    queries.roles_seen_by(read_session(), current_actor())
    if roles.is_built_in(name):
        raise NotFound
    return queries.role_named(read_session(), name)


def _asked() -> str:
    """Answer whom the reader looks for."""
    return request.values.get("q", "").replace("\0", "").strip()[:MOST_ASKED]


def _offer(form: GiveRoleForm, circle_id: UUID | None = None) -> list[queries.Candidate]:
    """Offer whom the reader has looked for, and the roles that they may give."""
    session, actor, asked = read_session(), current_actor(), _asked()
    scope_id = HOUSE if circle_id is None else circle_id
    found = queries.candidates(session, actor, asked, scope_id) if asked else []
    _choose(form.person, [(str(one.id), f"{one.name}, {one.email} ({one.circle})") for one in found])
    offered = [
        role
        for role in queries.roles_there_are(session)
        if can(may_grant_role, Grant(role.name, role.rights, scope_id))
        and (circle_id is None or role.name != Role.ADMINISTRATOR)
    ]
    _choose(form.role, list(titles_of(offered).items()))
    places = ((Scope.CIRCLE, mark("Their own circle")), (Scope.HOUSE, mark("Everything in this house")))
    _choose(form.place, [(scope.value, text(said)) for scope, said in places])
    return found


def _choose(field: SelectField, choices: list[tuple[str, str]]) -> None:
    field.choices = [("", text(mark("Please choose"))), *choices]


def _rights_of_reader() -> list[tuple[str, str]]:
    """Answer the rights that the reader may put into a role: those that they have themselves."""
    actor = current_actor()
    return [(right.name, text(right.title)) for right in roles.all_rights().values() if actor.may(right.name)]


def titles_of(there_are: Sequence[RoleLine]) -> dict[str, str]:
    """Answer what people read for each role; a house's own words are nobody's to translate."""
    return {role.name: text(role.title) if role.is_built_in else role.title for role in there_are}
