"""Among how many receivers somebody who knows the rules must guess (T-19)."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given

from kinkeeper.features.exchanges.rules import Impossible, Instance, possible_receivers
from tests.unit.exchanges.invented import exclusions


def test_without_rules_everybody_else_is_possible():
    assert possible_receivers(Instance.of(4)) == [3, 3, 3, 3]


def test_a_chain_of_rules_that_leaves_one_is_seen_though_more_are_permitted():
    """Person 1 may give to 0 or 2; but 0 gives to 2 alone, so only 0 is left for 1."""
    instance = Instance.of(4, permitted={0: [2], 1: [0, 2]})
    assert possible_receivers(instance)[:2] == [1, 1]


@given(exclusions(fewest=3))
def test_it_counts_what_all_arrangements_have(rules):
    instance = rules.instance(years=0)
    every = [
        arrangement
        for arrangement in permutations(range(instance.size))
        if all(instance.permits(giver, receiver) for giver, receiver in enumerate(arrangement))
    ]
    if not every:
        with pytest.raises(Impossible):
            possible_receivers(instance)
        return
    assert possible_receivers(instance) == [len(set(column)) for column in zip(*every, strict=True)]
