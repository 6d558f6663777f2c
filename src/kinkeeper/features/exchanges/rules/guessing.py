"""How much the rules alone give away: among how many receivers somebody who knows them must guess (T-19)."""

from __future__ import annotations

from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.drawing import certificate
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.listing import list_arrangements
from kinkeeper.features.exchanges.rules.one_loop import is_connected
from kinkeeper.features.exchanges.rules.parts import parts
from kinkeeper.features.exchanges.rules.shapes import Shape, ShapeImpossible

_WORK: Final = 50_000
"""Pairs looked at for a list of all arrangements of a shape: a tenth of a second."""


def possible_receivers(instance: Instance, shape: Shape = Shape.ANY) -> list[int]:
    """For each giver, to how many people they give in any draw at all.

    Less than they are permitted, where a permitted pair would leave others without. What a shape leaves
    of them is counted where all its arrangements can be listed, as in small exchanges, where it matters.
    Raises Impossible, and ShapeImpossible where that is found out on the way.
    """
    if shape is not Shape.ANY:
        return _of_shape(instance, shape)
    # Which certificate it is makes no difference to the parts (Dulmage, Mendelsohn).
    start = certificate(instance, Random(0))  # noqa: S311
    found = [0] * instance.size
    for part in parts(instance, start):
        for giver, choices in zip(part.givers, part.choices, strict=True):
            found[giver] = choices
    return found


def _of_shape(instance: Instance, shape: Shape) -> list[int]:
    found = possible_receivers(instance)
    if shape is Shape.ONE_LOOP and not is_connected(instance):
        raise ShapeImpossible(shape)
    listing = list_arrangements(instance, shape, work=_WORK)
    if not listing.complete:
        return found
    if not listing.found:
        raise ShapeImpossible(shape)
    return [len(set(receivers)) for receivers in zip(*listing.found, strict=True)]
