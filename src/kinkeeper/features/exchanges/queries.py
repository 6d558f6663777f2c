"""Every SELECT on gift exchanges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, select, true
from sqlalchemy.orm import contains_eager

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges import rules
from kinkeeper.features.exchanges.models import (
    Assignment,
    Draw,
    Exchange,
    ExchangeState,
    HouseholdRule,
    PairRule,
    Participant,
)
from kinkeeper.features.exchanges.permissions import may_organise, may_sit_here
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.paging import Page

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
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


class Match(NamedTuple):
    """Whom a giver gives to, for that giver's eyes."""

    name: str
    wishes: str


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


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The rules of an exchange, in names, and who is stuck by them."""

    exchange: Exchange
    seats: Sequence[Participant]
    pairs: list[tuple[Participant, Participant]]
    households: list[tuple[UUID, str, list[str]]]
    stuck: rules.Stuck | None


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """What a participant sees: the facts, who else is in, and after the draw their match."""

    participant: Participant
    exchange: Exchange
    others: list[str]
    match: Match | None


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
        .order_by(*_next_first(today))
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


def rules_page(session: Session, actor: Actor, exchange_id: UUID) -> RulesPage:
    """The rules in names, and whether they leave a way to draw."""
    exchange = exchange_of(session, actor, exchange_id)
    every_seat = all_seats(session, exchange_id)
    by_id = {seat.id: seat for seat in every_seat}
    pairs = [(by_id[giver], by_id[receiver]) for giver, receiver in _pairs(session, exchange_id)]
    confirmed = [seat for seat in every_seat if seat.confirmed_at is not None]
    stuck = rules.who_is_stuck(instance_of(session, exchange_id, confirmed)) if confirmed else None
    return RulesPage(
        exchange, every_seat, pairs, _households_in_names(session, exchange_id, every_seat), stuck
    )


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
        .order_by(*_next_first(today))
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


def instance_of(session: Session, exchange_id: UUID, among: Sequence[Participant]) -> rules.Instance:
    """The rules among these people, as the draw takes them: people are positions in `among`."""
    place = {seat.id: index for index, seat in enumerate(among)}
    forbidden: dict[int, set[int]] = {}
    for giver_id, receiver_id in _pairs(session, exchange_id):
        if giver_id in place and receiver_id in place:
            forbidden.setdefault(place[giver_id], set()).add(place[receiver_id])
    position = {seat.person_id: index for index, seat in enumerate(among) if seat.person_id}
    homes = _ruled_households(session, exchange_id, list(position))
    groups = [[position[person_id] for person_id in members] for members in homes.values()]
    return rules.Instance.of(len(among), forbidden=forbidden, groups=groups)


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


def _organised(actor: Actor) -> ColumnElement[bool]:
    if actor.is_admin:
        return true()
    return Exchange.organiser_id == actor.person_id


def _next_first(today: date) -> tuple[Any, ...]:
    """Order by the nearest gifts; what is over comes last, the latest of it first."""
    is_over = Exchange.gifts_on < today
    return is_over, case((is_over, None), else_=Exchange.gifts_on), Exchange.gifts_on.desc(), Exchange.id


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


def _pairs(session: Session, exchange_id: UUID) -> list[tuple[UUID, UUID]]:
    found = select(PairRule.giver_id, PairRule.receiver_id).where(PairRule.exchange_id == exchange_id)
    ordered = session.execute(found.order_by(PairRule.giver_id, PairRule.receiver_id))
    return [(giver_id, receiver_id) for giver_id, receiver_id in ordered]


def _rules(session: Session, exchange_id: UUID) -> int:
    pairs = select(func.count()).select_from(PairRule).where(PairRule.exchange_id == exchange_id)
    homes = select(func.count()).select_from(HouseholdRule)
    homes = homes.where(HouseholdRule.exchange_id == exchange_id)
    return session.scalar(select(pairs.scalar_subquery() + homes.scalar_subquery())) or 0


def _ruled_households(
    session: Session, exchange_id: UUID, person_ids: Sequence[UUID]
) -> dict[UUID, list[UUID]]:
    """The households that rules name, with those members who are here."""
    named = select(HouseholdRule.household_id).where(HouseholdRule.exchange_id == exchange_id)
    ruled = set(session.scalars(named))
    homes = people.households_among(session, person_ids) if ruled else {}
    return {home: members for home, members in homes.items() if home in ruled}


def _households_in_names(
    session: Session, exchange_id: UUID, among: Sequence[Participant]
) -> list[tuple[UUID, str, list[str]]]:
    name_of = {seat.person_id: seat.name for seat in among if seat.person_id}
    homes = _ruled_households(session, exchange_id, list(name_of))
    titles = people.household_names(session, homes)
    lines = [(home, titles[home], [name_of[one] for one in members]) for home, members in homes.items()]
    return sorted(lines, key=lambda line: line[1].lower())
