"""One big loop: by a random ring where the rules are easy, else by merging the loops of a draw."""

from __future__ import annotations

from math import log
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.chance import below, shuffle
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.shapes import loops

_PICKS_PER_PERSON: Final = 40
_PICKS: Final = 60_000
_TRIES: Final = 8
"""Partners tried for each giver of a loop, before all are looked through."""
_LOOK_THROUGH: Final = 1_000_000


def is_connected(instance: Instance) -> bool:
    """Whether the gifts could lead from anybody to anybody: without that there is no single loop."""
    return _reaches_all(instance, forward=True) and _reaches_all(instance, forward=False)


def _reaches_all(instance: Instance, *, forward: bool) -> bool:
    # Whoever is left in `unseen` is forbidden to the one who looked, so this costs O(n + forbidden).
    permits, unseen, visited = instance.permits, list(range(1, instance.size)), [0]
    for person in visited:
        left = list[int]()
        for other in unseen:
            permitted = permits(person, other) if forward else permits(other, person)
            (visited if permitted else left).append(other)
        unseen = left
        if not unseen:
            return True
    return False


def draw_ring(instance: Instance, rng: Random) -> tuple[int, ...] | None:
    """A random ring, afresh after each forbidden step: every loop equally likely.

    None where that is not expected to end soon, or did not.
    """
    size = instance.size
    left = _PICKS_PER_PERSON * size + _PICKS
    if min(instance.choices) == 0 or not _is_promising(instance, left):
        return None
    start = min(range(size), key=instance.choices.__getitem__)
    ring = [start, *(person for person in range(size) if person != start)]
    permits, random = instance.permits, rng.random
    while left > 0:
        at = 1
        while at < size:
            other = at + int(random() * (size - at))
            ring[at], ring[other] = ring[other], ring[at]
            if not permits(ring[at - 1], ring[at]):
                break
            at += 1
        else:
            if permits(ring[-1], start):
                return _receivers(ring)
        left -= at
    return None


def _is_promising(instance: Instance, picks: int) -> bool:
    size = instance.size
    exclusions = max(1.0, size - 1 - sum(instance.choices) / size)
    tries_log = sum(log((size - 1) / choices) for choices in instance.choices) if size > 1 else 0.0
    return tries_log + log(size / exclusions) <= log(picks)


def _receivers(ring: list[int]) -> tuple[int, ...]:
    receivers = [0] * len(ring)
    for giver, receiver in zip(ring, [*ring[1:], ring[0]], strict=True):
        receivers[giver] = receiver
    return tuple(receivers)


def merge_loops(instance: Instance, receivers: list[int], rng: Random) -> bool:
    """Swap receivers between loops until there is one, in place; False if no swap is permitted any more."""
    while len(parts := loops(receivers)) > 1:
        loop_of = [0] * instance.size
        for number, loop in enumerate(parts):
            for person in loop:
                loop_of[person] = number
        if not any(_merge(instance, receivers, loop, loop_of, rng) for loop in sorted(parts, key=len)):
            return False
    return True


def _merge(
    instance: Instance, receivers: list[int], loop: list[int], loop_of: list[int], rng: Random
) -> bool:
    """Merge a loop with any other; the first to fit is taken."""
    givers, size = loop.copy(), instance.size
    shuffle(rng, givers)
    for giver in givers:
        if any(_swap(instance, receivers, giver, below(rng, size), loop_of) for _ in range(_TRIES)):
            return True
    if len(givers) * size > _LOOK_THROUGH:
        return False
    first = below(rng, size)
    return any(
        _swap(instance, receivers, giver, (first + other) % size, loop_of)
        for giver in givers
        for other in range(size)
    )


def _swap(instance: Instance, receivers: list[int], one: int, other: int, loop_of: list[int]) -> bool:
    """Let two givers of different loops swap receivers, if they may: the two loops become one."""
    mine, theirs = receivers[one], receivers[other]
    if loop_of[one] == loop_of[other] or not (
        instance.permits(one, theirs) and instance.permits(other, mine)
    ):
        return False
    receivers[one], receivers[other] = theirs, mine
    return True
