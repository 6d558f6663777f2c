"""Looking at one's match: noted, so that what somebody has seen is changed last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Participant
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.service.seating import own_seat_to_change
from kinkeeper.kernel.work import Work, transaction

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


def open_match(actor: Actor, participant_id: UUID) -> None:
    """Let one's own page show whom one gives to; nothing happens where it does already."""
    with transaction(actor) as work:
        seat = own_seat_to_change(work, participant_id)
        note_opened(work, seat)


def note_opened(work: Work, seat: Participant) -> None:
    """Step: whoever came by a mailed link, or asked, has seen their match from now on.

    Not while an organiser asks them to go by another address, and they have not answered (T-17).
    """
    asked = queries.new_address(work.session, seat.id)
    if asked is not None and asked.is_in_question:
        return
    row = queries.assignment_of(work.session, seat)
    if row is not None and row.opened_at is None:
        row.opened_at = work.now
        row.bought_sealed = sealing.seal_bought(row.draw_id, seat.id, seat.salt, {})
