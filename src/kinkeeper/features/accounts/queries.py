"""Every SELECT on circles, people and accounts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, case, exists, func, select
from sqlalchemy.orm import aliased

from kinkeeper.features.accounts.models import (
    AccessToken,
    Account,
    Circle,
    Guardian,
    Household,
    HouseholdMember,
    Person,
    WebSession,
)
from kinkeeper.kernel.actor import Actor, Role
from kinkeeper.kernel.db import batched
from kinkeeper.kernel.errors import NotFound, Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Executable
    from sqlalchemy.orm import InstrumentedAttribute, Session


class Mailbox(NamedTuple):
    """Where letters for a person go: to themselves, or to those who look after them."""

    person_id: UUID
    email: str
    language: str
    name: str = ""
    """Of whoever reads it."""


class Care(NamedTuple):
    """A person, and who may speak for them."""

    id: UUID
    name: str
    guardian_ids: frozenset[UUID]


# Hot: every signed-in request asks it, so the statement is built once.
_SESSION = (
    select(
        WebSession.id,
        WebSession.account_id,
        WebSession.person_id,
        WebSession.seen_at,
        WebSession.idle_at,
        WebSession.ends_at,
        Account.epoch,
        Account.is_admin,
        Person.name,
        Person.language,
    )
    .join(Person, Person.id == WebSession.person_id)
    .outerjoin(Account, Account.id == WebSession.account_id)
    .where(WebSession.digest == bindparam("digest"))
)


def session_row(session: Session, digest: bytes) -> Any:  # noqa: ANN401 - a row of the columns above
    """Answer a browser's session with who it is for."""
    return session.connection().execute(_SESSION, {"digest": digest}).first()


def token_row(session: Session, digest: bytes) -> Any:  # noqa: ANN401 - a row
    """Answer an access token with whose it is."""
    token = (
        select(
            AccessToken.id,
            AccessToken.ends_at,
            AccessToken.used_at,
            Account.id.label("account_id"),
            Account.person_id,
            Account.epoch,
            Account.is_admin,
            Person.name,
        )
        .join(Account, Account.id == AccessToken.account_id)
        .join(Person, Person.id == Account.person_id)
        .where(AccessToken.digest == digest)
    )
    return session.execute(token).first()


def addresses_in_use(session: Session, addresses: Collection[str]) -> set[str]:
    """Answer those of the addresses that a person or an account has."""
    found: set[str] = set()
    for some in batched(addresses):
        people = select(Person.email).where(Person.email.in_(some))
        accounts = select(Account.email).where(Account.email.in_(some))
        found.update(session.scalars(people.union(accounts)))
    return found


def with_grants(session: Session, actor: Actor) -> Actor:
    """Answer the actor with what the account may be now, or raise where its sessions have ended."""
    grant = session.execute(
        select(Account.epoch, Account.is_admin).where(Account.id == actor.account_id)
    ).first()
    if grant is None or grant.epoch != actor.epoch:
        raise Unauthenticated
    return Actor(
        name=actor.name,
        account_id=actor.account_id,
        person_id=actor.person_id,
        guest_id=actor.guest_id,
        epoch=actor.epoch,
        roles=roles_of(is_admin=grant.is_admin),
    )


def roles_of(*, is_admin: bool) -> frozenset[Role]:
    """Answer an account's grants as roles."""
    return frozenset({Role.ADMINISTRATOR}) if is_admin else frozenset()


def has_administrator(session: Session) -> bool:
    """Tell whether the house is set up (SK-10)."""
    return bool(session.scalar(select(select(Account.id).where(Account.is_admin).exists())))


def is_empty(session: Session) -> bool:
    """Tell whether nobody was ever here (C-36)."""
    return not session.scalar(select(select(Person.id).exists()))


def account_by_email(session: Session, email: str) -> Account | None:
    """Answer the account that signs in with this address."""
    return session.scalar(select(Account).where(Account.email == email))


def email_of(session: Session, account_id: UUID | None) -> str:
    """Answer the address that an account signs in with; nothing where it is closed."""
    return session.scalar(select(Account.email).where(Account.id == account_id)) or ""


def account_for_change(session: Session, account_id: UUID) -> Account:
    """Answer the account, locked until the transaction ends; it may be closed meanwhile."""
    account = session.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if account is None:
        raise NotFound
    return account


def person(session: Session, person_id: UUID) -> Person:
    """Answer a person, or raise where there is none."""
    found = session.scalar(select(Person).where(Person.id == person_id))
    if found is None:
        raise NotFound
    return found


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


