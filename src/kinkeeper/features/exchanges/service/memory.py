"""What a series remembers of a year that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, PairMemory
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.rules.remembering import giver_mark, receiver_mark
from kinkeeper.kernel.db import batched, insert_into

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.work import Work


def remember_pairs(work: Work, exchange: Exchange) -> None:
    """Step: note who gave to whom, in marks; whoever was erased is not remembered.

    Sorted by mark, so that the order of the rows tells nothing either.
    """
    pairs = _pairs(work, exchange)
    addresses = people.addresses(work.session, {person_id for pair in pairs for person_id in pair})
    series = exchange.series_id
    marks = sorted(
        (giver_mark(series, giver, addresses[giver]), receiver_mark(series, receiver, addresses[receiver]))
        for giver, receiver in pairs
    )
    for some in batched(marks):
        rows = [
            {
                "series_id": series,
                "gifts_on": exchange.gifts_on,
                "giver_mark": giver,
                "receiver_mark": receiver,
            }
            for giver, receiver in some
        ]
        work.session.execute(insert_into(work.session, PairMemory).on_conflict_do_nothing(), rows)


def _pairs(work: Work, exchange: Exchange) -> list[tuple[UUID, UUID]]:
    seats = {seat.id: seat for seat in queries.all_seats(work.session, exchange.id)}
    found = []
    for row in queries.sealed_pairs(work.session, exchange.id):
        giver = seats[row.giver_id]
        receiver = seats[sealing.unseal(row.draw_id, giver.id, giver.salt, row.receiver_sealed)]
        if giver.person_id is not None and receiver.person_id is not None:
            found.append((giver.person_id, receiver.person_id))
    return found
