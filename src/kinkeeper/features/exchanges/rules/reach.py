"""Alternating search: whom a person without a partner could displace, and where that ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kinkeeper.features.exchanges.rules.instance import Instance

NOBODY: Final = -1
"""Stands where a partner has not been found yet."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side's view of the rules, so that givers and receivers are searched by the same code.

    Person x can be paired with each of `near[x]`, and, unless `far[x]` is None, with everyone in
    `pool` who is not in `far[x]` nor in a block kept apart from x's. `pool` maps a block to its
    members.
    """

    near: tuple[tuple[int, ...], ...]
    far: tuple[frozenset[int] | None, ...]
    pool: dict[int, tuple[int, ...]]
    block: tuple[int, ...]
    apart: tuple[frozenset[int], ...]


def side_of_givers(instance: Instance) -> Side:
    """Each giver's receivers."""
    far = tuple(
        barred if listed is None else None
        for listed, barred in zip(instance.listed, instance.barred, strict=True)
    )
    return Side(
        near=tuple(listed or () for listed in instance.listed),
        far=far,
        pool=_by_block(instance, range(instance.size)),
        block=instance.block,
        apart=instance.apart,
    )


def side_of_receivers(instance: Instance) -> Side:
    """Each receiver's givers: the listed ones are near, the open ones are in the pool."""
    near: list[list[int]] = [[] for _ in range(instance.size)]
    far: list[set[int]] = [set() for _ in range(instance.size)]
    givers = range(instance.size)
    for giver in givers:
        listed = instance.listed[giver]
        for receiver in instance.barred[giver] if listed is None else ():
            far[receiver].add(giver)
        for receiver in listed or ():
            near[receiver].append(giver)
    return Side(
        near=tuple(map(tuple, near)),
        far=tuple(map(frozenset, far)),
        pool=_by_block(instance, [giver for giver in givers if instance.listed[giver] is None]),
        block=instance.block,
        apart=instance.apart,
    )


class Forest:
    """Breadth-first search over permitted pairs that never builds them (search in the complement).

    People not yet seen wait in a pool. A visit takes out all it may pair with, and those it leaves
    behind are forbidden to it; so one whole search costs O(n + forbidden pairs + listed pairs), not
    O(n²).
    """

    def __init__(self, side: Side, seen: bytes | None = None) -> None:
        """Start with nobody seen, or with those marked 1 in `seen` out of bounds."""
        self.seen = bytearray(len(side.block)) if seen is None else bytearray(seen)
        self._side = side
        self._pool: dict[int, Sequence[int]] = dict(side.pool)

    def grow(self, root: int, mates: Sequence[int]) -> Tree:
        """Search from `root` until somebody without a mate is met, or nobody is left to meet.

        `mates` gives the current partner of everyone on the other side, or NOBODY.
        """
        visited, reached_by = [root], {}
        for person in visited:
            for other in self._take(person):
                reached_by[other] = person
                if mates[other] == NOBODY:
                    return Tree(visited, reached_by, other)
                visited.append(mates[other])
        return Tree(visited, reached_by, NOBODY)

    def _take(self, person: int) -> list[int]:
        """Everyone unseen whom `person` may be paired with; they are seen from now on."""
        taken = [other for other in self._side.near[person] if not self.seen[other]]
        far = self._side.far[person]
        if far is not None:
            apart = self._side.apart[self._side.block[person]]
            for block in [block for block in self._pool if block not in apart]:
                self._split(block, far, taken)
        for other in taken:
            self.seen[other] = 1
        return taken

    def _split(self, block: int, far: frozenset[int], taken: list[int]) -> None:
        """Move a waiting block's permitted people to `taken`; the rest goes on waiting."""
        waiting = [other for other in self._pool[block] if not self.seen[other]]
        taken += [other for other in waiting if other not in far]
        left = [other for other in waiting if other in far]
        if left:
            self._pool[block] = left
        else:
            del self._pool[block]


@dataclass(frozen=True, slots=True)
class Tree:
    """What a search found: `end` is somebody without a mate, or NOBODY if the root is stuck.

    `visited` lists people of the root's side, the root first; `reached_by` maps each person met on
    the other side to the one who met them.
    """

    visited: list[int]
    reached_by: dict[int, int]
    end: int


def _by_block(instance: Instance, people: Sequence[int]) -> dict[int, tuple[int, ...]]:
    members: dict[int, list[int]] = {}
    for person in people:
        members.setdefault(instance.block[person], []).append(person)
    return {block: tuple(inside) for block, inside in members.items()}
