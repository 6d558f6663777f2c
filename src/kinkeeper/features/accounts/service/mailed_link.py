"""Signing in by mail, without a password: by a link, or by a code in the browser that asked (A-49, A-50)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails import ENTER, SignInLink
from kinkeeper.features.accounts.errands import LinkRequest
from kinkeeper.features.accounts.rules import clean_sign_in_name, mailbox
from kinkeeper.features.accounts.service import proving
from kinkeeper.features.accounts.service.signing_in import Browser, HalfWay, LetIn, welcome
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.work import anyone, transaction
from kinkeeper.platform import codes, jobs, limits, links, mail
from kinkeeper.platform.codes import WrongCode
from kinkeeper.platform.limits import Budget
from kinkeeper.platform.links import ExpiredLink

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.accounts.models import Account
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work

PER_MAILBOX = Budget("link.mailbox", 3, timedelta(minutes=15))
PER_ADDRESS = Budget("link.address", 10, timedelta(hours=1))
PER_HOUSE = Budget("link.house", 300, timedelta(hours=1))
TRIES = Budget("link.try", 30, timedelta(minutes=5))
CODES = Budget("link.code", 5, timedelta(hours=1))
CODES_PER_ADDRESS = Budget("link.code.address", 30, timedelta(hours=1))


def ask_for_link(actor: Actor, name: str, *, address: str, lasts: timedelta, asked_by: bytes) -> None:
    """Ask for a way in by mail; `name` is an e-mail address or a username, and all take the same way (T-8).

    `asked_by` is the digest of the browser's secret: it may type the letter's code. A username's letters are
    counted apart from its address's, as tries are: counted together, they would tell that the two belong
    together. A fresh letter in the mailbox keeps the next one back, whatever was typed.
    """
    known = clean_sign_in_name(name)
    limits.spend((PER_ADDRESS, address), (PER_MAILBOX, mailbox(known)), (PER_HOUSE, ""))
    with transaction(actor) as work:
        work.authorize(anyone, "whoever asks for a way in is not signed in")
        minutes = int(lasts.total_seconds() // 60)
        jobs.enqueue(work, LinkRequest(email=known, minutes=minutes, browser=asked_by.hex()))


def send_link(actor: Actor, request: LinkRequest) -> None:
    """Send the way in, if the address or username is an open account's; may run twice."""
    with transaction(actor) as work:
        account = queries.account_by_name_for_change(work.session, request.email)
        if account is None or queries.is_closed(account):
            return
        reader = queries.reader_of(work.session, account)
        letter = SignInLink(**reader, minutes=request.minutes, browser=request.browser)
        if not mail.is_in_the_mailbox(work, letter.link()):
            mail.post(work, letter, about=request.errand_id, person_id=account.person_id)


def sign_in_by_link(
    actor: Actor, token: str, *, address: str, browser: Browser, asked_by: bytes
) -> LetIn | HalfWay:
    """Let an account in by the link of its letter, which is used up; raises what is wrong with it."""
    limits.spend((TRIES, address))
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the mailed link")
        # The account is locked before the link, as by who sends the next one: one order, no deadlock.
        account = _account_for(work, links.subject_of(work.session, ENTER, token))
        links.consume(work, ENTER, token, browser=asked_by or None)
        return _welcome(work, account, browser)


def sign_in_by_code(
    actor: Actor, typed: str, *, address: str, browser: Browser, asked_by: bytes
) -> LetIn | HalfWay:
    """Let an account in by its letter's code, in the browser that asked for it and in no other.

    Nothing here tells whether the address is known: the tries are the browser's, and refusals are the same.
    """
    if not asked_by:
        raise WrongCode
    own = (CODES, asked_by.hex())
    limits.spend(own, (CODES_PER_ADDRESS, address))
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the mailed code, in the browser that asked")
        found = codes.find(work.session, asked_by, [ENTER], typed)
        try:
            account = _account_for(work, found.subject_id)
        except ExpiredLink as closed:
            raise WrongCode from closed
        codes.consume(work, found.letter_id, asked_by)
        outcome = _welcome(work, account, browser)
    limits.refund(own)
    return outcome


def _account_for(work: Work, account_id: UUID) -> Account:
    """Lock the account; a closed one's links have ended."""
    try:
        account = queries.account_for_change(work.session, account_id)
    except NotFound as gone:
        raise ExpiredLink from gone
    if queries.is_closed(account):
        raise ExpiredLink
    return account


def _welcome(work: Work, account: Account, browser: Browser) -> LetIn | HalfWay:
    proving.take_mailbox_as_proved(work, account)
    return welcome(work, account, browser)
