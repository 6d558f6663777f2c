"""Roles, and who has which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from kinkeeper.features.accounts.models import Account, Circle, CustomRole, Person, RoleGrant
from kinkeeper.features.accounts.permissions import (
    may_keep_roles,
    may_see_grants,
    may_see_people,
)
from kinkeeper.features.accounts.queries.standing import rights_in
from kinkeeper.kernel import roles
from kinkeeper.kernel.errors import Forbidden, NotFound
from kinkeeper.kernel.paging import Page
from kinkeeper.kernel.roles import HOUSE, TITLES, Role, Scope

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role as people read it."""

    name: str
    title: str
    """Marked where it is built in, else as somebody wrote it."""
    rights: frozenset[str]
    is_built_in: bool


class GrantLine(NamedTuple):
    """A role that somebody has."""

    id: UUID
    person_id: UUID
    person: str
    email: str | None
    role: str
    scope: Scope
    scope_id: UUID
    circle: str | None
    since_at: datetime
    title: str | None
    """Of a role that this house has made up."""
    home_id: UUID
    """The circle that they belong to."""


def roles_there_are(session: Session) -> list[RoleLine]:
    """Answer every role, the built-in ones first, then the house's own by name."""
    built_in = [RoleLine(role, TITLES[role], roles.rights_of(role), is_built_in=True) for role in Role]
    own = session.scalars(select(CustomRole).order_by(CustomRole.name))
    return [*built_in, *(_line_of(role) for role in own)]


def role_named(session: Session, name: str) -> RoleLine:
    """Answer a role, or raise where there is none."""
    if roles.is_built_in(name):
        role = Role(name)
        return RoleLine(role, TITLES[role], roles.rights_of(role), is_built_in=True)
    return _line_of(_known(session.scalar(select(CustomRole).where(CustomRole.name == name))))


def roles_seen_by(session: Session, actor: Actor) -> list[RoleLine]:
    """Answer every role to whoever keeps them."""
    if not may_keep_roles(actor, None):
        raise Forbidden
    return roles_there_are(session)


def custom_role_for_change(session: Session, name: str) -> CustomRole:
    """Answer a role that the house has made up, locked until the transaction ends."""
    return _known(session.scalar(select(CustomRole).where(CustomRole.name == name).with_for_update()))


def grants_for(
    session: Session, actor: Actor, scope_id: UUID, *, page: int, per_page: int = 50
) -> Page[GrantLine]:
    """Answer who has a role for a circle, by name; a foreign circle is as missing as one that never was."""
    if not may_see_grants(actor, scope_id):
        raise Forbidden if scope_id == HOUSE else NotFound
    return _page(session, _held_in(scope_id), page, per_page)


def all_grants(
    session: Session, actor: Actor, *, role: str | None = None, page: int, per_page: int = 50
) -> Page[GrantLine]:
    """Answer who has a role, or this one, for whatever it is; for those who keep roles."""
    if not may_keep_roles(actor, None):
        raise Forbidden
    return _page(session, _GRANTS if role is None else _GRANTS.where(RoleGrant.role == role), page, per_page)


def every_grant(session: Session) -> list[GrantLine]:
    """Answer who has which role, for the command line: by name, all of it."""
    order = _GRANTS.order_by(Person.folded, RoleGrant.id)
    return [GrantLine(*row) for row in session.execute(order)]


def grants_of_person(session: Session, person_id: UUID) -> list[GrantLine]:
    """Answer every role that was given to somebody, for whatever it is; those for the house first."""
    own = _GRANTS.where(RoleGrant.person_id == person_id)
    lines = [GrantLine(*row) for row in session.execute(own.order_by(RoleGrant.since_at, RoleGrant.id))]
    return sorted(lines, key=lambda line: (line.scope is not Scope.HOUSE, line.role))


def grant_id_of(session: Session, person_id: UUID, role: str, scope_id: UUID) -> UUID | None:
    """Answer which grant lets somebody have a role for this place, if any does."""
    own = RoleGrant.person_id == person_id, RoleGrant.role == role, RoleGrant.scope_id == scope_id
    return session.scalar(select(RoleGrant.id).where(*own))


