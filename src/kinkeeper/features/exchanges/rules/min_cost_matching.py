"""The cheapest arrangement: minimum-cost perfect matching where nearly everything costs nothing.

It is the Hungarian method (Kuhn 1955, Munkres 1957) in its form of shortest augmenting paths with
potentials (Tomizawa 1971, Edmonds and Karp 1972), with two savings. The largest matching at price 0
is taken first, so that only those whom it leaves over need a path. And prices come as a few nested
instances, so a path is sought among permitted pairs that are never built: receivers of equal
potential wait in one pool, as in `reach`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from random import Random

from kinkeeper.features.exchanges.rules.instance import Groups, Instance
from kinkeeper.features.exchanges.rules.matching import Matching, largest_matching
from kinkeeper.features.exchanges.rules.reach import NOBODY
from kinkeeper.features.exchanges.rules.stuck import Impossible, who_is_stuck


@dataclass(frozen=True, slots=True)
class Level:
    """The pairs that cost `price` or less."""

    price: int
    instance: Instance


Levels = Sequence[Level]
"""Prices ascend from 0, and each instance permits all that the one before permits. A group of a
level is also one of every level before."""


@dataclass(frozen=True, slots=True)
class Cheapest:
    """A cheapest arrangement, and the proof that it is one.

    No pair costs less than the potentials of its two ends together, and the potentials of all sum
    up to `price`: nothing can be cheaper. A pair that costs exactly as much is *tight*; the
    arrangements of tight pairs are all the cheapest ones there are.
    """

    levels: Levels
    receivers: tuple[int, ...]
    price: int
    of_givers: tuple[int, ...]
    of_receivers: tuple[int, ...]

    def tight(self, groups: Groups) -> Instance:
        """The tight pairs as rules; `groups` are those kept apart on every level, and no others."""
        usual = Counter(self.of_receivers).most_common(1)[0][0]
        rare = [person for person, potential in enumerate(self.of_receivers) if potential != usual]
        first, forbidden, permitted = self.levels[0].instance, {}, {}
        for giver, potential in enumerate(self.of_givers):
            listed = first.listed[giver]
            if potential + usual:
                everyone = range(first.size) if self._is_price(potential + usual) else rare
                permitted[giver] = self._tight_among(giver, everyone)
            elif listed is not None:
                permitted[giver] = self._tight_among(giver, {*listed, *rare})
            else:
                named = {*first.barred[giver], *rare}
                forbidden[giver] = named.difference(self._tight_among(giver, named))
        return Instance.of(first.size, forbidden=forbidden, permitted=permitted, groups=groups)

    def _tight_among(self, giver: int, people: Collection[int]) -> list[int]:
        own, of_receivers = self.of_givers[giver], self.of_receivers
        at_price = {level.price: at for at, level in enumerate(self.levels)}
        return [
            one
            for one in people
            if (at := at_price.get(own + of_receivers[one])) is not None
            and self.levels[at].instance.permits(giver, one)
            and not (at and self.levels[at - 1].instance.permits(giver, one))
        ]

    def _is_price(self, price: int) -> bool:
        return any(level.price == price for level in self.levels)


def price_of(levels: Levels, giver: int, receiver: int) -> int:
    """What a permitted pair costs."""
    return next(level.price for level in levels if level.instance.permits(giver, receiver))


def cheapest_matching(levels: Levels) -> Cheapest:
    """An arrangement of the lowest total price. Raises Impossible if there is none at any price."""
    # Any start will do, so the source of chance is fixed: the answer depends on the prices alone.
    matching = largest_matching(levels[0].instance, Random(0))  # noqa: S311
    potentials = _Potentials(levels, matching)
    for giver in matching.givers_left():
        if not potentials.place(giver):
            stuck = who_is_stuck(levels[-1].instance)
            assert stuck is not None  # noqa: S101 - the search has just shown that somebody is
            raise Impossible(stuck)
    of_givers, of_receivers = tuple(potentials.of_givers), tuple(potentials.of_receivers)
    price = sum(of_givers) + sum(of_receivers)
    return Cheapest(levels, tuple(matching.receiver_of), price, of_givers, of_receivers)


class _Potentials:
    """Prices of people that keep every pair at no less than its two ends, and every match at just that."""

    def __init__(self, levels: Levels, matching: Matching) -> None:
        self._matching = matching
        self._instances = [level.instance for level in levels]
        size = self._instances[0].size
        self.of_givers, self.of_receivers = [0] * size, [0] * size
        choices = [(0,) * size, *(instance.choices for instance in self._instances)]
        self._offers = [
            [
                (level.price, number)
                for number, level in enumerate(levels)
                if choices[number][giver] != choices[number + 1][giver]
            ]
            for giver in range(size)
        ]
        """For each giver the levels that permit more than the one before."""

    def place(self, root: int) -> bool:
        """Find a receiver for `root` by the cheapest shifting of others; False if there is no way."""
        search = _Search(self._instances, self._offers, self.of_givers, self.of_receivers)
        end = search.run(root, self._matching.giver_to)
        if end == NOBODY:
            return False
        full = search.receivers[end]
        for giver, far in search.givers.items():
            self.of_givers[giver] += max(0, full - far)
        for receiver, far in search.receivers.items():
            self.of_receivers[receiver] -= max(0, full - far)
        self._shift(search.reached_by, end)
        return True

    def _shift(self, reached_by: dict[int, int], receiver: int) -> None:
        while receiver != NOBODY:
            giver = reached_by[receiver]
            left = self._matching.receiver_of[giver]
            self._matching.join(giver, receiver)
            receiver = left


class _Search:
    """Dijkstra's search from one giver; a distance is what the way costs above the potentials."""

    def __init__(
        self,
        instances: list[Instance],
        offers: list[list[tuple[int, int]]],
        of_givers: list[int],
        of_receivers: list[int],
    ) -> None:
        self._instances, self._offers = instances, offers
        self._of_givers, self._of_receivers = of_givers, of_receivers
        self.givers: dict[int, int] = {}
        self.receivers: dict[int, int] = {}
        self.reached_by: dict[int, int] = {}
        self._heap: list[tuple[int, int, int, int]] = []
        block = instances[0].block
        self._pools: dict[int, dict[int, list[int]]] = {}
        for receiver, potential in enumerate(of_receivers):
            self._pools.setdefault(potential, {}).setdefault(block[receiver], []).append(receiver)

    def run(self, root: int, giver_to: list[int]) -> int:
        """The nearest receiver without a giver, or NOBODY."""
        self._visit(root, 0)
        while self._heap:
            far, giver, number, potential = heappop(self._heap)
            for receiver in self._take(giver, self._instances[number], potential):
                self.receivers[receiver], self.reached_by[receiver] = far, giver
                if giver_to[receiver] == NOBODY:
                    return receiver
                self._visit(giver_to[receiver], far)
        return NOBODY

    def _visit(self, giver: int, far: int) -> None:
        self.givers[giver] = far
        base = far - self._of_givers[giver]
        for price, number in self._offers[giver]:
            for potential, pool in self._pools.items():
                if pool:
                    heappush(self._heap, (base + price - potential, giver, number, potential))

    def _take(self, giver: int, instance: Instance, potential: int) -> Iterator[int]:
        """Those waiting at `potential` whom `giver` may give to; they wait no more.

        A receiver that is left in a pool after its turn came is not taken from it: `receivers`
        knows better.
        """
        pool = self._pools[potential]
        listed = instance.listed[giver]
        if listed is not None:
            of_receivers, seen = self._of_receivers, self.receivers
            yield from (r for r in listed if of_receivers[r] == potential and r not in seen)
            return
        barred, apart = instance.barred[giver], instance.apart[instance.block[giver]]
        # Who is of one block on the first level is of one block on each: groups only grow fewer.
        open_blocks = [block for block, people in pool.items() if instance.block[people[0]] not in apart]
        for block in open_blocks:
            waiting = [one for one in pool.pop(block) if one not in self.receivers]
            left = [one for one in waiting if one in barred]
            if left:
                pool[block] = left
            yield from (one for one in waiting if one not in barred)
