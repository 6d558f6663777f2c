"""Who looks after whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from kinkeeper.features.accounts.models import (
    Guardian,
    Person,
)
from kinkeeper.features.accounts.queries.people import person
from kinkeeper.kernel.db import batched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from sqlalchemy.orm import Session


class Care(NamedTuple):
    """A person, and who may speak for them."""

    id: UUID
    name: str
    guardian_ids: frozenset[UUID]


def guardians_of(session: Session, person_ids: Iterable[UUID]) -> set[UUID]:
    """Answer who looks after these people."""
    found: set[UUID] = set()
    for some in batched(person_ids):
        found.update(session.scalars(select(Guardian.guardian_id).where(Guardian.ward_id.in_(some))))
    return found


def tied_to(session: Session, person_id: UUID) -> set[UUID]:
    """Answer who looks after somebody, and whom they look after."""
    ties = select(Guardian).where(or_(Guardian.ward_id == person_id, Guardian.guardian_id == person_id))
    both = {one for tie in session.scalars(ties) for one in (tie.ward_id, tie.guardian_id)}
    return both - {person_id}


def wards_of(session: Session, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Answer whom these people look after, with their names, by the alphabet.

    Whoever has an address of their own by now reads their letters themselves.
    """
    rows = session.execute(_WARDS, {"guardians": list(person_ids)})
    return {row.id: row.name for row in rows}


# Hot: everybody's first page asks it, so the statement is built once.
_WARDS = (
    select(Person.id, Person.name)
    .join(Guardian, Guardian.ward_id == Person.id)
    .where(Guardian.guardian_id.in_(bindparam("guardians", expanding=True)), Person.email.is_(None))
    .order_by(Person.folded, Person.id)
)


def wards_among(session: Session, person_ids: Iterable[UUID]) -> set[UUID]:
    """Answer which of these people somebody else looks after."""
    found: set[UUID] = set()
    for some in batched(person_ids):
        wards = select(Person.id).join(Guardian, Guardian.ward_id == Person.id)
        found.update(session.scalars(wards.where(Person.id.in_(some), Person.email.is_(None))))
    return found


def left_alone_without(session: Session, person_id: UUID) -> set[UUID]:
    """Answer whom nobody else looks after."""
    other = aliased(Guardian)
    shared = exists().where(other.ward_id == Guardian.ward_id, other.guardian_id != person_id)
    found = (
        select(Guardian.ward_id)
        .join(Person, Person.id == Guardian.ward_id)
        .where(Guardian.guardian_id == person_id, Person.email.is_(None), ~shared)
    )
    return set(session.scalars(found))


def care_of(session: Session, person_id: UUID) -> Care:
    """Answer a person, as far as it matters who may speak for them; raises where there is none."""
    known = person(session, person_id)
    wards = {person_id} if known.email is None else set()
    return Care(known.id, known.name, frozenset(guardians_of(session, wards)))


def guardians_of_others(session: Session, person_ids: Collection[UUID]) -> set[UUID]:
    """Answer which of these people look after somebody who is not one of them."""
    found: set[UUID] = set()
    for some in batched(person_ids):
        wards = session.execute(
            select(Guardian.guardian_id, Guardian.ward_id).where(Guardian.guardian_id.in_(some))
        )
        found.update(guardian_id for guardian_id, ward_id in wards if ward_id not in person_ids)
    return found
