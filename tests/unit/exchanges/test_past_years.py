"""Nobody gives to whom they gave to lately, unless there is no other way; then as little as can be."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinkeeper.features.exchanges.rules import Exclusions, Impossible, Shape, ShapeImpossible, arrange
from kinkeeper.features.exchanges.rules.past_years import least_repeating
from tests.unit.exchanges.invented import arrangements, exclusions


def arranged(rules, seed=7):
    return arrange(rules, Shape.ANY, Random(seed))


def year(*receivers):
    return frozenset(enumerate(receivers))


def burden(rules, receivers):
    """How many repeats; then how many of last year, of the year before, and so on."""
    since = rules.years_since()
    ages = [since[pair] for pair in enumerate(receivers) if pair in since]
    return len(ages), [ages.count(age + 1) for age in range(len(rules.past))]


@given(exclusions(most=5, years=4))
def test_the_least_repeating_rules_leave_all_the_best_arrangements_and_no_other(rules):
    possible = arrangements(rules.instance(years=0))
    if not possible:
        with pytest.raises(Impossible):
            least_repeating(rules)
        return
    least = min(burden(rules, receivers) for receivers in possible)
    best = [receivers for receivers in possible if burden(rules, receivers) == least]
    assert arrangements(least_repeating(rules)) == best


def best_of(rules, shape=Shape.ANY):
    """The arrangements of the shape that repeat least, by as many years as leave everybody a choice."""
    for years in range(len(rules.past), -1, -1):
        fewer = replace(rules, past=rules.past[:years])
        possible = arrangements(fewer.instance(years=0))
        least = min((burden(fewer, receivers) for receivers in possible), default=None)
        best = [one for one in possible if burden(fewer, one) == least and not shape.faults(one)]
        if not years or (best and all(len(set(receivers)) > 1 for receivers in zip(*best, strict=True))):
            return best
    return None


@pytest.mark.parametrize("shape", Shape)
@given(exclusions(fewest=2, most=5, years=4), st.integers(0, 9))
def test_a_draw_repeats_as_little_as_can_be_and_leaves_everybody_a_choice(shape, rules, seed):
    """G5, T-19: whoever remembers past years can work out by them what the draw has to avoid."""
    best = best_of(rules, shape)
    if best:
        assert arrange(rules, shape, Random(seed)).receivers in best
    else:
        with pytest.raises(ShapeImpossible if arrangements(rules.instance(years=0)) else Impossible):
            arrange(rules, shape, Random(seed))


COUPLES = {
    "two couples, second year": Exclusions(
        4, households=(frozenset({0, 1}), frozenset({2, 3})), past=(year(2, 3, 1, 0),)
    ),
    "three people, second year": Exclusions(3, past=(year(1, 2, 0),)),
    "three couples, fourth year": Exclusions(
        6,
        households=(frozenset({0, 1}), frozenset({2, 3}), frozenset({4, 5})),
        past=(year(2, 3, 4, 5, 0, 1), year(3, 2, 5, 4, 1, 0), year(4, 5, 0, 1, 2, 3)),
    ),
}


@pytest.mark.parametrize("name", COUPLES)
def test_nobody_who_remembers_last_year_knows_this_years_matches(name):
    """T-19: there, just one arrangement repeats nothing."""
    rules = COUPLES[name]
    assert len(arrangements(rules.instance())) == 1
    drawn = [arranged(rules, seed).receivers for seed in range(60)]
    assert all(len(set(receivers)) > 1 for receivers in zip(*drawn, strict=True))


def test_a_shape_that_leaves_one_arrangement_lets_a_year_go_too():
    """T-19: of four people's two arrangements that repeat nothing, one is a single loop."""
    rules = Exclusions(4, past=(year(1, 2, 3, 0),))
    loops = [one for one in arrangements(rules.instance()) if not Shape.ONE_LOOP.faults(one)]
    assert len(loops) == 1
    assert len({arrange(rules, Shape.ONE_LOOP, Random(seed)).receivers for seed in range(60)}) == 6


ONE_WAY, OTHER_WAY = (1, 0, 3, 2), (2, 3, 1, 0)
"""All that is left by EITHER: the first who changes makes everybody change."""
EITHER = frozenset(product(range(4), repeat=2)) - year(*ONE_WAY) - year(*OTHER_WAY)


def test_one_repeat_of_last_year_is_taken_for_two_older_ones():
    """G5: the fewest first."""
    rules = Exclusions(4, EITHER, past=(frozenset({(0, 1)}), frozenset(), frozenset({(0, 2), (1, 3)})))
    assert {receivers: burden(rules, receivers) for receivers in arrangements(rules.instance(years=0))} == {
        ONE_WAY: (1, [1, 0, 0]),
        OTHER_WAY: (2, [0, 0, 2]),
    }
    assert arrangements(least_repeating(rules)) == [ONE_WAY]


def test_of_equally_many_repeats_one_of_last_year_weighs_more_than_all_older_ones():
    """G5: then the oldest."""
    past = (frozenset({(0, 1)}), frozenset({(0, 2), (1, 3)}), frozenset({(1, 0)}))
    rules = Exclusions(4, EITHER, past=past)
    assert {receivers: burden(rules, receivers) for receivers in arrangements(rules.instance(years=0))} == {
        ONE_WAY: (2, [1, 0, 1]),
        OTHER_WAY: (2, [0, 2, 0]),
    }
    assert arrangements(least_repeating(rules)) == [OTHER_WAY]


def test_a_pair_of_two_years_counts_as_its_latest():
    rules = Exclusions(3, past=(year(1, 2, 0), year(1, 2, 0)))
    assert rules.years_since() == dict.fromkeys(year(1, 2, 0), 1)
    assert arrangements(least_repeating(rules)) == [(2, 0, 1)]


def test_all_years_are_kept_where_they_can_be():
    past = tuple(frozenset((g, (g + step) % 30) for g in range(30)) for step in range(1, 11))
    told = arranged(Exclusions(30, past=past))
    assert not any((giver, to) in pairs for giver, to in enumerate(told.receivers) for pairs in past)


def test_more_than_ten_years_are_not_remembered():
    with pytest.raises(ValueError, match="at most 10 years"):
        Exclusions(3, past=(frozenset(),) * 11)


def test_a_past_year_with_a_stranger_is_refused():
    with pytest.raises(ValueError, match="not among 3 people"):
        arranged(Exclusions(3, past=(frozenset({(0, 3)}),)))
