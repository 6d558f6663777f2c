"""Circles, and who has a role in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import aliased

from kinkeeper.features.accounts.models import Account, Circle, Person, RoleGrant
from kinkeeper.features.accounts.permissions import may_see_circle
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.lines import fold
from kinkeeper.kernel.paging import Page
from kinkeeper.kernel.roles import Role

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


MOST_CHOSEN_FROM = 200


class CircleLine(NamedTuple):
    """A circle, and how many are in its address book."""

    circle: Circle
    people: int


def circles_of(session: Session, actor: Actor, *, page: int = 1, per_page: int = 20) -> Page[CircleLine]:
    """The circles that the actor may know of, by the alphabet."""
    seen = _seen_by(actor)
    total = session.scalar(select(func.count()).select_from(Circle).where(seen)) or 0
    order = func.lower(Circle.name), Circle.id
    shown = select(Circle).where(seen).order_by(*order).limit(per_page).offset((page - 1) * per_page)
    circles = session.scalars(shown).all()
    each = select(Person.circle_id, func.count()).where(Person.circle_id.in_([one.id for one in circles]))
    people = {row[0]: row[1] for row in session.execute(each.group_by(Person.circle_id))}
    return Page([CircleLine(one, people.get(one.id, 0)) for one in circles], page, per_page, total)


def circles_with(session: Session, actor: Actor, right: str) -> dict[UUID, str]:
    """The circles where a role gives the actor this right: their own first, the others by the alphabet.

    Of a house that has hundreds, the first: nobody finds one in a longer list.
    """
    places = actor.places_with(right)
    own = select(Person.circle_id).where(Person.id == actor.person_id).scalar_subquery()
    found = select(Circle.id, Circle.name).order_by(Circle.id != own, func.lower(Circle.name), Circle.id)
    if places is not None:
        found = found.where(Circle.id.in_(places))
    return {row.id: row.name for row in session.execute(found.limit(MOST_CHOSEN_FROM))}


def circle_seen(session: Session, actor: Actor, circle_id: UUID) -> Circle:
    """A circle that the actor may know of; foreign and missing are the same."""
    found = session.scalar(select(Circle).where(Circle.id == circle_id))
    if found is None or not may_see_circle(actor, found):
        raise NotFound
    return found


def circle_called(session: Session, name: str) -> Circle | None:
    """Answer the circle of this name, the oldest of several; None where there is none."""
    named = session.execute(select(Circle.id, Circle.name).order_by(Circle.created_at, Circle.id))
    found = next((row.id for row in named if fold(row.name) == fold(name)), None)
    return None if found is None else session.get(Circle, found)


def circle_names_for_change(session: Session) -> set[str]:
    """All circles' names, folded; nobody else gives one its name until the transaction ends.

    Read anew once they are locked: one that was begun meanwhile is not among those. People still come in.
    """
    session.execute(select(Circle.id).order_by(Circle.id).with_for_update(key_share=True)).all()
    return {fold(name) for name in session.scalars(select(Circle.name))}


def circle(session: Session, circle_id: UUID) -> Circle:
    """A circle, to ask whether somebody may change it: it is locked after that, and read anew."""
    found = session.get(Circle, circle_id)
    if found is None:
        raise NotFound
    return found


def circle_for_change(session: Session, circle_id: UUID) -> Circle:
    """A circle, locked until the transaction ends; nobody comes into it meanwhile."""
    wanted = select(Circle).where(Circle.id == circle_id).with_for_update()
    found = session.scalar(wanted.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def circle_to_fill(session: Session, circle_id: UUID) -> Circle:
    """A circle that cannot end before the transaction does; others may put people into it meanwhile."""
    staying = select(Circle).where(Circle.id == circle_id).with_for_update(read=True, key_share=True)
    found = session.scalar(staying)
    if found is None:
        raise NotFound
    return found


def circles_for_change(session: Session) -> set[UUID]:
    """All circles, locked in one order: two that end at the same moment must not both find another left."""
    return set(session.scalars(select(Circle.id).order_by(Circle.id).with_for_update()))


def has_people(session: Session, circle_id: UUID) -> bool:
    """Tell whether anybody is in a circle's address book."""
    return bool(session.scalar(select(select(Person.id).where(Person.circle_id == circle_id).exists())))


def organised_by_nobody_else(session: Session, actor: Actor) -> list[str]:
    """Names of the circles that would have no organiser without the actor, by the alphabet."""
    own, other = aliased(RoleGrant), aliased(RoleGrant)
    others = (
        select(other.id)
        .join(Account, Account.person_id == other.person_id)
        .where(
            other.scope_id == own.scope_id,
            other.role == Role.ORGANISER,
            other.person_id != own.person_id,
            Account.deactivated_at.is_(None),
            Account.deleted_at.is_(None),
        )
    )
    found = (
        select(Circle.name)
        .join(own, own.scope_id == Circle.id)
        .where(own.person_id == actor.person_id, own.role == Role.ORGANISER, ~others.exists())
        .order_by(func.lower(Circle.name), Circle.id)
    )
    return list(session.scalars(found))


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    if actor.may("circles.found") or actor.may("circles.keep"):
        return true()
    return Circle.id.in_({grant.scope_id for grant in actor.grants})
