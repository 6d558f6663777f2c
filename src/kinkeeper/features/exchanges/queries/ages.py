"""Reads of how long somebody has had the match that they have, for their own eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from kinkeeper.features.exchanges.models import Assignment, Draw, DrawKind
from kinkeeper.features.exchanges.queries.matches import receiver_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from kinkeeper.features.exchanges.models import Participant


class MatchAge(NamedTuple):
    """Since when somebody has the match that they have, where the draw was changed at all."""

    since: datetime
    is_kept: bool
    """Whether it came through every repair since all names were drawn."""
    is_redrawn: bool
    """Whether it is new because all names were drawn again, or because of a repair."""


def age_of_match(session: Session, giver: Participant) -> MatchAge | None:
    """How old a giver's match is; none where it is their first and nothing has changed since.

    It tells whose match a repair has changed, and so is for the page of who has it, and for nothing else
    (T-14).
    """
    found = (
        select(Draw, Assignment)
        .join(Assignment, Assignment.draw_id == Draw.id)
        .where(Draw.exchange_id == giver.exchange_id, Assignment.giver_id == giver.id)
        .order_by(Draw.version.desc())
    )
    versions = [(draw, receiver_of(giver, row)) for draw, row in session.execute(found)]
    held: list[Draw] = []
    for draw, receiver in versions:
        if receiver != versions[0][1]:
            break
        held.append(draw)
        if draw.kind is not DrawKind.REPAIR:  # whoever comes out of the same hat twice has a new match
            break
    is_first = len(held) == len(versions)
    if is_first and len(held) <= 1:
        return None
    oldest = held[-1]
    is_kept = len(held) > 1 and (is_first or oldest.kind is not DrawKind.REPAIR)
    return MatchAge(oldest.drawn_at, is_kept, oldest.kind is DrawKind.REDRAW)
