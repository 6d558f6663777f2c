"""Reads of a draw's rules: as the draw takes them, and in names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.exchanges import rules
from kinkeeper.features.exchanges.models import (
    Exchange,
    HouseholdRule,
    PairRule,
    Participant,
)
from kinkeeper.features.exchanges.queries.exchanges import exchange_of
from kinkeeper.features.exchanges.queries.seats import all_seats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The rules of an exchange, in names, and who is stuck by them."""

    exchange: Exchange
    seats: Sequence[Participant]
    pairs: list[tuple[Participant, Participant]]
    households: list[tuple[UUID, str, list[str]]]
    stuck: rules.Stuck | None


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


def _pairs(session: Session, exchange_id: UUID) -> list[tuple[UUID, UUID]]:
    found = select(PairRule.giver_id, PairRule.receiver_id).where(PairRule.exchange_id == exchange_id)
    ordered = session.execute(found.order_by(PairRule.giver_id, PairRule.receiver_id))
    return [(giver_id, receiver_id) for giver_id, receiver_id in ordered]


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
