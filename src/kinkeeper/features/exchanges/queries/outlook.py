"""Reads of what the rules leave: whether names can be drawn, and what would help if not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from kinkeeper.features.exchanges import rules
from kinkeeper.features.exchanges.queries.draw_rules import rules_among, rules_in_names
from kinkeeper.features.exchanges.rules.exclusions import MOST_AT_HOME

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.features.exchanges.queries.draw_rules import Home, RulesInNames
    from kinkeeper.features.exchanges.rules import Exclusions
    from kinkeeper.kernel.actor import Actor

MOST_SHOWN: Final = 10
MOST_COUNTED: Final = 1_000
"""A large family has millions of exclusions that would help."""
MOST_LOOKED_AT: Final = 20_000
"""Exclusions that are passed over at most, because a large household is behind them."""
MOST_SEARCHED: Final = 150
"""People among whom the fewest lifts are looked for while a page waits: a tenth of a second."""


class LiftInNames(NamedTuple):
    """One exclusion that could be set aside."""

    giver: Participant
    receiver: Participant


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
class WaysOut:
    """What would make a draw possible: any one of the first two, or else all of the last two (G4).

    Pairs of a household that is too large to be split pair by pair are not among them: it is lifted as a
    whole.
    """

    lifts: list[LiftInNames] = field(default_factory=list)
    """Some of the exclusions of which any one lifted makes a draw possible."""
    more_lifts: int = 0
    """How many more there are; counted up to MOST_COUNTED."""
    homes: list[Home] = field(default_factory=list)
    """Large households of which any one lifted makes a draw possible."""
    together: list[LiftInNames] = field(default_factory=list)
    """The fewest that have to be lifted together, where no single one helps."""
    homes_together: list[Home] = field(default_factory=list)
    """The large households that have to be lifted with those."""


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
    ways = ways_out(outlook, named.households) if outlook is not None and outlook.stuck else WaysOut()
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


def ways_out(outlook: Outlook, homes: Sequence[Home]) -> WaysOut:
    """What to lift, where somebody is stuck."""
    seats, exclusions = outlook.seats, outlook.exclusions
    place = {seat.id: index for index, seat in enumerate(seats)}
    large = {
        frozenset(place[seat.id] for seat in home.seats if seat.id in place): home
        for home in homes
        if len(home.seats) > MOST_AT_HOME
    }
    singly = islice(rules.single_lifts(exclusions), MOST_LOOKED_AT)
    helping = list(islice((one for one in singly if not _behind(one, large)), MOST_COUNTED))
    whole = [home for people, home in large.items() if _helps(exclusions, [people])]
    if helping or whole:
        shown = _in_names(helping[:MOST_SHOWN], seats)
        return WaysOut(shown, len(helping) - len(shown), whole)
    if not 1 < len(seats) <= MOST_SEARCHED:
        return WaysOut()
    through = {people for one in rules.fewest_lifts(exclusions) for people in _behind(one, large)}
    rest = rules.fewest_lifts(_without(exclusions, through))
    return WaysOut(together=_in_names(rest, seats), homes_together=[large[people] for people in through])


def _behind(lift: rules.Lift, homes: Collection[frozenset[int]]) -> list[frozenset[int]]:
    return [people for people in homes if {lift.giver, lift.receiver} <= people]


def _without(exclusions: Exclusions, homes: Collection[frozenset[int]]) -> Exclusions:
    kept = tuple(people for people in exclusions.households if people not in homes)
    return replace(exclusions, households=kept)


def _helps(exclusions: Exclusions, homes: Collection[frozenset[int]]) -> bool:
    return rules.who_is_stuck(_without(exclusions, homes).instance()) is None


def _in_names(lifts: Sequence[rules.Lift], seats: Sequence[Participant]) -> list[LiftInNames]:
    return [LiftInNames(seats[lift.giver], seats[lift.receiver]) for lift in lifts]
