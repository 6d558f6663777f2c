"""One arrangement that keeps the rules, or as much of one as there can be."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.chance import below, shuffle
from kinkeeper.features.exchanges.rules.hopcroft_karp import match_listed
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.reach import NOBODY, Forest, Tree, side_of_givers

_TRIES: Final = 64
"""Random tries before a giver is left to the search; looking at so many is as cheap."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs from both ends: whom each giver gives to, and who gives to each receiver, or NOBODY."""

    receiver_of: list[int]
    giver_to: list[int]

    def join(self, giver: int, receiver: int) -> None:
        """Let `giver` give to `receiver`."""
        self.receiver_of[giver], self.giver_to[receiver] = receiver, giver

    def givers_left(self) -> list[int]:
        """The givers without a receiver, ascending."""
        return [giver for giver, receiver in enumerate(self.receiver_of) if receiver == NOBODY]

    def receivers_left(self) -> list[int]:
        """The receivers without a giver, ascending."""
        return [receiver for receiver, giver in enumerate(self.giver_to) if giver == NOBODY]


def largest_matching(instance: Instance, rng: Random) -> Matching:
    """As many pairs as the rules allow at once: everybody's, if everybody's can be had (G1).

    Random greedy, most restricted giver first, then shortest augmenting paths. Which of the largest
    matchings comes out depends on `rng` but is *not* uniform.
    """
    matching = Matching([NOBODY] * instance.size, [NOBODY] * instance.size)
    givers = list(range(instance.size))
    shuffle(rng, givers)
    givers.sort(key=instance.choices.__getitem__)
    lists = {giver: listed for giver in givers if (listed := instance.listed[giver]) is not None}
    _place_listed(lists, matching, rng)
    match_listed(lists, matching.receiver_of, matching.giver_to)
    _place_open(instance, [giver for giver in givers if giver not in lists], matching, rng)
    _augment(instance, matching)
    return matching


def _place_listed(lists: dict[int, tuple[int, ...]], matching: Matching, rng: Random) -> None:
    for giver, listed in lists.items():
        vacant = [receiver for receiver in listed if matching.giver_to[receiver] == NOBODY]
        if vacant:
            matching.join(giver, vacant[below(rng, len(vacant))])


def _place_open(instance: Instance, givers: list[int], matching: Matching, rng: Random) -> None:
    vacant = _Vacant(instance, matching.receivers_left())
    for giver in givers:
        receiver = vacant.some_for(giver, rng)
        if receiver != NOBODY:
            matching.join(giver, receiver)
            vacant.take(receiver)


class _Vacant:
    """Receivers without a giver yet: all of them, to pick at random, and those of each block."""

    def __init__(self, instance: Instance, receivers: list[int]) -> None:
        self._instance = instance
        self._all = receivers
        self._place = {receiver: at for at, receiver in enumerate(receivers)}
        self._blocks: dict[int, list[int]] = {}
        for receiver in receivers:
            self._blocks.setdefault(instance.block[receiver], []).append(receiver)

    def take(self, receiver: int) -> None:
        """Somebody gives to the receiver now."""
        at, last = self._place.pop(receiver), self._all.pop()
        if last != receiver:
            self._all[at], self._place[last] = last, at

    def some_for(self, giver: int, rng: Random) -> int:
        """A vacant receiver for `giver`, at random as a rule; NOBODY if none is found quickly."""
        permits = self._instance.permits
        if len(self._all) <= _TRIES:
            permitted = [receiver for receiver in self._all if permits(giver, receiver)]
            return permitted[below(rng, len(permitted))] if permitted else NOBODY
        for _ in range(_TRIES):
            receiver = self._all[below(rng, len(self._all))]
            if permits(giver, receiver):
                return receiver
        return self._from_blocks(giver)

    def _from_blocks(self, giver: int) -> int:
        """Block by block: finds the last outsiders for a large family, where chance rarely does."""
        instance = self._instance
        apart = instance.apart[instance.block[giver]]
        for block in [block for block in self._blocks if block not in apart]:
            waiting = self._blocks[block]
            while waiting and waiting[-1] not in self._place:
                waiting.pop()
            if not waiting:
                del self._blocks[block]
            elif instance.permits(giver, waiting[-1]):
                return waiting[-1]
        return NOBODY


def _augment(instance: Instance, matching: Matching) -> None:
    """Place every giver left over who can be placed by letting others shift."""
    givers = matching.givers_left()
    if not givers:
        return
    side = side_of_givers(instance)
    forest, dead = Forest(side), bytes(instance.size)
    for giver in givers:
        tree = forest.grow(giver, matching.giver_to)
        if tree.end == NOBODY:
            # Whatever a stuck giver reaches leads nowhere, now or later, so no other search need
            # enter it: this forest is kept, and all the stuck givers together cost one search.
            dead = bytes(forest.seen)
        else:
            _shift(matching, tree)
            forest = Forest(side, dead)


def _shift(matching: Matching, tree: Tree) -> None:
    """Give the vacant end of `tree` to whoever reached it, and so on back to the root."""
    receiver = tree.end
    while receiver != NOBODY:
        giver = tree.reached_by[receiver]
        left = matching.receiver_of[giver]
        matching.join(giver, receiver)
        receiver = left
