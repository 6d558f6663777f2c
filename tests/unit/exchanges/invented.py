"""Invented rules for small exchanges, and all their arrangements, written down by trying every one."""

from __future__ import annotations

from itertools import permutations

from hypothesis import strategies as st

from kinkeeper.features.exchanges.rules import Exclusions, Instance


@st.composite
def exclusions(draw, *, fewest=1, most=6, years=3):
    """Any rules, kinds mixed; pairs of past years need not have been draws by the present rules."""
    size = draw(st.integers(fewest, most))
    person = st.integers(0, size - 1)
    pairs = st.frozensets(st.tuples(person, person), max_size=2 * size)
    homes = st.lists(st.frozensets(person, min_size=1, max_size=max(1, size // 2)), max_size=2)
    year = st.permutations(range(size)).map(lambda receivers: frozenset(enumerate(receivers)))
    return Exclusions(
        size=size,
        pairs=draw(pairs),
        households=tuple(draw(homes)),
        past=tuple(draw(st.lists(year, max_size=years))),
    )


def arrangements(instance: Instance) -> list[tuple[int, ...]]:
    """All that the rules allow."""
    return [
        receivers
        for receivers in permutations(range(instance.size))
        if all(instance.permits(giver, receiver) for giver, receiver in enumerate(receivers))
    ]
