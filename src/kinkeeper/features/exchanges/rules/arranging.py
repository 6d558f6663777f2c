"""The draw with all that an organiser can wish for: rules, past years, and a shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from kinkeeper.features.exchanges.rules.drawing import Drawn
from kinkeeper.features.exchanges.rules.exclusions import Exclusions
from kinkeeper.features.exchanges.rules.guessing import possible_receivers
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.past_years import least_repeating
from kinkeeper.features.exchanges.rules.shapes import NoShape, Shape, ShapeImpossible, ShapeNotFound
from kinkeeper.features.exchanges.rules.shaping import draw_shaped
from kinkeeper.features.exchanges.rules.stuck import who_is_stuck


def arrange(exclusions: Exclusions, shape: Shape, rng: Random) -> Drawn:
    """Draw by the rules, in the wished shape, repeating as little of the past years as can be.

    Past years yield to the shape and to secrecy, the oldest first: as many count as leave the shape, and
    everybody at least two receivers, for whoever remembers those years can work out the rest (T-19).
    A search that ran out is not made for each number of years: none counts then. Equal generators give
    equal draws. Raises Impossible, ShapeImpossible or ShapeNotFound.
    """
    for fewer in _ever_fewer_years(exclusions):
        instance = _least_repeating(fewer, shape)
        if instance is None:
            continue
        try:
            return draw_shaped(instance, shape, rng)
        except ShapeNotFound:
            break
        except ShapeImpossible:
            continue
    return draw_shaped(exclusions.instance(years=0), shape, rng)


def _ever_fewer_years(exclusions: Exclusions) -> Iterator[Exclusions]:
    """All years, then without the oldest, and so on to the last; years that add nothing are passed over."""
    for years in range(len(exclusions.past), 0, -1):
        if exclusions.instance(years=years).choices != exclusions.instance(years=years - 1).choices:
            yield replace(exclusions, past=exclusions.past[:years])


def _least_repeating(exclusions: Exclusions, shape: Shape) -> Instance | None:
    """The rules that these years leave; None if they leave somebody one receiver, or not the shape."""
    instance = exclusions.instance()
    try:
        if who_is_stuck(instance) is not None:
            instance = least_repeating(exclusions)
        return instance if min(possible_receivers(instance, shape)) > 1 else None
    except NoShape:
        return None
