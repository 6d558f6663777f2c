"""The audit trail: who did what to what, in words an owner can read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import JSON, Index, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.db import Base, batched
from kinkeeper.kernel.work import transaction

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work


class _Keeping:
    """How long entries stay."""

    days = 400


def keep_for(days: int) -> None:
    """Let the roof say how long entries stay."""
    _Keeping.days = days


class AuditEntry(Base):
    """One act. It keeps the actor's name as it was, and no foreign key: entries outlive accounts.

    A person who is erased loses their name here too.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(None, "subject_id", "at"),
        Index(None, "actor_id", "at"),
        Index(None, "action", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    subject_id: Mapped[UUID | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


def record(work: Work, action: str, subject_id: UUID | None = None, **details: object) -> None:
    """Write down an act in the transaction that does it; details are counts and states, never secrets."""
    record_of(work, work.actor, action, subject_id, **details)


def record_of(
    work: Work, actor: Actor, action: str, subject_id: UUID | None = None, **details: object
) -> None:
    """Write down an act of whoever turned out to do it, where the caller was nobody yet: by signing in."""
    entry = AuditEntry(
        at=work.now,
        actor_id=actor.account_id or actor.guest_id,
        actor_name=actor.name,
        action=action,
        subject_id=subject_id,
        details=details,
    )
    work.session.add(entry)


def forget(work: Work, actor_ids: Collection[UUID]) -> None:
    """Step: what they did stays done, by somebody."""
    for some in batched(actor_ids):
        theirs = update(AuditEntry).where(AuditEntry.actor_id.in_(some))
        work.session.execute(theirs.values(actor_name=ANONYMOUS.name))


def acts_of(session: Session, actor_ids: Collection[UUID], actions: Collection[str]) -> set[tuple[str, UUID]]:
    """Under which names these have done such things, and what to."""
    acts: set[tuple[str, UUID]] = set()
    for some in batched(actor_ids):
        theirs = AuditEntry.actor_id.in_(some), AuditEntry.action.in_(actions)
        found = select(AuditEntry.actor_name, AuditEntry.subject_id).where(*theirs).distinct()
        acts.update((name, subject) for name, subject in session.execute(found) if subject is not None)
    return acts


def forget_old(actor: Actor) -> None:
    """Delete entries that nobody looks back to any more."""
    with transaction(actor) as work:
        before = work.now - timedelta(days=_Keeping.days)
        work.session.execute(delete(AuditEntry).where(AuditEntry.at < before))
