"""Forgotten and changed passwords (SK-15)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails import RESET, PasswordChanged, PasswordReset
from kinkeeper.features.accounts.errands import ResetRequest
from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.permissions import may_change_password
from kinkeeper.features.accounts.rules import check_password, clean_address, mailbox
from kinkeeper.features.accounts.service.hashing import hash_password, is_right
from kinkeeper.features.accounts.service.sessions import end_sessions, open_session
from kinkeeper.kernel.errors import Invalid, Unauthenticated
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, anyone, read_session, transaction
from kinkeeper.platform import audit, jobs, limits, links, mail
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from kinkeeper.features.accounts.service.sessions import Lease
    from kinkeeper.kernel.actor import Actor

PER_MAILBOX = Budget("reset.mailbox", 3, timedelta(minutes=15))
PER_ADDRESS = Budget("reset.address", 10, timedelta(hours=1))
PER_HOUSE = Budget("reset.house", 300, timedelta(hours=1))
TRIES = Budget("reset.try", 30, timedelta(minutes=5))


class WrongPassword(Invalid):
    """The present password is asked for before a new one is taken."""

    code = "account.wrong_password"
    message = mark("That is not your present password.")
    field = "present"


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
        if account is None:
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


def reset_password(actor: Actor, token: str, password: str, *, address: str, lease: Lease) -> str:
    """Choose a new password by a mailed link and be let in; everything older ends."""
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
        audit.record(work, "account.password_reset", account.id)
        return open_session(work, account.person_id, account_id=account.id, lease=lease)


def change_password(actor: Actor, present: str, password: str, *, lease: Lease) -> str:
    """Choose a new password while signed in; other browsers are signed out, this one gets a new session."""
    if actor.account_id is None:
        raise Unauthenticated
    account = read_session().get_one(Account, actor.account_id)
    limits.spend((TRIES, str(account.id)))
    if not is_right(present, account.password_hash):
        raise WrongPassword
    check_password(password, account.email, actor.name)
    password_hash = hash_password(password)
    with transaction(actor) as work:
        # Locked before anything is asked: of two changes at the same moment the second is turned away.
        account = queries.account_for_change(work.session, account.id)
        work.authorize(may_change_password, account.id)
        _give_password(work, account, password_hash)
        audit.record(work, "account.password_changed", account.id)
        return open_session(work, account.person_id, account_id=account.id, lease=lease)


def _give_password(work: Work, account: Account, password_hash: str) -> None:
    account.password_hash = password_hash
    end_sessions(work, account)
    links.void(work, RESET, account.id)  # a letter asked for before must not open the account again
    person = queries.person(work.session, account.person_id)
    notice = PasswordChanged(to=account.email, language=person.language, name=person.name)
    mail.post(work, notice, about=account.id, person_id=account.person_id, generation=account.epoch)
