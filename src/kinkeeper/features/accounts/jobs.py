"""Work around accounts that comes round, or was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.errands import LinkRequest, ResetRequest
from kinkeeper.features.accounts.service import (
    closing_accounts,
    mailed_link,
    passwords,
    programs,
    sessions,
)
from kinkeeper.kernel import clock
from kinkeeper.kernel.work import read_session
from kinkeeper.platform.jobs import every, handles

if TYPE_CHECKING:
    from kinkeeper.kernel.actor import Actor


def _purge(actor: Actor) -> None:
    for account_id in queries.to_be_purged(read_session(), clock.now()):
        closing_accounts.purge_account(actor, account_id)


forget_ended_programs = every("accounts.forget_ended_programs", minutes=60, run=programs.forget_ended)
purge_accounts = every("accounts.purge_accounts", minutes=24 * 60, run=_purge)

forget_ended_sessions = every("accounts.forget_ended_sessions", minutes=60, run=sessions.forget_ended)
send_reset = handles(ResetRequest, run=passwords.send_reset, tries=8)
send_link = handles(LinkRequest, run=mailed_link.send_link, tries=8)
