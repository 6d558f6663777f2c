"""Reads of what the rules leave: whether names can be drawn, and what would help if not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinkeeper.features.exchanges import rules
from kinkeeper.features.exchanges.queries.draw_rules import rules_among, rules_in_names
from kinkeeper.features.exchanges.queries.ways_out import WaysOut, ways_out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.features.exchanges.queries.draw_rules import Home, RulesInNames
    from kinkeeper.features.exchanges.rules import Exclusions
    from kinkeeper.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the rules leave to the people who are in.

    Past years are a wish and stand in no way (3.6). They are not even looked at: an outlook that changed
    with them would tell, tried with one rule after the other, who gave to whom (T-14).
    """

    seats: Sequence[Participant]
    exclusions: Exclusions
    """Those of today, in which people are positions in `seats`."""
    stuck: rules.Stuck | None = None
    missing: rules.Shape | None = None
    """The wished shape, where it is proved that it cannot be had; else that is found out by drawing."""
    certain: Sequence[str] = ()
    """Who has one possible receiver only (T-19)."""
    few: Sequence[str] = ()
    """Who has two."""
    household: tuple[str, int] | None = None
    """The one household, and how many it is, that all of the stuck givers are of, if it is too large."""


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The rules of an exchange, in names, and what they leave."""

    named: RulesInNames
    outlook: Outlook | None
    ways: WaysOut

    @property
    def people(self) -> int:
        """How many take part in the draw."""
        return len(self.outlook.seats) if self.outlook is not None else 0


def rules_page(session: Session, actor: Actor, exchange_id: UUID) -> RulesPage:
    """The rules in names, whether they leave a way to draw, and what would help."""
    named = rules_in_names(session, actor, exchange_id)
    outlook = outlook_of(session, named)
    ways = ways_out(outlook, named.households) if outlook is not None else WaysOut()
    return RulesPage(named, outlook, ways)


def outlook_of(session: Session, named: RulesInNames) -> Outlook | None:
    """What the rules leave; None while nobody is in."""
    seats = [seat for seat in named.seats if seat.can_be_drawn]
    if not seats:
        return None
    exclusions = rules_among(session, named.exchange, seats)
    instance, shape = exclusions.instance(), named.exchange.shape
    stuck = rules.who_is_stuck(instance)
    if stuck is not None:
        household = _household_of(exclusions, stuck, seats, named.households)
        return Outlook(seats, exclusions, stuck, household=household)
    try:
        left = rules.possible_receivers(instance, shape)
    except rules.ShapeImpossible:
        return Outlook(seats, exclusions, missing=shape)
    certain, few = ([seats[giver].name for giver, n in enumerate(left) if n == count] for count in (1, 2))
    return Outlook(seats, exclusions, certain=certain, few=few)


def _household_of(
    exclusions: Exclusions, stuck: rules.Stuck, seats: Sequence[Participant], homes: Sequence[Home]
) -> tuple[str, int] | None:
    """The household, and how many it is, where the stuck givers are all of one that is too large."""
    if not stuck.givers_are_stuck:
        return None
    for home in exclusions.households:
        if home >= set(stuck.givers) and 2 * len(home) > exclusions.size:
            members = {seats[person].id for person in home}
            return next((one.name, len(home)) for one in homes if members <= {seat.id for seat in one.seats})
    return None
