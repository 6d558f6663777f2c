"""Closing accounts: what ends at once, whoever closes them, and closing one's own (C-12, C-43)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.arriving import INVITE
from kinkeeper.features.accounts.emails.changes import AccountClosed, AddressMoving
from kinkeeper.features.accounts.models import RoleGrant
from kinkeeper.features.accounts.permissions import may_keep_own_account
from kinkeeper.features.accounts.service import devices
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.features.accounts.service.granting import LastAdministrator
from kinkeeper.features.accounts.service.sessions import end_sessions
from kinkeeper.kernel.roles import Role
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import audit, mail, tallies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kinkeeper.features.accounts.models import Account
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.steps import CloseStep
    from kinkeeper.kernel.work import Work


def close_account(actor: Actor, *, steps: Iterable[CloseStep]) -> None:
    """Close one's own account: it rests in the bin for 30 days, and is forgotten afterwards.

    Of what its owner runs, every feature says by its step who runs it from now on.

    Raises LastAdministrator where nobody else looks after the house; of two who go at the same moment one
    stays, because all administrators' roles are locked.
    """
    with transaction(actor) as work:
        account = queries.own_account_for_change(work.session, actor)
        work.authorize(may_keep_own_account, account.id)
        refuse_stale_browser(work)
        put_into_bin(work, account, steps)
        reader = queries.reader_of(work.session, account)
        letter = AccountClosed(**reader, days=queries.IN_THE_BIN.days)
        mail.post(work, letter, about=account.id, person_id=account.person_id, generation=account.epoch)
        audit.record(work, "account.closed", account.id)


def refuse_last_administrator(work: Work, account: Account) -> None:
    """Step: raise LastAdministrator where nobody else looks after the house; who does is locked."""
    if queries.administrators_for_change(work.session) == [account.person_id]:
        raise LastAdministrator


def shut_out(work: Work, account: Account) -> None:
    """Step: end what the account is signed in with, and the letters that wait because of it (C-43).

    Word to an address that the account had before goes all the same: whoever moved it, and closes it at once,
    must not do so in silence. The account is locked already, and the administrators' roles after it. Raises
    LastAdministrator.
    """
    refuse_last_administrator(work, account)
    end_sessions(work, account)
    mail.withdraw(work, account.id)
    mail.withdraw(work, account.person_id, purpose=INVITE)
    mail.hold_back(work, [account.id], besides=[AddressMoving])
    account.changed_at = work.now


def put_into_bin(work: Work, account: Account, steps: Iterable[CloseStep]) -> None:
    """Step: shut the account out, and take its roles and devices away; whoever restores it gives none back.

    That somebody is a child takes rights away, so it stays: the bin must not make anybody a member. Features
    lock theirs before the roles go, and after the administrators', so that of two accounts that are closed
    at the same moment neither hands anything on to the other.
    """
    shut_out(work, account)
    for step in steps:
        step(work, account.person_id)
    devices.forget(work, account)
    theirs = RoleGrant.person_id == account.person_id, RoleGrant.role != Role.CHILD
    work.session.execute(delete(RoleGrant).where(*theirs))
    account.deleted_at = work.now
    tallies.count(work, queries.ACCOUNTS, -1)
