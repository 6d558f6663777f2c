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
