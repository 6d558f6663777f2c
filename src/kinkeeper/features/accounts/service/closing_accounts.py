"""Closing others' accounts: for a while, for good, and what becomes of them in the bin (C-12, C-43)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.service.bin import refuse_in_the_bin
from kinkeeper.features.accounts.service.closing import put_into_bin, shut_out
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.features.accounts.service.keeping_accounts import to_keep
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import audit, mail, tallies

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.steps import CloseStep


class NotInTheBin(Conflict):
    """Only what was deleted, a month ago at most, can be restored."""

    code = "account.not_in_the_bin"
    message = mark("This account is not deleted.")


def deactivate_account(actor: Actor, account_id: UUID) -> None:
    """Let somebody in no more for a while; what they are signed in with ends at once (C-43)."""
    with transaction(actor) as work:
        account = to_keep(work, account_id)
        refuse_stale_browser(work)
        refuse_in_the_bin(account)
        if account.deactivated_at is None:
            shut_out(work, account)
            account.deactivated_at = work.now
            audit.record(work, "account.deactivated", account.id)


def reactivate_account(actor: Actor, account_id: UUID) -> None:
    """Let somebody in again; they sign in anew."""
    with transaction(actor) as work:
        account = to_keep(work, account_id)
        refuse_stale_browser(work)
        refuse_in_the_bin(account)
        if account.deactivated_at is not None:
            account.deactivated_at, account.changed_at = None, work.now
            audit.record(work, "account.reactivated", account.id)


def delete_account(actor: Actor, account_id: UUID, *, steps: Iterable[CloseStep]) -> None:
    """Put an account into the bin: what it was signed in with, and its roles, end at once (C-12, C-43)."""
    with transaction(actor) as work:
        account = to_keep(work, account_id)
        refuse_stale_browser(work)
        if account.deleted_at is not None:
            return
        put_into_bin(work, account, steps)
        audit.record(work, "account.deleted", account.id)


def restore_account(actor: Actor, account_id: UUID) -> None:
    """Take an account out of the bin; its roles were taken back, and are given anew if they are meant."""
    with transaction(actor) as work:
        account = to_keep(work, account_id)
        refuse_stale_browser(work)
        if account.deleted_at is None:
            raise NotInTheBin
        account.deleted_at, account.changed_at = None, work.now
        tallies.count(work, queries.ACCOUNTS, 1)
        audit.record(work, "account.restored", account.id)


def purge_account(actor: Actor, account_id: UUID) -> None:
    """Forget an account whose time in the bin is over; the person stays in the address book.

    So does their name where others read that they asked, or looked: the audit trail knows them no more, and
    whoever is to be forgotten with all of that is erased before, out of the bin.
    """
    with transaction(actor) as work:
        account = work.session.get(Account, account_id, with_for_update=True)
        if account is None or not _is_over(account, work.now):
            return
        audit.record(work, "account.purged", account.id)
        audit.forget(work, [account.id])
        mail.forget_about(work, [account.id])
        work.session.delete(account)


def _is_over(account: Account, now: datetime) -> bool:
    return account.deleted_at is not None and account.deleted_at < now - queries.IN_THE_BIN
