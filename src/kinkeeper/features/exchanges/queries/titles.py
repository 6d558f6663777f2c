"""What people call exchanges, and places in them, that are known by an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import select

from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.kernel.db import batched

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

_NAMES: tuple[Any, ...] = (
    select(Exchange.id, Exchange.title.label("name")).where(Exchange.title != ""),  # a purged one has none
    select(Participant.id, Participant.name),
)


class OfExchanges(Protocol):
    """A letter that tells of exchanges by their ids."""

    @property
    def exchange_ids(self) -> Collection[UUID]: ...


def titles_for_letter(session: Session, letter: OfExchanges) -> Mapping[str, object]:
    """What the exchanges are called of which a letter tells, as it leaves."""
    return {"titles": names_of(session, letter.exchange_ids)}


def names_of(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Answer the names of those of the ids that are an exchange or a place in one."""
    found: dict[UUID, str] = {}
    for some in batched(ids):
        for names in _NAMES:
            key = names.selected_columns[0]
            found.update((row.id, row.name) for row in session.execute(names.where(key.in_(some))))
    return found
