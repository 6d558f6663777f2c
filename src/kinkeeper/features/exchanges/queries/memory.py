"""Reads of past years: who gave to whom, in marks that only the house can make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.exchanges.models import Assignment, Draw, Exchange, PairMemory, Participant
from kinkeeper.features.exchanges.rules.remembering import giver_mark, receiver_mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session


def past_pairs(
    session: Session, exchange: Exchange, seats: Sequence[Participant], years: int
) -> list[tuple[int, int, int]]:
    """Who of these gave to whom in the `years` last exchanges of the series: (giver, receiver, years ago).

    Years are counted by days of gifts, not by the calendar: gifts of a Christmas that was moved to Epiphany
    and those of the next December are a year apart. People are positions in `seats`. A hash for each
    person, and one statement, however many years.
    """
    earlier = (PairMemory.series_id == exchange.series_id, PairMemory.gifts_on < exchange.gifts_on)
    days = select(PairMemory.gifts_on).where(*earlier).distinct().order_by(PairMemory.gifts_on.desc())
    wanted = select(PairMemory.giver_mark, PairMemory.receiver_mark, PairMemory.gifts_on).where(
        *earlier, PairMemory.gifts_on.in_(days.limit(years).subquery().select())
    )
    remembered = session.execute(wanted).all()
    latest = sorted({day for _, _, day in remembered}, reverse=True)
    ago = {day: count for count, day in enumerate(latest, start=1)}
    addresses = people.addresses(session, [seat.person_id for seat in seats if seat.person_id])
    known = [(place, seat.person_id) for place, seat in enumerate(seats) if seat.person_id]
    givers = {giver_mark(exchange.series_id, one, addresses[one]): place for place, one in known}
    receivers = {receiver_mark(exchange.series_id, one, addresses[one]): place for place, one in known}
    return sorted(
        (givers[giver], receivers[receiver], ago[day])
        for giver, receiver, day in remembered
        if giver in givers and receiver in receivers
    )


def sealed_pairs(session: Session, exchange_id: UUID) -> list[Assignment]:
    """Who gives to whom by the draw that holds, sealed as it is kept."""
    newest = select(func.max(Draw.version)).where(Draw.exchange_id == exchange_id).scalar_subquery()
    found = (
        select(Assignment)
        .join(Draw, Draw.id == Assignment.draw_id)
        .where(Draw.exchange_id == exchange_id, Draw.version == newest)
    )
    return list(session.scalars(found))
