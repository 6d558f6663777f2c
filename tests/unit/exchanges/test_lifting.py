"""Where the rules leave no way, the exclusions to lift are named, all of them, with what stands behind."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given

from kinkeeper.features.exchanges.rules import (
    Exclusions,
    Impossible,
    Instance,
    Kind,
    Lift,
    fewest_lifts,
    single_lifts,
    who_is_stuck,
)
from tests.unit.exchanges.invented import exclusions


def lifted(rules, *pairs):
    """The same rules, but these pairs are permitted."""
    strict = rules.instance()
    people = range(rules.size)
    return Instance.of(
        rules.size,
        permitted={g: [r for r in people if strict.permits(g, r) or (g, r) in pairs] for g in people},
    )


@given(exclusions(fewest=2))
def test_every_single_exclusion_that_helps_is_named_and_no_other(rules):
    strict, people = rules.instance(), range(rules.size)
    helping = {
        (giver, receiver)
        for giver in people
        for receiver in people
        if giver != receiver and not strict.permits(giver, receiver)
        if who_is_stuck(lifted(rules, (giver, receiver))) is None
    }
    named = list(single_lifts(rules))
    wanted = helping if who_is_stuck(strict) else set()
    assert sorted((lift.giver, lift.receiver) for lift in named) == sorted(wanted)
    assert [lift.price for lift in named] == sorted(lift.price for lift in named)


@given(exclusions(fewest=2))
def test_the_fewest_lifts_make_the_draw_possible_and_all_are_needed(rules):
    lifts = fewest_lifts(rules)
    pairs = [(lift.giver, lift.receiver) for lift in lifts]
    assert who_is_stuck(lifted(rules, *pairs)) is None
    for left_out in pairs:
        assert who_is_stuck(lifted(rules, *(pair for pair in pairs if pair != left_out)))
    if single := next(single_lifts(rules), None):
        assert sum(lift.price for lift in lifts) <= single.price


def test_the_rules_behind_an_exclusion_are_named():
    # Nobody may give to 0: 1 lives with 0 and had them last year, 2 and 0 are a couple, 3 has a rule.
    rules = Exclusions(
        4,
        pairs=frozenset({(2, 0), (0, 2), (3, 0)}),
        households=(frozenset({0, 1}),),
        past=(frozenset({(1, 0)}),),
    )
    assert list(single_lifts(rules)) == [
        Lift(3, 0, (Kind.ONE_WAY,)),
        Lift(1, 0, (Kind.PAST, Kind.HOUSEHOLD)),
        Lift(2, 0, (Kind.COUPLE,)),
    ]
    assert [lift.price for lift in single_lifts(rules)] == [2, 4, 8]
    assert fewest_lifts(rules) == (Lift(3, 0, (Kind.ONE_WAY,)),)


def test_two_past_years_are_lifted_rather_than_one_household():
    # A home of three, and two others who have had everybody but each other.
    rules = Exclusions(
        5,
        households=(frozenset({0, 1, 2}),),
        past=(frozenset({(3, 0), (4, 1)}), frozenset({(3, 1), (4, 0)}), frozenset({(3, 2), (4, 2)})),
    )
    lifts = fewest_lifts(rules)
    assert sorted(kind for lift in lifts for kind in lift.kinds) == [Kind.HOUSEHOLD, Kind.PAST, Kind.PAST]


def test_where_two_places_are_missing_no_single_lift_is_offered():
    rules = Exclusions(5, households=(frozenset({0, 1, 2, 3}),))
    assert list(single_lifts(rules)) == []
    assert len(fewest_lifts(rules)) == 3


def test_nothing_is_lifted_where_a_draw_exists():
    rules = Exclusions(6, households=(frozenset({0, 1}), frozenset({2, 3})))
    assert list(single_lifts(rules)) == []
    assert fewest_lifts(rules) == ()


def test_nothing_helps_somebody_alone():
    assert list(single_lifts(Exclusions(1))) == []
    with pytest.raises(Impossible):
        fewest_lifts(Exclusions(1))


def test_some_of_very_many_lifts_can_be_had_without_the_rest():
    # A family of 251 of 501: one place is missing, and any of 251 · 250 pairs would do.
    rules = Exclusions(501, households=(frozenset(range(251)),))
    shown = list(islice(single_lifts(rules), 3))
    assert [(lift.giver, lift.receiver) for lift in shown] == [(0, 1), (0, 2), (0, 3)]
    assert sum(1 for _ in single_lifts(rules)) == 251 * 250
