"""Reads of addresses that places are asked to go by (T-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from kinkeeper.features.exchanges.models import NewAddress
from kinkeeper.kernel.db import batched

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session


def new_address(session: Session, participant_id: UUID) -> NewAddress | None:
    """What a place is asked to go by, if anything."""
    return session.get(NewAddress, participant_id)


def new_addresses(session: Session, participant_ids: Collection[UUID]) -> dict[UUID, NewAddress]:
    """What places are asked to go by."""
    found: dict[UUID, NewAddress] = {}
    for some in batched(participant_ids):
        asked = select(NewAddress).where(NewAddress.participant_id.in_(some))
        found.update((one.participant_id, one) for one in session.scalars(asked))
    return found
