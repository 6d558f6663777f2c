"""Programs that sign in with a password: for as long as they renew what they hold (C-3, T-46)."""

from __future__ import annotations

import base64
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, ApiSession, RefreshToken
from kinkeeper.features.accounts.service import devices, proving, second_factor, tickets
from kinkeeper.features.accounts.service.sessions import REMEMBERED, SEEN_AGAIN_AFTER
from kinkeeper.features.accounts.service.tickets import Ticket
from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import ANONYMOUS, Actor
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Unauthenticated, Unavailable
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, anyone, read_session, transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

LOST_ANSWER = timedelta(seconds=10)
"""A refresh token that is used again within it gets the same answer: the first one may not have arrived."""


class LoginRefused(Unauthenticated):
    """SK-14, for programs; one answer for a wrong name and a wrong password (A-47)."""

    code = "account.login_refused"
    message = mark("That is not right. Please look at the e-mail address or username, and at the password.")


class CodeNeeded(Unauthenticated):
    """The password was right, and the account has a second factor."""

    code = "account.code_needed"
    message = mark("Please send the code that the authenticator app shows, too.")


class RefreshRefused(Unauthenticated):
    """The refresh token is unknown, has ended, or was used before."""

    code = "token.refresh_refused"
    message = mark("This refresh token does not work any more. Please sign in again.")


@dataclass(frozen=True, slots=True)
class Terms:
    """How long what a program holds is good for, and who says so."""

    access: timedelta
    refresh: timedelta
    issuer: str


