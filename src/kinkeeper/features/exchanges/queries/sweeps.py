"""What scheduled work finds to do; each verb looks again under its lock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, ScalarResult, and_, or_, select

from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.features.exchanges.rules import joining
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.rules.keeping import SHORTEST_KEEPING, WAITING, is_to_be_purged
from kinkeeper.kernel import clock

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session


FURTHEST_EAST: Final = timedelta(hours=14)
"""Where days begin first (Kiribati)."""


def to_be_closed(session: Session, now: datetime) -> list[UUID]:
    """Which open exchanges take nobody any more, each by the clock of its zone (SK-30)."""
    found = _over(session, now, Exchange.state == ExchangeState.OPEN, Exchange.closes_on)
    return [exchange.id for exchange in found if not joining.takes_people(exchange, now)]


def to_be_completed(session: Session, now: datetime) -> list[UUID]:
    """Which drawn exchanges gave their gifts yesterday or before, each by the clock of its zone (SK-36)."""
    found = _over(session, now, Exchange.state == ExchangeState.DRAWN, Exchange.gifts_on)
    return [exchange.id for exchange in found if exchange.gifts_on < clock.today_in(exchange.zone, now)]


def to_be_purged(session: Session, now: datetime) -> list[UUID]:
    """Which exchanges were kept long enough (SK-98)."""
    before = now - timedelta(days=SHORTEST_KEEPING - 1)  # a day to spare for zones, and clocks that change
    is_over = or_(
        Exchange.ended_at < before, and_(Exchange.ended_at.is_(None), Exchange.gifts_on < before.date())
    )
    found = session.scalars(select(Exchange).where(Exchange.state.in_(set(ExchangeState) - WAITING), is_over))
    return sorted(exchange.id for exchange in found if is_to_be_purged(exchange, now))


def exchanges_with_unanswered(session: Session, *, before: date) -> list[UUID]:
    """Which exchanges gave their gifts before a day, and still list people who have not confirmed."""
    # Begins with the places: those that wait are few, however many years have gone by.
    waiting = select(Participant.exchange_id).where(Participant.confirmed_at.is_(None))
    found = select(Exchange.id).where(Exchange.id.in_(waiting), Exchange.gifts_on < before)
    return list(session.scalars(found))


def unanswered_seats(session: Session, exchange_id: UUID, *, before: date) -> list[Participant]:
    """The places that nobody confirmed, if the gifts were given before a day.

    Who left once they were in stays: the draws of their time, and who looked at theirs, tell of them.
    """
    found = (
        select(Participant)
        .join(Exchange, Exchange.id == Participant.exchange_id)
        .where(Exchange.id == exchange_id, Exchange.gifts_on < before, Participant.confirmed_at.is_(None))
    )
    return list(session.scalars(found))


def _over(session: Session, now: datetime, which: ColumnElement[bool], day: Any) -> ScalarResult[Exchange]:  # noqa: ANN401 - a column
    """Exchanges whose day is over where it is over first; who asks looks at the zone."""
    first = (now + FURTHEST_EAST).date()
    return session.scalars(select(Exchange).where(which, day < first).order_by(Exchange.id))
