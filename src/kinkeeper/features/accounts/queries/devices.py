"""Browsers and programs that an account is signed in with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

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


def devices_of(session: Session, actor: Actor) -> list[KnownDevice]:
    """Answer the actor's devices, this one first, then by when they were seen."""
    here = session.scalar(select(WebSession.device_id).where(WebSession.id == actor.session_id))
    seen = func.max(WebSession.seen_at).label("visit")
    own = select(Device.id, Device.name, Device.seen_at, seen).where(Device.account_id == actor.account_id)
    visits = own.outerjoin(WebSession, WebSession.device_id == Device.id)
    rows = session.execute(visits.group_by(Device.id, Device.name, Device.seen_at)).all()
    found = [
        KnownDevice(row.id, row.name, max(row.seen_at, row.visit or row.seen_at), row.id == here)
        for row in rows
    ]
    return sorted(found, key=lambda device: (device.is_this, device.seen_at), reverse=True)


def programs_of(session: Session, actor: Actor) -> Sequence[ApiSession]:
    """Answer the programs that signed in with the actor's password, those seen last first."""
    own = select(ApiSession).where(ApiSession.account_id == actor.account_id)
    return session.scalars(own.order_by(ApiSession.seen_at.desc(), ApiSession.id)).all()


def proved_at(session: Session, session_id: UUID | None) -> datetime | None:
    """Answer when whoever has this session was last asked for a password, a link or a code.

    A program's was signed in with the password once, when it began; renewing it proves nothing.
    """
    if session_id is None:
        return None
    browser = select(WebSession.proved_at.label("at")).where(WebSession.id == session_id)
    program = select(ApiSession.created_at.label("at")).where(ApiSession.id == session_id)
    return session.scalar(browser.union_all(program))