@dataclass(frozen=True, slots=True)
class Pass:
    """What a program gets: a token to use, and one to renew it with."""

    account_id: UUID
    access_token: str
    refresh_token: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who a program says that it acts for."""

    name: str
    """An e-mail address or a username."""
    password: str
    code: str | None = None
    """Of an authenticator app, or a recovery code."""


def sign_in(actor: Actor, claimed: Claimed, *, program: str, address: str, terms: Terms) -> Pass:
    """Let a program in, and answer what it goes on with; `program` is what it says of itself.

    Raises LoginRefused, CodeNeeded, WrongCode, or TooMany before anything is looked at.
    """
    try:
        proved = proving.by_password(actor, claimed.name, claimed.password, address=address)
    except proving.WrongCredentials as wrong:
        raise LoginRefused from wrong
    has_code = proved.has_second_factor and claimed.code is not None
    counted = second_factor.trying(actor, proved.account_id) if has_code else nullcontext()
    with counted, transaction(actor) as work:
        work.authorize(anyone, "the password was right")
        account = _still_holds(work, proved)
        if account.totp_confirmed_at is not None:
            if claimed.code is None:
                raise CodeNeeded
            second_factor.take_code(work, account, claimed.code)
        session = _open(work, account, program, terms)
        proving.note(work, "account.program_signed_in", account)
        return _hand_out(work, session, account, 0, terms)


def refresh(actor: Actor, token: str, *, terms: Terms) -> Pass:
    """Renew what a program holds: each refresh token works once, and a second use ends the whole session.

    So a thief and the owner cannot both go on (RFC 9700, 4.14.2). Raises RefreshRefused.
    """
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the refresh token")
        found = _session_of(work, token)
        if found is None:
            raise RefreshRefused
        session, account = found
        generation = _next_generation(work, session, crypto.token_digest(token))
        if generation is not None:
            session.seen_at = work.now
            return _hand_out(work, session, account, generation, terms)
        work.session.delete(session)
        audit.record(work, "account.refresh_token_reused", account.id)
    raise RefreshRefused


def sign_out(actor: Actor, refresh_token: str | None) -> None:
    """End the session of the program that asks, or the one of a refresh token; raises Unauthenticated."""
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds a session may end it")
        session_id = actor.session_id
        if refresh_token is not None:
            session_id = queries.session_of_token(work.session, crypto.token_digest(refresh_token))
        session = queries.program_for_change(work.session, session_id) if session_id is not None else None
        if session is None or session.ends_at <= work.now:
            raise Unauthenticated
        session.ends_at = work.now
        audit.record(work, "account.program_signed_out", session.account_id)


def actor_of_access(token: str, now: datetime, *, issuer: str) -> Actor:
    """Answer whose access token this is, or nobody: its session may have ended since it was written."""
    ticket = tickets.read(token, issuer=issuer, now=now)
    rows = queries.program_rows(read_session(), ticket.session_id) if ticket is not None else ()
    if ticket is None or not rows or rows[0].ends_at <= now or queries.is_closed(rows[0]):
        return ANONYMOUS
    row = rows[0]
    if (row.account_id, row.epoch) != (ticket.account_id, ticket.epoch):
        return ANONYMOUS
    if now - row.seen_at > SEEN_AGAIN_AFTER:
        _see(row.id)
    return replace(queries.actor_in(rows), session_id=row.id)


def forget_ended(actor: Actor) -> None:
    """Delete the tokens of sessions that have ended, and programs that were not seen for long."""
    with transaction(actor) as work:
        ended = select(ApiSession.id).where(ApiSession.ends_at < work.now)
        work.session.execute(delete(RefreshToken).where(RefreshToken.session_id.in_(ended)))
        strangers = ApiSession.ends_at < work.now, ApiSession.seen_at < work.now - REMEMBERED
        work.session.execute(delete(ApiSession).where(*strangers))


def _still_holds(work: Work, proved: proving.Proved) -> Account:
    try:
        return proving.still_holds(work, proved)
    except proving.WrongCredentials as wrong:
        raise LoginRefused from wrong


def _open(work: Work, account: Account, program: str, terms: Terms) -> ApiSession:
    session = ApiSession(
        id=new_id(),
        account_id=account.id,
        name=program,
        created_at=work.now,
        seen_at=work.now,
        ends_at=work.now + terms.refresh,
    )
    devices.meet_program(work, account, session)
    work.session.add(_row(session.id, 0))
    return session


def _session_of(work: Work, token: str) -> tuple[ApiSession, Account] | None:
    """Lock the session that the token is of; None where it has ended, or the account is closed."""
    session_id = queries.session_of_token(work.session, crypto.token_digest(token))
    session = queries.program_for_change(work.session, session_id) if session_id is not None else None
    if session is None or session.ends_at <= work.now:
        return None
    account = work.session.get_one(Account, session.account_id)
    return None if queries.is_closed(account) else (session, account)


def _next_generation(work: Work, session: ApiSession, digest: bytes) -> int | None:
    """Answer the generation of the token that follows this one; None where it was used before.

    A second use a moment later, while nobody has used what followed, is the answer that got lost.
    """
    newest, *older = queries.refresh_tokens_of(work.session, session.id)
    if newest.digest == digest:
        newest.used_at = work.now
        work.session.add(_row(session.id, newest.generation + 1))
        return newest.generation + 1
    for before in older:
        if before.digest == digest and before.used_at and work.now - before.used_at <= LOST_ANSWER:
            return newest.generation
    return None


def _hand_out(work: Work, session: ApiSession, account: Account, generation: int, terms: Terms) -> Pass:
    ticket = Ticket(account.id, session.id, account.epoch)
    access = tickets.write(ticket, issuer=terms.issuer, now=work.now, life=terms.access)
    return Pass(account.id, access, _token(session.id, generation))


def _row(session_id: UUID, generation: int) -> RefreshToken:
    digest = crypto.token_digest(_token(session_id, generation))
    return RefreshToken(session_id=session_id, generation=generation, digest=digest)


def _token(session_id: UUID, generation: int) -> str:
    """Derive a refresh token of 256 bits: it is kept nowhere, and can be answered a second time."""
    mac = crypto.keys().mac("refresh", session_id.bytes, generation.to_bytes(4, "big"))
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def _see(session_id: UUID) -> None:
    with suppress(Unavailable), transaction(ANONYMOUS) as work:  # the request is answered all the same
        work.authorize(anyone, "a visit is noted, nothing is done")
        seen = update(ApiSession).where(ApiSession.id == session_id)
        work.session.execute(seen.values(seen_at=work.now))
