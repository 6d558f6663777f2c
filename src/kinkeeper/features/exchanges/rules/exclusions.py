"""What the organiser has ruled out and what past years advise against, kept by kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from kinkeeper.features.exchanges.rules.instance import Instance

Pair = tuple[int, int]
"""A giver and a receiver."""

MOST_YEARS: Final = 10

MOST_AT_HOME: Final = 12
"""In a larger household one pair is not allowed by itself: the rest would be a list that nobody reads."""


@dataclass(frozen=True, slots=True)
class Exclusions:
    """The rules among people 0 … size - 1. An `Instance` is made of them, and forgets their kinds."""

    size: int
    pairs: frozenset[Pair] = frozenset()
    """Who must not give to whom, one way each."""
    households: tuple[frozenset[int], ...] = ()
    past: tuple[frozenset[Pair], ...] = ()
    """Who gave to whom, last year first."""

    def __post_init__(self) -> None:
        """Raise ValueError for more than ten years."""
        if len(self.past) > MOST_YEARS:
            raise ValueError(f"at most {MOST_YEARS} years are remembered, not {len(self.past)}")

    def instance(self, *, years: int = MOST_YEARS) -> Instance:
        """The permitted pairs, the last `years` years being as strict as the rest.

        Raises ValueError for an empty exchange or a person not in it.
        """
        return Instance.of(
            self.size, forbidden=by_giver(self.pairs.union(*self.past[:years])), groups=self.households
        )

    def years_since(self) -> dict[Pair, int]:
        """How many years ago a pair last met; a pair that never met is not there."""
        since: dict[Pair, int] = {}
        for year, pairs in enumerate(self.past, start=1):
            for pair in pairs:
                since.setdefault(pair, year)
        return since


def by_giver(pairs: Iterable[Pair]) -> dict[int, Collection[int]]:
    """Each giver's receivers."""
    receivers: dict[int, set[int]] = {}
    for giver, receiver in pairs:
        receivers.setdefault(giver, set()).add(receiver)
    return dict(receivers)
