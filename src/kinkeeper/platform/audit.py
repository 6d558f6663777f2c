"""The audit trail: who did what to what, in words an owner can read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel.db import Base

if TYPE_CHECKING:
    from kinkeeper.kernel.work import Work


class AuditEntry(Base):
    """One act. It keeps the actor's name as it was, and no foreign key: entries outlive accounts."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "subject_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    subject_id: Mapped[UUID | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


def record(work: Work, action: str, subject_id: UUID | None = None, **details: object) -> None:
    """Write down an act in the transaction that does it; details are counts and states, never secrets."""
    actor = work.actor
    entry = AuditEntry(
        at=work.now,
        actor_id=actor.account_id or actor.guest_id,
        actor_name=actor.name,
        action=action,
        subject_id=subject_id,
        details=details,
    )
    work.session.add(entry)
