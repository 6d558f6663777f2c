"""People of a circle, and where their letters go."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from kinkeeper.features.accounts.models import (
    Account,
    Circle,
    Guardian,
    Person,
)
from kinkeeper.kernel.db import batched
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform import audit
from kinkeeper.platform.audit import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session


class Mailbox(NamedTuple):
    """Where letters for a person go: to themselves, or to those who look after them."""

    person_id: UUID
    email: str
    language: str
    name: str = ""
    """Of whoever reads it."""


class KnownAs(NamedTuple):
    """What somebody was called where they did something, and what that was done to."""

    names: set[str]
    subject_ids: set[UUID]


def known_as(session: Session, person_id: UUID, actions: Collection[str]) -> KnownAs:
    """Answer where others may have read by name that somebody did such things, and by which names.

    As far back as the audit trail goes, and only where it has them: anybody can take somebody else's name.
    """
    account_ids = session.scalars(select(Account.id).where(Account.person_id == person_id)).all()
    acts = audit.acts_of(session, account_ids, actions)
    names = {session.get_one(Person, person_id).name, *(name for name, _ in acts)}
    return KnownAs(names, {subject_id for _, subject_id in acts})


def person(session: Session, person_id: UUID) -> Person:
    """Answer a person, or raise where there is none."""
    found = session.scalar(select(Person).where(Person.id == person_id))
    if found is None:
        raise NotFound
    return found


def has_entry(session: Session, circle_id: UUID, email: str) -> bool:
    """Tell whether somebody of a circle has this address."""
    return entry_with(session, circle_id, email) is not None


def entry_with(session: Session, circle_id: UUID, email: str) -> Person | None:
    """Answer who of a circle has this address."""
    return session.scalar(select(Person).where(Person.circle_id == circle_id, Person.email == email))


def invited_at(session: Session, person_id: UUID) -> datetime | None:
    """Answer when somebody was last invited to have an account, as the trail of what was done has it.

    Not as their letter has it: whether the address signs in elsewhere is not told (T-8).
    """
    theirs = AuditEntry.subject_id == person_id, AuditEntry.action == "account.invited"
    return session.scalar(select(func.max(AuditEntry.at)).where(*theirs))


def is_known(session: Session, person_id: UUID) -> bool:
    """Tell whether somebody is in an address book."""
    return session.scalar(select(Person.id).where(Person.id == person_id)) is not None


def people_for_change(session: Session, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Answer people, locked in one order until the transaction ends; raises where one is not there."""
    wanted = set(ids)
    known = people_left_for_change(session, wanted)
    if len(known) != len(wanted):
        raise NotFound
    return known


def people_left_for_change(session: Session, ids: Collection[UUID]) -> dict[UUID, Person]:
    """Answer people, likewise, without those who are gone by then."""
    found = select(Person).where(Person.id.in_(ids)).order_by(Person.id).with_for_update()
    rows = session.scalars(found.execution_options(populate_existing=True))
    return {person.id: person for person in rows}


def circle_of(session: Session, person_id: UUID) -> Circle:
    """Answer the circle that a person belongs to."""
    own = select(Circle).join(Person, Person.circle_id == Circle.id).where(Person.id == person_id)
    return session.scalars(own).one()


def mailboxes(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, list[Mailbox]]:
    """Answer where letters for each person go; a person nobody can write to has an empty list."""
    wanted = list(person_ids)
    own = select(Person.id, Person.id.label("reader_id"), Person.email, Person.language, Person.name).where(
        Person.id.in_(wanted), Person.email.is_not(None)
    )
    reader = aliased(Person)
    through = (
        select(Guardian.ward_id, reader.id.label("reader_id"), reader.email, reader.language, reader.name)
        .join(reader, reader.id == Guardian.guardian_id)
        .join(Person, Person.id == Guardian.ward_id)
        .where(Guardian.ward_id.in_(wanted), Person.email.is_(None), reader.email.is_not(None))
    )
    found: dict[UUID, list[Mailbox]] = {person_id: [] for person_id in wanted}
    for person_id, reader_id, email, language, name in session.execute(own.union_all(through)):
        found[person_id].append(Mailbox(reader_id, email or "", language, name))
    return found


def addresses(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, str | None]:
    """Answer the own address of each of these people."""
    found: dict[UUID, str | None] = {}
    for some in batched(person_ids):
        own = select(Person.id, Person.email).where(Person.id.in_(some))
        found.update((person_id, email) for person_id, email in session.execute(own))
    return found
