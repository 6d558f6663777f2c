"""A draw of the wished shape: evenly where that can be had, else any, or why there is none."""

from __future__ import annotations

from math import log
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.chance import below
from kinkeeper.features.exchanges.rules.drawing import Drawn, Quality, certificate, draw, verify
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.listing import list_arrangements
from kinkeeper.features.exchanges.rules.mending import mend
from kinkeeper.features.exchanges.rules.one_loop import draw_ring, is_connected, merge_loops
from kinkeeper.features.exchanges.rules.shapes import Shape, ShapeImpossible, ShapeNotFound

_DRAWS_EXACT: Final = 40
_DRAWS_MIXED: Final = 8
"""Draws made to meet one without mutual pairs; usually more than every third is."""

_MERGES: Final = 4
"""Draws whose loops are merged as far as they can be."""

_SMALL: Final = log(1e12)
"""The logarithm of what all choices may multiply to, for the search to come first."""

_SMALL_WORK: Final = 200_000
_MOST_WORK: Final = 500_000
"""Pairs looked at by the search."""


def draw_shaped(instance: Instance, shape: Shape, rng: Random) -> Drawn:
    """Draw by the rules, in the wished shape; equal generators give equal draws.

    What is merged, mended, or searched for in random order is CAPPED: every arrangement of the shape can
    come up, some more often than others.

    Raises Impossible if no arrangement keeps the rules, ShapeImpossible if none of them has the
    shape, ShapeNotFound if the work ran out before either was known.
    """
    if shape is Shape.ANY:
        return draw(instance, rng)
    certificate(instance, rng)
    shaped = (
        _by_rejection(instance, shape, rng)
        or (_is_small(instance) and _from_list(instance, shape, rng))
        or _by_merging(instance, shape, rng)
        or _by_search(instance, shape, rng)
    )
    if not shaped:
        raise ShapeNotFound(shape)
    verify(instance, shaped.receivers)
    return shaped


def _by_rejection(instance: Instance, shape: Shape, rng: Random) -> Drawn | None:
    """The even ways: random rings, or draws until one has the shape."""
    if shape is Shape.ONE_LOOP:
        ring = draw_ring(instance, rng)
        return None if ring is None else Drawn(ring, Quality.EXACT)
    for count in range(_DRAWS_EXACT):
        drawn = draw(instance, rng)
        if shape.faults(drawn.receivers) == 0:
            return drawn
        if drawn.quality is not Quality.EXACT and count + 1 >= _DRAWS_MIXED:
            break
    return None


def _is_small(instance: Instance) -> bool:
    return sum(log(choices) for choices in instance.choices) <= _SMALL


def _from_list(instance: Instance, shape: Shape, rng: Random) -> Drawn | None:
    """One of all that there are; raises ShapeImpossible.

    None where the list is cut short: it is the beginning of an ascending one, in which the first givers
    have the same receivers throughout, whatever the seed.
    """
    listing = list_arrangements(instance, shape, work=_SMALL_WORK)
    if not listing.complete:
        return None
    if not listing.found:
        raise ShapeImpossible(shape)
    return Drawn(listing.found[below(rng, len(listing.found))], Quality.EXACT)


def _by_search(instance: Instance, shape: Shape, rng: Random) -> Drawn | None:
    """The first that a search in random order comes to. Raises ShapeImpossible if there is none."""
    listing = list_arrangements(instance, shape, work=_MOST_WORK, most=1, rng=rng)
    if listing.found:
        return Drawn(listing.found[0], Quality.CAPPED)
    if listing.complete:
        raise ShapeImpossible(shape)
    return None


def _by_merging(instance: Instance, shape: Shape, rng: Random) -> Drawn | None:
    """A draw, mended. Raises ShapeImpossible where the rules tear the people apart."""
    one_loop = shape is Shape.ONE_LOOP
    if one_loop and not is_connected(instance):
        raise ShapeImpossible(shape)
    receivers = list(draw(instance, rng).receivers)
    for _ in range(_MERGES if one_loop else 0):
        if merge_loops(instance, receivers, rng):
            return Drawn(tuple(receivers), Quality.CAPPED)
        receivers = list(draw(instance, rng).receivers)
    if mend(instance, receivers, shape, rng):
        return Drawn(tuple(receivers), Quality.CAPPED)
    return None
