"""How well somebody who comes late is hidden: by how many who could give to them, and they to (T-19)."""

from __future__ import annotations

from itertools import islice
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
    the giver known by the rules, so would be their match. So each receiver must leave enough givers, too.
    Raises Impossible.
    """
    others = instance.size - 1
    around = min(possible_around(instance, newcomer))
    return around >= max(FEW, (others + 1) // 2) and _hides_every_giver(instance, newcomer)


def _hides_every_giver(instance: Instance, newcomer: int) -> bool:
    """Whether of those who may give to a receiver, two, and a third, may give to the newcomer as well.

    Where all of them may, the newcomer learns nothing by who they are kept apart from.
    """
    others = [giver for giver in range(instance.size) if giver != newcomer]
    kept_apart = [giver for giver in others if not instance.permits(giver, newcomer)]
    between = [giver for giver in others if instance.permits(giver, newcomer)]
    for receiver in instance.receivers_of(newcomer):
        lost = sum(instance.permits(giver, receiver) for giver in kept_apart)
        wanted = max(FEW - 1, (lost + 1) // 2)  # the receiver was not their own giver
        both = islice((giver for giver in between if instance.permits(giver, receiver)), wanted)
        if lost and len(list(both)) < wanted:
            return False
    return True
