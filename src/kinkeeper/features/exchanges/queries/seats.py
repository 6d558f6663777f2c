"""Reads of places in exchanges, and of what their holders see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import (
    Assignment,
    Draw,
    Exchange,
    ExchangeState,
    Participant,
)
from kinkeeper.features.exchanges.permissions import may_sit_here
from kinkeeper.features.exchanges.queries.exchanges import exchange_for_change, next_first
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.kernel.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


class Match(NamedTuple):
    """Whom a giver gives to, for that giver's eyes."""

    name: str
    wishes: str


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """What a participant sees: the facts, who else is in, and after the draw their match."""

    participant: Participant
    exchange: Exchange
    others: list[str]
    match: Match | None


def participant_page(session: Session, actor: Actor, participant_id: UUID) -> ParticipantPage:
    """All that a participant's page needs; their match only to themselves (SK-6)."""
    participant = session.get(Participant, participant_id)
    if participant is None or not may_sit_here(actor, participant):
        raise NotFound
    exchange = session.get_one(Exchange, participant.exchange_id)
    is_drawn = exchange.state is ExchangeState.DRAWN
    return ParticipantPage(
        participant,
        exchange,
        [] if is_drawn else _names_in(session, exchange.id),
        _match_of(session, participant) if is_drawn else None,
    )


def seats_of_reader(session: Session, actor: Actor, *, today: date) -> list[tuple[Participant, Exchange]]:
    """The places that the actor has, the next gifts first."""
    own = (
        select(Participant, Exchange)
        .join(Exchange, Exchange.id == Participant.exchange_id)
        .where(Participant.person_id.in_(_persons(actor)))
        .order_by(*next_first(today))
    )
    return [(participant, exchange) for participant, exchange in session.execute(own)]


def seat_of(session: Session, exchange_id: UUID, person_id: UUID) -> Participant | None:
    """A person's place in an exchange."""
    own = select(Participant).where(
        Participant.exchange_id == exchange_id, Participant.person_id == person_id
    )
    return session.scalar(own)


def seat_by_email(session: Session, exchange_id: UUID, email: str) -> tuple[Exchange, Participant] | None:
    """The place of whoever has this address."""
    found = (
        select(Exchange, Participant)
        .join(Participant, Participant.exchange_id == Exchange.id)
        .join(Person, Person.id == Participant.person_id)
        .where(Exchange.id == exchange_id, Person.email == email)
    )
    row = session.execute(found).first()
    return None if row is None else (row[0], row[1])


def seat_for_change(session: Session, participant_id: UUID) -> Participant | None:
    """A place with its exchange, the exchange locked first: everybody locks in that order.

    A draw at the same moment waits, or is waited for; the other order would deadlock with it.
    """
    exchange_id = session.scalar(select(Participant.exchange_id).where(Participant.id == participant_id))
    if exchange_id is None:
        return None
    exchange_for_change(session, exchange_id)
    found = (
        select(Participant)
        .join(Exchange, Exchange.id == Participant.exchange_id)
        .where(Participant.id == participant_id)
        .options(contains_eager(Participant.exchange))
        .with_for_update(of=Participant, key_share=True)
    )
    return session.scalar(found)


def slug_of_seat(session: Session, participant_id: UUID) -> str | None:
    """The share link of the exchange that a place belongs to."""
    found = (
        select(Exchange.slug)
        .join(Participant, Participant.exchange_id == Exchange.id)
        .where(Participant.id == participant_id)
    )
    return session.scalar(found)


def seat_in_words(session: Session, participant_id: UUID) -> tuple[str, str, bool]:
    """A place's name, the title of its exchange, and whether the names were drawn without it."""
    found = (
        select(Participant.name, Exchange.title, Participant.confirmed_at, Exchange.state)
        .join(Exchange, Exchange.id == Participant.exchange_id)
        .where(Participant.id == participant_id)
    )
    row = session.execute(found).first()
    if row is None:
        raise NotFound
    return row.name, row.title, row.confirmed_at is None and row.state is ExchangeState.DRAWN


def seats(session: Session, exchange_id: UUID, ids: Collection[UUID]) -> list[Participant]:
    """Those of the places that are in this exchange."""
    found = select(Participant).where(Participant.exchange_id == exchange_id, Participant.id.in_(ids))
    return list(session.scalars(found))


def all_seats(session: Session, exchange_id: UUID) -> list[Participant]:
    """Every place, in the order of joining."""
    found = select(Participant).where(Participant.exchange_id == exchange_id)
    return list(session.scalars(found.order_by(Participant.joined_at, Participant.id)))


def confirmed_seats(session: Session, exchange_id: UUID) -> list[Participant]:
    """The places that take part in the draw, in the order of joining."""
    return [seat for seat in all_seats(session, exchange_id) if seat.confirmed_at is not None]


def seats_taken(session: Session, exchange_id: UUID) -> int:
    """How many places are taken, confirmed or not."""
    places = select(func.count()).select_from(Participant).where(Participant.exchange_id == exchange_id)
    return session.scalar(places) or 0


def is_full(session: Session, exchange: Exchange) -> bool:
    """Tell whether every place is taken."""
    return exchange.most_people is not None and seats_taken(session, exchange.id) >= exchange.most_people


def export_person(session: Session, person_id: UUID) -> dict[str, Any]:
    """Everything kept of a person here; whom they give to is theirs to know, who gives to them is not."""
    places = (
        select(Participant, Exchange)
        .join(Exchange, Exchange.id == Participant.exchange_id)
        .where(Participant.person_id == person_id)
        .order_by(Participant.joined_at)
    )
    found = []
    for participant, exchange in session.execute(places):
        match = _match_of(session, participant) if exchange.state is ExchangeState.DRAWN else None
        found.append(
            {
                "exchange": exchange.title,
                "name": participant.name,
                "wishes": participant.wishes,
                "joined_at": participant.joined_at.isoformat(),
                "gives_to": match and match.name,
            }
        )
    return {"exchanges": found}


def _persons(actor: Actor) -> list[UUID]:
    return [person_id for person_id in (actor.person_id, actor.guest_id) if person_id is not None]


def _names_in(session: Session, exchange_id: UUID) -> list[str]:
    """Who has joined and confirmed, by the alphabet (SK-44)."""
    names = select(Participant.name).where(
        Participant.exchange_id == exchange_id, Participant.confirmed_at.is_not(None)
    )
    return list(session.scalars(names.order_by(func.lower(Participant.name), Participant.id)))


def _match_of(session: Session, giver: Participant) -> Match | None:
    latest = (
        select(Assignment)
        .join(Draw, Draw.id == Assignment.draw_id)
        .where(Assignment.giver_id == giver.id)
        .order_by(Draw.version.desc())
        .limit(1)
    )
    row = session.scalar(latest)
    if row is None:
        return None
    receiver_id = sealing.unseal(row.draw_id, giver.id, giver.salt, row.receiver_sealed)
    receiver = session.get_one(Participant, receiver_id)
    return Match(receiver.name, receiver.wishes)
