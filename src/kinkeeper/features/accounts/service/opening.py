"""Making an account: the one step that all ways to one end with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.service.naming import give_username
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.platform import tallies

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.work import Work


class AddressTaken(Conflict):
    """An account signs in with this address already."""

    code = "account.address_taken"
    message = mark("There is an account with this address already.")
    field = "email"


def refuse_taken(work: Work, email: str) -> None:
    """Step: raise AddressTaken where an account signs in with this address.

    Ask it before the database is: that would wait for whoever changes or erases that account at the same
    moment, and they may wait for what is locked here.
    """
    if queries.account_by_email(work.session, email) is not None:
        raise AddressTaken


def open_account(
    work: Work,
    person_id: UUID,
    *,
    email: str,
    password_hash: str | None,
    username: str | None = None,
    is_verified: bool = False,
) -> Account:
    """Step: let a person have an account; `email` is clean. Raises AddressTaken or UsernameTaken."""
    refuse_taken(work, email)
    account = Account(
        id=new_id(),
        person_id=person_id,
        email=email,
        password_hash=password_hash,
        created_at=work.now,
        changed_at=work.now,
        verified_at=work.now if is_verified else None,
    )
    with work.refuse(Account.email, problem=AddressTaken()):
        work.session.add(account)
    if username is not None:
        give_username(work, account, username)
    tallies.count(work, queries.ACCOUNTS, 1)
    return account
