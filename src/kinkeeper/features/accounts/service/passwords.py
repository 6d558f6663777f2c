"""Forgotten and changed passwords (SK-15)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails import ENTER, RESET, PasswordChanged, PasswordReset
from kinkeeper.features.accounts.errands import ResetRequest
from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.permissions import may_change_password
from kinkeeper.features.accounts.rules import check_password, clean_address, mailbox
from kinkeeper.features.accounts.service import devices, proving
from kinkeeper.features.accounts.service.hashing import hash_password
from kinkeeper.features.accounts.service.sessions import end_sessions
from kinkeeper.features.accounts.service.signing_in import Browser, HalfWay, LetIn, admit, let_in_or_ask
from kinkeeper.kernel.errors import Unauthenticated
from kinkeeper.kernel.work import Work, anyone, read_session, transaction
from kinkeeper.platform import audit, jobs, limits, links, mail
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from kinkeeper.kernel.actor import Actor

PER_MAILBOX = Budget("reset.mailbox", 3, timedelta(minutes=15))
PER_ADDRESS = Budget("reset.address", 10, timedelta(hours=1))
PER_HOUSE = Budget("reset.house", 300, timedelta(hours=1))
TRIES = Budget("reset.try", 30, timedelta(minutes=5))


def ask_for_reset(actor: Actor, email: str, *, address: str, lasts: timedelta) -> None:
    """Ask for a password link by mail; known and unknown addresses take the same way (T-8)."""
    known = clean_address(email)
    limits.spend((PER_ADDRESS, address), (PER_MAILBOX, mailbox(known)), (PER_HOUSE, ""))
    with transaction(actor) as work:
        work.authorize(anyone, "whoever forgot a password is not signed in")
        minutes = int(lasts.total_seconds() // 60)
        jobs.enqueue(work, ResetRequest(email=known, minutes=minutes))


def send_reset(actor: Actor, request: ResetRequest) -> None:
    """Send the link, if the address is an account's and the last one is not fresh; may run twice."""
    with transaction(actor) as work:
        account = queries.account_by_email(work.session, request.email)
        if account is None or queries.is_closed(account):
            return
        queries.account_for_change(work.session, account.id)
        person = queries.person(work.session, account.person_id)
        letter = PasswordReset(
            to=account.email,
            language=person.language,
            name=person.name,
            account_id=account.id,
            minutes=request.minutes,
        )
        if not mail.is_in_the_mailbox(work, letter.link()):
            mail.post(work, letter, about=request.errand_id, person_id=account.person_id)


def reset_password(
    actor: Actor, token: str, password: str, *, address: str, browser: Browser
) -> LetIn | HalfWay:
    """Choose a new password by a mailed link and be let in; everything older ends.

    The code of an account's app is asked for all the same: a mailbox is no phone.
    """
    limits.spend((TRIES, address))
    owner = read_session().get(Account, links.subject_of(read_session(), RESET, token))
    check_password(password, owner.email if owner else "")
    password_hash = hash_password(password)
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the mailed link")
        # The account is locked before the link, as by who sends the next one: one order, no deadlock.
        account = queries.account_for_change(work.session, links.subject_of(work.session, RESET, token))
        links.consume(work, RESET, token)
        _give_password(work, account, password_hash)
        devices.forget(work, account)
        proving.note(work, "account.password_reset", account)
        return let_in_or_ask(work, account, browser)


def change_password(actor: Actor, present: str, password: str, *, browser: Browser) -> LetIn:
    """Choose a new password while signed in; other browsers are signed out, this one gets a new session."""
    if actor.account_id is None:
        raise Unauthenticated
    proved = proving.of_account(actor, actor.account_id, present)
    check_password(password, queries.email_of(read_session(), actor.account_id), actor.name)
    password_hash = hash_password(password)
    with transaction(actor) as work:
        # Locked before anything is asked: of two changes at the same moment the second is turned away.
        account = queries.account_for_change(work.session, proved.account_id)
        work.authorize(may_change_password, account.id)
        _give_password(work, account, password_hash)
        devices.forget(work, account, besides=browser.device)
        audit.record(work, "account.password_changed", account.id)
        return admit(work, account, browser)


def _give_password(work: Work, account: Account, password_hash: str) -> None:
    account.password_hash = password_hash
    end_sessions(work, account)
    for purpose in (RESET, ENTER):
        links.void(work, purpose, account.id)  # a letter asked for before must not open the account again
    person = queries.person(work.session, account.person_id)
    notice = PasswordChanged(to=account.email, language=person.language, name=person.name)
    mail.post(work, notice, about=account.id, person_id=account.person_id, generation=account.epoch)
