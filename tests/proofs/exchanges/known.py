"""Small exchanges whose arrangements can all be written down, and the test of evenness."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

from scipy import stats

from kinkeeper.features.exchanges.rules import Instance

Arrangement = tuple[int, ...]

NO_RULES = Instance.of(6)
THREE_COUPLES = Instance.of(6, groups=[(0, 1), (2, 3), (4, 5)])
MIXED_RULES = Instance.of(
    8,
    groups=[(0, 1), (2, 3, 4)],
    forbidden={0: [5], 1: [5, 6], 3: [7], 5: [0, 3], 6: [0, 1], 7: [2]},
)
THREE_EACH = Instance.of(
    8,
    permitted=dict(
        enumerate(
            [
                (4, 5, 7),
                (0, 2, 4),
                (0, 1, 6),
                (4, 5, 6),
                (1, 6, 7),
                (2, 6, 7),
                (1, 3, 5),
                (4, 5, 6),
            ]
        )
    ),
)
TWO_PICKY = Instance.of(6, permitted={0: (1, 5), 1: (0, 5)})
HALF_FAMILY = Instance.of(8, groups=[range(4)], forbidden={0: [5], 6: [1, 2]})
NEARLY_HALF = Instance.of(7, groups=[(4, 5, 6), (2, 3)], forbidden={6: [1]})
TWO_CLANS = Instance.of(8, groups=[range(3), range(3, 6)])
RINGS = Instance.of(9, permitted={g: [g - g % 3 + (g + 1) % 3, (g + 3) % 9] for g in range(8)} | {8: [6, 5]})
ONE_RING = Instance.of(9, permitted={g: [(g + 1) % 9, (g + 2) % 9] for g in range(9)})

KNOWN = {
    "A no rules": (NO_RULES, 265),
    "B three couples": (THREE_COUPLES, 80),
    "C groups and nine one-way rules": (MIXED_RULES, 996),
    "D three permitted each": (THREE_EACH, 16),
    "E two picky people": (TWO_PICKY, 31),
}
"""Each with the number of its arrangements."""

FAMILIES = {
    "F a family of half": (HALF_FAMILY, 216),
    "G a family of nearly half": (NEARLY_HALF, 276),
    "H two families and two friends": (TWO_CLANS, 2196),
}
"""The same where one family is half of all, or nearly."""

IN_PARTS = {
    "D three permitted each": THREE_EACH,
    "F a family of half": HALF_FAMILY,
    "I rings": RINGS,
}
"""What falls into parts that can be drawn one by one."""


def as_tuple(pairs: dict[int, int]) -> Arrangement:
    """Giver to receiver, as an arrangement of everybody."""
    return tuple(pairs[giver] for giver in sorted(pairs))


def arrangements(instance: Instance) -> list[Arrangement]:
    """All that the rules allow, by trying every permutation."""
    return [
        receivers
        for receivers in permutations(range(instance.size))
        if all(instance.permits(giver, receiver) for giver, receiver in enumerate(receivers))
    ]


def evenness(counts: Counter[Arrangement], cells: list[Arrangement]) -> float:
    """The p-value of Pearson's chi-square test against equal shares; 0 if anything else was drawn."""
    if not counts.keys() <= set(cells):
        return 0.0
    return float(stats.chisquare([counts[cell] for cell in cells]).pvalue)


def extremes(counts: Counter[Arrangement], cells: list[Arrangement]) -> float:
    """How likely a rarest or a commonest share as far off as these is, by noise alone (at most)."""
    draws, share = counts.total(), 1 / len(cells)
    seen = [counts[cell] for cell in cells]
    low = stats.binom.cdf(min(seen), draws, share)
    high = stats.binom.sf(max(seen) - 1, draws, share)
    return float(min(1, 2 * len(cells) * min(low, high)))
