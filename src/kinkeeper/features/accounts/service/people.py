"""Steps around a circle's people that verbs here and in other features share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, func, or_, select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import (
    Account,
    Guardian,
    Household,
    HouseholdMember,
    Person,
)
from kinkeeper.features.accounts.rules import clean_address, clean_label, clean_name
from kinkeeper.kernel.db import batched, insert_into, new_id
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.platform import audit, jobs, mail

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.work import Work


FEWEST_TOGETHER = 2
"""People whom a household takes."""


class HasAccount(Conflict):
    """A person with a log-in is not merged away or erased by somebody else."""

    code = "person.has_account"
    message = mark("%(name)s has an account here. Close the account first.")


def put_in_book(work: Work, circle_id: UUID, *, name: str, email: str | None, language: str) -> Person:
    """Step: find the circle's person with this address, or put one into the address book.

    A person who is there keeps the name they have: a stranger's form must not rename anybody.
    """
    address = clean_address(email) if email else None
    if address is not None:
        book = select(Person).where(Person.circle_id == circle_id, Person.email == address)
        while True:  # somebody who is erased between the two statements is put in anew
            _insert_person(work, circle_id, clean_name(name), address, language)
            known = work.session.scalar(book.with_for_update())
            if known is not None:
                return known
    person = Person(
        id=new_id(),
        circle_id=circle_id,
        name=clean_name(name),
        language=language,
        created_at=work.now,
    )
    work.session.add(person)
    return person


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody with an address, as the address book is to know them."""

    name: str
    email: str
    language: str


def put_all_in_book(
    work: Work, circle_id: UUID, entries: Iterable[Entry], *, along: Collection[UUID] = ()
) -> dict[str, Person]:
    """Step: find or put in each of these, as `put_in_book` does; answers them by address.

    They, and who is locked `along` with them, are locked in the one order of everybody's.
    """
    wanted = {clean_address(one.email): one for one in entries}
    book = select(Person.id).where(Person.circle_id == circle_id, Person.email.in_(wanted))
    while True:  # likewise
        for address, one in sorted(wanted.items()):
            _insert_person(work, circle_id, clean_name(one.name), address, one.language)
        ids = {*work.session.scalars(book), *along}
        locked = queries.people_left_for_change(work.session, ids)
        found = {person.email: person for person in locked.values() if person.email in wanted}
        if found.keys() == wanted.keys():
            return found


def forget_strangers(work: Work, person_ids: Iterable[UUID]) -> None:
    """Step: drop addresses that somebody typed and nobody ever answered for; anybody else stays.

    So does whom a keeper of the address book has put in, or into a home of it. A home that an occasion alone
    knows holds nobody, and ends as others do. Lock them first.
    """
    in_book = Household.id == HouseholdMember.household_id, Household.occasion_id.is_(None)
    known = (
        exists().where(Account.person_id == Person.id)
        | exists().where(HouseholdMember.person_id == Person.id, *in_book)
        | exists().where(or_(Guardian.ward_id == Person.id, Guardian.guardian_id == Person.id))
    )
    going = sorted(person_ids)
    homes = list(queries.households_among(work.session, going))
    for some in batched(going):
        strangers = delete(Person).where(
            Person.id.in_(some), Person.confirmed_at.is_(None), Person.listed_at.is_(None), ~known
        )
        gone = strangers.returning(Person.id, Person.email).execution_options(synchronize_session=False)
        forget_traces(work, {row.id: row.email for row in work.session.execute(gone)})
    end_homes(work, homes)


def forget_traces(work: Work, gone: Mapping[UUID, str | None]) -> None:
    """Step: forget what else was written down of people who are out of the address book, by their address.

    That is their letters, sent or not, the errands that name them, and their name in the audit trail. An
    address that somebody else has, too, in another circle perhaps, keeps its letters and errands: they are
    not these people's.
    """
    addresses = {address for address in gone.values() if address is not None}
    theirs_alone = addresses - queries.addresses_in_use(work.session, addresses)
    mail.forget(work, gone.keys(), theirs_alone)
    audit.forget(work, gone.keys())
    jobs.forget(work, theirs_alone)


def let_go(work: Work, person_ids: Iterable[UUID]) -> None:
    """Step: drop people whom nothing else holds: no log-in, no keeper, and nobody who stays is in their care.

    Lock them first.
    """
    going = set(person_ids)
    going -= queries.with_account(work.session, going) | queries.listed(work.session, going)
    while bound := queries.guardians_of_others(work.session, going):
        going -= bound
    homes = list(queries.households_among(work.session, going))
    gone: dict[UUID, str | None] = {}
    for some in batched(sorted(going)):
        theirs = delete(Person).where(Person.id.in_(some)).returning(Person.id, Person.email)
        rows = work.session.execute(theirs.execution_options(synchronize_session=False))
        gone.update({row.id: row.email for row in rows})
    forget_traces(work, gone)
    end_homes(work, homes)


