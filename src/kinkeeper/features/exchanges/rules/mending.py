"""Mending an arrangement until it has the wished shape: a random walk that seldom goes uphill."""

from __future__ import annotations

from math import exp
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.chance import below
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.shapes import Shape

_WORK: Final = 500_000
"""Steps of excursions, and people looked at when faults are counted."""

_STEPS_PER_PERSON: Final = 4
"""The longest excursion; a longer one changes too much at once."""

_UPHILL: Final = 2.0
"""A step that adds a fault is taken with probability e^-2."""


def mend(instance: Instance, receivers: list[int], shape: Shape, rng: Random) -> bool:
    """Lead `receivers`, a valid arrangement, to one without faults, in place; False if the work ran out.

    Moves are the excursions of the worm: a giver goes without, takes somebody's receiver, and so on
    until the gap closes. They connect all arrangements, also where no two people can swap.
    """
    choices = [instance.receivers_of(giver) for giver in range(instance.size)]
    giver_to = [0] * instance.size
    for giver, receiver in enumerate(receivers):
        giver_to[receiver] = giver
    faults, work = shape.faults(receivers), _WORK
    while faults and work > 0:
        before = receivers.copy()
        steps = _excursion(choices, receivers, giver_to, rng)
        after = shape.faults(receivers) if steps else faults
        work -= (steps or _STEPS_PER_PERSON * instance.size) + instance.size
        if steps and (after <= faults or rng.random() < exp(_UPHILL * (faults - after))):
            faults = after
        else:
            receivers[:] = before
            for giver, receiver in enumerate(receivers):
                giver_to[receiver] = giver
    return not faults


def _excursion(choices: list[tuple[int, ...]], receivers: list[int], giver_to: list[int], rng: Random) -> int:
    """Shift from a random giver until all are served again; the number of steps, 0 if it took too many."""
    free = below(rng, len(receivers))
    vacant = receivers[free]
    for steps in range(1, _STEPS_PER_PERSON * len(receivers) + 1):
        receiver = choices[free][below(rng, len(choices[free]))]
        displaced = giver_to[receiver]
        receivers[free], giver_to[receiver] = receiver, free
        if receiver == vacant:
            return steps
        free = displaced
    return 0
