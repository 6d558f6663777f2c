"""What an organiser may take along of an exchange: people, rules and states; never pairs, never wishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinkeeper.features.exchanges.queries.draw_rules import rules_in_names
from kinkeeper.features.exchanges.queries.held import keepers_of
from kinkeeper.features.exchanges.queries.lists import Summary
from kinkeeper.features.exchanges.queries.organiser import organiser_page
from kinkeeper.features.exchanges.queries.seats import seats_left

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.features.exchanges.queries.organiser import SeatLine
    from kinkeeper.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Takeout:
    """All of it, by the alphabet: an order that tells nothing of the draw."""

    summary: Summary
    people: list[SeatLine]
    keepers: dict[UUID, list[str]]
    """Who looks after those without an address, by their places."""
    left: list[Participant]
    """Who was on the list, and is no longer; who was erased is not named."""
    pairs: list[tuple[str, str]]
    """Who must not give to whom."""
    households: list[tuple[str, list[str]]]
    """Within which nobody gives to another."""


def takeout(session: Session, actor: Actor, exchange_id: UUID, now: datetime) -> Takeout:
    """What may be taken along by who organises it."""
    page = organiser_page(session, actor, exchange_id, now)
    rules = rules_in_names(session, actor, exchange_id)
    return Takeout(
        Summary(page.exchange, len(page.seats), page.confirmed, runs=True),
        page.seats,
        keepers_of(session, exchange_id),
        [seat for seat in seats_left(session, exchange_id) if seat.person_id is not None],
        sorted((giver.name, receiver.name) for giver, receiver in rules.pairs),
        [(home.name, sorted(home.members)) for home in rules.households],
    )
