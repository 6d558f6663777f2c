"""What people have in exchanges: asked before they are merged or erased, and for their export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import exists, or_, select

from kinkeeper.features.exchanges.models import (
    Assignment,
    Exchange,
    ExchangeOrganiser,
    NewAddress,
    Participant,
    Wish,
)
from kinkeeper.features.exchanges.queries.addresses import new_addresses
from kinkeeper.features.exchanges.queries.matches import MATCHED, Match, matches_of
from kinkeeper.features.exchanges.queries.wishes import wishes_among
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.kernel.db import batched
from kinkeeper.kernel.steps import Expected

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


GOING_ON = (ExchangeState.DRAFT, ExchangeState.OPEN, ExchangeState.CLOSED, ExchangeState.DRAWN)


def exchanges_of(session: Session, person_ids: Collection[UUID]) -> set[UUID]:
    """Which exchanges these people are in, or organise."""
    places = select(Participant.exchange_id).where(Participant.person_id.in_(person_ids))
    organised = select(ExchangeOrganiser.exchange_id).where(ExchangeOrganiser.person_id.in_(person_ids))
    return set(session.scalars(places.union(organised)))


def people_with_seats(session: Session, person_ids: Collection[UUID]) -> set[UUID]:
    """Which of these people have a place in any exchange."""
    found: set[UUID] = set()
    for some in batched(list(person_ids)):
        held = select(Participant.person_id).where(Participant.person_id.in_(some))
        found.update(one for one in session.scalars(held) if one is not None)
    return found


def expected_in(session: Session, person_ids: Collection[UUID]) -> list[Expected]:
    """In which exchanges these people have a place that matters, the next gifts last.

    Sealed is where they were drawn: whom they give to is theirs alone to read.
    """
    drawn = exists().where(Assignment.giver_id == Participant.id)
    going_on = Participant.withdrawn_at.is_(None) & Exchange.state.in_(GOING_ON)
    found: list[Expected] = []
    for some in batched(list(person_ids)):
        places = (
            select(Participant.person_id, Exchange.title, drawn)
            .join(Exchange, Exchange.id == Participant.exchange_id)
            .where(Participant.person_id.in_(some), or_(drawn, going_on))
            .order_by(Exchange.gifts_on, Exchange.id)
        )
        found += [Expected(*row) for row in session.execute(places)]
    return found


def has_exchanges(session: Session, circle_id: UUID) -> bool:
    """Tell whether a circle has exchanges that are kept; of what is purged nothing is left to lose."""
    kept = select(Exchange.id).where(Exchange.circle_id == circle_id, Exchange.state != ExchangeState.PURGED)
    return bool(session.scalar(select(kept.exists())))


def organisers_among(session: Session, person_ids: Collection[UUID]) -> set[UUID]:
    """Which of these people run an exchange."""
    found: set[UUID] = set()
    for some in batched(list(person_ids)):
        held = select(ExchangeOrganiser.person_id).where(ExchangeOrganiser.person_id.in_(some))
        found.update(session.scalars(held))
    return found


def export_person(session: Session, person_id: UUID) -> dict[str, Any]:
    """All that a person has said here, and what was drawn for them; in few statements.

    Whom they give to is theirs to know once they have opened it, who gives to them is not (SK-6), nor are
    the rules of a draw, nor what is a draft yet: only its organisers know of it.
    """
    found = (
        select(Participant, Exchange)
        .join(Exchange, Exchange.id == Participant.exchange_id)
        .where(Participant.person_id == person_id, Exchange.state != ExchangeState.DRAFT)
        .order_by(Participant.joined_at, Participant.id)
    )
    places = session.execute(found).all()
    asked = new_addresses(session, [seat.id for seat, _ in places])
    doubtful = {seat_id for seat_id, one in asked.items() if one.is_in_question}
    drawn = [seat for seat, exchange in places if exchange.state in MATCHED and seat.id not in doubtful]
    matches = matches_of(session, drawn)
    wishes = wishes_among(session, [seat.id for seat, _ in places])
    organised = (
        select(Exchange)
        .join(ExchangeOrganiser, ExchangeOrganiser.exchange_id == Exchange.id)
        .where(ExchangeOrganiser.person_id == person_id)
    )
    return {
        "exchanges": [
            _export_place(seat, exchange, matches.get(seat.id), asked.get(seat.id), wishes[seat.id])
            for seat, exchange in places
        ],
        "organises": [
            _export_exchange(one) for one in session.scalars(organised.order_by(Exchange.created_at))
        ],
    }


def _export_wish(wish: Wish) -> dict[str, Any]:
    return {"text": wish.text, "url": wish.url, "priority": wish.priority.value}


def _export_place(
    seat: Participant,
    exchange: Exchange,
    match: Match | None,
    asked: NewAddress | None,
    wishes: list[Wish],
) -> dict[str, Any]:
    return {
        "exchange": exchange.title,
        "gifts_on": exchange.gifts_on.isoformat(),
        "name": seat.name,
        "wishes": seat.wishes,
        "wish_list": [_export_wish(wish) for wish in wishes],
        "wants_reminders": seat.wants_reminders,
        "hears_of_wishes": seat.hears_of_wishes,
        "language": seat.language,
        "joined_at": seat.joined_at.isoformat(),
        "confirmed_at": seat.confirmed_at and seat.confirmed_at.isoformat(),
        "withdrawn_at": seat.withdrawn_at and seat.withdrawn_at.isoformat(),
        "invited_by": seat.invited_by,
        "asked_to_go_by": asked and asked.email,
        "gives_to": match and match.name,
    }


def _export_exchange(exchange: Exchange) -> dict[str, Any]:
    return {
        "title": exchange.title,
        "description": exchange.description,
        "budget": exchange.budget,
        "most_people": exchange.most_people,
        "closes_on": exchange.closes_on.isoformat(),
        "gifts_on": exchange.gifts_on.isoformat(),
        "zone": exchange.zone,
        "state": exchange.state.value,
        "created_at": exchange.created_at.isoformat(),
        "drawn_at": exchange.drawn_at and exchange.drawn_at.isoformat(),
    }
