"""Reads of the organiser's page: who is in, and how many rules there are; nothing of who gives to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import aliased

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import Exchange, HouseholdRule, PairRule, Participant
from kinkeeper.features.exchanges.permissions import may_observe
from kinkeeper.features.exchanges.queries.exchanges import exchange_of
from kinkeeper.features.exchanges.rules import joining
from kinkeeper.kernel.paging import Page

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


# Hot: every look at an exchange asks these, so the statements are built once.
_IS_HERE = Participant.withdrawn_at.is_(None)
SEAT_LINES = (
    select(
        Participant.id,
        Participant.name,
        Person.email,
        Participant.joined_at,
        Participant.confirmed_at,
        Participant.person_id.is_(None),
    )
    .outerjoin(Person, Person.id == Participant.person_id)
    .where(Participant.exchange_id == bindparam("exchange_id"), _IS_HERE)
    .order_by(func.lower(Participant.name), Participant.id)
)
_BACK = aliased(PairRule)
_BOTH_WAYS = exists().where(
    _BACK.giver_id == PairRule.receiver_id,
    _BACK.receiver_id == PairRule.giver_id,
    PairRule.giver_id > PairRule.receiver_id,
)
_GIVER, _RECEIVER = aliased(Participant), aliased(Participant)
_PAIRS = (  # a rule of somebody who left waits for them to come back
    select(func.count())
    .select_from(PairRule)
    .join(_GIVER, (_GIVER.id == PairRule.giver_id) & _GIVER.withdrawn_at.is_(None))
    .join(_RECEIVER, (_RECEIVER.id == PairRule.receiver_id) & _RECEIVER.withdrawn_at.is_(None))
    .where(PairRule.exchange_id == bindparam("exchange_id"), ~_BOTH_WAYS)
)
_HOMES = select(func.count()).where(HouseholdRule.exchange_id == bindparam("exchange_id"))
_RULES = select(_PAIRS.scalar_subquery() + _HOMES.scalar_subquery())


class SeatLine(NamedTuple):
    """One line of an organiser's list of people."""

    id: UUID
    name: str
    email: str | None
    joined_at: datetime
    confirmed_at: datetime | None
    is_erased: bool = False
    """Nobody is behind it any more; a draw may still count on it."""
    withdrawn_at: None = None
    """Whoever left is in no list."""

    @property
    def is_confirmed(self) -> bool:
        """Whether they take part in the draw."""
        return joining.is_confirmed(self)


@dataclass(frozen=True, slots=True)
class OrganiserPage:
    """What an organiser sees; nothing of who gives to whom."""

    exchange: Exchange
    seats: list[SeatLine]
    rules: int
    """How many keep people apart; both ways is one."""
    now: datetime

    @property
    def confirmed(self) -> int:
        """How many take part in the draw."""
        return sum(seat.is_confirmed for seat in self.seats)

    @property
    def is_enough(self) -> bool:
        """Whether that suffices to draw."""
        return joining.is_enough(self.confirmed)

    @property
    def waits_until(self) -> datetime | None:
        """Until when people can leave whatever else, and no names be drawn; None where nothing waits."""
        return joining.draw_waits_until(self.exchange, self.seats, self.now)

    @property
    def takes_people(self) -> bool:
        """Whether the share link is still good for joining, places aside."""
        return joining.takes_people(self.exchange, self.now)

    @property
    def is_full(self) -> bool:
        """Whether every place is taken."""
        kept = sum(joining.is_kept(seat, self.now) for seat in self.seats)
        return joining.is_full(self.exchange, kept)


def organiser_page(session: Session, actor: Actor, exchange_id: UUID, now: datetime) -> OrganiserPage:
    """All that the organiser's page needs, in three statements."""
    exchange = exchange_of(session, actor, exchange_id, may_observe)
    connection, here = session.connection(), {"exchange_id": exchange_id}
    seats = [SeatLine(*row) for row in connection.execute(SEAT_LINES, here)]
    return OrganiserPage(exchange, seats, connection.execute(_RULES, here).scalar_one(), now)


def people_in(
    session: Session, actor: Actor, exchange_id: UUID, *, page: int = 1, per_page: int = 20
) -> Page[SeatLine]:
    """Who has joined an exchange that the actor may look at, by the alphabet."""
    exchange_of(session, actor, exchange_id, may_observe)
    here = Participant.exchange_id == exchange_id, _IS_HERE
    total = select(func.count()).select_from(Participant).where(*here)
    lines = SEAT_LINES.limit(per_page).offset((page - 1) * per_page)
    found = [SeatLine(*row) for row in session.execute(lines, {"exchange_id": exchange_id})]
    return Page(found, page, per_page, session.scalar(total) or 0)
