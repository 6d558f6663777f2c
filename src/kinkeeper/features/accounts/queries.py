"""Every SELECT on circles, people and accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, func, select
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
from kinkeeper.kernel.errors import NotFound, Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session


class Mailbox(NamedTuple):
    """Where letters for a person go: to themselves, or to those who look after them."""

    person_id: UUID
    email: str
    language: str


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


def account_for_change(session: Session, account_id: UUID) -> Account:
    """Answer the account, locked until the transaction ends; it may be closed meanwhile."""
    account = session.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if account is None:
        raise NotFound
    return account


def person(session: Session, person_id: UUID) -> Person:
    """Answer a person who is known to be there."""
    return session.scalars(select(Person).where(Person.id == person_id)).one()


def people_for_change(session: Session, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Answer people, locked in one order until the transaction ends; raises where one is not there."""
    wanted = set(ids)
    found = select(Person).where(Person.id.in_(wanted)).order_by(Person.id).with_for_update()
    known = {person.id: person for person in session.scalars(found)}
    if len(known) != len(wanted):
        raise NotFound
    return known


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
    own = select(Person.id, Person.id.label("reader_id"), Person.email, Person.language).where(
        Person.id.in_(wanted), Person.email.is_not(None)
    )
    reader = aliased(Person)
    through = (
        select(Guardian.ward_id, reader.id.label("reader_id"), reader.email, reader.language)
        .join(reader, reader.id == Guardian.guardian_id)
        .join(Person, Person.id == Guardian.ward_id)
        .where(Guardian.ward_id.in_(wanted), Person.email.is_(None), reader.email.is_not(None))
    )
    found: dict[UUID, list[Mailbox]] = {person_id: [] for person_id in wanted}
    for person_id, reader_id, email, language in session.execute(own.union_all(through)):
        found[person_id].append(Mailbox(reader_id, email or "", language))
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


def household_names(session: Session, household_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Answer households' names."""
    named = select(Household.id, Household.name).where(Household.id.in_(list(household_ids)))
    return {row.id: row.name for row in session.execute(named)}


def export_person(session: Session, person_id: UUID) -> dict[str, Any]:
    """Answer all that is kept of a person here, as JSON can hold it."""
    own = person(session, person_id)
    homes = (
        select(Household.name)
        .join(HouseholdMember, HouseholdMember.household_id == Household.id)
        .where(HouseholdMember.person_id == person_id)
    )
    sessions = select(func.count()).select_from(WebSession).where(WebSession.person_id == person_id)
    return {
        "name": own.name,
        "email": own.email,
        "language": own.language,
        "known_since": own.created_at.isoformat(),
        "households": list(session.scalars(homes)),
        "open_sessions": session.scalar(sessions),
    }
