"""Writing a version of who gives to whom down, sealed, and complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, insert, select

from kinkeeper.features.exchanges.models import Assignment, Draw, Exchange, Participant
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.kernel.db import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from kinkeeper.kernel.work import Work


def begin_version(work: Work, exchange: Exchange, **facts: Any) -> Draw:  # noqa: ANN401 - columns of Draw
    """Step: begin the next version; it counts as soon as its pairs are sealed to it."""
    newest = select(func.max(Draw.version)).where(Draw.exchange_id == exchange.id)
    draw = Draw(
        id=new_id(),
        exchange_id=exchange.id,
        version=(work.session.scalar(newest) or 0) + 1,
        drawn_at=work.now,
        gifts_on=exchange.gifts_on,
        **facts,
    )
    work.session.add(draw)
    work.session.flush()  # the sealed rows refer to it
    return draw


def seal_pairs(
    work: Work,
    draw: Draw,
    seats: Sequence[Participant],
    receivers: Sequence[int],
    *,
    opened: Mapping[int, datetime] | None = None,
    bought: Mapping[UUID, Mapping[UUID, bytes]] | None = None,
) -> None:
    """Step: seal whom each of `seats` gives to; both are positions, and `opened` those who have looked.

    `bought` tells, by the giver's place, what of it goes along (rules/sealing.py).
    """
    looked, marks = opened or {}, bought or {}
    rows = [
        {
            **_sealed(draw.id, seats[giver], seats[receiver]),
            **_looked(draw.id, seats[giver], looked.get(giver), marks.get(seats[giver].id, {})),
        }
        for giver, receiver in enumerate(receivers)
    ]
    work.session.execute(insert(Assignment), rows)


def _looked(
    draw_id: UUID, giver: Participant, opened_at: datetime | None, bought: Mapping[UUID, bytes]
) -> dict[str, Any]:
    """Whoever has looked has a list of what they bought, be it empty: that there is one tells nothing."""
    sealed = sealing.seal_bought(draw_id, giver.id, giver.salt, bought) if opened_at else None
    return {"opened_at": opened_at, "bought_sealed": sealed}


def _sealed(draw_id: UUID, giver: Participant, receiver: Participant) -> dict[str, Any]:
    """A row of Assignment: nobody needs the thousand objects that it would be in a large exchange."""
    return {
        "draw_id": draw_id,
        "giver_id": giver.id,
        "receiver_sealed": sealing.seal(draw_id, giver.id, giver.salt, receiver.id),
        "receiver_mark": sealing.mark_of(draw_id, receiver.id),
    }
