"""Shapes that a group may wish for: one big loop, or no two people who give to each other.

Whether a shape can be had is NP-hard to decide in general. So a search here works a fixed number of
steps and says honestly how it ended: found, proved impossible, or not found (SK-71).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Shape(StrEnum):
    """What a draw should look like, beyond the rules."""

    ANY = "any"
    NO_MUTUAL = "no-mutual"
    """No two people give to each other."""
    ONE_LOOP = "one-loop"
    """Following the gifts from anybody leads through everybody."""

    def faults(self, receivers: Sequence[int]) -> int:
        """How far an arrangement is from the shape: loops too many, or mutual pairs; 0 fits."""
        if self is Shape.ANY:
            return 0
        if self is Shape.ONE_LOOP:
            return len(loops(receivers)) - 1
        return sum(receivers[receiver] == giver for giver, receiver in enumerate(receivers)) // 2


class NoShape(Exception):
    """There is a draw by the rules, but none of the wished shape was found."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape)
        self.shape = shape


class ShapeImpossible(NoShape):
    """Proved: the rules leave no arrangement of this shape."""


class ShapeNotFound(NoShape):
    """Neither found nor proved impossible within the limit."""


def loops(receivers: Sequence[int]) -> list[list[int]]:
    """The loops of an arrangement, each in the order of giving."""
    seen, found = bytearray(len(receivers)), []
    for first in range(len(receivers)):
        if seen[first]:
            continue
        loop, person = list[int](), first
        while not seen[person]:
            seen[person] = 1
            loop.append(person)
            person = receivers[person]
        found.append(loop)
    return found
