"""Reads of a draw's rules: as the draw takes them, and in names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.permissions import may_see_people
from kinkeeper.features.exchanges.models import (
    Draw,
    Exchange,
    HouseholdRule,
    PairRule,
    Participant,
)
from kinkeeper.features.exchanges.queries.exchanges import exchange_of
from kinkeeper.features.exchanges.queries.memory import past_depends_on, past_pairs, years_avoided
from kinkeeper.features.exchanges.queries.seats import all_seats, confirmed_seats
from kinkeeper.features.exchanges.rules import Exclusions, commitment, sealing
from kinkeeper.features.exchanges.rules.joining import ExchangeState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Home:
    """A household that is kept apart, with those of it who are on the list."""

    id: UUID
    name: str
    seats: list[Participant]

    @property
    def members(self) -> list[str]:
        """Their names."""
        return [seat.name for seat in self.seats]


@dataclass(frozen=True, slots=True)
class RulesInNames:
    """The rules of an exchange, in names."""

    exchange: Exchange
    seats: Sequence[Participant]
    pairs: list[tuple[Participant, Participant]]
    households: list[Home]


def rules_in_names(session: Session, actor: Actor, exchange_id: UUID) -> RulesInNames:
    """The rules in names; what they leave to a draw is another question (`outlook_of`)."""
    exchange = exchange_of(session, actor, exchange_id)
    every_seat = all_seats(session, exchange_id)
    by_id = {seat.id: seat for seat in every_seat}
    pairs = [  # a rule of somebody who left waits for them to come back, or to be let in again
        (by_id[giver], by_id[receiver])
        for giver, receiver in pair_rules(session, exchange_id)
        if giver in by_id and receiver in by_id
    ]
    return RulesInNames(exchange, every_seat, pairs, _households_in_names(session, exchange_id, every_seat))


def homes_in_book(session: Session, actor: Actor, named: RulesInNames) -> list[Home]:
    """Households of the address book with two people here at least, that no rule keeps apart yet.

    None for whoever may not read that book.
    """
    if not may_see_people(actor, named.exchange):
        return []
    seat_of = {seat.person_id: seat for seat in named.seats if seat.person_id}
    ruled = {home.id for home in named.households}
    known = people.homes_in_book(session, seat_of).items()
    others = {home: members for home, members in known if home not in ruled and len(members) > 1}
    return _in_names(session, others, seat_of)


def exclusions_of(session: Session, exchange: Exchange, among: Sequence[Participant]) -> Exclusions:
    """What rules and past years say among these people, who become positions in `among`."""
    return replace(rules_among(session, exchange, among), past=_past(session, exchange, among))


def rules_among(session: Session, exchange: Exchange, among: Sequence[Participant]) -> Exclusions:
    """What the rules alone say among them."""
    index_of = {seat.id: index for index, seat in enumerate(among)}
    pairs = frozenset(
        (index_of[giver_id], index_of[receiver_id])
        for giver_id, receiver_id in pair_rules(session, exchange.id)
        if giver_id in index_of and receiver_id in index_of
    )
    position = {seat.person_id: index for index, seat in enumerate(among) if seat.person_id}
    homes = _ruled_households(session, exchange.id, list(position))
    households = tuple(frozenset(position[one] for one in members) for members in homes.values())
    return Exclusions(len(among), pairs, households)


def _past(
    session: Session, exchange: Exchange, among: Sequence[Participant]
) -> tuple[frozenset[tuple[int, int]], ...]:
    """Whom people gave to in the years to avoid, last year first."""
    years = years_avoided(exchange)
    found: list[set[tuple[int, int]]] = [set() for _ in range(years)]
    for giver, receiver, ago in past_pairs(session, exchange, among, years) if years else ():
        found[ago - 1].add((giver, receiver))
    return tuple(frozenset(pairs) for pairs in found)


def document_of(session: Session, exchange: Exchange, among: Sequence[Participant], seed: bytes) -> bytes:
    """All that the next draw depends on, and people's names: the same until one of these changes (G20)."""
    people_in = tuple(str(seat.id) for seat in among)
    exclusions = exclusions_of(session, exchange, among)
    marks = tuple(commitment.name_mark(seed, str(seat.id), seat.name) for seat in among)
    return commitment.document_of(commitment.Plan(people_in, exclusions, exchange.shape, seed, marks))


