"""Households: who lives together, as the address book says it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import delete

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Household, HouseholdMember, Person
from kinkeeper.features.accounts.permissions import may_keep_people, may_see_circle, may_see_people
from kinkeeper.features.accounts.rules import clean_label
from kinkeeper.features.accounts.service.people import FEWEST_TOGETHER, house_together
from kinkeeper.kernel.db import insert_into
from kinkeeper.kernel.errors import Invalid, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor

MOST_TOGETHER = 50


class TooManyTogether(Invalid):
    """A club is no household."""

    code = "household.too_many"
    message = mark("At most %(most)s people live together here.")
    field = "person_ids"


class TooFewTogether(Invalid):
    """One alone is no household."""

    code = "household.too_few"
    message = mark("Please choose at least two people.")
    field = "person_ids"


def make_household(actor: Actor, circle_id: UUID, name: str, person_ids: Collection[UUID]) -> UUID:
    """Say that people live together; of just these people, said again, only the name may change."""
    members = _enough(person_ids)
    with transaction(actor) as work:
        circle = queries.circle_to_fill(work.session, circle_id)
        work.authorize(may_keep_people, circle, visible=may_see_circle)
        _refuse_strangers(circle.id, members, queries.people_left_for_change(work.session, members))
        return house_together(work, circle.id, name, members).id


def change_household(
    actor: Actor,
    household_id: UUID,
    *,
    circle_id: UUID | None = None,
    name: str | None = None,
    person_ids: Collection[UUID] | None = None,
) -> None:
    """Say anew what a household is called, or who lives there; left out, it stays as it is."""
    members = None if person_ids is None else _enough(person_ids)
    with transaction(actor) as work:
        household, people = _to_change(work, household_id, circle_id, along=members or ())
        if name is not None:
            household.name = clean_label(name)
        if members is not None:
            _refuse_strangers(household.circle_id, members, people)
            _move_in(work, household.id, members)
        audit.record(work, "household.changed", household.id)


def end_household(actor: Actor, household_id: UUID, *, circle_id: UUID | None = None) -> None:
    """Say that people live together no longer; they stay in the address book."""
    with transaction(actor) as work:
        household, _ = _to_change(work, household_id, circle_id)
        work.session.execute(delete(Household).where(Household.id == household.id))
        audit.record(work, "household.ended", household.id)


def _enough(person_ids: Collection[UUID]) -> set[UUID]:
    members = set(person_ids)
    if len(members) < FEWEST_TOGETHER:
        raise TooFewTogether
    if len(members) > MOST_TOGETHER:
        raise TooManyTogether(most=MOST_TOGETHER)
    return members


def _to_change(
    work: Work, household_id: UUID, circle_id: UUID | None, *, along: Collection[UUID] = ()
) -> tuple[Household, dict[UUID, Person]]:
    """Lock a household, of this circle where one is named, and ask whether the actor keeps its book.

    Who lives there, and who is named `along`, is locked before it, as by everybody: who moves to another
    address takes their homes along, and who is let go may leave one behind that is to end.
    """
    concerned = queries.members_of(work.session, household_id) | set(along)
    people = queries.people_left_for_change(work.session, concerned)
    household = queries.household_for_change(work.session, household_id)
    if circle_id not in (None, household.circle_id):
        raise NotFound
    work.authorize(may_keep_people, household, visible=may_see_people)
    return household, people


def _refuse_strangers(circle_id: UUID, members: Collection[UUID], people: Mapping[UUID, Person]) -> None:
    if any(one not in people or people[one].circle_id != circle_id for one in members):
        raise NotFound


def _move_in(work: Work, household_id: UUID, members: Collection[UUID]) -> None:
    lives_here = HouseholdMember.household_id == household_id
    out = delete(HouseholdMember).where(lives_here, HouseholdMember.person_id.not_in(members))
    work.session.execute(out.execution_options(synchronize_session=False))
    for one in sorted(members):
        row = insert_into(work.session, HouseholdMember).values(household_id=household_id, person_id=one)
        work.session.execute(row.on_conflict_do_nothing())
