"""Evenness beyond the plain draw: among the least repeating, the loops, the smallest repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from kinkeeper.features.exchanges.rules import Exclusions, Instance, Quality, Shape, arrange, repair
from kinkeeper.features.exchanges.rules.past_years import least_repeating
from kinkeeper.features.exchanges.rules.shaping import draw_shaped
from tests.proofs.exchanges.known import (
    KNOWN,
    THREE_COUPLES,
    Arrangement,
    arrangements,
    evenness,
    extremes,
)

pytestmark = pytest.mark.long

DRAWS = 10_000


def assert_even(draw_one: Callable[[Random], Arrangement], cells: list[Arrangement]) -> None:
    rng = Random(1)
    counts = Counter(draw_one(rng) for _ in range(DRAWS))
    assert len(cells) > 1
    assert evenness(counts, cells) >= 0.001
    assert extremes(counts, cells) >= 0.001


def year(*receivers: int) -> frozenset[tuple[int, int]]:
    return frozenset(enumerate(receivers))


FORCED = {
    "everybody has had everybody": Exclusions(
        5, past=(year(1, 2, 3, 4, 0), year(2, 3, 4, 0, 1) | year(3, 4, 0, 1, 2) | year(4, 0, 1, 2, 3))
    ),
    "two picky people": Exclusions(
        6,
        pairs=frozenset((giver, receiver) for giver in (0, 1) for receiver in (2, 3)),
        households=(frozenset({0, 1}),),
        past=(
            frozenset({(0, 4), (0, 5), (1, 4), (1, 5)}),
            year(3, 4, 5, 0, 1, 2),
        ),
    ),
}


@pytest.mark.parametrize("name", FORCED)
def test_the_least_repeating_arrangements_are_equally_likely(name):
    rules = FORCED[name]
    cells = arrangements(least_repeating(rules))
    assert not set(cells) & set(arrangements(rules.instance()))
    assert_even(lambda rng: arrange(rules, Shape.ANY, rng).receivers, cells)


@pytest.mark.parametrize("shape", [Shape.ONE_LOOP, Shape.NO_MUTUAL])
@pytest.mark.parametrize("name", KNOWN)
def test_shapes_are_even_where_they_are_said_to_be(name, shape):
    instance = KNOWN[name][0]
    cells = [receivers for receivers in arrangements(instance) if shape.faults(receivers) == 0]
    shaped = draw_shaped(instance, shape, Random(1))
    assert shaped.quality in {Quality.EXACT, Quality.MIXED}
    if len(cells) > 1:
        assert_even(lambda rng: draw_shaped(instance, shape, rng).receivers, cells)


def test_equally_small_repairs_are_equally_likely():
    couples, joined = Exclusions(7, households=(frozenset({0, 1}),)), [2, 3, 4, 5, 0, 1, -1]
    cells = [
        receivers
        for receivers in arrangements(couples.instance())
        if sum(old != new for old, new in zip(joined, receivers, strict=True)) == 2
    ]
    assert_even(lambda rng: repair(couples, joined, (), rng).receivers, cells)


def test_the_known_loops_of_three_couples_are_32():
    assert isinstance(THREE_COUPLES, Instance)
    assert sum(Shape.ONE_LOOP.faults(receivers) == 0 for receivers in arrangements(THREE_COUPLES)) == 32
