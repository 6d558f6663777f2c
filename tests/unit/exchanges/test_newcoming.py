"""Whoever comes late is put between a giver and a receiver whom nobody can tell by the rules (T-19)."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kinkeeper.features.exchanges.rules import Exclusions, is_hidden
from kinkeeper.features.exchanges.rules.newcoming import possible_around
from tests.unit.exchanges.invented import arrangements, exclusions


@given(exclusions(fewest=3), st.data())
def test_it_counts_who_is_a_giver_or_a_receiver_in_any_arrangement(rules, data):
    person = data.draw(st.integers(0, rules.size - 1))
    instance = rules.instance(years=0)
    every = arrangements(instance)
    assume(every)
    receivers = {one[person] for one in every}
    givers = {one.index(person) for one in every}
    assert possible_around(instance, person) == (len(receivers), len(givers))


@pytest.mark.parametrize(
    ("others", "apart", "hidden"),
    [
        (3, 0, True),
        (3, 1, False),
        (4, 1, True),
        (4, 2, False),
        (6, 3, True),
        (6, 4, False),
        (7, 3, True),
        (7, 4, False),
    ],
)
@pytest.mark.parametrize("is_giver", [True, False])
def test_half_of_the_others_and_three_are_needed_on_either_side(others, apart, hidden, is_giver):
    pairs = {(others, one) if is_giver else (one, others) for one in range(apart)}
    assert is_hidden(Exclusions(others + 1, frozenset(pairs)).instance(), others) == hidden


@pytest.mark.parametrize(
    ("home", "apart", "hidden"),
    [
        (3, 0, True),
        (3, 3, True),  # of the household herself, say
        (3, 4, True),
        (0, 4, True),
    ],
)
def test_somebody_who_is_kept_apart_from_a_household_is_hidden(home, apart, hidden):
    rules = Exclusions(9, both_ways(8, range(apart)), (frozenset(range(home)),) if home else ())
    assert is_hidden(rules.instance(), 8) == hidden


def test_nobody_comes_between_a_household_and_the_one_who_can_give_to_it():
    """T-14: kept apart from four of eight, and yet only one may have had a receiver of the household."""
    home = frozenset({0, 1, 2})
    assert not is_hidden(Exclusions(9, both_ways(8, range(3, 7)), (home,)).instance(), 8)
    assert is_hidden(Exclusions(9, both_ways(8, range(3, 7))).instance(), 8)


def test_of_many_who_could_give_to_somebody_a_third_may_give_to_both():
    """Three of sixteen would be a guess that is right too often."""
    home = frozenset(range(7))
    assert not is_hidden(Exclusions(21, both_ways(20, range(10, 20)), (home,)).instance(), 20)
    assert is_hidden(Exclusions(21, both_ways(20, range(15, 20)), (home,)).instance(), 20)


def both_ways(newcomer, apart):
    return frozenset(pair for one in apart for pair in ((newcomer, one), (one, newcomer)))