def promise_of(session: Session, exchange: Exchange) -> str | None:
    """The hash of all that the draw depends on: of the next one, or of the one that was made (G20).

    None while nobody can tell: before closing, and for draws older than promises.
    """
    if exchange.state is not ExchangeState.CLOSED:
        made = select(Draw.commitment).where(Draw.exchange_id == exchange.id, Draw.commitment.is_not(None))
        return session.scalar(made.order_by(Draw.version.desc()).limit(1))
    among = confirmed_seats(session, exchange.id)
    seed = promised_seed(session, exchange, among)
    if seed is None or not among:
        return None
    return commitment.commitment_of(document_of(session, exchange, among, seed))


def promised_seed(session: Session, exchange: Exchange, among: Sequence[Participant]) -> bytes | None:
    """What the first draw among these begins with: another one whenever other past pairs might count.

    Else whoever changes a place, or the day, could tell by the hash whether they do (T-14). None without a
    seed: before closing, and where that was before there were any.
    """
    if exchange.seed_sealed is None:
        return None
    seed = sealing.seed_of(exchange.id, exchange.seed_sealed)
    return commitment.seed_for(seed, past_depends_on(session, exchange, among))


def next_seed_mark(exchange: Exchange) -> str | None:
    """What binds the seed that names would be drawn again with; None before the draw, and once it is over."""
    if exchange.state is not ExchangeState.DRAWN or exchange.seed_sealed is None:
        return None
    return commitment.seed_mark(sealing.seed_of(exchange.id, exchange.seed_sealed))


def homes_of(session: Session, exchange_id: UUID, both: Sequence[Participant]) -> dict[UUID, list[UUID]]:
    """The ruled households that all of these belong to, with the places of those members who are here."""
    place = {seat.person_id: seat.id for seat in all_seats(session, exchange_id) if seat.person_id}
    wanted = {seat.person_id for seat in both}
    return {
        home: [place[one] for one in members]
        for home, members in _ruled_households(session, exchange_id, list(place)).items()
        if wanted <= set(members)
    }


def pair_rules(session: Session, exchange_id: UUID) -> list[tuple[UUID, UUID]]:
    """Who must not give to whom: places of givers and receivers, always in one order."""
    found = select(PairRule.giver_id, PairRule.receiver_id).where(PairRule.exchange_id == exchange_id)
    ordered = session.execute(found.order_by(PairRule.giver_id, PairRule.receiver_id))
    return [(giver_id, receiver_id) for giver_id, receiver_id in ordered]


def household_rules(session: Session, exchange_id: UUID) -> list[UUID]:
    """The households within which nobody gives."""
    found = select(HouseholdRule.household_id).where(HouseholdRule.exchange_id == exchange_id)
    return list(session.scalars(found))


def households_ruled(session: Session, series_id: UUID) -> list[UUID]:
    """The households that exchanges of a series keep apart, whichever year."""
    found = select(HouseholdRule.household_id).join(Exchange, Exchange.id == HouseholdRule.exchange_id)
    return list(session.scalars(found.where(Exchange.series_id == series_id)))


def _ruled_households(
    session: Session, exchange_id: UUID, person_ids: Sequence[UUID]
) -> dict[UUID, list[UUID]]:
    """The households that rules name, with those members who are here."""
    ruled = set(household_rules(session, exchange_id))
    homes = people.households_among(session, person_ids) if ruled else {}
    return {home: members for home, members in homes.items() if home in ruled}


def _households_in_names(session: Session, exchange_id: UUID, among: Sequence[Participant]) -> list[Home]:
    seat_of = {seat.person_id: seat for seat in among if seat.person_id}
    return _in_names(session, _ruled_households(session, exchange_id, list(seat_of)), seat_of)


def _in_names(
    session: Session, homes: Mapping[UUID, list[UUID]], seat_of: Mapping[UUID, Participant]
) -> list[Home]:
    titles = people.household_names(session, homes)
    lines = [Home(home, titles[home], [seat_of[one] for one in members]) for home, members in homes.items()]
    return sorted(lines, key=lambda home: home.name.lower())
