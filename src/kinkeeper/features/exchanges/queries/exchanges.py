"""Reads of exchanges: one by its link or id, lists, and the organiser's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, select, true

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import (
    Exchange,
    ExchangeState,
    HouseholdRule,
    PairRule,
    Participant,
)
from kinkeeper.features.exchanges.permissions import may_organise
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.paging import Page

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


class Summary(NamedTuple):
    """One line of a list of exchanges."""

    exchange: Exchange
    people: int
    confirmed: int


class SeatLine(NamedTuple):
    """One line of an organiser's list of people."""

    id: UUID
    name: str
    email: str | None
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class OrganiserPage:
    """What an organiser sees; nothing of who gives to whom."""

    exchange: Exchange
    seats: list[SeatLine]
    rules: int

    @property
    def confirmed(self) -> int:
        """How many take part in the draw."""
        return sum(seat.is_confirmed for seat in self.seats)


def exchange_for_change(session: Session, exchange_id: UUID) -> Exchange:
    """The exchange, locked until the transaction ends."""
    exchange = session.scalar(select(Exchange).where(Exchange.id == exchange_id).with_for_update())
    if exchange is None:
        raise NotFound
    return exchange


def exchange_by_slug_for_change(session: Session, slug: str) -> Exchange:
    """The exchange behind a share link, locked until the transaction ends."""
    exchange = session.scalar(select(Exchange).where(Exchange.slug == slug).with_for_update())
    if exchange is None:
        raise NotFound
    return exchange


def exchange_by_slug(session: Session, slug: str) -> Exchange:
    """The exchange behind a share link."""
    exchange = session.scalar(select(Exchange).where(Exchange.slug == slug))
    if exchange is None:
        raise NotFound
    return exchange


def takes_people(exchange: Exchange, now: datetime) -> bool:
    """Tell whether the share link is still good for joining, places aside."""
    return exchange.state is ExchangeState.OPEN and clock.today_in(exchange.zone, now) <= exchange.closes_on


def exchange_of(session: Session, actor: Actor, exchange_id: UUID) -> Exchange:
    """An exchange that the actor organises; a foreign one is as missing as one that never was."""
    exchange = session.get(Exchange, exchange_id)
    if exchange is None or not may_organise(actor, exchange):
        raise NotFound
    return exchange


def organised_by(
    session: Session, actor: Actor, *, today: date, page: int = 1, per_page: int = 20
) -> Page[Summary]:
    """The exchanges that the actor organises, the next gifts first; the administrator sees all (SK-1)."""
    mine = _organised(actor)
    total = session.scalar(select(func.count()).select_from(Exchange).where(mine)) or 0
    found = (
        select(Exchange, func.count(Participant.id), func.count(Participant.confirmed_at))
        .outerjoin(Participant, Participant.exchange_id == Exchange.id)
        .where(mine)
        .group_by(Exchange.id)
        .order_by(*next_first(today))
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return Page([Summary(*row) for row in session.execute(found)], page, per_page, total)


def summary_of(session: Session, actor: Actor, exchange_id: UUID) -> Summary:
    """One exchange that the actor organises, with its counts."""
    exchange = exchange_of(session, actor, exchange_id)
    counts = select(func.count(Participant.id), func.count(Participant.confirmed_at))
    row = session.execute(counts.where(Participant.exchange_id == exchange_id)).one()
    return Summary(exchange, *row)


def organiser_page(session: Session, actor: Actor, exchange_id: UUID) -> OrganiserPage:
    """All that the organiser's page needs, in three statements."""
    exchange = exchange_of(session, actor, exchange_id)
    lines = (
        select(Participant.id, Participant.name, Person.email, Participant.confirmed_at.is_not(None))
        .outerjoin(Person, Person.id == Participant.person_id)
        .where(Participant.exchange_id == exchange_id)
        .order_by(func.lower(Participant.name), Participant.id)
    )
    return OrganiserPage(
        exchange, [SeatLine(*row) for row in session.execute(lines)], _rules(session, exchange_id)
    )


def _organised(actor: Actor) -> ColumnElement[bool]:
    if actor.is_admin:
        return true()
    return Exchange.organiser_id == actor.person_id


def next_first(today: date) -> tuple[Any, ...]:
    """Order by the nearest gifts; what is over comes last, the latest of it first."""
    is_over = Exchange.gifts_on < today
    return is_over, case((is_over, None), else_=Exchange.gifts_on), Exchange.gifts_on.desc(), Exchange.id


def _rules(session: Session, exchange_id: UUID) -> int:
    pairs = select(func.count()).select_from(PairRule).where(PairRule.exchange_id == exchange_id)
    homes = select(func.count()).select_from(HouseholdRule)
    homes = homes.where(HouseholdRule.exchange_id == exchange_id)
    return session.scalar(select(pairs.scalar_subquery() + homes.scalar_subquery())) or 0
