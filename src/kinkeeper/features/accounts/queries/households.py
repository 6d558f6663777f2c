"""Who lives together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from kinkeeper.features.accounts.models import (
    Household,
    HouseholdMember,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from sqlalchemy.orm import Session


def households_among(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Answer each household's members who are among the given people."""
    members = select(HouseholdMember.household_id, HouseholdMember.person_id).where(
        HouseholdMember.person_id.in_(list(person_ids))
    )
    found: dict[UUID, list[UUID]] = {}
    for household_id, person_id in session.execute(members.order_by(HouseholdMember.person_id)):
        found.setdefault(household_id, []).append(person_id)
    return found


def household_of(session: Session, circle_id: UUID, person_ids: Collection[UUID]) -> Household | None:
    """Answer the household of exactly these people."""
    here = HouseholdMember.person_id.in_(person_ids)
    same = (
        select(HouseholdMember.household_id)
        .where(HouseholdMember.household_id.in_(select(HouseholdMember.household_id).where(here)))
        .group_by(HouseholdMember.household_id)
        .having(func.count() == len(person_ids), func.count(case((here, 1))) == len(person_ids))
    )
    found = select(Household).where(Household.circle_id == circle_id, Household.id.in_(same))
    return session.scalar(found.order_by(Household.id).limit(1))


def household_names(session: Session, household_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Answer households' names."""
    named = select(Household.id, Household.name).where(Household.id.in_(list(household_ids)))
    return {row.id: row.name for row in session.execute(named)}
