"""The parts of an exchange that can be drawn one by one: no pair across two of them fits any draw.

Take any complete arrangement, and say that giver g leads to giver h if g may give to h's receiver.
A permitted pair is in some complete arrangement exactly if its giver and the one who holds its
receiver lead to each other, by way of others or directly (Dulmage and Mendelsohn 1958, Tassa 2012).
So the strongly connected components share out givers and receivers; every arrangement of the whole
is one arrangement of each part, in any combination, and drawing each part uniformly draws the whole
uniformly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.reach import (
    NOBODY,
    Forest,
    Side,
    side_of_givers,
    side_of_receivers,
)


@dataclass(frozen=True, slots=True)
class Part:
    """As many givers as receivers, ascending, who are served among themselves."""

    instance: Instance
    givers: Sequence[int]
    receivers: Sequence[int]
    choices: Sequence[int]
    """For each of the givers, how many of the receivers are open to them."""

    inside: frozenset[int]
    """The receivers again."""

    @classmethod
    def of(cls, instance: Instance, givers: Sequence[int], receivers: Sequence[int]) -> Self:
        """These people under the rules of `instance`."""
        choices = instance.choices_among(givers, receivers)
        return cls(instance, givers, receivers, choices, frozenset(receivers))

    @property
    def size(self) -> int:
        """How many give, which is how many receive."""
        return len(self.givers)

    def receivers_of(self, giver: int) -> list[int]:
        """Everyone in this part whom `giver` may give to, ascending."""
        listed = self.instance.listed[giver]
        if listed is not None:
            return [receiver for receiver in listed if receiver in self.inside]
        return [receiver for receiver in self.receivers if self.instance.permits(giver, receiver)]


def whole(instance: Instance) -> Part:
    """Everybody as one part, with the pairs that fit no arrangement."""
    everyone = range(instance.size)
    return Part(instance, everyone, everyone, instance.choices, frozenset(everyone))


def largest_family(part: Part) -> tuple[frozenset[int], frozenset[int]]:
    """Givers who are all kept apart from the same receivers, and these; nobody if they are few.

    Of all families it is the one that most slips would stay inside of, were they dealt out without
    rules; it is few if that is less than one slip.
    """
    block, crowd = part.instance.block, _Crowd(part)
    largest = max(crowd.giving, key=crowd.slips_inside)
    if crowd.slips_inside(largest) < part.size:
        return frozenset(), frozenset()
    members, kin = crowd.family(largest), part.instance.apart[largest]
    return (
        frozenset(giver for giver in part.givers if block[giver] in members),
        frozenset(receiver for receiver in part.receivers if block[receiver] in kin),
    )


def ways_out(part: Part) -> list[float]:
    """For each giver the share of the outsiders' slips that their large family leaves over, and one more.

    So often a walk gets out of the family by one step. 1 for all others, and where a family takes every
    outsider's slip and has no way out: in a part of its own it is all.
    """
    crowd, least = _Crowd(part), dict[int, float]()
    for one in crowd.giving:
        if crowd.slips_inside(one) >= part.size:
            family, kin = crowd.family(one), part.instance.apart[one]
            outsiders = part.size - sum(crowd.receiving[other] for other in kin)
            spare = outsiders - sum(crowd.giving[member] for member in family)
            for member in family if spare else ():
                least[member] = min(least.get(member, 1.0), (spare + 1) / outsiders)
    return [least.get(part.instance.block[giver], 1.0) for giver in part.givers]


class _Crowd:
    """The people of a part, counted by their blocks."""

    def __init__(self, part: Part) -> None:
        block = part.instance.block
        self.giving = Counter(block[giver] for giver in part.givers)
        self.receiving = Counter(block[receiver] for receiver in part.receivers)
        self._apart = part.instance.apart

    def slips_inside(self, one: int) -> int:
        """The slips that would stay inside of a block's family, dealt out without rules, times everybody."""
        return self.giving[one] * sum(self.receiving[other] for other in self._apart[one])

    def family(self, one: int) -> list[int]:
        """The blocks whose givers are kept apart from all that this one is kept apart from."""
        return [other for other in self._apart[one] if self._apart[other] >= self._apart[one]]


def parts(instance: Instance, receiver_of: Sequence[int]) -> list[Part]:
    """The parts, in the order of their first givers; `receiver_of` is any complete arrangement.

    Kosaraju's two searches over pairs that are never built; O(n + forbidden pairs + listed pairs).
    """
    giver_to = [0] * instance.size
    for giver, receiver in enumerate(receiver_of):
        giver_to[receiver] = giver
    order = _finishing_order(side_of_givers(instance), giver_to)
    back = Forest(side_of_receivers(instance))
    found = []
    for giver in reversed(order):
        if not back.seen[giver]:
            back.seen[giver] = 1
            receivers = back.grow(receiver_of[giver], receiver_of).visited
            found.append((sorted(giver_to[receiver] for receiver in receivers), sorted(receivers)))
    return [Part.of(instance, givers, receivers) for givers, receivers in sorted(found)]


def _finishing_order(side: Side, giver_to: list[int]) -> list[int]:
    """All givers as a depth-first search leaves them: each after all whom they led it to first."""
    line, order = _Line(side), list[int]()
    for root in line.receivers:
        trail = [giver_to[root]] if line.take(root) else []
        arms = [line.taken_by(giver) for giver in trail]
        while trail:
            receiver = next(arms[-1], NOBODY)
            if receiver == NOBODY:
                arms.pop()
                order.append(trail.pop())
            else:
                trail.append(giver_to[receiver])
                arms.append(line.taken_by(trail[-1]))
    return order


class _Line:
    """The receivers in a line, blocks together; whoever is taken is stepped over from then on."""

    def __init__(self, side: Side) -> None:
        self.receivers = [receiver for members in side.pool.values() for receiver in members]
        self._side = side
        self._taken = bytearray(len(self.receivers))
        self._after = list(range(1, len(self.receivers) + 1))
        """For each place the next to look at, should the receiver there be taken."""
        ends = accumulate(len(members) for members in side.pool.values())
        self._block_end = dict(zip(side.pool, ends, strict=True))

    def take(self, receiver: int) -> bool:
        """Take the receiver out; False if that was done before."""
        news = not self._taken[receiver]
        self._taken[receiver] = 1
        return news

    def taken_by(self, giver: int) -> Iterator[int]:
        """Take out whom the giver may give to, one at a time; others may take in between.

        Who is passed by is taken or forbidden to the giver, and stays so: nothing is looked at twice.
        """
        yield from filter(self.take, self._side.near[giver])
        far, block = self._side.far[giver], self._side.block
        if far is None:
            return
        apart, at = self._side.apart[block[giver]], self._next(0)
        while at < len(self.receivers):
            receiver = self.receivers[at]
            if block[receiver] in apart:
                at = self._next(self._block_end[block[receiver]])
                continue
            if receiver not in far and self.take(receiver):
                yield receiver
            at = self._next(at + 1)

    def _next(self, at: int) -> int:
        """The first place from `at` on whose receiver is there; the way is remembered, shortened."""
        start, after = at, self._after
        while at < len(after) and self._taken[self.receivers[at]]:
            at = after[at]
        while start < at:
            after[start], start = at, after[start]
        return at
