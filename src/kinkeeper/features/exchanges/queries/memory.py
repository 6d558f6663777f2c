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


def past_depends_on(session: Session, exchange: Exchange, seats: Sequence[Participant]) -> list[str]:
    """All that decides which past pairs count among these, and none of it tells a pair.

    Memory grows when an exchange of the series ends; which rows are there could tell something itself.
    """
    addresses = people.addresses(session, [seat.person_id for seat in seats if seat.person_id])
    known_by = [
        giver_mark(exchange.series_id, seat.person_id, addresses[seat.person_id]).hex()
        if seat.person_id
        else ""
        for seat in seats
    ]
    over = select(Exchange.id).where(Exchange.series_id == exchange.series_id, Exchange.ended_at.is_not(None))
    ended = [str(one) for one in session.scalars(over.order_by(Exchange.id))]
    return [str(exchange.gifts_on), str(years_avoided(exchange)), *ended, *known_by]


def years_avoided(exchange: Exchange) -> int:
    """How many past years the draw avoids.

    None where it is to be published: the proof would tell what those years' groups never agreed to.
    """
    return 0 if exchange.publishes_draw else exchange.avoid_years


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
