"""Reads of places: one of them, locked or not, or those of an exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.features.exchanges.queries.exchanges import exchange_for_change
from kinkeeper.features.exchanges.queries.held import readable_seat
from kinkeeper.features.exchanges.rules import joining
from kinkeeper.features.exchanges.rules.joining import KEPT_UNCONFIRMED, ExchangeState

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


# Hot: every join asks it, so the statement is built once.
_SEAT = select(Participant).where(
    Participant.exchange_id == bindparam("exchange_id"), Participant.person_id == bindparam("person_id")
)


class Place(NamedTuple):
    """What the page of a mailed link says of a place."""

    id: UUID
    person_id: UUID | None
    name: str
    title: str
    slug: str
    is_too_late: bool
    """The names were drawn without it, and the gifts are given."""
    is_called_off: bool
    host: str | None
    """Who put them on the list, if they did not do so themselves."""
    exchange: Exchange
    """For its plan, which whoever is asked wants to know."""
    is_late: bool = False
    """They can still say that they want to be let in."""
    guardian_ids: frozenset[UUID] = frozenset()
    """Who may act for them, where they have no address."""


def seat_of(session: Session, exchange_id: UUID, person_id: UUID) -> Participant | None:
    """A person's place in an exchange, also one that they gave up."""
    return session.scalar(_SEAT, {"exchange_id": exchange_id, "person_id": person_id})


def is_in(session: Session, actor: Actor, exchange_id: UUID) -> bool:
    """Tell whether the actor has a place of their own in an exchange."""
    seat = seat_of(session, exchange_id, actor.person_id) if actor.person_id is not None else None
    return seat is not None and seat.withdrawn_at is None


def seat_by_email(session: Session, exchange_id: UUID, email: str) -> Participant | None:
    """The place of whoever has this address themselves, also one that they gave up."""
    found = (
        select(Participant)
        .join(Person, Person.id == Participant.person_id)
        .where(Participant.exchange_id == exchange_id, Person.email == email)
    )
    return session.scalar(found)


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
        .options(contains_eager(Participant.exchange), selectinload(Participant.guardians))
        .with_for_update(of=Participant, key_share=True)
    )
    return session.scalar(found)


IS_SHOWN = Participant.withdrawn_at.is_(None) | Exchange.drawn_at.is_not(None)
"""Whoever left before the draw has no place any more (SK-61); after it they are told that they are out."""


def place_behind(session: Session, participant_id: UUID) -> Place | None:
    """A place, as far as whoever follows a link to it is concerned; None once it is given up or erased."""
    found = (
        select(
            Participant.id,
            Participant.person_id,
            Participant.name,
            Exchange.title,
            Exchange.slug,
            Participant.confirmed_at.is_(None) & (Exchange.state == ExchangeState.COMPLETED),
            Exchange.state == ExchangeState.CANCELLED,
            Participant.invited_by,
            Exchange,
            Participant.confirmed_at.is_(None) & (Exchange.state == ExchangeState.DRAWN),
        )
        .join(Exchange, Exchange.id == Participant.exchange_id)
        .where(Participant.id == participant_id, Participant.person_id.is_not(None), IS_SHOWN)
    )
    row = session.execute(found).first()
    if row is None:
        return None
    seat = readable_seat(session, participant_id)
    return Place(*row)._replace(guardian_ids=seat.guardian_ids if seat is not None else frozenset())


def seats(session: Session, exchange_id: UUID, ids: Collection[UUID]) -> list[Participant]:
    """Those of the places that are in this exchange."""
    here = Participant.exchange_id == exchange_id, Participant.withdrawn_at.is_(None)
    found = select(Participant).where(*here, Participant.id.in_(ids))
    return list(session.scalars(found))


def is_name_taken(session: Session, seat: Participant, name: str) -> bool:
    """Tell whether anybody else who is on the list is called so, small letters or capitals."""
    others = Participant.exchange_id == seat.exchange_id, Participant.withdrawn_at.is_(None)
    names = session.scalars(select(Participant.name).where(*others, Participant.id != seat.id))
    return name.casefold() in {one.strip().casefold() for one in names}


def all_seats(session: Session, exchange_id: UUID) -> list[Participant]:
    """Every place but those of whoever left, in the order of joining."""
    here = Participant.exchange_id == exchange_id, Participant.withdrawn_at.is_(None)
    found = select(Participant).where(*here)
    return list(session.scalars(found.order_by(Participant.joined_at, Participant.id)))


def confirmed_seats(session: Session, exchange_id: UUID) -> list[Participant]:
    """The places that take part in the draw, in the order of joining."""
    return [seat for seat in all_seats(session, exchange_id) if seat.is_confirmed]


def seats_left(session: Session, exchange_id: UUID) -> list[Participant]:
    """The places of those who left, by the alphabet."""
    left = Participant.exchange_id == exchange_id, Participant.withdrawn_at.is_not(None)
    found = select(Participant).where(*left)
    return list(session.scalars(found.order_by(func.lower(Participant.name), Participant.id)))


def seats_kept(session: Session, exchange_id: UUID, now: datetime) -> int:
    """How many places count towards the most people: `is_kept`, asked of rows."""
    here = Participant.exchange_id == exchange_id, Participant.withdrawn_at.is_(None)
    kept = or_(Participant.is_confirmed, Participant.joined_at > now - KEPT_UNCONFIRMED)
    places = select(func.count()).select_from(Participant).where(*here, kept)
    return session.scalar(places) or 0


def has_another_place(session: Session, seat: Participant) -> bool:
    """Tell whether whoever has a place has another one, or looks after one, anywhere."""
    wards = people.wards_of(session, [seat.person_id]) if seat.person_id is not None else {}
    others = Participant.person_id.in_([seat.person_id, *wards]), Participant.id != seat.id
    held = select(Participant.id).where(*others, Participant.withdrawn_at.is_(None))
    return bool(session.scalar(select(held.exists())))


def has_room(session: Session, exchange: Exchange, seat: Participant | None, now: datetime) -> bool:
    """Tell whether a place counts already, or one more fits in."""
    return (seat is not None and joining.is_kept(seat, now)) or not is_full(session, exchange, now)


def is_full(session: Session, exchange: Exchange, now: datetime) -> bool:
    """Tell whether every place is taken."""
    return joining.is_full(exchange, seats_kept(session, exchange.id, now))
