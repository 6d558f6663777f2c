"""Decisions of a gift exchange that need no database: who may give to whom, and the draw."""

from __future__ import annotations

from kinkeeper.features.exchanges.rules.chance import rng_from_seed
from kinkeeper.features.exchanges.rules.drawing import BrokenDraw, Drawn, Quality, certificate, draw
from kinkeeper.features.exchanges.rules.instance import Instance
from kinkeeper.features.exchanges.rules.stuck import Impossible, Stuck, who_is_stuck

__all__ = [
    "BrokenDraw",
    "Drawn",
    "Impossible",
    "Instance",
    "Quality",
    "Stuck",
    "certificate",
    "draw",
    "rng_from_seed",
    "who_is_stuck",
]
