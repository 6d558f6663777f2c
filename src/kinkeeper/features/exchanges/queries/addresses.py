"""Reads of addresses that places are asked to go by (T-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import NewAddress, Participant
from kinkeeper.kernel.db import batched

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session


def addresses_here(session: Session, exchange_id: UUID, addresses: Collection[str]) -> set[str | None]:
    """Which of these addresses belong to somebody who has a place."""
    here = Participant.exchange_id == exchange_id, Participant.withdrawn_at.is_(None)
    theirs = select(Person.email).join(Participant, Participant.person_id == Person.id)
    return set(session.scalars(theirs.where(*here, Person.email.in_(addresses))))


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
