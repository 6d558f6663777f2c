"""Reads of what became of letters about an exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, true

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.exchanges.models import Participant
from kinkeeper.features.exchanges.rules.stopping import STOPPED
from kinkeeper.platform.links import Link
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session


def places_read_by(
    session: Session, person_ids: Collection[UUID], exchange_id: UUID | None = None
) -> list[Participant]:
    """The places whose letters these people read: their own, and those of whom they look after.

    In one exchange, or in all that are kept.
    """
    theirs = Participant.person_id.in_({*person_ids, *people.wards_of(session, person_ids)})
    here = Participant.exchange_id == exchange_id if exchange_id is not None else true()
    found = select(Participant).where(theirs, here)
    return list(session.scalars(found.order_by(Participant.exchange_id, Participant.id)))


def was_written(session: Session, seat_id: UUID, kind: str) -> bool:
    """Tell whether they were ever written a letter of this kind."""
    asked = OutboxLetter.about_id == seat_id, OutboxLetter.kind == kind
    return bool(session.scalar(select(select(OutboxLetter.id).where(*asked).exists())))


def written_to(session: Session, exchange_id: UUID, kinds: Collection[str]) -> set[UUID]:
    """The places about which a letter of these kinds has left, or may have."""
    found = (
        select(Participant.id)
        .join(OutboxLetter, OutboxLetter.about_id == Participant.id)
        .where(
            Participant.exchange_id == exchange_id,
            OutboxLetter.kind.in_(kinds),
            OutboxLetter.state.in_([Sending.HANDING, Sending.SENT, Sending.UNCERTAIN]),
        )
    )
    return set(session.scalars(found))


def undelivered(session: Session, exchange_id: UUID) -> set[UUID]:
    """The places whose letter no mail server took; not where a newer one of its kind has replaced it."""
    found = (
        select(Participant.id)
        .join(Link, Link.subject_id == Participant.id)
        .join(OutboxLetter, OutboxLetter.id == Link.id)
        .where(
            Participant.exchange_id == exchange_id,
            Link.voided_at.is_(None),
            OutboxLetter.state == Sending.FAILED,
            OutboxLetter.kind.not_in(STOPPED.values()),
        )
    )
    return set(session.scalars(found))
