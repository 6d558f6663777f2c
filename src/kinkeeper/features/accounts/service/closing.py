"""Closing accounts: what ends at once, whoever closes them, and closing one's own (C-12, C-43)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.changes import AccountClosed
from kinkeeper.features.accounts.models import RoleGrant
from kinkeeper.features.accounts.permissions import may_keep_own_account
from kinkeeper.features.accounts.service import devices
from kinkeeper.features.accounts.service.granting import LastAdministrator
from kinkeeper.features.accounts.service.sessions import end_sessions
from kinkeeper.kernel.errors import Unauthenticated
from kinkeeper.kernel.roles import Role
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import audit, mail, tallies

if TYPE_CHECKING:
    from kinkeeper.features.accounts.models import Account
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work


def close_account(actor: Actor) -> None:
    """Close one's own account: it rests in the bin for 30 days, and is forgotten afterwards.

    Raises LastAdministrator where nobody else looks after the house; of two who go at the same moment one
    stays, because all administrators' roles are locked.
    """
    if actor.account_id is None:
        raise Unauthenticated
    with transaction(actor) as work:
        account = queries.account_for_change(work.session, actor.account_id)
        work.authorize(may_keep_own_account, account.id)
        put_into_bin(work, account)
        person = queries.person(work.session, account.person_id)
        letter = AccountClosed(
            to=account.email, language=person.language, name=person.name, days=queries.IN_THE_BIN.days
        )
        mail.post(work, letter, about=account.id, person_id=person.id, generation=account.epoch)
        audit.record(work, "account.closed", account.id)


def shut_out(work: Work, account: Account) -> None:
    """Step: end what the account is signed in with, and the letters that would open it.

    The account is locked already, and the administrators' roles after it. Raises LastAdministrator.
    """
    if queries.administrators_for_change(work.session) == [account.person_id]:
        raise LastAdministrator
    end_sessions(work, account)
    mail.withdraw(work, account.id)
    mail.hold_back(work, [account.id])
    account.changed_at = work.now


def put_into_bin(work: Work, account: Account) -> None:
    """Step: shut the account out, and take its roles and devices away; whoever restores it gives none back.

    That somebody is a child takes rights away, so it stays: the bin must not make anybody a member.
    """
    shut_out(work, account)
    devices.forget(work, account)
    theirs = RoleGrant.person_id == account.person_id, RoleGrant.role != Role.CHILD
    work.session.execute(delete(RoleGrant).where(*theirs))
    account.deleted_at = work.now
    tallies.count(work, queries.ACCOUNTS, -1)
