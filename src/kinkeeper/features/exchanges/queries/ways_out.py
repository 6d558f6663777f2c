"""Reads of what to lift, where the rules leave no way to draw, or would tell somebody's match."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice, permutations
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from kinkeeper.features.exchanges import rules
from kinkeeper.features.exchanges.rules.exclusions import MOST_AT_HOME, Pair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.features.exchanges.queries.draw_rules import Home
    from kinkeeper.features.exchanges.queries.outlook import Outlook
    from kinkeeper.features.exchanges.rules import Exclusions

MOST_SHOWN: Final = 10
MOST_COUNTED: Final = 1_000
"""A large family has millions of exclusions that would help."""
MOST_LOOKED_AT: Final = 20_000
"""Exclusions that are passed over at most, because a large household is behind them."""
MOST_TRIED: Final = 200
"""Exclusions that are tried while a page waits, where the rules tell somebody's match."""
MOST_SEARCHED: Final = 150
"""People among whom the fewest lifts are looked for while a page waits: a tenth of a second."""


class LiftInNames(NamedTuple):
    """One exclusion that could be set aside."""

    giver: Participant
    receiver: Participant


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What would make a draw possible: any one of the first two, or all of the last two (G4).

    Pairs of a household that is too large to be split pair by pair are not among them: it is lifted as a
    whole. So can be a smaller one, where no single pair helps.
    """

    lifts: list[LiftInNames] = field(default_factory=list)
    """Some of the exclusions of which any one lifted makes a draw possible."""
    more_lifts: int = 0
    """How many more there are; counted up to MOST_COUNTED."""
    homes: list[Home] = field(default_factory=list)
    """Households of which any one lifted makes a draw possible."""
    together: list[LiftInNames] = field(default_factory=list)
    """The fewest that have to be lifted together, where no single one helps."""
    homes_together: list[Home] = field(default_factory=list)
    """The large households that have to be lifted with those."""


def ways_out(outlook: Outlook, homes: Sequence[Home]) -> WaysOut:
    """What to lift, where somebody is stuck, or where the rules would tell somebody's match."""
    if outlook.stuck is None:
        return _ways_to_secrecy(outlook, homes) if outlook.certain else WaysOut()
    seats, exclusions = outlook.seats, outlook.exclusions
    every = _by_people(seats, homes)
    large = {people: home for people, home in every.items() if len(home.seats) > MOST_AT_HOME}
    singly = islice(rules.single_lifts(exclusions), MOST_LOOKED_AT)
    helping = list(islice((one for one in singly if not _behind(one, large)), MOST_COUNTED))
    whole = [home for people, home in (large if helping else every).items() if _helps(exclusions, [people])]
    if helping or any(home in whole for home in large.values()):
        shown = _in_names(helping[:MOST_SHOWN], seats)
        return WaysOut(shown, len(helping) - len(shown), whole)
    if not 1 < len(seats) <= MOST_SEARCHED:
        return WaysOut(homes=whole)
    through = {people for one in rules.fewest_lifts(exclusions) for people in _behind(one, large)}
    rest = rules.fewest_lifts(_without(exclusions, through))
    together = _in_names(rest, seats)
    return WaysOut(homes=whole, together=together, homes_together=[large[people] for people in through])


def _ways_to_secrecy(outlook: Outlook, homes: Sequence[Home]) -> WaysOut:
    """What to lift so that fewer people have one possible receiver only (T-19).

    One pair that is lifted to free who is stuck is in every draw from then on: it takes a second one. What
    a shape makes certain is no rule's fault, and nothing is offered.
    """
    seats, exclusions = outlook.seats, outlook.exclusions
    before = _certain(exclusions)
    if not before or exclusions.size > MOST_SEARCHED:
        return WaysOut()
    every = _by_people(seats, homes)
    large = [people for people, home in every.items() if len(home.seats) > MOST_AT_HOME]
    near = (one for one in _around(exclusions) if not any(set(one) <= people for people in large))
    tried = islice(near, MOST_TRIED)
    better = islice(
        (one for one in tried if len(_certain(_allowing(exclusions, *one))) < len(before)), MOST_SHOWN
    )
    whole = [
        home for people, home in every.items() if len(_certain(_without(exclusions, [people]))) < len(before)
    ]
    return WaysOut([LiftInNames(seats[giver], seats[receiver]) for giver, receiver in better], homes=whole)


def _certain(exclusions: Exclusions) -> list[int]:
    """Answer who has one possible receiver only."""
    left = rules.possible_receivers(exclusions.instance())
    return [giver for giver, count in enumerate(left) if count == 1]


def _around(exclusions: Exclusions) -> Iterator[Pair]:
    """Answer what is ruled out for those who are certain, and for those whom they give to in any draw."""
    instance = exclusions.instance()
    any_draw = rules.certificate(instance, Random(0))  # noqa: S311 - see possible_receivers
    people, seen = range(exclusions.size), set[Pair]()
    for giver in _certain(exclusions):
        receiver = any_draw[giver]
        for pair in (*((other, receiver) for other in people), *((giver, other) for other in people)):
            if pair[0] != pair[1] and pair not in seen and not instance.permits(*pair):
                seen.add(pair)
                yield pair


def _by_people(seats: Sequence[Participant], homes: Sequence[Home]) -> dict[frozenset[int], Home]:
    place = {seat.id: index for index, seat in enumerate(seats)}
    return {frozenset(place[seat.id] for seat in home.seats if seat.id in place): home for home in homes}


def _allowing(exclusions: Exclusions, giver: int, receiver: int) -> Exclusions:
    """Set one pair aside; the rest of a household that it is of stays apart."""
    split = [people for people in exclusions.households if people >= {giver, receiver}]
    pairs = exclusions.pairs.union(*(permutations(people, 2) for people in split)) - {(giver, receiver)}
    return replace(_without(exclusions, split), pairs=pairs)


def _behind(lift: rules.Lift, homes: Collection[frozenset[int]]) -> list[frozenset[int]]:
    return [people for people in homes if {lift.giver, lift.receiver} <= people]


def _without(exclusions: Exclusions, homes: Collection[frozenset[int]]) -> Exclusions:
    kept = tuple(people for people in exclusions.households if people not in homes)
    return replace(exclusions, households=kept)


def _helps(exclusions: Exclusions, homes: Collection[frozenset[int]]) -> bool:
    return rules.who_is_stuck(_without(exclusions, homes).instance()) is None


def _in_names(lifts: Sequence[rules.Lift], seats: Sequence[Participant]) -> list[LiftInNames]:
    return [LiftInNames(seats[lift.giver], seats[lift.receiver]) for lift in lifts]
