"""After the draw somebody drops out or comes late: a new arrangement that disturbs the fewest (G6)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.drawing import Quality, draw
from kinkeeper.features.exchanges.rules.exclusions import Exclusions, Pair, by_giver
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.min_cost_matching import Level, Levels, cheapest_matching
from kinkeeper.features.exchanges.rules.past_years import repeat_price
from kinkeeper.features.exchanges.rules.reach import NOBODY
from kinkeeper.features.exchanges.rules.shapes import Shape
from kinkeeper.features.exchanges.rules.stuck import Impossible

UNOPENED: Final = 1
"""What it costs to change a match that its giver has not seen."""

OPENED: Final = 100
"""What it costs to change one that its giver has seen."""

_TRIES: Final = 8
"""Equally small repairs looked at for one of the wished shape."""

_AROUND: Final = 4
"""New matches of which each is forbidden in turn, to find a repair of the wished shape beside."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """The new arrangement. Each of `told` has somebody new to give to: they and nobody else are told.

    `changed` and `opened` count those of them who had another match before, and who had seen it. None of
    these is for the organiser: tried on one person after the other they tell who is near to whom (T-14).
    """

    receivers: tuple[int, ...]
    quality: Quality
    told: tuple[int, ...]
    changed: int
    opened: int


def repair(
    exclusions: Exclusions,
    present: Sequence[int],
    opened: Collection[int],
    rng: Random,
    shape: Shape = Shape.ANY,
) -> Repaired:
    """Change as few matches as can be, opened ones a hundred times more reluctantly.

    People are those of the new round; `present[g]` is whom g has been told, or NOBODY if g came late
    or lost their receiver. Matches that the rules forbid by now are changed too. Of equally small
    repairs those that repeat least of past years are taken, and of these any, evenly; of the wished
    shape, if one is met in a few tries, be it for one more match that nobody has seen. Raises Impossible.
    """
    nearest = _nearest(exclusions, present, opened, rng, shape)
    if not shape.faults(nearest.receivers):
        return nearest
    for giver in nearest.told[:_AROUND]:
        beside = replace(exclusions, pairs=exclusions.pairs | {(giver, nearest.receivers[giver])})
        try:
            other = _nearest(beside, present, opened, rng, shape)
        except Impossible:
            continue
        small = other.changed <= nearest.changed + 1 and other.opened <= nearest.opened
        if small and not shape.faults(other.receivers):
            return other
    return nearest


def _nearest(
    exclusions: Exclusions, present: Sequence[int], opened: Collection[int], rng: Random, shape: Shape
) -> Repaired:
    cheapest = cheapest_matching(levels_by_change(exclusions, present, frozenset(opened)))
    smallest = cheapest.tight(exclusions.households)
    drawn = draw(smallest, rng)
    for _ in range(_TRIES):
        if not shape.faults(drawn.receivers):
            break
        drawn = draw(smallest, rng)
    told = tuple(giver for giver, receiver in enumerate(drawn.receivers) if receiver != present[giver])
    had = [giver for giver in told if present[giver] != NOBODY]
    seen = frozenset(opened).intersection(had)
    return Repaired(drawn.receivers, drawn.quality, told, len(had), len(seen))


def levels_by_change(exclusions: Exclusions, present: Sequence[int], opened: frozenset[int]) -> Levels:
    """What is kept costs nothing, whether it repeats a past year or not; a change costs by its giver.

    On top of that comes what a new pair repeats of past years: all of them together cost less than
    one unopened match.
    """
    since = exclusions.years_since()
    repeats = {pair: repeat_price(exclusions, year) for pair, year in since.items()}
    unit = 1 + exclusions.size * max(repeats.values(), default=0)
    change = [_change_price(giver, present, opened) * unit for giver in range(exclusions.size)]
    prices = {cost + repeat for cost in {0, *change} for repeat in {0, *repeats.values()}}
    return [Level(price, _at_most(exclusions, price, present, change, repeats)) for price in sorted(prices)]


def _change_price(giver: int, present: Sequence[int], opened: frozenset[int]) -> int:
    if present[giver] == NOBODY:
        return 0
    return OPENED if giver in opened else UNOPENED


def _at_most(
    exclusions: Exclusions, price: int, present: Sequence[int], change: list[int], repeats: dict[Pair, int]
) -> Instance:
    """The pairs that cost `price` or less."""
    kept = {giver: [receiver] for giver, receiver in enumerate(present) if change[giver] > price}
    dear = {
        (giver, receiver)
        for (giver, receiver), repeat in repeats.items()
        if change[giver] + repeat > price and present[giver] != receiver
    }
    return Instance.of(
        exclusions.size,
        forbidden=by_giver(exclusions.pairs | dear),
        permitted=kept,
        groups=exclusions.households,
    )
