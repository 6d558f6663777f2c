"""Steps that verbs about one's own place begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.permissions import may_sit_here
from kinkeeper.kernel.errors import NotFound

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.kernel.work import Work


def own_seat_to_change(work: Work, participant_id: UUID) -> Participant:
    """Step: lock a place and its exchange, and ask whether the actor may speak for it; raises NotFound."""
    seat = queries.seat_for_change(work.session, participant_id)
    if seat is None:
        raise NotFound
    work.authorize(may_sit_here, seat, visible=may_sit_here)
    return seat