def tokens_of(session: Session, actor: Actor) -> Sequence[AccessToken]:
    """Answer the actor's access tokens, newest first."""
    own = select(AccessToken).where(AccessToken.account_id == actor.account_id)
    return session.scalars(own.order_by(AccessToken.created_at.desc())).all()


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


def members_with_account(session: Session, circle_id: UUID) -> dict[UUID, str]:
    """Answer those people of a circle who have a log-in, with their names, by the alphabet."""
    members = select(Person.id, Person.name).join(Account, Account.person_id == Person.id)
    found = members.where(Person.circle_id == circle_id).order_by(func.lower(Person.name), Person.id)
    return {row.id: row.name for row in session.execute(found)}


def guardians_of(session: Session, person_ids: Iterable[UUID]) -> set[UUID]:
    """Answer who looks after these people."""
    found: set[UUID] = set()
    for some in batched(person_ids):
        found.update(session.scalars(select(Guardian.guardian_id).where(Guardian.ward_id.in_(some))))
    return found


def wards_of(session: Session, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Answer whom these people look after, with their names, by the alphabet.

    Whoever has an address of their own by now reads their letters themselves.
    """
    wards = select(Person.id, Person.name).join(Guardian, Guardian.ward_id == Person.id)
    found = wards.where(Guardian.guardian_id.in_(person_ids), Person.email.is_(None))
    rows = session.execute(found.order_by(func.lower(Person.name), Person.id))
    return {row.id: row.name for row in rows}


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


def with_account(session: Session, person_ids: Iterable[UUID]) -> set[UUID]:
    """Answer which of these people have a log-in."""
    found: set[UUID] = set()
    for some in batched(person_ids):
        found.update(session.scalars(select(Account.person_id).where(Account.person_id.in_(some))))
    return found


def guardians_of_others(session: Session, person_ids: Collection[UUID]) -> set[UUID]:
    """Answer which of these people look after somebody who is not one of them."""
    found: set[UUID] = set()
    for some in batched(person_ids):
        wards = session.execute(
            select(Guardian.guardian_id, Guardian.ward_id).where(Guardian.guardian_id.in_(some))
        )
        found.update(guardian_id for guardian_id, ward_id in wards if ward_id not in person_ids)
    return found


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


def export_person(session: Session, person_id: UUID) -> dict[str, Any]:
    """Answer all that is kept of a person here, secrets aside, as JSON can hold it; in few statements."""
    own = person(session, person_id)
    circle = session.get_one(Circle, own.circle_id)
    return {
        "name": own.name,
        "email": own.email,
        "language": own.language,
        "known_since": own.created_at.isoformat(),
        "confirmed_at": own.confirmed_at and own.confirmed_at.isoformat(),
        "circle": {"name": circle.name, "language": circle.language, "zone": circle.zone},
        "households": _households_of(session, person_id),
        "looked_after_by": _names(session, Guardian.guardian_id, Guardian.ward_id == person_id),
        "looks_after": _names(session, Guardian.ward_id, Guardian.guardian_id == person_id),
        "account": _export_account(session, person_id),
        "access_tokens": _moments(
            session,
            select(AccessToken.name, AccessToken.created_at, AccessToken.ends_at, AccessToken.used_at)
            .join(Account, Account.id == AccessToken.account_id)
            .where(Account.person_id == person_id)
            .order_by(AccessToken.created_at),
        ),
        "sessions": _moments(
            session,
            select(WebSession.created_at, WebSession.seen_at, WebSession.idle_at, WebSession.ends_at)
            .where(WebSession.person_id == person_id)
            .order_by(WebSession.created_at),
        ),
    }


def _households_of(session: Session, person_id: UUID) -> list[str]:
    homes = select(Household.name).join(HouseholdMember, HouseholdMember.household_id == Household.id)
    return list(session.scalars(homes.where(HouseholdMember.person_id == person_id).order_by(Household.name)))


def _names(session: Session, who: InstrumentedAttribute[UUID], tie: ColumnElement[bool]) -> list[str]:
    names = select(Person.name).join(Guardian, who == Person.id).where(tie).order_by(Person.name)
    return list(session.scalars(names))


def _export_account(session: Session, person_id: UUID) -> dict[str, Any] | None:
    account = session.scalar(select(Account).where(Account.person_id == person_id))
    if account is None:
        return None
    return {
        "email": account.email,
        "is_admin": account.is_admin,
        "created_at": account.created_at.isoformat(),
    }


def _moments(session: Session, rows: Executable) -> list[dict[str, Any]]:
    """Answer rows by the names of their columns, moments as text."""
    return [
        {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
        for row in session.execute(rows).mappings()
    ]
