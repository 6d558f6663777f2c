"""Looking up whom somebody gives to: for an emergency, and never in secret (G13)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import MatchSeen
from kinkeeper.features.exchanges.models import Reveal
from kinkeeper.features.exchanges.service.drawing import refuse_undrawn, tell
from kinkeeper.features.exchanges.service.organising import organised_to_change
from kinkeeper.features.exchanges.service.refusals import NotInTheDraw, clean_reason
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.work import read_session, transaction
from kinkeeper.platform import audit, limits
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


PER_GIVER = Budget("reveal.giver", 5, timedelta(days=1))
"""Each is a letter to the giver (T-9)."""


def reveal_match(actor: Actor, exchange_id: UUID, giver_id: UUID, reason: str) -> tuple[str, str]:
    """Answer a giver's name and whom they give to; the giver gets a letter, and everybody reads of it."""
    said = clean_reason(reason)
    queries.exchange_of(read_session(), actor, exchange_id)  # a stranger uses up nobody's budget
    with limits.spending((PER_GIVER, str(giver_id))), transaction(actor) as work:
        exchange = organised_to_change(work, exchange_id)
        refuse_stale_browser(work)
        refuse_undrawn(work, exchange, None)
        for giver in queries.seats(work.session, exchange.id, [giver_id]):
            row = queries.assignment_of(work.session, giver)
            if row is None:
                raise NotInTheDraw(name=giver.name)
            reveal = Reveal(
                id=new_id(),
                exchange_id=exchange.id,
                giver_id=giver.id,
                at=work.now,
                by_name=actor.name,
                reason=said,
            )
            work.session.add(reveal)
            seen = len(queries.reveals_of(work.session, exchange.id))
            tell(work, MatchSeen, exchange, [giver], seen)
            audit.record(work, "exchange.match_revealed", exchange.id, giver=str(giver.id))
            return giver.name, queries.match_of(work.session, giver, row).name
        raise NotFound
