"""Signing in with another address: a link to the new one, word to the old one, and everything older ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails import ENTER, RESET
from kinkeeper.features.accounts.emails.arriving import AccountKnown
from kinkeeper.features.accounts.emails.changes import MOVE, AddressMoving, AddressWanted
from kinkeeper.features.accounts.models import Account, Person
from kinkeeper.features.accounts.permissions import may_keep_own_account
from kinkeeper.features.accounts.rules import clean_address, mailbox
from kinkeeper.features.accounts.service import devices
from kinkeeper.features.accounts.service.opening import AddressTaken
from kinkeeper.features.accounts.service.sessions import end_guest_sessions, end_sessions
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Unauthenticated
from kinkeeper.kernel.work import Work, anyone, transaction
from kinkeeper.platform import audit, limits, links, mail
from kinkeeper.platform.limits import Budget
from kinkeeper.platform.links import ExpiredLink

if TYPE_CHECKING:
    from kinkeeper.kernel.actor import Actor

PER_ACCOUNT = Budget("move.account", 5, timedelta(hours=1))
PER_MAILBOX = Budget("move.mailbox", 3, timedelta(minutes=15))
TRIES = Budget("move.try", 30, timedelta(minutes=5))


def ask_to_move(actor: Actor, email: str) -> None:
    """Ask to sign in with another address; it counts once the letter to it was followed.

    Whether another account has it is not told here, but in that mailbox (T-8).
    """
    if actor.account_id is None:
        raise Unauthenticated
    wanted = clean_address(email)
    limits.spend((PER_ACCOUNT, str(actor.account_id)), (PER_MAILBOX, mailbox(wanted)))
    with transaction(actor) as work:
        account = queries.account_for_change(work.session, actor.account_id)
        work.authorize(may_keep_own_account, account.id)
        person = queries.person(work.session, account.person_id)
        account.new_email, reader = wanted, {"language": person.language, "name": person.name}
        links.void(work, MOVE, account.id)
        if queries.account_by_email(work.session, wanted) is None:
            letter = AddressWanted(to=wanted, **reader, account_id=account.id)
            mail.post(work, letter, about=new_id(), person_id=account.person_id)
        else:
            mail.post(work, AccountKnown(to=wanted, **reader), about=new_id(), person_id=account.person_id)
        _tell(work, account, is_done=False)
        audit.record(work, "account.address_wanted", account.id)


def move(actor: Actor, token: str, *, address: str) -> None:
    """Let the account sign in with its new address, by the letter that went there.

    Whoever holds the link need not be signed in, and is not let in by it: everybody signs in anew, and what
    the old mailbox got before opens nothing any more (T-7).
    """
    limits.spend((TRIES, address))
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the mailed link")
        account = queries.account_for_change(work.session, links.subject_of(work.session, MOVE, token))
        links.consume(work, MOVE, token)
        if account.new_email is None or queries.is_closed(account):
            raise ExpiredLink
        _tell(work, account, is_done=True)  # to the address that it has until now
        before = account.email
        with work.refuse(Account.email, problem=AddressTaken()):
            account.email, account.new_email = account.new_email, None
        _take_entry_along(work, account, before)
        account.changed_at = account.verified_at = work.now
        end_sessions(work, account)
        devices.forget(work, account)
        for purpose in (RESET, ENTER):
            links.void(work, purpose, account.id)
        audit.record(work, "account.address_changed", account.id)


def _take_entry_along(work: Work, account: Account, before: str) -> None:
    """Let their entry in the address book have the new address, just proved, if it had the old.

    Letters about their places go there from now on. Where somebody else of the circle has it, it stays.
    """
    person = queries.people_for_change(work.session, [account.person_id])[account.person_id]
    if person.email != before or queries.has_entry(work.session, person.circle_id, account.email):
        return
    with work.refuse(Person.circle_id, Person.email, problem=AddressTaken()):
        person.email, person.confirmed_at = account.email, work.now
    end_guest_sessions(work, person.id)  # of the old mailbox; the account signs in anew anyway
    links.void_read(work, person.id)


def _tell(work: Work, account: Account, *, is_done: bool) -> None:
    person = queries.person(work.session, account.person_id)
    letter = AddressMoving(to=account.email, language=person.language, name=person.name, is_done=is_done)
    mail.post(work, letter, about=new_id(), person_id=account.person_id)
