"""Signing in with another address: a link to the new one, word to the old one, and everything older ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.changes import MOVE, AddressWanted
from kinkeeper.features.accounts.permissions import may_keep_own_account
from kinkeeper.features.accounts.rules import clean_address, mailbox
from kinkeeper.features.accounts.service import one_mailbox
from kinkeeper.features.accounts.service.addresses import give_address, tell_old_address
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.features.accounts.service.known import tell_of_account
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import anyone, transaction
from kinkeeper.platform import audit, limits, links, mail
from kinkeeper.platform.limits import Budget
from kinkeeper.platform.links import ExpiredLink

if TYPE_CHECKING:
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.steps import MoveSteps

PER_ACCOUNT = Budget("move.account", 5, timedelta(hours=1))
PER_MAILBOX = Budget("move.mailbox", 3, timedelta(minutes=15))
TRIES = Budget("move.try", 30, timedelta(minutes=5))


def ask_to_move(actor: Actor, email: str) -> None:
    """Ask to sign in with another address; it counts once the letter to it was followed.

    Whether another account has it is not told here, but in that mailbox (T-8).
    """
    wanted = clean_address(email)
    limits.spend((PER_ACCOUNT, str(actor.own_account_id())), (PER_MAILBOX, mailbox(wanted)))
    with transaction(actor) as work:
        account = queries.own_account_for_change(work.session, actor)
        work.authorize(may_keep_own_account, account.id)
        refuse_stale_browser(work)
        account.new_email = wanted
        links.void(work, MOVE, account.id)
        known = queries.account_by_email(work.session, wanted)
        if known is None:
            reader = queries.reader_of(work.session, account) | {"to": wanted}
            mail.post(work, AddressWanted(**reader), about=new_id(), person_id=account.person_id)
        else:
            tell_of_account(work, known, about=new_id())
        tell_old_address(work, account, is_done=False)
        audit.record(work, "account.address_wanted", account.id)


def stay(actor: Actor) -> None:
    """Give up the change of address that was asked for: its letter never goes, or its link ends."""
    with transaction(actor) as work:
        account = queries.own_account_for_change(work.session, actor)
        work.authorize(may_keep_own_account, account.id)
        if account.new_email is not None:
            account.new_email = None
            mail.withdraw(work, account.id, purpose=MOVE)
            audit.record(work, "account.address_stays", account.id)


def move(actor: Actor, token: str, *, address: str, steps: MoveSteps) -> None:
    """Let the account sign in with its new address, by the letter that went there.

    Whoever holds the link need not be signed in, and is not let in by it: everybody signs in anew, and what
    the old mailbox got before opens nothing any more (T-7). Every feature locks what it is about, before
    people. Another entry of the circle that has the address gives it up: its reader is here.
    """
    limits.spend((TRIES, address))
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the mailed link")
        account = queries.account_for_change(work.session, links.subject_of(work.session, MOVE, token))
        links.consume(work, MOVE, token)
        if account.new_email is None or queries.is_closed(account):
            raise ExpiredLink
        other = one_mailbox.hold(work, account.person_id, account.new_email, steps.hold)
        if other is not None:
            one_mailbox.give_up(work, other)
        give_address(work, account, account.new_email, is_proved=True)
        if other is not None:
            one_mailbox.bring_together(work, other, account, steps)
        account.changed_at = work.now
        audit.record(work, "account.address_changed", account.id)
