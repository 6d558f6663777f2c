"""Slips from a hat, afresh after each forbidden one: exactly uniform, where it ends soon.

Where one large family may not give inside, its members draw first, from a hat without their own
slips; these are thrown in before the others draw. Whatever was drawn before, each person in turn has
the same number of slips to draw from; so all that keeps the family apart is equally likely, and only
the other rules can make everybody begin afresh.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import exp, inf, log
from random import Random
from typing import Final

from kinkeeper.features.exchanges.rules.parts import Part, largest_family

_PER_PERSON: Final = 80
_BESIDES: Final = 5_000
"""Picks that may be expected: what they take is near what the worm chain would, or little."""

_PATIENCE: Final = 3
"""Times the picks that may be expected; one draw in twenty takes longer, and is left to the chain."""

_HOPELESS: Final = 100
"""e^100 attempts."""

Rule = tuple[frozenset[int], frozenset[int]]
"""The receivers, and the blocks, that a giver's slip must not name."""


def budget(part: Part) -> int:
    """The picks that rejection may cost."""
    return _PATIENCE * (_PER_PERSON * part.size + _BESIDES)


class Hat:
    """The slips of one part, and who draws when: the family, then the rest."""

    def __init__(self, part: Part) -> None:
        givers, kin = largest_family(part)
        self._part = part
        self._choices = dict(zip(part.givers, part.choices, strict=True))
        self._family, self._rest = list[int](), list[int]()
        for giver in sorted(part.givers, key=self._choices.__getitem__):
            (self._family if giver in givers else self._rest).append(giver)
        self._kin = [receiver for receiver in part.receivers if receiver in kin]
        self._outsiders = [receiver for receiver in part.receivers if receiver not in kin]

    def is_promising(self) -> bool:
        """Whether drawing is expected to end within its budget, if the rules can be kept at all."""
        size = self._part.size
        return self._picks_expected() <= _PER_PERSON * size + _BESIDES * size / self._part.instance.size

    def _picks_expected(self) -> float:
        """The number of slips until all fit, about.

        An attempt succeeds with about the product of everyone's chances; one that fails ends at its
        first misfit.
        """
        chances = list(self._chances())
        attempts_log = -sum(map(log, chances)) if min(chances) > 0 else inf
        attempts_log = max(attempts_log, self._attempts_for_leftovers())
        misfits = sum(1 - chance for chance in chances)
        return exp(attempts_log) * self._part.size / max(1, misfits) if attempts_log < _HOPELESS else inf

    def _chances(self) -> Iterator[float]:
        """For each giver the share of permitted slips among those that are expected in the hat."""
        if not self._family:
            yield from (choices / self._part.size for choices in self._part.choices)
            return
        outsiders = len(self._outsiders)
        yield from (self._choices[giver] / outsiders for giver in self._family)
        left = 1 - len(self._family) / outsiders
        outside = self._part.instance.choices_among(self._rest, self._outsiders)
        for giver, among_outsiders in zip(self._rest, outside, strict=True):
            among_kin = self._choices[giver] - among_outsiders
            yield (among_kin + among_outsiders * left) / len(self._rest)

    def _attempts_for_leftovers(self) -> float:
        """The logarithm of the attempts until all that the family leaves of the outsiders' slips fit.

        Asked of the slips instead of those who draw: at a wedding of two families every slip of the other
        one that is left must fall to one of the few friends, while each of the many who draw has good
        chances not to meet it.
        """
        if not self._family:
            return 0.0
        block, apart = self._part.instance.block, self._part.instance.apart
        drawing, attempts_log = Counter(block[giver] for giver in self._rest), 0.0
        for one, slips in Counter(block[receiver] for receiver in self._outsiders).items():
            takers = len(self._rest) - sum(drawing[other] for other in apart[one])
            attempts_log -= slips * log(max(1, takers) / len(self._rest))
        return attempts_log * (1 - len(self._family) / len(self._outsiders))

    def draw(self, rng: Random, *, picks: int) -> dict[int, int] | None:
        """A uniformly random arrangement (giver to receiver), or None once `picks` are spent.

        Giving up does not disturb the uniformity: how many attempts fail says nothing about the one
        that succeeds. Afterwards another method must draw from scratch.
        """
        first, second = self._rules_for(self._family), self._rules_for(self._rest)
        block, size = self._part.instance.block, len(first)
        hat = self._outsiders.copy()
        while picks > 0:
            drawn = _draw_slips(hat, first, block, rng)
            if drawn == size:
                slips = self._kin + hat[size:]
                drawn += _draw_slips(slips, second, block, rng)
                if drawn == self._part.size:
                    return dict(zip(self._family + self._rest, hat[:size] + slips, strict=True))
            picks -= drawn + 1
        return None

    def _rules_for(self, givers: Sequence[int]) -> list[Rule]:
        instance = self._part.instance
        return [(self._refused(giver), instance.apart[instance.block[giver]]) for giver in givers]

    def _refused(self, giver: int) -> frozenset[int]:
        if self._choices[giver] == self._part.size:
            return frozenset()
        listed = self._part.instance.listed[giver]
        return self._part.instance.barred[giver] if listed is None else self._part.inside.difference(listed)


def _draw_slips(hat: list[int], rules: list[Rule], block: tuple[int, ...], rng: Random) -> int:
    """Shuffle the hat from the front, a slip for each rule; the number before the first misfit."""
    random, size = rng.random, len(hat)
    for at, (refused, apart) in enumerate(rules):
        # chance.below, written out: easy draws spend all their time in these four lines.
        other = at + int(random() * (size - at))
        slip = hat[other]
        if slip in refused or block[slip] in apart:
            return at
        hat[at], hat[other] = slip, hat[at]
    return len(rules)
