"""Reads of a draw that its group lets everybody check (G20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from kinkeeper.features.exchanges.models import Assignment, Draw, Exchange, Participant
from kinkeeper.features.exchanges.queries.held import own_seat
from kinkeeper.features.exchanges.queries.matches import MATCHED, assignment_of, receiver_of
from kinkeeper.features.exchanges.rules import proof, sealing
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import NotFound

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


def has_proof(session: Session, seat: Participant, now: datetime) -> bool:
    """Whether a participant may have the proof: the group has chosen so, and the gifts are given.

    Everybody who is in the version that counts, a latecomer too, though the drawing was before they came.
    """
    exchange = session.get_one(Exchange, seat.exchange_id)
    if not (exchange.publishes_draw and exchange.state in MATCHED):
        return False
    if clock.today_in(exchange.zone, now) <= proof_waits_for(session, exchange):
        return False
    return assignment_of(session, seat) is not None and _last_drawing(session, exchange.id) is not None


def proof_waits_for(session: Session, exchange: Exchange) -> date:
    """The last day before everybody can read who gave to whom.

    No earlier one than stood when names were drawn, wherever the day of the gifts has moved since.
    """
    if not exchange.publishes_draw:
        return exchange.gifts_on
    drawings = Draw.exchange_id == exchange.id, Draw.commitment.is_not(None)
    promised = session.scalar(select(func.max(Draw.gifts_on)).where(*drawings))
    return max(exchange.gifts_on, promised or exchange.gifts_on)


def published_proof(session: Session, actor: Actor, participant_id: UUID, now: datetime) -> bytes:
    """The proof of the newest drawing; it tells every pair."""
    seat, _ = own_seat(session, actor, participant_id)
    if not has_proof(session, seat, now):
        raise NotFound
    draw = _last_drawing(session, seat.exchange_id)
    if draw is None or draw.document_sealed is None:
        raise NotFound
    pairs = _pairs(session, draw)
    return proof.proof_of(
        sealing.document_of(draw.id, draw.document_sealed),
        {str(giver.id): giver.name for giver in pairs if giver.person_id is not None},
        {str(giver.id): str(receiver_id) for giver, receiver_id in pairs.items()},
    )


def _last_drawing(session: Session, exchange_id: UUID) -> Draw | None:
    """The newest of all names that was promised; a repair is none."""
    found = select(Draw).where(Draw.exchange_id == exchange_id, Draw.commitment.is_not(None))
    return session.scalar(found.order_by(Draw.version.desc()).limit(1))


def _pairs(session: Session, draw: Draw) -> dict[Participant, UUID]:
    found = (
        select(Assignment, Participant)
        .join(Participant, Participant.id == Assignment.giver_id)
        .where(Assignment.draw_id == draw.id)
    )
    return {giver: receiver_of(giver, row) for row, giver in session.execute(found)}
