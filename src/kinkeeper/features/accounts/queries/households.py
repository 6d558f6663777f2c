"""Who lives together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy import case, func, select

from kinkeeper.features.accounts.models import (
    Household,
    HouseholdMember,
    Person,
)
from kinkeeper.features.accounts.permissions import may_see_people
from kinkeeper.features.accounts.queries.book import Named, readable
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.paging import Page

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


def households_among(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Answer each household's members who are among the given people."""
    members = select(HouseholdMember.household_id, HouseholdMember.person_id).where(
        HouseholdMember.person_id.in_(list(person_ids))
    )
    found: dict[UUID, list[UUID]] = {}
    for household_id, person_id in session.execute(members.order_by(HouseholdMember.person_id)):
        found.setdefault(household_id, []).append(person_id)
    return found


def homes_in_book(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Answer likewise, of those households that the address book knows."""
    found = households_among(session, person_ids)
    known = select(Household.id).where(Household.id.in_(list(found)), Household.occasion_id.is_(None))
    in_book = set(session.scalars(known))
    return {home: members for home, members in found.items() if home in in_book}


def household_of(
    session: Session, circle_id: UUID, person_ids: Collection[UUID], *, occasion_id: UUID | None = None
) -> Household | None:
    """Answer the household of exactly these people, in the address book or of an occasion."""
    here_alone = Household.circle_id == circle_id, Household.occasion_id == occasion_id
    found = select(Household).where(*here_alone, Household.id.in_(_of_exactly(person_ids)))
    return session.scalar(found.order_by(Household.id).limit(1))


def household_among(
    session: Session, household_ids: Collection[UUID], person_ids: Collection[UUID]
) -> Household | None:
    """Answer which of some households is of exactly these people: of two, one that the book does not know."""
    these = Household.id.in_(household_ids), Household.id.in_(_of_exactly(person_ids))
    found = select(Household).where(*these).order_by(Household.occasion_id.is_(None), Household.id)
    return session.scalar(found.limit(1))


def _of_exactly(person_ids: Collection[UUID]) -> Select[UUID]:
    here = HouseholdMember.person_id.in_(person_ids)
    return (
        select(HouseholdMember.household_id)
        .where(HouseholdMember.household_id.in_(select(HouseholdMember.household_id).where(here)))
        .group_by(HouseholdMember.household_id)
        .having(func.count() == len(person_ids), func.count(case((here, 1))) == len(person_ids))
    )


def members_of(session: Session, household_id: UUID) -> set[UUID]:
    """Answer who lives in a household."""
    here = select(HouseholdMember.person_id).where(HouseholdMember.household_id == household_id)
    return set(session.scalars(here))


def household_names(session: Session, household_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Answer households' names."""
    named = select(Household.id, Household.name).where(Household.id.in_(list(household_ids)))
    return {row.id: row.name for row in session.execute(named)}


class Home(NamedTuple):
    """A household, and who lives there."""

    id: UUID
    circle_id: UUID
    name: str
    members: list[Named]


def households_in(
    session: Session, actor: Actor, circle_id: UUID, *, page: int = 1, per_page: int = 50
) -> Page[Home]:
    """A circle's households, by the alphabet; none where its book is not the actor's to read."""
    in_book = Household.circle_id == circle_id, Household.occasion_id.is_(None)
    here = *in_book, readable(actor, Household.circle_id)
    total = session.scalar(select(func.count()).select_from(Household).where(*here)) or 0
    order = func.lower(Household.name), Household.id
    shown = select(Household).where(*here).order_by(*order).limit(per_page).offset((page - 1) * per_page)
    return Page(_homes(session, session.scalars(shown).all()), page, per_page, total)


def household_seen(
    session: Session, actor: Actor, household_id: UUID, *, circle_id: UUID | None = None
) -> Home:
    """A household of a circle, or of this one, whose address book the actor may read.

    Foreign and missing are the same.
    """
    in_book = Household.id == household_id, Household.occasion_id.is_(None)
    found = session.scalar(select(Household).where(*in_book))
    if found is None or circle_id not in (None, found.circle_id) or not may_see_people(actor, found):
        raise NotFound
    return _homes(session, [found])[0]


def household_for_change(session: Session, household_id: UUID) -> Household:
    """A household of the book, locked until the transaction ends; who lives there is locked before it."""
    in_book = Household.id == household_id, Household.occasion_id.is_(None)
    wanted = select(Household).where(*in_book).with_for_update()
    found = session.scalar(wanted.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def _homes(session: Session, households: Sequence[Household]) -> list[Home]:
    members = (
        select(HouseholdMember.household_id, Person.id, Person.name)
        .join(Person, Person.id == HouseholdMember.person_id)
        .where(HouseholdMember.household_id.in_([one.id for one in households]))
        .order_by(Person.folded, Person.id)
    )
    live: dict[UUID, list[Named]] = {}
    for household_id, person_id, name in session.execute(members):
        live.setdefault(household_id, []).append(Named(person_id, name))
    return [Home(one.id, one.circle_id, one.name, live.get(one.id, [])) for one in households]
