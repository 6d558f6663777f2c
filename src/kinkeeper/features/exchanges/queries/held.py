"""Reads of places that somebody holds for another: a child, whoever has no e-mail (G15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, selectinload

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.models import Guardian, Person
from kinkeeper.features.exchanges.models import Assignment, Exchange, Participant
from kinkeeper.features.exchanges.permissions import may_sit_here
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.lines import fold

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


class Hat(NamedTuple):
    """A place in an exchange whose page the reader may open."""

    id: UUID
    person_id: UUID
    name: str
    is_confirmed: bool


def readable_seat(session: Session, participant_id: UUID) -> Participant | None:
    """A place, with those who look after its person, without whom no permission could be asked."""
    found = select(Participant).where(Participant.id == participant_id)
    return session.scalar(found.options(selectinload(Participant.guardians)))


def own_seat(session: Session, actor: Actor, participant_id: UUID) -> tuple[Participant, Exchange]:
    """A place whose page the actor may open; of drafts only their organisers know. Raises NotFound."""
    seat = readable_seat(session, participant_id)
    if seat is None or not may_sit_here(actor, seat):
        raise NotFound
    exchange = session.get_one(Exchange, seat.exchange_id)
    if exchange.state is ExchangeState.DRAFT:
        raise NotFound
    return seat, exchange


def persons_of(session: Session, actor: Actor) -> list[UUID]:
    """Whose places the actor may open: their own first, then those of whom they look after."""
    own = [person_id for person_id in (actor.person_id, actor.guest_id) if person_id is not None]
    return list(dict.fromkeys([*own, *people.wards_of(session, own)]))


def hats_of(session: Session, actor: Actor, exchange_id: UUID) -> list[Hat]:
    """The places that the actor may open in an exchange, their own first."""
    order = {person_id: place for place, person_id in enumerate(persons_of(session, actor))}
    here = Participant.exchange_id == exchange_id, Participant.withdrawn_at.is_(None)
    found = select(Participant).where(*here, Participant.person_id.in_(order))
    hats = [
        Hat(seat.id, seat.person_id, seat.name, seat.is_confirmed)
        for seat in session.scalars(found)
        if seat.person_id is not None
    ]
    return sorted(hats, key=lambda hat: order[hat.person_id])


def keepers_of(session: Session, exchange_id: UUID) -> dict[UUID, list[str]]:
    """The places of people without an address, each with the names of who gets their letters."""
    reader = aliased(Person)
    found = (
        select(Participant.id, reader.name)
        .join(Person, Person.id == Participant.person_id)
        .outerjoin(Guardian, Guardian.ward_id == Person.id)
        .outerjoin(reader, (reader.id == Guardian.guardian_id) & reader.email.is_not(None))
        .where(Participant.exchange_id == exchange_id, Participant.withdrawn_at.is_(None))
        .where(Person.email.is_(None))
        .order_by(func.lower(reader.name))
    )
    keepers: dict[UUID, list[str]] = {}
    for seat_id, name in session.execute(found):
        keepers.setdefault(seat_id, []).extend([name] if name else [])
    return keepers


def possible_guardians(session: Session, exchange: Exchange) -> dict[UUID, str]:
    """Who could look after somebody here, by the alphabet: whom its organisers know of anyway.

    That is who takes part, and who of the circle has a log-in.
    """
    in_it = (
        select(Person.id, Person.name)
        .join(Participant, Participant.person_id == Person.id)
        .where(Participant.exchange_id == exchange.id, Participant.withdrawn_at.is_(None))
        .where(Person.email.is_not(None))
    )
    known = {row.id: row.name for row in session.execute(in_it)}
    known.update(people.members_with_account(session, exchange.circle_id))
    return dict(sorted(known.items(), key=lambda one: (fold(one[1]), one[0])))


def ward_named(session: Session, guardian_id: UUID, name: str) -> UUID | None:
    """Whom the guardian looks after under this name already, from another exchange perhaps."""
    wards = people.wards_of(session, [guardian_id])
    return next((one for one, known in wards.items() if known.casefold() == name.casefold()), None)


def seats_held_for(session: Session, exchange_id: UUID, person_ids: Collection[UUID]) -> list[Participant]:
    """The places of these people in an exchange, by the alphabet."""
    here = Participant.exchange_id == exchange_id, Participant.withdrawn_at.is_(None)
    found = select(Participant).where(*here, Participant.person_id.in_(person_ids))
    return list(session.scalars(found.order_by(func.lower(Participant.name), Participant.id)))


def seat_read_by(session: Session, exchange_id: UUID, email: str) -> Participant | None:
    """The place that whoever reads this mailbox should be led to: their own, or one that they hold.

    Where they have none, one that was taken out of the draw: its page says so still.
    """
    reader = session.scalar(
        select(Person)
        .join(Exchange, Exchange.circle_id == Person.circle_id)
        .where(Exchange.id == exchange_id, Person.email == email)
    )
    if reader is None:
        return None
    wards = people.wards_of(session, [reader.id])
    for find in (seats_held_for, _seats_taken_out):
        own = find(session, exchange_id, [reader.id])
        if found := own or find(session, exchange_id, wards):
            return found[0]
    return None


def _seats_taken_out(session: Session, exchange_id: UUID, person_ids: Collection[UUID]) -> list[Participant]:
    """The places of these people that they had in a draw, and have no longer, by the alphabet."""
    drawn = exists().where(Assignment.giver_id == Participant.id)
    out = Participant.exchange_id == exchange_id, Participant.withdrawn_at.is_not(None), drawn
    found = select(Participant).where(*out, Participant.person_id.in_(person_ids))
    return list(session.scalars(found.order_by(func.lower(Participant.name), Participant.id)))


def is_drawn_anywhere(session: Session, person_id: UUID) -> bool:
    """Tell whether a person was drawn in any exchange that is kept."""
    drawn = select(Assignment.giver_id).join(Participant, Participant.id == Assignment.giver_id)
    return bool(session.scalar(select(drawn.where(Participant.person_id == person_id).exists())))


def drawn_with(session: Session, person_ids: Collection[UUID]) -> str | None:
    """The title of an exchange that is kept in which any of these people was drawn; the last to come."""
    drawn = exists().where(Assignment.giver_id == Participant.id)
    found = select(Exchange.title).join(Participant, Participant.exchange_id == Exchange.id)
    of_them = found.where(Participant.person_id.in_(person_ids), drawn)
    return session.scalar(of_them.order_by(Exchange.gifts_on.desc(), Exchange.id).limit(1))


def was_drawn(session: Session, participant_id: UUID) -> bool:
    """Tell whether anybody counts on a place, in whatever version."""
    return bool(session.scalar(select(exists().where(Assignment.giver_id == participant_id))))
