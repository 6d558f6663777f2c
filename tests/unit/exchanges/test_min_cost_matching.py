"""The cheapest arrangement is found and proved, and so are all others that cost as little."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinkeeper.features.exchanges.rules import Impossible, Instance, Stuck
from kinkeeper.features.exchanges.rules.min_cost_matching import Level, cheapest_matching, price_of
from tests.unit.exchanges.invented import arrangements


@st.composite
def some_levels(draw):
    """Three or fewer prices for five or fewer people; a household is strict on all levels."""
    size = draw(st.integers(1, 5))
    person = st.integers(0, size - 1)
    home = draw(st.frozensets(person, max_size=size // 2))
    prices = sorted({0, *draw(st.lists(st.integers(1, 9), max_size=2))})
    forbidden = [draw(st.frozensets(st.tuples(person, person), max_size=size * size)) for _ in prices]
    listed = draw(st.booleans())
    levels = []
    for number, price in enumerate(prices):
        names = frozenset.intersection(*forbidden[: number + 1])
        refused = {g: [r for r in range(size) if (g, r) in names] for g in range(size)}
        allowed = {g: set(range(size)).difference(refused[g]) for g in range(size)}
        rules = {"permitted": allowed} if listed else {"forbidden": refused}
        levels.append(Level(price, Instance.of(size, groups=[home], **rules)))
    return levels, [home]


def cost(levels, receivers):
    return sum(price_of(levels, giver, receiver) for giver, receiver in enumerate(receivers))


@given(some_levels())
def test_nothing_is_cheaper_and_the_tight_pairs_make_all_that_cost_as_little(case):
    levels, groups = case
    possible = arrangements(levels[-1].instance)
    if not possible:
        with pytest.raises(Impossible):
            cheapest_matching(levels)
        return
    lowest = min(cost(levels, receivers) for receivers in possible)
    cheapest = cheapest_matching(levels)
    assert cheapest.price == lowest == cost(levels, cheapest.receivers)
    optima = [receivers for receivers in possible if cost(levels, receivers) == lowest]
    assert arrangements(cheapest.tight(groups)) == optima


@given(some_levels())
def test_the_potentials_prove_the_price(case):
    levels, _ = case
    try:
        cheapest = cheapest_matching(levels)
    except Impossible:
        return
    last = levels[-1].instance
    for giver, own in enumerate(cheapest.of_givers):
        for receiver in last.receivers_of(giver):
            assert own + cheapest.of_receivers[receiver] <= price_of(levels, giver, receiver)
    assert sum(cheapest.of_givers) + sum(cheapest.of_receivers) == cheapest.price


def test_one_dear_pair_is_avoided_by_two_that_are_cheap():
    # 0 and 1 both want 2's place; either pays 5 to go elsewhere, or 2 moves over for 1 + 1.
    free = Instance.of(4, permitted={0: [2], 1: [2], 2: [3], 3: [0]})
    cheap = Instance.of(4, permitted={0: [2], 1: [2, 3], 2: [3, 1], 3: [0]})
    dear = Instance.of(4, permitted={0: [2, 1], 1: [2, 3], 2: [3, 1], 3: [0]})
    cheapest = cheapest_matching([Level(0, free), Level(1, cheap), Level(5, dear)])
    assert cheapest.receivers == (2, 3, 1, 0)
    assert cheapest.price == 2


def test_where_no_price_helps_the_reason_is_that_of_the_last_level():
    free = Instance.of(4, permitted={0: [], 1: []})
    last = Instance.of(4, permitted={0: []})
    with pytest.raises(Impossible) as refusal:
        cheapest_matching([Level(0, free), Level(3, last)])
    assert refusal.value.stuck == Stuck(givers=(0,), receivers=())


def test_rows_of_the_tight_rules_stay_short_where_nearly_all_is_free():
    # Two picky people share one free receiver among five hundred; one of them pays.
    free = Instance.of(500, permitted={0: [2], 1: [2]})
    last = Instance.of(500, permitted={0: [2, 3], 1: [2, 4]})
    tight = cheapest_matching([Level(0, free), Level(1, last)]).tight(())
    assert tight.receivers_of(0) == (2, 3)
    assert tight.receivers_of(1) == (2, 4)
    assert [tight.permits(giver, 2) for giver in range(3, 500)] == [False] * 497
    assert sum(line is not None for line in tight.listed) == 2