def end_homes(work: Work, household_ids: Iterable[UUID]) -> None:
    """Step: of these households, those end of which too few people are left: one alone is no household.

    They are locked after their people, so that of two who go at the same moment the second one sees it.
    """
    lived_in = select(HouseholdMember.household_id).group_by(HouseholdMember.household_id)
    enough = lived_in.having(func.count() >= FEWEST_TOGETHER)
    for some in batched(sorted(household_ids)):
        here = Household.id.in_(some)
        work.session.execute(select(Household.id).where(here).order_by(Household.id).with_for_update()).all()
        ended = delete(Household).where(here, Household.id.not_in(enough))
        work.session.execute(ended.execution_options(synchronize_session=False))


def confirm_mailbox(work: Work, person_id: UUID) -> Person:
    """Step: they followed a link that was mailed to them, so the mailbox is theirs (SK-43)."""
    person = work.session.get_one(Person, person_id, with_for_update=True)
    person.confirmed_at = person.confirmed_at or work.now
    return person


def appoint_guardian(work: Work, ward_id: UUID, guardian_id: UUID) -> None:
    """Step: let one person look after another; saying it twice changes nothing."""
    row = insert_into(work.session, Guardian).values(ward_id=ward_id, guardian_id=guardian_id)
    work.session.execute(row.on_conflict_do_nothing())


def rename_ward(work: Work, person_id: UUID, name: str) -> None:
    """Step: call somebody as those who look after them do; who has an address keeps the name they have."""
    person = queries.people_for_change(work.session, [person_id])[person_id]
    if person.email is None:
        person.name = clean_name(name)


def house_together(
    work: Work, circle_id: UUID, name: str, person_ids: Iterable[UUID], *, occasion_id: UUID | None = None
) -> Household:
    """Step: say that these people of a circle live together; said again, only the name may change.

    The address book says so, and the trail what became of it, or an occasion by itself: ask who keeps the
    book before.
    """
    members = set(person_ids)
    known = queries.household_of(work.session, circle_id, members, occasion_id=occasion_id)
    if known is not None:
        rename_home(work, known, name)
        return known
    household = Household(circle_id=circle_id, name=clean_label(name), occasion_id=occasion_id)
    work.session.add(household)
    work.session.flush()  # its members refer to it
    work.session.add_all(HouseholdMember(household_id=household.id, person_id=one) for one in sorted(members))
    if household.occasion_id is None:
        audit.record(work, "household.made", household.id, people=len(members))
    return household


def rename_home(work: Work, household: Household, name: str) -> None:
    """Step: call a household so; the trail tells of a home of the book, where that is another name."""
    label = clean_label(name)
    if label == household.name:
        return
    household.name = label
    if household.occasion_id is None:
        audit.record(work, "household.changed", household.id)


def forget_homes(work: Work, occasion_id: UUID, *, besides: Collection[UUID]) -> None:
    """Step: end the households that an occasion alone has known, but for some."""
    own = Household.occasion_id == occasion_id, Household.id.not_in(besides)
    work.session.execute(delete(Household).where(*own).execution_options(synchronize_session=False))


def live_alike(work: Work, person_id: UUID, newcomer_id: UUID) -> None:
    """Step: let one person belong to every household that another belongs to, who stays in them, too."""
    homes = select(HouseholdMember.household_id).where(HouseholdMember.person_id == person_id)
    for home in work.session.scalars(homes).all():
        row = insert_into(work.session, HouseholdMember).values(household_id=home, person_id=newcomer_id)
        work.session.execute(row.on_conflict_do_nothing())


def _insert_person(work: Work, circle_id: UUID, name: str, email: str, language: str) -> None:
    row = insert_into(work.session, Person).values(
        circle_id=circle_id, name=name, email=email, language=language, created_at=work.now
    )
    work.session.execute(row.on_conflict_do_nothing())


def refuse_with_account(work: Work, person: Person) -> None:
    """Step: raise HasAccount where somebody has a log-in."""
    if has_account(work, person.id):
        raise HasAccount(name=person.name)


def has_account(work: Work, person_id: UUID) -> bool:
    """Tell whether somebody has a log-in, closed or not."""
    return bool(work.session.scalar(select(exists().where(Account.person_id == person_id))))
