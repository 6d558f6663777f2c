"""The worm chain: a random walk among arrangements, with one giver at a time left without.

Each near-complete state weighs as much as its free giver has choices; then every step balances with
its reverse and all complete arrangements weigh the same, so the uniform law is the stationary one.
Any two arrangements differ by loops that one excursion each can trace (the chain is connected), and
an excursion may close at once (it is aperiodic). It is a weighted form of the chain of Jerrum and
Sinclair (1989), moved like the worm algorithm of Prokof'ev and Svistunov (2001).
"""

from __future__ import annotations

from math import ceil, log
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.instance import Instance

_TRIES: Final = 16
"""Random tries for a permitted receiver before the giver's receivers are written out for good."""

_STEPS_PER_EXCURSION: Final = 200
"""The cap on the whole walk, per excursion and person; usual rules take about 1."""


def excursions(instance: Instance) -> int:
    """How many excursions mix well; more where somebody may give to fewer than half of all.

    The number is fixed before the walk: stopping at "the first closure after so many steps" would
    favour the arrangements that long excursions end in.
    """
    n = instance.size
    usual = 24 + 4 * ceil(log(n))
    if 2 * min(instance.choices) >= n:
        return usual
    return usual + min(4 * n, 200_000 // n)


def step_cap(instance: Instance) -> int:
    """The steps after which the walk is cut short: the time is bounded by any rules (SK-74)."""
    return _STEPS_PER_EXCURSION * excursions(instance) * instance.size


class Walk:
    """A walk from a complete arrangement; `receivers` is complete whenever a method returns."""

    def __init__(self, instance: Instance, start: list[int], rng: Random) -> None:
        """`start` is any valid arrangement; entry g is whom g gives to."""
        self._instance = instance
        self._random = rng.random
        self._listed = list(instance.listed)
        self.receivers = list(start)
        self._giver_to = [0] * instance.size
        for giver, receiver in enumerate(start):
            self._giver_to[receiver] = giver

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
        before = self.receivers.copy()
        free = int(self._random() * len(before))
        vacant = before[free]
        for steps in range(1, most_steps + 1):
            receiver = self._pick(free)
            if receiver == vacant:
                self._settle(free, vacant)
                return steps
            free = self._settle(free, receiver)
        self._close(free, vacant, before)
        return most_steps + 1

    def _settle(self, giver: int, receiver: int) -> int:
        """Let `giver` have `receiver`; whoever had that receiver is free now."""
        displaced = self._giver_to[receiver]
        self.receivers[giver] = receiver
        self._giver_to[receiver] = giver
        return displaced

    def _close(self, free: int, vacant: int, before: list[int]) -> None:
        """End along the last complete arrangement: each takes back theirs, until all are served."""
        while before[free] != vacant:
            free = self._settle(free, before[free])
        self._settle(free, vacant)

    def _pick(self, giver: int) -> int:
        """A receiver for `giver`, each permitted one equally likely."""
        # chance.below and Instance.permits, written out: a tight draw takes 200,000 picks.
        listed, random = self._listed[giver], self._random
        if listed is None:
            block = self._instance.block
            barred, apart = self._instance.barred[giver], self._instance.apart[block[giver]]
            for _ in range(_TRIES):
                receiver = int(random() * len(block))
                if receiver not in barred and block[receiver] not in apart:
                    return receiver
            # Going over to the list after failed tries is as uniform as trying on for ever.
            listed = self._listed[giver] = self._instance.receivers_of(giver)
        return listed[int(random() * len(listed))]
