"""Steps around a circle's people that verbs here and in other features share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import (
    Account,
    Circle,
    Guardian,
    Household,
    HouseholdMember,
    Person,
    WebSession,
)
from kinkeeper.features.accounts.permissions import may_keep_people
from kinkeeper.features.accounts.rules import clean_address, clean_name
from kinkeeper.kernel.db import insert_into, new_id
from kinkeeper.kernel.errors import Conflict, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor

EraseStep = Callable[[Work, "UUID"], None]
MergeStep = Callable[[Work, "UUID", "UUID"], None]


class HasAccount(Conflict):
    """A person with a log-in is not merged away or erased by somebody else."""

    code = "person.has_account"
    message = mark("%(name)s has an account here. Close the account first.")


class SamePerson(Conflict):
    """Merging somebody with themselves would delete them."""

    code = "person.same"
    message = mark("Please choose two different people.")


def found_circle(work: Work, name: str, *, language: str, zone: str) -> Circle:
    """Step: begin a circle."""
    circle = Circle(name=clean_name(name), language=language, zone=zone, created_at=work.now)
    work.session.add(circle)
    return circle


def seat_person(work: Work, circle_id: UUID, *, name: str, email: str | None, language: str) -> Person:
    """Step: find the circle's person with this address, or put one into the address book.

    A person who is there keeps the name they have: a stranger's form must not rename anybody.
    """
    address = clean_address(email) if email else None
    if address is not None:
        _insert_person(work, circle_id, clean_name(name), address, language)
        book = select(Person).where(Person.circle_id == circle_id, Person.email == address)
        return work.session.scalars(book.with_for_update()).one()
    person = Person(
        id=new_id(),
        circle_id=circle_id,
        name=clean_name(name),
        language=language,
        created_at=work.now,
    )
    work.session.add(person)
    return person


def confirm_mailbox(work: Work, person_id: UUID) -> Person:
    """Step: they followed a link that was mailed to them, so the mailbox is theirs (SK-43)."""
    person = work.session.get_one(Person, person_id, with_for_update=True)
    person.confirmed_at = person.confirmed_at or work.now
    return person


def appoint_guardian(work: Work, ward_id: UUID, guardian_id: UUID) -> None:
    """Step: let one person look after another; saying it twice changes nothing."""
    row = insert_into(work.session, Guardian).values(ward_id=ward_id, guardian_id=guardian_id)
    work.session.execute(row.on_conflict_do_nothing())


def house_together(work: Work, circle_id: UUID, name: str, person_ids: Iterable[UUID]) -> Household:
    """Step: say that these people of a circle live together."""
    household = Household(circle_id=circle_id, name=clean_name(name))
    work.session.add(household)
    work.session.flush()  # its members refer to it
    members = [HouseholdMember(household_id=household.id, person_id=person_id) for person_id in person_ids]
    work.session.add_all(members)
    return household


def merge_people(actor: Actor, from_id: UUID, into_id: UUID, *, steps: Iterable[MergeStep]) -> None:
    """Make two entries of one person in a circle into one; every feature hands its part over."""
    with transaction(actor) as work:
        both = queries.people_for_change(work.session, [from_id, into_id])
        work.authorize(may_keep_people, both[from_id])
        if from_id == into_id:
            raise SamePerson
        if both[from_id].circle_id != both[into_id].circle_id:
            raise NotFound
        _refuse_with_account(work, both[from_id])
        for step in steps:
            step(work, from_id, into_id)
        audit.record(work, "person.merged", into_id)


def erase_person(actor: Actor, person_id: UUID, *, steps: Iterable[EraseStep]) -> None:
    """Forget a person; every feature erases its part first."""
    with transaction(actor) as work:
        person = queries.people_for_change(work.session, [person_id])[person_id]
        work.authorize(may_keep_people, person)
        _refuse_with_account(work, person)
        for step in steps:
            step(work, person_id)
        audit.record(work, "person.erased", person_id)


def erase_from_circle(work: Work, person_id: UUID) -> None:
    """Step, the last of all: take the person out of the address book; sessions and homes go along."""
    work.session.execute(delete(Person).where(Person.id == person_id))


def merge_in_circle(work: Work, from_id: UUID, into_id: UUID) -> None:
    """Step, the last of all: hand homes and wards over, and drop the entry that is no more."""
    _hand_over_homes(work, from_id, into_id)
    _hand_over_wards(work, from_id, into_id)
    work.session.execute(delete(WebSession).where(WebSession.person_id == from_id))
    work.session.execute(delete(Person).where(Person.id == from_id))


def _insert_person(work: Work, circle_id: UUID, name: str, email: str, language: str) -> None:
    row = insert_into(work.session, Person).values(
        circle_id=circle_id, name=name, email=email, language=language, created_at=work.now
    )
    work.session.execute(row.on_conflict_do_nothing())


def _refuse_with_account(work: Work, person: Person) -> None:
    if work.session.scalar(select(Account.id).where(Account.person_id == person.id)):
        raise HasAccount(name=person.name)


def _hand_over_homes(work: Work, from_id: UUID, into_id: UUID) -> None:
    already = select(HouseholdMember.household_id).where(HouseholdMember.person_id == into_id)
    missing = update(HouseholdMember).where(
        HouseholdMember.person_id == from_id, HouseholdMember.household_id.not_in(already)
    )
    work.session.execute(missing.values(person_id=into_id))


def _hand_over_wards(work: Work, from_id: UUID, into_id: UUID) -> None:
    for row in work.session.scalars(select(Guardian).where(Guardian.guardian_id == from_id)).all():
        if row.ward_id != into_id:
            appoint_guardian(work, row.ward_id, into_id)
    for row in work.session.scalars(select(Guardian).where(Guardian.ward_id == from_id)).all():
        if row.guardian_id != into_id:
            appoint_guardian(work, into_id, row.guardian_id)
