"""Forgotten and changed passwords (SK-15)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails import RESET, PasswordChanged, PasswordReset
from kinkeeper.features.accounts.errands import ResetRequest
from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.permissions import may_keep_own_account
from kinkeeper.features.accounts.rules import check_password, clean_sign_in_name, mailbox
from kinkeeper.features.accounts.service import devices, proving
from kinkeeper.features.accounts.service.hashing import hash_password
from kinkeeper.features.accounts.service.sessions import end_mailed_ways, end_sessions
from kinkeeper.features.accounts.service.signing_in import Browser, HalfWay, LetIn, admit, let_in_or_ask
from kinkeeper.kernel.work import Work, anyone, read_session, transaction
from kinkeeper.platform import audit, jobs, limits, links, mail
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from datetime import datetime

    from kinkeeper.kernel.actor import Actor

PER_MAILBOX = Budget("reset.mailbox", 3, timedelta(minutes=15))
PER_ADDRESS = Budget("reset.address", 10, timedelta(hours=1))
PER_HOUSE = Budget("reset.house", 300, timedelta(hours=1))
TRIES = Budget("reset.try", 30, timedelta(minutes=5))


def ask_for_reset(actor: Actor, name: str, *, address: str, lasts: timedelta) -> None:
    """Ask for a password link by mail; `name` is as for signing in, and all take the same way (T-8)."""
    known = clean_sign_in_name(name)
    limits.spend((PER_ADDRESS, address), (PER_MAILBOX, mailbox(known)), (PER_HOUSE, ""))
    with transaction(actor) as work:
        work.authorize(anyone, "whoever forgot a password is not signed in")
        minutes = int(lasts.total_seconds() // 60)
        jobs.enqueue(work, ResetRequest(email=known, minutes=minutes))


def send_reset(actor: Actor, request: ResetRequest) -> None:
    """Send the link, if it is an account's name and the last one is not fresh; may run twice."""
    with transaction(actor) as work:
        account = queries.account_by_name_for_change(work.session, request.email)
        if account is None or queries.is_closed(account):
            return
        letter = PasswordReset(**queries.reader_of(work.session, account), minutes=request.minutes)
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
        proving.take_mailbox_as_proved(work, account)
        _give_password(work, account, password_hash)
        devices.forget(work, account)
        proving.note(work, "account.password_reset", account)
        return let_in_or_ask(work, account, browser)


def change_password(actor: Actor, present: str, password: str, *, browser: Browser) -> LetIn:
    """Choose a new password while signed in; other browsers are signed out, this one gets a new session.

    Where the account has an app, it counts as proved no later than before: no code was asked for (A-54).
    """
    proved = proving.of_account(actor, actor.own_account_id(), present)
    check_password(password, queries.email_of(read_session(), actor.account_id), actor.name)
    password_hash = hash_password(password)
    with transaction(actor) as work:
        # Locked before anything is asked: of two changes at the same moment the second is turned away.
        account = queries.account_for_change(work.session, proved.account_id)
        work.authorize(may_keep_own_account, account.id)
        proved_at = _proved_before(work, account)
        _give_password(work, account, password_hash)
        devices.forget(work, account, besides=browser.device)
        audit.record(work, "account.password_changed", account.id)
        return admit(work, account, browser, proved_at=proved_at)


def _proved_before(work: Work, account: Account) -> datetime | None:
    if account.totp_confirmed_at is None:
        return None
    proof = queries.proof_of(work.session, work.actor.session_id)
    return proof.at if proof else account.totp_confirmed_at


def _give_password(work: Work, account: Account, password_hash: str) -> None:
    account.password_hash = password_hash
    end_sessions(work, account)
    end_mailed_ways(work, account)
    notice = PasswordChanged(**queries.reader_of(work.session, account))
    mail.post(work, notice, about=account.id, person_id=account.person_id, generation=account.epoch)
