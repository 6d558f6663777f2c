"""Signing in and out: who a browser or a program is."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, or_, update

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import AccessToken, Account, ApiSession, Device, WebSession
from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import ANONYMOUS, Actor
from kinkeeper.kernel.errors import Unavailable
from kinkeeper.kernel.work import Work, anyone, read_session, transaction
from kinkeeper.platform import mail

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


EVERYTHING = "*"
"""The scope of a token that may do all that its account may."""
REMEMBERED = timedelta(days=180)
"""A device that was not seen for so long is a stranger again."""
SEEN_AGAIN_AFTER = timedelta(minutes=10)
"""A visit is written down this often at most: reading a page should not write."""


@dataclass(frozen=True, slots=True)
class Lease:
    """How long a session may lie idle, and how long it lives at most."""

    idle: timedelta
    life: timedelta


def open_session(
    work: Work,
    person_id: UUID,
    *,
    account_id: UUID | None = None,
    lease: Lease,
    replacing: str | None = None,
    device_id: UUID | None = None,
    proved_at: datetime | None = None,
) -> str:
    """Step: let a browser in as this person and answer the session's secret (A-51: always a new one).

    The session that this browser had, `replacing`, ends. Who it is was shown now, or at `proved_at`.
    """
    if replacing:
        _end(work, [replacing])
    secret = crypto.new_token()
    session = WebSession(
        digest=crypto.token_digest(secret),
        person_id=person_id,
        account_id=account_id,
        created_at=work.now,
        seen_at=work.now,
        idle_at=work.now + lease.idle,
        ends_at=work.now + lease.life,
        proved_at=proved_at or work.now,
        device_id=device_id,
    )
    work.session.add(session)
    return secret


def sign_out(actor: Actor, secrets: list[str]) -> None:
    """End these sessions for good; unknown ones are nobody's business."""
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds a session may end it")
        _end(work, secrets)


def end_sessions(work: Work, account: Account) -> None:
    """Step: end everything that this account's sessions and tokens can do, at once (A-53).

    What mailed links have opened for its person goes too: a browser that was lost may hold both.
    """
    account.epoch += 1
    end_guest_sessions(work, account.person_id)
    for table in (WebSession, AccessToken, ApiSession):
        work.session.execute(delete(table).where(table.account_id == account.id))


def end_mailed_ways(work: Work, account: Account) -> None:
    """Step: end what was mailed and opens the account, or moves it: links, and letters that wait (T-7)."""
    account.new_email = None
    mail.withdraw(work, account.id)


def end_guest_sessions(work: Work, person_id: UUID) -> None:
    """Step: end every session that a mailed link opened for this person; the account's own go on."""
    by_link = WebSession.person_id == person_id, WebSession.account_id.is_(None)
    work.session.execute(delete(WebSession).where(*by_link))


def actor_of(
    account_secret: str | None,
    guest_secret: str | None,
    now: datetime,
    account: Lease,
    guest: Lease,
    *,
    is_visit: bool = True,
) -> Actor:
    """Answer who a browser is; a session that ended is none (A-52).

    What is no visit leaves the session to lie idle: a page that keeps itself up to date is nobody's eyes.
    """
    own_rows = _live(account_secret, now)
    own = own_rows[0] if own_rows and not queries.is_closed(own_rows[0]) else None
    linked_rows = _live(guest_secret, now)
    linked = linked_rows[0] if linked_rows else None
    for row, lease in ((own, account), (linked, guest)):
        if is_visit and row is not None and now - row.seen_at > SEEN_AGAIN_AFTER:
            _see(row.id, lease)
    if own is None and linked is None:
        return ANONYMOUS
    known = own or linked
    assert known is not None  # noqa: S101 - told to the type checker
    return Actor(
        name=known.name,
        account_id=own and own.account_id,
        person_id=own and own.person_id,
        guest_id=linked and linked.person_id,
        epoch=own.epoch if own else 0,
        grants=queries.grants_in(own_rows) if own and own.account_id else (),
        session_id=known.id,
        language=known.language,
    )


def actor_of_token(token: str, now: datetime) -> Actor:
    """Answer whose access token this is, or nobody."""
    rows = queries.token_rows(read_session(), crypto.token_digest(token))
    if not rows or rows[0].ends_at <= now or queries.is_closed(rows[0]):
        return ANONYMOUS
    row = rows[0]
    if row.used_at is None or now - row.used_at > SEEN_AGAIN_AFTER:
        _use(row.id)
    scopes = None if row.scopes == EVERYTHING else frozenset(row.scopes.split())
    return replace(queries.actor_in(rows), token_id=row.id, scopes=scopes)


def forget_ended(actor: Actor) -> None:
    """Delete sessions and tokens that ended, and devices that nobody uses any more (SK-55)."""
    with transaction(actor) as work:
        over = or_(WebSession.idle_at < work.now, WebSession.ends_at < work.now)
        work.session.execute(delete(WebSession).where(over))
        work.session.execute(delete(AccessToken).where(AccessToken.ends_at < work.now))
        work.session.execute(delete(Device).where(Device.seen_at < work.now - REMEMBERED))


def _live(secret: str | None, now: datetime) -> Sequence[Any]:
    """Answer the rows of a session that goes on, one for each grant; none where it ended."""
    if not secret:
        return ()
    rows = queries.session_rows(read_session(), crypto.token_digest(secret))
    return rows if rows and rows[0].idle_at > now and rows[0].ends_at > now else ()


def _end(work: Work, secrets: list[str]) -> None:
    digests = [crypto.token_digest(secret) for secret in secrets]
    work.session.execute(delete(WebSession).where(WebSession.digest.in_(digests)))


def _see(session_id: UUID, lease: Lease) -> None:
    with suppress(Unavailable), transaction(ANONYMOUS) as work:  # the page is shown all the same
        work.authorize(anyone, "a visit is noted, nothing is done")
        seen = update(WebSession).where(WebSession.id == session_id)
        work.session.execute(seen.values(seen_at=work.now, idle_at=work.now + lease.idle))


def _use(token_id: UUID) -> None:
    with suppress(Unavailable), transaction(ANONYMOUS) as work:  # as above
        work.authorize(anyone, "a visit is noted, nothing is done")
        used = update(AccessToken).where(AccessToken.id == token_id)
        work.session.execute(used.values(used_at=work.now))
