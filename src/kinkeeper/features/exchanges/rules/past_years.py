"""Past years as a wish: nobody gives to whom they gave to lately, unless there is no other way (G5).

Fewest repeats first; of equally few the oldest: as few as can be of last year, of these as few as can
be of the year before, and so on. One price says all of this. To repeat a pair of `a` years ago, of
`years` that are remembered, costs b^years + b^(years - a), where b is one more than there are people.
Nobody gives twice, so none of these is added up b times, and the price of an arrangement, written in
base b, has these digits: how many repeats, how many of last year, how many of the year before, … Of two
numbers the one with the smaller first digit that differs is the smaller: the cheapest arrangements are
those that repeat least, in just that order.

Which arrangements are the cheapest is no matter of how large prices are, nor of how many there are of
them. An arrangement costs no less than the potentials of everybody together, since none of its pairs
costs less than its two ends; and it costs just that exactly if each of its pairs does (`Cheapest`). So
the tight pairs leave all the arrangements that repeat least and no other, and an even draw by them is
even among these.
"""

from __future__ import annotations

from kinkeeper.features.exchanges.rules.exclusions import Exclusions
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.min_cost_matching import Level, Levels, cheapest_matching


def least_repeating(exclusions: Exclusions) -> Instance:
    """Rules that leave just the arrangements that repeat least.

    Raises Impossible, where the rules allow nothing even without past years.
    """
    cheapest = cheapest_matching(levels_by_year(exclusions))
    if cheapest.price == 0:
        return cheapest.levels[0].instance
    return cheapest.tight(exclusions.households)


def repeat_price(exclusions: Exclusions, years_ago: int) -> int:
    """What it costs to repeat a pair that last met so many years ago."""
    base, years = exclusions.size + 1, len(exclusions.past)
    once: int = base**years
    of_its_year: int = base ** (years - years_ago)
    return once + of_its_year


def levels_by_year(exclusions: Exclusions) -> Levels:
    """All years strict at price 0, then the oldest lifted, and so on to the last."""
    years = len(exclusions.past)
    return [
        Level(0 if kept == years else repeat_price(exclusions, kept + 1), exclusions.instance(years=kept))
        for kept in range(years, -1, -1)
    ]
