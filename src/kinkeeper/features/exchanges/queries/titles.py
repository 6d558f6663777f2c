"""What people call exchanges, and places in them, that are known by an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.kernel.db import batched

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session

_NAMES: tuple[Any, ...] = (
    select(Exchange.id, Exchange.title.label("name")).where(Exchange.title != ""),  # a purged one has none
    select(Participant.id, Participant.name),
)


def names_of(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Answer the names of those of the ids that are an exchange or a place in one."""
    found: dict[UUID, str] = {}
    for some in batched(ids):
        for names in _NAMES:
            key = names.selected_columns[0]
            found.update((row.id, row.name) for row in session.execute(names.where(key.in_(some))))
    return found
