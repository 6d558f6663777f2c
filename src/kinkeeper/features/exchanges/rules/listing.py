"""All arrangements of a shape, by search: small or tight exchanges are drawn from the whole list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.chance import shuffle
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.reach import NOBODY
from kinkeeper.features.exchanges.rules.shapes import Shape

_MOST: Final = 20_000
"""Arrangements kept at most."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The arrangements found; `complete` if there are no others."""

    found: list[tuple[int, ...]]
    complete: bool


def list_arrangements(
    instance: Instance, shape: Shape, *, work: int, most: int = _MOST, rng: Random | None = None
) -> Listing:
    """Search in depth, the giver with the fewest choices first; `work` is counted in pairs looked at.

    Ascending, or in the random order of `rng`: whoever stops at the first found needs that.
    """
    board, found = _Board(instance, shape, rng), list[tuple[int, ...]]()
    giver, options = board.tightest()
    trail = [(giver, iter(options))]
    while trail:
        if board.looked > work or len(found) >= most:
            return Listing(found, complete=False)
        giver, left = trail[-1]
        board.take_back(giver)
        receiver = next(left, NOBODY)
        if receiver == NOBODY:
            trail.pop()
            continue
        board.put(giver, receiver)
        if board.is_full():
            found.append(tuple(board.receiver_of))
            continue
        giver, options = board.tightest()
        trail.append((giver, iter(options)))
    return Listing(found, complete=True)


class _Board:
    """A part of an arrangement, with the open paths that the gifts make so far."""

    def __init__(self, instance: Instance, shape: Shape, rng: Random | None) -> None:
        size = instance.size
        self._shape = shape
        self._choices = [list(instance.receivers_of(giver)) for giver in range(size)]
        self._order = list(range(size))
        if rng is not None:
            for receivers in self._choices:
                shuffle(rng, receivers)
            shuffle(rng, self._order)
        self._open = set(range(size))
        self.receiver_of, self._giver_to = [NOBODY] * size, [NOBODY] * size
        self._first, self._last = list(range(size)), list(range(size))
        """The first person of the path that ends at somebody; the last of the one that starts there."""
        self.looked = 0

    def is_full(self) -> bool:
        return not self._open

    def tightest(self) -> tuple[int, list[int]]:
        """The giver with the fewest receivers that fit, and those."""
        best, fewest = NOBODY, list[int]()
        for giver in self._order:
            if giver not in self._open:
                continue
            options = list(self._fitting(giver))
            if best == NOBODY or len(options) < len(fewest):
                best, fewest = giver, options
            if len(fewest) <= 1:
                break
        return best, fewest

    def _fitting(self, giver: int) -> Iterator[int]:
        self.looked += len(self._choices[giver])
        for receiver in self._choices[giver]:
            if self._giver_to[receiver] == NOBODY and self._keeps_shape(giver, receiver):
                yield receiver

    def _keeps_shape(self, giver: int, receiver: int) -> bool:
        if self._shape is Shape.NO_MUTUAL:
            return self.receiver_of[receiver] != giver
        return self._shape is Shape.ANY or self._first[giver] != receiver or len(self._open) == 1

    def put(self, giver: int, receiver: int) -> None:
        self._open.remove(giver)
        self.receiver_of[giver], self._giver_to[receiver] = receiver, giver
        first, last = self._first[giver], self._last[receiver]
        self._first[last], self._last[first] = first, last

    def take_back(self, giver: int) -> None:
        """Undo the latest `put`, if `giver` has given."""
        receiver = self.receiver_of[giver]
        if receiver == NOBODY:
            return
        self._open.add(giver)
        self.receiver_of[giver] = self._giver_to[receiver] = NOBODY
        first, last = self._first[giver], self._last[receiver]
        self._last[first], self._first[last] = giver, receiver
