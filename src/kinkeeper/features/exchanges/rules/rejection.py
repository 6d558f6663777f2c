"""Slips from a hat, afresh after each forbidden one: exactly uniform, where it ends soon."""

from __future__ import annotations

from math import log
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.instance import Instance

_PICKS_PER_PERSON: Final = 40
_PICKS_AT_MOST: Final = 20_000
_PICKS_EXPECTED: Final = 5_000
"""In a small exchange less may be expected than is allowed, so that hardly a draw pays in vain."""


def budget(size: int) -> int:
    """The picks that rejection may cost in an exchange of `size` people."""
    return _PICKS_PER_PERSON * size + _PICKS_AT_MOST


def is_promising(instance: Instance) -> bool:
    """Whether rejection is expected to end within its budget, if the rules can be kept.

    A whole hat is free of forbidden slips with probability about Π choices/n, which for few
    exclusions, k each, is e^-k; an attempt ends after about n/k picks.
    """
    n = instance.size
    exclusions = n - sum(instance.choices) / n
    attempts_log = sum(log(n / choices) for choices in instance.choices)
    return attempts_log + log(n / exclusions) <= log(_PICKS_PER_PERSON * n + _PICKS_EXPECTED)


def draw_by_rejection(instance: Instance, rng: Random, *, picks: int) -> list[int] | None:
    """A uniformly random arrangement (entry g is whom g gives to), or None once `picks` are spent.

    Giving up does not disturb the uniformity: how many attempts fail says nothing about the one
    that succeeds. Afterwards another method must draw from scratch.
    """
    order = sorted(range(instance.size), key=instance.choices.__getitem__)
    rules = [(_refused(instance, giver), instance.apart[instance.block[giver]]) for giver in order]
    hat = list(range(instance.size))
    left = picks
    while left > 0:
        drawn = _draw_slips(hat, rules, instance.block, rng)
        if drawn == instance.size:
            receivers = [0] * instance.size
            for giver, receiver in zip(order, hat, strict=True):
                receivers[giver] = receiver
            return receivers
        left -= drawn + 1
    return None


def _draw_slips(
    hat: list[int],
    rules: list[tuple[frozenset[int], frozenset[int]]],
    block: tuple[int, ...],
    rng: Random,
) -> int:
    """Shuffle the hat from the front; the number of slips before the first forbidden one."""
    random, size = rng.random, len(hat)
    for at, (refused, apart) in enumerate(rules):
        # chance.below, written out: easy draws spend all their time in these four lines.
        other = at + int(random() * (size - at))
        slip = hat[other]
        if slip in refused or block[slip] in apart:
            return at
        hat[at], hat[other] = slip, hat[at]
    return size


def _refused(instance: Instance, giver: int) -> frozenset[int]:
    listed = instance.listed[giver]
    if listed is None:
        return instance.barred[giver]
    return frozenset(range(instance.size)).difference(listed)
