"""Which exclusions to lift so that a draw becomes possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.exclusions import Exclusions, Pair, by_giver
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.matching import largest_matching
from kinkeeper.features.exchanges.rules.min_cost_matching import Level, Levels, cheapest_matching, price_of
from kinkeeper.features.exchanges.rules.reach import Forest, side_of_givers, side_of_receivers


class Kind(StrEnum):
    """What stands behind an exclusion, from the one most readily lifted to the one least readily."""

    PAST = "past"
    ONE_WAY = "one-way"
    HOUSEHOLD = "household"
    COUPLE = "couple"
    """Two people who must not give to each other, named as a pair."""


PRICES: Final = {Kind.PAST: 1, Kind.ONE_WAY: 2, Kind.HOUSEHOLD: 4, Kind.COUPLE: 8}
"""What it costs to lift one; where several stand behind a pair, the dearest counts."""


@dataclass(frozen=True, slots=True)
class Lift:
    """Letting `giver` give to `receiver` after all, against rules of these kinds (at least one)."""

    giver: int
    receiver: int
    kinds: tuple[Kind, ...]

    @property
    def price(self) -> int:
        """How dear it is, by the dearest of the rules."""
        return max(PRICES[kind] for kind in self.kinds)


def single_lifts(exclusions: Exclusions) -> Iterator[Lift]:
    """Every exclusion that, lifted alone, makes the draw possible; past years count as strict.

    The cheapest come first, then by giver and receiver. There are none if a draw exists or if no
    single one suffices. Large families can have tens of thousands, and none is made before it is
    asked for: take as many as can be shown.
    """
    givers, receivers = _one_place_short(exclusions.instance())
    known = _Kinds(exclusions)
    for kind in Kind:
        for giver in sorted(givers):
            for receiver in sorted(known.receivers(kind, giver) & receivers - {giver}):
                kinds = known.behind(giver, receiver)
                if kinds[-1] is kind:
                    yield Lift(giver, receiver, kinds)


def _one_place_short(instance: Instance) -> tuple[frozenset[int], frozenset[int]]:
    """The givers and receivers of whom any pair would close the gap; nobody if it is not just one.

    A path from the giver left over to the new pair, and one from there to the receiver left over,
    make an augmenting path; and every augmenting path through one new pair is of that form (Berge).
    """
    # Which of the largest matchings it is makes no difference to either set (Dulmage, Mendelsohn).
    matching = largest_matching(instance, Random(0))  # noqa: S311
    givers, receivers = matching.givers_left(), matching.receivers_left()
    if len(givers) != 1:
        return frozenset(), frozenset()
    ahead = Forest(side_of_givers(instance)).grow(givers[0], matching.giver_to)
    back = Forest(side_of_receivers(instance)).grow(receivers[0], matching.receiver_of)
    return frozenset(ahead.visited), frozenset(back.visited)


def fewest_lifts(exclusions: Exclusions) -> tuple[Lift, ...]:
    """Exclusions that, lifted together, make a draw possible at the lowest total price, proved.

    Empty if a draw exists; past years count as strict. Raises Impossible for somebody alone, whom
    no lifting helps.
    """
    cheapest = cheapest_matching(levels_by_kind(exclusions))
    known = _Kinds(exclusions)
    return tuple(
        Lift(giver, receiver, known.behind(giver, receiver))
        for giver, receiver in enumerate(cheapest.receivers)
        if price_of(cheapest.levels, giver, receiver)
    )


def levels_by_kind(exclusions: Exclusions) -> Levels:
    """All rules kept at price 0, then those of one kind after the other lifted."""
    size, households = exclusions.size, exclusions.households
    couples = _couples(exclusions)
    kept: list[tuple[frozenset[Pair], tuple[frozenset[int], ...]]] = [
        (exclusions.pairs.union(*exclusions.past), households),
        (exclusions.pairs, households),
        (couples, households),
        (couples, ()),
        (frozenset(), ()),
    ]
    return [
        Level(price, Instance.of(size, forbidden=by_giver(pairs), groups=groups))
        for price, (pairs, groups) in zip((0, *PRICES.values()), kept, strict=True)
    ]


def _couples(exclusions: Exclusions) -> frozenset[Pair]:
    pairs = exclusions.pairs
    return frozenset((giver, receiver) for giver, receiver in pairs if (receiver, giver) in pairs)


class _Kinds:
    """The rules behind an exclusion."""

    def __init__(self, exclusions: Exclusions) -> None:
        couples = _couples(exclusions)
        self._named = {
            Kind.PAST: by_giver(frozenset().union(*exclusions.past)),
            Kind.ONE_WAY: by_giver(exclusions.pairs - couples),
            Kind.COUPLE: by_giver(couples),
        }
        self._homes: dict[int, frozenset[int]] = {}
        for home in exclusions.households:
            for person in home:
                self._homes[person] = self._homes.get(person, frozenset()) | home

    def receivers(self, kind: Kind, giver: int) -> frozenset[int]:
        """Everyone whom rules of this kind keep from `giver`."""
        found = self._homes if kind is Kind.HOUSEHOLD else self._named[kind]
        return frozenset(found.get(giver, ()))

    def behind(self, giver: int, receiver: int) -> tuple[Kind, ...]:
        """The kinds of rule that keep the pair apart, the dearest last."""
        return tuple(kind for kind in Kind if receiver in self.receivers(kind, giver))
