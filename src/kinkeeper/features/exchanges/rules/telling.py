"""Under which name the open pages of an exchange hear that something has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


def topic_of(exchange_id: UUID) -> str:
    """Answer the topic of an exchange's pages for those who run it."""
    return f"exchange/{exchange_id}"
