"""How well somebody who comes late is hidden: by how many who could give to them, and they to (T-19)."""

from __future__ import annotations

from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.drawing import certificate
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.parts import parts

FEW: Final = 3
"""Of so few somebody is hidden at least, however small the group."""


def possible_around(instance: Instance, person: int) -> tuple[int, int]:
    """To how many somebody gives in any draw at all, and from how many they get; raises Impossible."""
    receivers = givers = 0
    for part in parts(instance, certificate(instance, Random(0))):  # noqa: S311 - see possible_receivers
        if person in part.givers:
            receivers = len(part.receivers_of(person))
        if person in part.inside:
            givers = sum(instance.permits(giver, person) for giver in part.givers)
    return receivers, givers


def is_hidden(instance: Instance, newcomer: int) -> bool:
    """Whether half of the others, and three at least, may be the newcomer's giver, and as many the receiver.

    Whoever comes slips in between a giver and their receiver, and knows the receiver from then on: were
    the giver known by the rules, so would be their match. Raises Impossible.
    """
    others = instance.size - 1
    return min(possible_around(instance, newcomer)) >= max(FEW, (others + 1) // 2)
