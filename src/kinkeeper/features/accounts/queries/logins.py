"""Accounts and their access tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, func, select

from kinkeeper.features.accounts.models import (
    Account,
    Device,
    Person,
    RecoveryCode,
)
from kinkeeper.kernel.actor import Actor
from kinkeeper.kernel.db import batched
from kinkeeper.kernel.errors import NotFound, Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from sqlalchemy.orm import Session


ACCOUNTS = "accounts"
"""The tally of accounts that are not in the bin."""


def addresses_in_use(session: Session, addresses: Collection[str]) -> set[str]:
    """Answer those of the addresses that a person or an account has."""
    found: set[str] = set()
    for some in batched(addresses):
        people = select(Person.email).where(Person.email.in_(some))
        accounts = select(Account.email).where(Account.email.in_(some))
        found.update(session.scalars(people.union(accounts)))
    return found


def is_empty(session: Session) -> bool:
    """Tell whether nobody was ever here (C-36)."""
    return not session.scalar(select(select(Person.id).exists()))


def account_by_email(session: Session, email: str) -> Account | None:
    """Answer the account that signs in with this address."""
    return session.scalar(select(Account).where(Account.email == email))


def account_of(session: Session, person_id: UUID) -> Account | None:
    """Answer the log-in that a person has."""
    return session.scalar(select(Account).where(Account.person_id == person_id))


def dearest_hash(session: Session) -> str | None:
    """Answer the hash of bcrypt that takes longest, of accounts that can be signed in to.

    What only looks like one, and could be nobody's password, is passed over.
    """
    kind, cost = func.substr(Account.password_hash, 1, 4), func.substr(Account.password_hash, 5, 2)
    is_such = kind.in_(("$2a$", "$2b$", "$2y$")), cost.between("04", "31")
    is_open = Account.deactivated_at.is_(None), Account.deleted_at.is_(None)
    found = select(Account.password_hash).where(*is_such, *is_open).order_by(cost.desc())
    return session.scalar(found.limit(1))


def account_by_name(session: Session, name: str) -> Account | None:
    """Answer the account that signs in with this address, or this username; no username has an `@`."""
    own = Account.email == name if "@" in name else Account.username == name
    return session.scalar(select(Account).where(own))


def knows_device(session: Session, digest: bytes, name: str) -> bool:
    """Tell whether the account of this address or username has signed in with this device before."""
    own = Account.email == name if "@" in name else Account.username == name
    used = select(Device.id).join(Account, Account.id == Device.account_id)
    return bool(session.scalar(select(used.where(Device.digest == digest, own).exists())))


def email_of(session: Session, account_id: UUID | None) -> str:
    """Answer the address that an account signs in with; nothing where it is closed."""
    return session.scalar(select(Account.email).where(Account.id == account_id)) or ""


def reader_of(session: Session, account: Account) -> dict[str, Any]:
    """Answer what every letter to an account's owner says of them: where, in which language, to whom."""
    owner = session.get_one(Person, account.person_id)
    known = {"to": account.email, "language": owner.language, "name": owner.name}
    return {**known, "account_id": account.id}


def own_account(session: Session, actor: Actor) -> Account:
    """Answer the actor's own account; raises Unauthenticated where it is gone."""
    account = session.get(Account, actor.account_id) if actor.account_id else None
    if account is None:
        raise Unauthenticated
    return account


def recovery_codes_left(session: Session, account_id: UUID) -> int:
    """Answer how many recovery codes are not used yet."""
    unused = RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(*unused)) or 0


def account_for_change(session: Session, account_id: UUID) -> Account:
    """Answer the account, locked until the transaction ends; it may be closed meanwhile.

    Everybody locks an account before its person, and links last: letting somebody in reads their person under
    a lock, too (a session refers to it).
    """
    account = _locked(session, Account.id == account_id)
    if account is None:
        raise NotFound
    return account


def own_account_for_change(session: Session, actor: Actor) -> Account:
    """Answer the actor's own account, likewise; raises Unauthenticated where nobody is signed in to one."""
    return account_for_change(session, actor.own_account_id())


def account_of_for_change(session: Session, person_id: UUID) -> Account | None:
    """Answer a person's account, likewise; None where they have none."""
    return _locked(session, Account.person_id == person_id)


def account_by_name_for_change(session: Session, name: str) -> Account | None:
    """Answer the account of this address or username, likewise; None where it signs in with it no more."""
    known = account_by_name(session, name)
    account = _locked(session, Account.id == known.id) if known is not None else None
    return account if account is not None and name in (account.email, account.username) else None


def members_with_account(session: Session, circle_id: UUID) -> dict[UUID, str]:
    """Answer who of a circle has a log-in that is not in the bin, with their names, by the alphabet."""
    members = select(Person.id, Person.name).join(Account, Account.person_id == Person.id)
    here = Person.circle_id == circle_id, Account.deleted_at.is_(None)
    found = members.where(*here).order_by(Person.folded, Person.id)
    return {row.id: row.name for row in session.execute(found)}


def with_account(session: Session, person_ids: Iterable[UUID]) -> set[UUID]:
    """Answer which of these people have a log-in."""
    found: set[UUID] = set()
    for some in batched(person_ids):
        found.update(session.scalars(select(Account.person_id).where(Account.person_id.in_(some))))
    return found


def with_open_account(session: Session, person_ids: Iterable[UUID]) -> set[UUID]:
    """Answer which of these people have a log-in that is not in the bin."""
    found = select(Account.person_id).where(Account.person_id.in_(list(person_ids)))
    return set(session.scalars(found.where(Account.deleted_at.is_(None))))


def who_can_sign_in(session: Session, person_ids: Iterable[UUID]) -> set[UUID]:
    """Answer which of these people have a log-in that lets them in: neither deactivated nor in the bin."""
    is_open = Account.deactivated_at.is_(None), Account.deleted_at.is_(None)
    found = select(Account.person_id).where(Account.person_id.in_(list(person_ids)), *is_open)
    return set(session.scalars(found))


def _locked(session: Session, condition: ColumnElement[bool]) -> Account | None:
    """What was read of it before the lock may be so no more, so all of it is read anew."""
    found = select(Account).where(condition).with_for_update()
    return session.scalar(found.execution_options(populate_existing=True))
