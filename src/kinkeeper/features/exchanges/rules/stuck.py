"""Why a draw cannot be: the people whom the rules leave one place short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.matching import Matching, largest_matching
from kinkeeper.features.exchanges.rules.reach import (
    Forest,
    Side,
    Tree,
    side_of_givers,
    side_of_receivers,
)

_ROOTS: Final = 16
"""How many of the people left over are asked on each side: bounds the time where many are."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A proof that no draw exists, in names: both tuples ascend, and one is longer by exactly one.

    More givers: these givers may give to these receivers only. More receivers: these receivers may
    be given to by these givers only. Without any one of the longer side, the rest of it could be
    served (Hall's condition fails for the whole set and holds for every part of it).
    """

    givers: tuple[int, ...]
    receivers: tuple[int, ...]

    @property
    def givers_are_stuck(self) -> bool:
        """Whether it is the givers who are too many; otherwise the receivers are."""
        return len(self.givers) > len(self.receivers)


class Impossible(Exception):
    """No arrangement keeps all the rules; `stuck` says who is in the way (SK-72, SK-74, SK-75)."""

    def __init__(self, stuck: Stuck) -> None:
        super().__init__(stuck)
        self.stuck = stuck


def who_is_stuck(instance: Instance) -> Stuck | None:
    """The smallest stuck set found on either side, or None if a draw exists (G4).

    The same rules always get the same answer: cheap enough to ask while rules are being edited.
    Finding the very smallest set is NP-hard; here every set that starts at somebody left over is
    compared.
    """
    # Any matching will do, so the source of chance is fixed: the reason must not change from try to
    # try.
    matching = largest_matching(instance, Random(0))  # noqa: S311
    if not matching.givers_left():
        return None
    return min(_stuck_sets(instance, matching), key=lambda stuck: len(stuck.givers) + len(stuck.receivers))


def _stuck_sets(instance: Instance, matching: Matching) -> Iterator[Stuck]:
    """The stuck sets of both sides; of equal ones the givers' reads more easily, so it is first."""
    for tree in _trees(side_of_givers(instance), matching.givers_left(), matching.giver_to):
        yield Stuck(givers=_sorted(tree.visited), receivers=_sorted(tree.reached_by))
    for tree in _trees(side_of_receivers(instance), matching.receivers_left(), matching.receiver_of):
        yield Stuck(givers=_sorted(tree.reached_by), receivers=_sorted(tree.visited))


def _trees(side: Side, left_over: list[int], mates: list[int]) -> Iterator[Tree]:
    return (Forest(side).grow(root, mates) for root in left_over[:_ROOTS])


def _sorted(people: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(people))
