"""The worm chain: a random walk among arrangements, with one giver at a time left without.

Each near-complete state weighs as much as its free giver has choices; then every step balances with
its reverse and all complete arrangements weigh the same, so the uniform law is the stationary one.
Any two arrangements differ by loops that one excursion each can trace (the chain is connected), and
an excursion may close at once (it is aperiodic). It is a weighted form of the chain of Jerrum and
Sinclair (1989), moved like the worm algorithm of Prokof'ev and Svistunov (2001).

In a family of nearly half, one free giver mostly frees another, since nearly all outsiders receive
from the family, and the walk would hardly find out again. So the states whose free giver is of a large
family weigh less, by the chance of getting out: an excursion begins with such a giver that much less
often, and a step to a giver who weighs less is taken that much less often. This balances as before. It
holds for each large family alike: with a wedding's two, of whom one only weighed less, the other had no
way across, and an excursion in a few thousand took n² steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.parts import Part, ways_out
from kinkeeper.features.exchanges.rules.reach import NOBODY

_TRIES: Final = 16
"""Random tries for a permitted receiver before the giver's receivers are written out for good."""

_STEPS_PER_EXCURSION: Final = 200
"""The cap on the whole walk, per excursion and person; usual rules take about 1."""


def excursions(part: Part) -> int:
    """How many excursions mix well; more, the more somebody's choices fall short of half of all.

    The number is fixed before the walk: stopping at "the first closure after so many steps" would
    favour the arrangements that long excursions end in.
    """
    n, fewest = part.size, min(part.choices)
    usual, tight = 24 + 4 * ceil(log(n)), min(4 * n, 200_000 // n)
    if 2 * fewest >= n:
        return usual
    # All of the extra excursions at a quarter and below, and in proportion in between.
    return usual + min(tight, tight * (2 * n - 4 * fewest) // n)


def step_cap(part: Part) -> int:
    """The steps after which the walk is cut short: the time is bounded by any rules (SK-74)."""
    return _STEPS_PER_EXCURSION * excursions(part) * part.size


class Walk:
    """A walk among the arrangements of one part; complete whenever a method returns.

    Inside, givers and receivers are their places in the part.
    """

    def __init__(self, part: Part, start: Sequence[int], rng: Random) -> None:
        """`start` is any arrangement of everybody that keeps the rules; entry g is whom g gives to."""
        instance, place = part.instance, {receiver: at for at, receiver in enumerate(part.receivers)}
        self._part = part
        self._random = rng.random
        self._listed = [
            None if instance.listed[giver] is None else [place[one] for one in part.receivers_of(giver)]
            for giver in part.givers
        ]
        self._barred = [
            frozenset(place[one] for one in instance.barred[giver] if one in place) for giver in part.givers
        ]
        self._apart = [instance.apart[instance.block[giver]] for giver in part.givers]
        self._block = [instance.block[receiver] for receiver in part.receivers]
        self._receivers = [place[start[giver]] for giver in part.givers]
        self._giver_to = [0] * part.size
        for giver, receiver in enumerate(self._receivers):
            self._giver_to[receiver] = giver
        ways = ways_out(part)
        widest = max(ways)
        self._weight = [way / widest for way in ways]

    def pairs(self) -> dict[int, int]:
        """Whom each giver of the part gives to."""
        part = self._part
        return {giver: part.receivers[at] for giver, at in zip(part.givers, self._receivers, strict=True)}

    def wander(self, count: int, *, most_steps: int) -> bool:
        """Make `count` excursions; False if `most_steps` ran out and the last was cut short."""
        for _ in range(count):
            most_steps -= self._excursion(most_steps)
            if most_steps < 0:
                return False
        return True

    def _excursion(self, most_steps: int) -> int:
        """Free a random giver and shift until all are served again; the number of steps it took.

        If `most_steps` do not suffice, it is cut short and the answer is one more than allowed.
        """
        receivers, giver_to, pick, random = self._receivers, self._giver_to, self._pick, self._random
        weight = self._weight
        before = receivers.copy()
        free = self._first()
        vacant = before[free]
        for steps in range(1, most_steps + 1):
            receiver = pick(free)
            displaced = giver_to[receiver]
            # Multiplied, not divided: a seed leads to the same draw wherever one family only is large.
            if (
                weight[displaced] < weight[free]
                and receiver != vacant
                and (random() * weight[free] >= weight[displaced])
            ):
                continue
            receivers[free], giver_to[receiver] = receiver, free
            if receiver == vacant:
                return steps
            free = displaced
        self._close(free, vacant, before)
        return most_steps + 1

    def _first(self) -> int:
        """Who is freed first: anybody, but members of large families less often."""
        while True:
            giver = int(self._random() * len(self._receivers))
            if self._weight[giver] == 1 or self._random() < self._weight[giver]:
                return giver

    def _close(self, free: int, vacant: int, before: list[int]) -> None:
        """End along the last complete arrangement: each takes back theirs, until all are served."""
        receiver = NOBODY
        while receiver != vacant:
            receiver = before[free]
            displaced = self._giver_to[receiver]
            self._receivers[free], self._giver_to[receiver] = receiver, free
            free = displaced

    def _pick(self, giver: int) -> int:
        """A receiver for `giver`, each permitted one equally likely."""
        # chance.below and Instance.permits, written out: a tight draw takes 200,000 picks.
        listed, random = self._listed[giver], self._random
        if listed is None:
            block, barred, apart = self._block, self._barred[giver], self._apart[giver]
            for _ in range(_TRIES):
                receiver = int(random() * len(block))
                if receiver not in barred and block[receiver] not in apart:
                    return receiver
            # Going over to the list after failed tries is as uniform as trying on for ever.
            permitted = range(len(block))
            listed = [at for at in permitted if at not in barred and block[at] not in apart]
            self._listed[giver] = listed
        return listed[int(random() * len(listed))]
