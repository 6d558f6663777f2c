"""Accounts and their access tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from kinkeeper.features.accounts.models import (
    AccessToken,
    Account,
    Device,
    Person,
    RecoveryCode,
)
from kinkeeper.kernel.actor import Actor
from kinkeeper.kernel.db import batched
from kinkeeper.kernel.errors import NotFound, Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
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
    """Answer the account, locked until the transaction ends; it may be closed meanwhile."""
    account = session.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if account is None:
        raise NotFound
    return account


def tokens_of(session: Session, actor: Actor) -> Sequence[AccessToken]:
    """Answer the actor's access tokens, newest first."""
    own = select(AccessToken).where(AccessToken.account_id == actor.account_id)
    return session.scalars(own.order_by(AccessToken.created_at.desc())).all()


def members_with_account(session: Session, circle_id: UUID) -> dict[UUID, str]:
    """Answer those people of a circle who have a log-in, with their names, by the alphabet."""
    members = select(Person.id, Person.name).join(Account, Account.person_id == Person.id)
    found = members.where(Person.circle_id == circle_id).order_by(func.lower(Person.name), Person.id)
    return {row.id: row.name for row in session.execute(found)}


def with_account(session: Session, person_ids: Iterable[UUID]) -> set[UUID]:
    """Answer which of these people have a log-in."""
    found: set[UUID] = set()
    for some in batched(person_ids):
        found.update(session.scalars(select(Account.person_id).where(Account.person_id.in_(some))))
    return found
