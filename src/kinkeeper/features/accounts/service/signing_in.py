"""Coming in: what a browser brings along, what it gets, and the second page for those who have an app."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.service import devices, proving, second_factor
from kinkeeper.features.accounts.service.sessions import Lease, open_session
from kinkeeper.kernel.errors import Gone, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, anyone, transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from datetime import datetime

    from kinkeeper.features.accounts.models import Account
    from kinkeeper.kernel.actor import Actor


class StartAgain(Gone):
    """What was proved first is too long ago, or holds no more."""

    code = "account.start_again"
    message = mark("That took too long, or something has changed meanwhile. Please sign in again.")


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser brings along to the door, and how long it may stay."""

    lease: Lease
    replacing: str | None = None
    """The secret of the session that it has; that one ends (A-51)."""
    device: str | None = None
    """The secret of its device cookie."""
    agent: str = ""
    """What it says of itself (User-Agent)."""


@dataclass(frozen=True, slots=True)
class LetIn:
    """The secrets that the browser takes along: its session, and what it is known again by."""

    session: str
    device: str


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Somebody whose password or link was right, and whose code is still asked for; no session exists yet."""

    account_id: UUID
    epoch: int
    """The account's, when it was right: whatever ends sessions ends this, too (A-53)."""


def sign_in(actor: Actor, name: str, password: str, *, address: str, browser: Browser) -> LetIn | HalfWay:
    """Let an account in by its password; `name` is an e-mail address or a username, `address` the network's.

    Raises WrongCredentials, or TooMany before any password is looked at.
    """
    proved = proving.by_password(actor, name, password, address=address, device=browser.device)
    with transaction(actor) as work:
        work.authorize(anyone, "the password was right")
        return welcome(work, proving.still_holds(work, proved), browser)


def sign_in_with_code(actor: Actor, half_way: HalfWay, code: str, *, browser: Browser) -> LetIn:
    """Let an account in by a code of its app, or a recovery code, after all else was right.

    Raises WrongCode, TooMany, or StartAgain where the account's sessions were ended meanwhile.
    """
    with second_factor.trying(actor, half_way.account_id), transaction(actor) as work:
        work.authorize(anyone, "the password or the link was right, and so has to be the code")
        account = _still_half_way(work, half_way)
        second_factor.take_code(work, account, code)
        let_in = admit(work, account, browser)
        proving.note(work, "account.signed_in", account)
    return let_in


def prove_again(actor: Actor, password: str, code: str, *, browser: Browser) -> LetIn:
    """Let whoever is signed in show that it is still them: a new session, in which dangerous acts are open.

    An account with an app is asked for its code as well (A-54, ASVS 7.5.1).
    """
    proved = proving.of_account(actor, actor.own_account_id(), password)
    counted = second_factor.trying(actor, proved.account_id) if proved.has_second_factor else nullcontext()
    with counted, transaction(actor) as work:
        work.authorize(anyone, "the password was right")
        account = proving.still_holds(work, proved)
        if account.totp_confirmed_at is not None:
            second_factor.take_code(work, account, code)
        audit.record(work, "account.proved_again", account.id)
        return admit(work, account, browser)


def welcome(work: Work, account: Account, browser: Browser) -> LetIn | HalfWay:
    """Step: let in who signs in, or have them asked for a code, and write it down."""
    who = let_in_or_ask(work, account, browser)
    if isinstance(who, LetIn):
        proving.note(work, "account.signed_in", account)
    return who


def let_in_or_ask(work: Work, account: Account, browser: Browser) -> LetIn | HalfWay:
    """Step: let the browser in, or have it asked for a code where the account has an app."""
    if account.totp_confirmed_at is not None:
        return HalfWay(account.id, account.epoch)
    return admit(work, account, browser)


def admit(work: Work, account: Account, browser: Browser, *, proved_at: datetime | None = None) -> LetIn:
    """Step: open a session on this device, the account's row being locked; who it is was shown now."""
    device_id, secret = devices.meet(work, account, browser.device, browser.agent)
    session = open_session(
        work,
        account.person_id,
        account_id=account.id,
        lease=browser.lease,
        replacing=browser.replacing,
        device_id=device_id,
        proved_at=proved_at,
    )
    return LetIn(session, secret)


def _still_half_way(work: Work, half_way: HalfWay) -> Account:
    try:
        account = queries.account_for_change(work.session, half_way.account_id)
    except NotFound as gone:
        raise StartAgain from gone
    is_other = account.epoch != half_way.epoch or account.totp_confirmed_at is None
    if is_other or queries.is_closed(account):
        raise StartAgain
    return account