def grant_line(session: Session, person_id: UUID, role: str, scope_id: UUID) -> GrantLine:
    """Answer a role that somebody has, as a line of the list."""
    own = RoleGrant.person_id == person_id, RoleGrant.role == role, RoleGrant.scope_id == scope_id
    return GrantLine(*session.execute(_GRANTS.where(*own)).one())


def grant_seen(session: Session, actor: Actor, role: str, grant_id: UUID) -> GrantLine:
    """Answer a role that somebody has, to those who see who has it; or raise Forbidden or NotFound."""
    row = session.execute(_GRANTS.where(RoleGrant.id == grant_id, RoleGrant.role == role)).first()
    if not may_see_grants(actor, HOUSE if row is None else GrantLine(*row).scope_id):
        raise Forbidden
    if row is None:
        raise NotFound
    return GrantLine(*row)


def roles_for(session: Session, scope_id: UUID) -> list[GrantLine]:
    """Answer who has which role for a circle or an occasion that the reader may look at, by the alphabet."""
    order = _held_in(scope_id).order_by(Person.folded, RoleGrant.id)
    return [GrantLine(*row) for row in session.execute(order)]


def granted_in(session: Session, actor: Actor, circle: Circle) -> list[GrantLine]:
    """Answer the same of a circle to whoever reads its address book or gives roles in it, else nobody."""
    may_read = may_see_people(actor, circle) or may_see_grants(actor, circle.id)
    return roles_for(session, circle.id) if may_read else []


def grant(session: Session, grant_id: UUID) -> RoleGrant:
    """Answer a role that somebody has; nothing of it ever changes, it may only be gone."""
    found = session.get(RoleGrant, grant_id)
    if found is None:
        raise NotFound
    return found


def is_circle(session: Session, circle_id: UUID) -> bool:
    """Tell whether there is such a circle."""
    return session.get(Circle, circle_id) is not None


def circle_named(session: Session, actor: Actor, circle_id: UUID) -> Circle:
    """Answer a circle to whoever may give roles in it."""
    circle = session.get(Circle, circle_id)
    if circle is None or not may_see_grants(actor, circle_id):
        raise NotFound
    return circle


_GRANTS = (
    select(
        RoleGrant.id,
        RoleGrant.person_id,
        Person.name.label("person"),
        Account.email,
        RoleGrant.role,
        RoleGrant.scope,
        RoleGrant.scope_id,
        Circle.name.label("circle"),
        RoleGrant.since_at,
        CustomRole.title,
        Person.circle_id.label("home_id"),
    )
    .join(Person, Person.id == RoleGrant.person_id)
    .outerjoin(Account, Account.person_id == RoleGrant.person_id)
    .outerjoin(Circle, Circle.id == RoleGrant.scope_id)
    .outerjoin(CustomRole, CustomRole.name == RoleGrant.role)
)


def _held_in(scope_id: UUID) -> Select[*tuple[Any, ...]]:
    """Without an account that is there, a role is worth nothing."""
    is_there = Account.id.is_not(None), Account.deleted_at.is_(None)
    return _GRANTS.where(RoleGrant.scope_id == scope_id, *is_there)


def _page(session: Session, found: Select[*tuple[Any, ...]], page: int, per_page: int) -> Page[GrantLine]:
    count = found.with_only_columns(func.count(), maintain_column_froms=True)
    order = found.order_by(Person.folded, RoleGrant.id)
    rows = session.execute(order.limit(per_page).offset((page - 1) * per_page))
    return Page([GrantLine(*row) for row in rows], page, per_page, session.scalar(count) or 0)


def _line_of(role: CustomRole) -> RoleLine:
    return RoleLine(role.name, role.title, rights_in(role.name, role.rights), is_built_in=False)


def _known(role: CustomRole | None) -> CustomRole:
    if role is None:
        raise NotFound
    return role
