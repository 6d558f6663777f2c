"""Calls that programs may repeat without a second effect (T-59)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel.db import Base


class RepeatableCall(Base):
    """A call that named an Idempotency-Key: that it had its effect, and what was answered."""

    __tablename__ = "repeatable_call"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    key_digest: Mapped[bytes] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes]
    """Of method, address and body: the same key for something else is a mistake."""
    at: Mapped[datetime] = mapped_column(index=True)
    """When its effect was committed: the row is written in the same transaction."""
    answer_sealed: Mapped[bytes | None]
    """Status, headers and body, which may hold a secret that is shown once."""
