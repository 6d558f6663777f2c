"""The address book: people of a circle as its keepers see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from kinkeeper.features.accounts.models import (
    Account,
    Guardian,
    Household,
    HouseholdMember,
    Person,
    RoleGrant,
)
from kinkeeper.features.accounts.permissions import may_see_people
from kinkeeper.kernel.db import batched
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.lines import fold
from kinkeeper.kernel.paging import Page
from kinkeeper.kernel.roles import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from kinkeeper.kernel.actor import Actor


class BookLine(NamedTuple):
    """Somebody in an address book."""

    id: UUID
    circle_id: UUID
    name: str
    email: str | None
    language: str
    zone: str | None
    birthday: str | None
    created_at: datetime
    confirmed_at: datetime | None
    has_account: bool
    is_in_bin: bool
    """Whether their account is closed, and can be restored."""
    is_child: bool
    """With an account they take part, and begin nothing."""


class Named(NamedTuple):
    """Somebody, or a home, as far as a page has to name them."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Ties:
    """Who lives with whom and who looks after whom, by person."""

    homes: dict[UUID, list[Named]] = field(default_factory=dict)
    guardians: dict[UUID, list[Named]] = field(default_factory=dict)
    wards: dict[UUID, list[Named]] = field(default_factory=dict)


_LINE = (
    Person.id,
    Person.circle_id,
    Person.name,
    Person.email,
    Person.language,
    Person.zone,
    Person.birthday,
    Person.created_at,
    Person.confirmed_at,
    Account.id.is_not(None).label("has_account"),
    Account.deleted_at.is_not(None).label("is_in_bin"),
    exists()
    .where(
        RoleGrant.person_id == Person.id,
        RoleGrant.role == Role.CHILD,
        RoleGrant.scope_id == Person.circle_id,
    )
    .correlate(Person)
    .label("is_child"),
)


def book_of(
    session: Session,
    actor: Actor,
    *,
    circle_id: UUID | None = None,
    q: str = "",
    page: int = 1,
    per_page: int = 20,
) -> Page[BookLine]:
    """One circle's address book, or all that the actor may read, by the alphabet.

    `q` is part of a name or address. A circle whose book is not theirs to read has nobody in it for them.
    """
    wanted = readable(actor), *asked(circle_id, q)
    total = session.scalar(select(func.count()).select_from(Person).where(*wanted)) or 0
    order = Person.circle_id, Person.folded, Person.id  # as the index has them
    shown = _lines().where(*wanted).order_by(*order).limit(per_page).offset((page - 1) * per_page)
    return Page([BookLine(*row) for row in session.execute(shown)], page, per_page, total)


def entry_of(session: Session, actor: Actor, person_id: UUID) -> BookLine:
    """Somebody in an address book that the actor may read; foreign and missing are the same."""
    row = session.execute(_lines().where(Person.id == person_id)).first()
    if row is None or not may_see_people(actor, BookLine(*row)):
        raise NotFound
    return BookLine(*row)


def entries(session: Session, person_ids: Collection[UUID]) -> dict[UUID, BookLine]:
    """These people, as far as they are there."""
    found = _lines().where(Person.id.in_(person_ids))
    return {row.id: BookLine(*row) for row in session.execute(found)}


def ties_of(session: Session, lines: Sequence[BookLine]) -> Ties:
    """Answer homes, guardians and wards of people, in three statements for however many."""
    ids = [line.id for line in lines]
    homes = (
        select(HouseholdMember.person_id, Household.id, Household.name)
        .join(Household, Household.id == HouseholdMember.household_id)
        .where(HouseholdMember.person_id.in_(ids), Household.occasion_id.is_(None))
        .order_by(func.lower(Household.name), Household.id)
    )
    ward = aliased(Person)
    guardians = (
        select(Guardian.ward_id, Person.id, Person.name)
        .join(Person, Person.id == Guardian.guardian_id)
        .join(ward, ward.id == Guardian.ward_id)
        .where(Guardian.ward_id.in_(ids), ward.email.is_(None))
        .order_by(Person.folded, Person.id)
    )
    wards = (
        select(Guardian.guardian_id, Person.id, Person.name)
        .join(Person, Person.id == Guardian.ward_id)
        .where(Guardian.guardian_id.in_(ids), Person.email.is_(None))
        .order_by(Person.folded, Person.id)
    )
    return Ties(*(_by_person(session, found) for found in (homes, guardians, wards)))


def named(
    session: Session,
    actor: Actor,
    circle_id: UUID,
    q: str = "",
    *,
    most: int,
    with_address: bool = False,
    besides: Collection[UUID] = (),
) -> list[Named]:
    """Names to choose from of a circle whose book the actor may read, by the alphabet.

    `q` is part of a name or address.
    """
    wanted = [readable(actor), *asked(circle_id, q)]
    if besides:
        wanted.append(Person.id.not_in(besides))
    if with_address:
        wanted.append(Person.email.is_not(None))
    found = select(Person.id, Person.name).where(*wanted).order_by(Person.folded, Person.id).limit(most)
    return [Named(*row) for row in session.execute(found)]


def _lines() -> Select[*tuple[Any, ...]]:
    return select(*_LINE).outerjoin(Account, Account.person_id == Person.id)


def readable(actor: Actor, circle: InstrumentedAttribute[UUID] = Person.circle_id) -> ColumnElement[bool]:
    """Condition: it is of a circle whose address book the actor may read."""
    some = [actor.places_with(right) for right in ("people.see", "people.keep")]
    known = [places for places in some if places is not None]
    return true() if len(known) < len(some) else circle.in_(frozenset().union(*known))


def asked(circle_id: UUID | None, q: str) -> list[ColumnElement[bool]]:
    """Conditions: whoever is of this circle, and has `q` in their name or address."""
    wanted = [] if circle_id is None else [Person.circle_id == circle_id]
    q = q.replace("\0", "")  # nobody types it, and PostgreSQL takes none
    if q.strip():
        address = Person.email.contains(q.strip().lower(), autoescape=True)
        wanted.append(or_(Person.folded.contains(fold(q), autoescape=True), address))
    return wanted


def listed(session: Session, person_ids: Collection[UUID]) -> set[UUID]:
    """Which of these people a keeper has put into the book, or said something of."""
    found: set[UUID] = set()
    for some in batched(person_ids):
        kept = select(Person.id).where(Person.id.in_(some), Person.listed_at.is_not(None))
        found.update(session.scalars(kept))
    return found


def people_in(session: Session, circle_id: UUID, person_ids: Collection[UUID]) -> set[UUID]:
    """Which of these people belong to a circle."""
    found: set[UUID] = set()
    for some in batched(person_ids):
        here = select(Person.id).where(Person.circle_id == circle_id, Person.id.in_(some))
        found.update(session.scalars(here))
    return found


def _by_person(session: Session, found: Select[UUID, UUID, str]) -> dict[UUID, list[Named]]:
    by_person: dict[UUID, list[Named]] = {}
    for person_id, other_id, name in session.execute(found):
        by_person.setdefault(person_id, []).append(Named(other_id, name))
    return by_person
