"""Browsers and programs that an account is signed in with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, case, func, literal, select

from kinkeeper.features.accounts.models import ApiSession, Device, WebSession

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


class KnownDevice(NamedTuple):
    """A browser, as its owner sees it."""

    id: UUID
    name: str
    seen_at: datetime
    is_this: bool
    is_signed_in: bool
    """Else it is only remembered, so that signing in on it is no news."""


class Proof(NamedTuple):
    """When whoever has a session last showed that it is them."""

    at: datetime
    is_browser: bool
    """Whether the session is a browser's, and not that of a program that signed in."""


def devices_of(session: Session, actor: Actor, now: datetime) -> list[KnownDevice]:
    """Answer the actor's devices: this one first, then those signed in, then by when they were seen."""
    here = session.scalar(select(WebSession.device_id).where(WebSession.id == actor.session_id))
    seen = func.max(WebSession.seen_at).label("visit")
    goes_on = and_(WebSession.idle_at > now, WebSession.ends_at > now)
    live = func.count(case((goes_on, WebSession.id))).label("live")
    own = select(Device.id, Device.name, Device.seen_at, seen, live).where(
        Device.account_id == actor.account_id
    )
    visits = own.outerjoin(WebSession, WebSession.device_id == Device.id)
    rows = session.execute(visits.group_by(Device.id, Device.name, Device.seen_at)).all()
    found = [
        KnownDevice(
            row.id, row.name, max(row.seen_at, row.visit or row.seen_at), row.id == here, row.live > 0
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.is_this, one.is_signed_in, one.seen_at), reverse=True)


def programs_of(session: Session, actor: Actor, now: datetime) -> Sequence[ApiSession]:
    """Answer the programs that are signed in with the actor's password, those seen last first."""
    own = select(ApiSession).where(ApiSession.account_id == actor.account_id, ApiSession.ends_at > now)
    return session.scalars(own.order_by(ApiSession.seen_at.desc(), ApiSession.id)).all()


def proof_of(session: Session, session_id: UUID | None) -> Proof | None:
    """Answer when whoever has this session was last asked for a password, a link or a code; None if it ended.

    A program's was signed in with the password once, when it began; renewing it proves nothing.
    """
    if session_id is None:
        return None
    browser = select(WebSession.proved_at.label("at"), literal(value=True).label("is_browser"))
    program = select(ApiSession.created_at.label("at"), literal(value=False).label("is_browser"))
    both = browser.where(WebSession.id == session_id).union_all(program.where(ApiSession.id == session_id))
    row = session.execute(both).first()
    return None if row is None else Proof(row.at, row.is_browser)
