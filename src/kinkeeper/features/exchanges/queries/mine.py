"""What somebody sees of the exchanges they are in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from kinkeeper.features.exchanges.models import Assignment, Exchange, NewAddress, Participant, Wish
from kinkeeper.features.exchanges.queries.addresses import new_address
from kinkeeper.features.exchanges.queries.held import own_seat, persons_of
from kinkeeper.features.exchanges.queries.lists import next_first
from kinkeeper.features.exchanges.queries.matches import MATCHED, Match, assignment_of, match_of
from kinkeeper.features.exchanges.queries.repairs import wants_in
from kinkeeper.features.exchanges.queries.seats import IS_SHOWN
from kinkeeper.features.exchanges.queries.wishes import GiftIdeas, gift_ideas, wishes_of
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.kernel.paging import Page

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """What a participant sees: the facts, who else is in, and after the draw their match.

    `assignment` is their row of the draw; `match` and `gifts` are what it says, once they have asked to
    see it.
    """

    participant: Participant
    exchange: Exchange
    others: list[str]
    assignment: Assignment | None
    match: Match | None
    gifts: GiftIdeas | None
    wishes: list[Wish]
    asked: NewAddress | None
    """The address that an organiser asks them to go by."""
    wants_in: bool
    """Whether they missed the draw, and have said yes since they were put on the list."""

    @property
    def is_in_question(self) -> bool:
        """Whether they have still to answer, so that their match stays shut (T-17)."""
        return self.asked is not None and self.asked.is_in_question


def participant_page(session: Session, actor: Actor, participant_id: UUID) -> ParticipantPage:
    """All that a participant's page needs; their match only to themselves (SK-6)."""
    participant, exchange = own_seat(session, actor, participant_id)
    is_drawn = exchange.state in MATCHED
    row = assignment_of(session, participant) if is_drawn else None
    asked = new_address(session, participant.id)
    is_shut = asked is not None and asked.is_in_question
    seen = row if row is not None and row.opened_at is not None and not is_shut else None
    return ParticipantPage(
        participant,
        exchange,
        [] if is_drawn or participant.withdrawn_at else _names_in(session, exchange.id),
        row,
        match_of(session, participant, seen) if seen is not None else None,
        gift_ideas(session, participant, seen) if seen is not None else None,
        wishes_of(session, participant.id),
        asked,
        is_drawn and row is None and wants_in(session, participant),
    )


def seats_of_reader(session: Session, actor: Actor, *, today: date) -> list[tuple[Participant, Exchange]]:
    """The places that the actor has or holds, the next gifts first; of drafts only the organisers know.

    Whoever left before the draw has none any more (SK-61); after it they are told that they are out.
    """
    facts = {"people": persons_of(session, actor), "today": today}
    return [(participant, exchange) for participant, exchange in session.execute(_PLACES, facts)]


# Hot, likewise: everybody's first page asks it.
_PLACES = (
    select(Participant, Exchange)
    .join(Exchange, Exchange.id == Participant.exchange_id)
    .where(
        Participant.person_id.in_(bindparam("people", expanding=True)),
        Exchange.state != ExchangeState.DRAFT,
        IS_SHOWN,
    )
    .order_by(*next_first())
)


def participations_of(
    session: Session, actor: Actor, *, today: date, page: int, per_page: int
) -> Page[tuple[Participant, Exchange]]:
    """The same, a page at a time."""
    places = seats_of_reader(session, actor, today=today)
    first = (page - 1) * per_page
    return Page(places[first : first + per_page], page, per_page, len(places))


def _names_in(session: Session, exchange_id: UUID) -> list[str]:
    """Who has joined and confirmed, by the alphabet (SK-44)."""
    names = select(Participant.name).where(Participant.exchange_id == exchange_id, Participant.is_confirmed)
    return list(session.scalars(names.order_by(func.lower(Participant.name), Participant.id)))
