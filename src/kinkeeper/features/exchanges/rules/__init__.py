"""Decisions of a gift exchange that need no database: who may give to whom, and the draw."""

from __future__ import annotations

from kinkeeper.features.exchanges.rules.arranging import arrange
from kinkeeper.features.exchanges.rules.chance import rng_from_seed
from kinkeeper.features.exchanges.rules.drawing import BrokenDraw, Drawn, Quality, certificate, draw
from kinkeeper.features.exchanges.rules.exclusions import Exclusions
from kinkeeper.features.exchanges.rules.guessing import possible_receivers
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.lifting import Kind, Lift, fewest_lifts, single_lifts
from kinkeeper.features.exchanges.rules.newcoming import is_hidden
from kinkeeper.features.exchanges.rules.repair import Repaired, repair
from kinkeeper.features.exchanges.rules.shapes import NoShape, Shape, ShapeImpossible, ShapeNotFound
from kinkeeper.features.exchanges.rules.stuck import Impossible, Stuck, who_is_stuck

__all__ = [
    "BrokenDraw",
    "Drawn",
    "Exclusions",
    "Impossible",
    "Instance",
    "Kind",
    "Lift",
    "NoShape",
    "Quality",
    "Repaired",
    "Shape",
    "ShapeImpossible",
    "ShapeNotFound",
    "Stuck",
    "arrange",
    "certificate",
    "draw",
    "fewest_lifts",
    "is_hidden",
    "possible_receivers",
    "repair",
    "rng_from_seed",
    "single_lifts",
    "who_is_stuck",
]
