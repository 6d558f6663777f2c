"""Who may give to whom: one exchange's rules as a value, small even for large families."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

Pairs = Mapping[int, Collection[int]]
Groups = Iterable[Collection[int]]


@dataclass(frozen=True, slots=True)
class Instance:
    """The permitted pairs among people 0 … size - 1; all tuples but `apart` have an entry for each.

    A giver's choices are either *listed* (the receivers, ascending) or *open*: everyone but those
    in `barred` and those whose block is kept apart. Storing what is forbidden keeps usual rules
    near n entries where the permitted pairs would be n²; a picky giver is listed, because there it
    is the other way round.

    A *block* is a set of people who belong to exactly the same groups, so a family costs one number
    per member. Nobody gives to a block that shares a group with the own one.
    """

    size: int
    listed: tuple[tuple[int, ...] | None, ...]
    barred: tuple[frozenset[int], ...]
    """Empty for a listed giver; mentions the own group only where a rule names them as well."""
    block: tuple[int, ...]
    apart: tuple[frozenset[int], ...]
    """For each block the blocks that it may not give to: symmetric."""
    choices: tuple[int, ...]
    """The number of receivers open to each giver."""

    @classmethod
    def of(
        cls,
        size: int,
        *,
        forbidden: Pairs | None = None,
        permitted: Pairs | None = None,
        groups: Groups = (),
    ) -> Self:
        """The rules of an exchange of `size` people; all of them hold at once (SK-68, SK-69).

        `forbidden` maps a giver to receivers that are refused, one way. `permitted` maps a giver to
        the only receivers allowed. Members of one of the `groups` never give to each other; groups
        may overlap. Nobody ever gives to themselves. Raises ValueError for an empty exchange or a
        person not in it.
        """
        if size < 1:
            message = f"an exchange needs people, not {size}"
            raise ValueError(message)
        forbidden, permitted = forbidden or {}, permitted or {}
        block, apart = _blocks(size, groups)
        shape = _Shape(size, block, apart)
        shape.people(forbidden.keys() | permitted.keys())
        refused = [shape.people(forbidden.get(giver, ())) | {giver} for giver in range(size)]
        listed = tuple(shape.listed(giver, refused[giver], permitted.get(giver)) for giver in range(size))
        barred = tuple(
            names if line is None else frozenset() for names, line in zip(refused, listed, strict=True)
        )
        bare = cls(size=size, listed=listed, barred=barred, block=block, apart=apart, choices=())
        return replace(bare, choices=tuple(bare.choices_among(range(size), range(size))))

    def permits(self, giver: int, receiver: int) -> bool:
        """Whether the rules let `giver` give to `receiver`."""
        listed = self.listed[giver]
        if listed is not None:
            at = bisect_left(listed, receiver)
            return at < len(listed) and listed[at] == receiver
        return receiver not in self.barred[giver] and not self.kept_apart(giver, receiver)

    def kept_apart(self, one: int, other: int) -> bool:
        """Whether the two share a group."""
        return self.block[other] in self.apart[self.block[one]]

    def receivers_of(self, giver: int) -> tuple[int, ...]:
        """Everyone whom `giver` may give to, ascending; O(n) for an open giver."""
        listed = self.listed[giver]
        if listed is not None:
            return listed
        barred, apart = self.barred[giver], self.apart[self.block[giver]]
        return tuple(r for r, block in enumerate(self.block) if r not in barred and block not in apart)

    def choices_among(self, givers: Iterable[int], receivers: Sequence[int]) -> list[int]:
        """For each of the givers, to how many of `receivers` they may give; O(people + rules)."""
        here, inside = bytearray(self.size), [0] * len(self.apart)
        for receiver in receivers:
            here[receiver] = 1
            inside[self.block[receiver]] += 1
        kin = [sum(inside[other] for other in apart) for apart in self.apart]

        def count(giver: int) -> int:
            named = self.listed[giver]
            if named is not None:
                return sum(here[receiver] for receiver in named)
            own = self.block[giver]
            apart = self.apart[own]
            strangers = sum(here[one] for one in self.barred[giver] if self.block[one] not in apart)
            return len(receivers) - kin[own] - strangers

        return [count(giver) for giver in givers]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What must be known of the people before the choices of one of them can be written down."""

    size: int
    block: tuple[int, ...]
    apart: tuple[frozenset[int], ...]

    def people(self, named: Collection[int]) -> frozenset[int]:
        """Those named, if they all take part; ValueError otherwise."""
        people = frozenset(named)
        if people and not (min(people) >= 0 and max(people) < self.size):
            message = f"not among {self.size} people: {sorted(people)}"
            raise ValueError(message)
        return people

    def listed(
        self, giver: int, barred: frozenset[int], allowed: Collection[int] | None
    ) -> tuple[int, ...] | None:
        """The giver's list of receivers, or None if what is forbidden takes less room."""
        if allowed is None and 2 * len(barred) <= self.size:
            return None
        candidates = range(self.size) if allowed is None else self.people(allowed)
        apart = self.apart[self.block[giver]]
        return tuple(sorted(r for r in candidates if r not in barred and self.block[r] not in apart))


def _blocks(size: int, groups: Groups) -> tuple[tuple[int, ...], tuple[frozenset[int], ...]]:
    """The block of each person, and for each block those that share a group with it."""
    groups_of: list[tuple[int, ...]] = [()] * size
    for number, group in enumerate(groups):
        for person in set(group):
            if not 0 <= person < size:
                message = f"not among {size} people: {person}"
                raise ValueError(message)
            groups_of[person] += (number,)
    number_of = {memberships: number for number, memberships in enumerate(dict.fromkeys(groups_of))}
    blocks_in: dict[int, set[int]] = {}
    for memberships, block in number_of.items():
        for number in memberships:
            blocks_in.setdefault(number, set()).add(block)
    apart = tuple(
        frozenset().union(*(blocks_in[number] for number in memberships)) for memberships in number_of
    )
    return tuple(number_of[memberships] for memberships in groups_of), apart
