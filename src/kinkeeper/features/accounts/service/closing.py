"""Closing one's own account: it rests in the bin for 30 days, and is forgotten afterwards (C-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.changes import AccountClosed
from kinkeeper.features.accounts.permissions import may_keep_own_account
from kinkeeper.features.accounts.service import devices
from kinkeeper.features.accounts.service.granting import LastAdministrator
from kinkeeper.features.accounts.service.sessions import end_sessions
from kinkeeper.kernel.errors import Unauthenticated
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import audit, links, mail, tallies

if TYPE_CHECKING:
    from kinkeeper.kernel.actor import Actor


def close_account(actor: Actor) -> None:
    """Close one's own account: every session, token and link of it ends at once.

    Raises LastAdministrator where nobody else looks after the house; of two who go at the same moment one
    stays, because all administrators' roles are locked.
    """
    if actor.account_id is None:
        raise Unauthenticated
    with transaction(actor) as work:
        administrators = queries.administrators_for_change(work.session)
        account = queries.account_for_change(work.session, actor.account_id)
        work.authorize(may_keep_own_account, account.id)
        if administrators == [account.person_id]:
            raise LastAdministrator
        account.deleted_at = account.changed_at = work.now
        end_sessions(work, account)
        devices.forget(work, account)
        links.void_all(work, account.id)
        tallies.count(work, queries.ACCOUNTS, -1)
        person = queries.person(work.session, account.person_id)
        letter = AccountClosed(
            to=account.email, language=person.language, name=person.name, days=queries.IN_THE_BIN.days
        )
        mail.post(work, letter, about=account.id, person_id=person.id, generation=account.epoch)
        audit.record(work, "account.closed", account.id)
