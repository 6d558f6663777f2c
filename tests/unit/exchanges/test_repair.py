"""After a drop-out or a late joiner the fewest are told something new, seldom those who have looked."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kinkeeper.features.exchanges.rules import Exclusions, Impossible, Shape, draw, repair
from tests.unit.exchanges.invented import arrangements, exclusions

NOBODY = -1


def price(present, opened, receivers):
    changed = [g for g, r in enumerate(receivers) if present[g] not in {r, NOBODY}]
    return sum(100 if giver in opened else 1 for giver in changed)


@given(exclusions(fewest=2, most=5, years=2), st.data())
def test_no_other_arrangement_changes_less_and_none_that_changes_as_little_repeats_less(rules, data):
    people = range(rules.size)
    present = list(data.draw(st.permutations(people)))
    for giver in data.draw(st.sets(st.sampled_from(people), max_size=2)):
        present[giver] = NOBODY
    opened = data.draw(st.sets(st.sampled_from(people)))
    possible = arrangements(rules.instance(years=0))
    if not possible:
        with pytest.raises(Impossible):
            repair(rules, present, opened, Random(1))
        return
    since = rules.years_since()

    def burden(receivers):
        new = [pair for pair in enumerate(receivers) if present[pair[0]] != pair[1] and pair in since]
        return price(present, opened, receivers), (len(new), sorted(-since[pair] for pair in new)[::-1])

    repaired = repair(rules, present, opened, Random(1))
    assert repaired.receivers in possible
    assert burden(repaired.receivers) == min(map(burden, possible))
    had = [giver for giver in repaired.told if present[giver] != NOBODY]
    assert repaired.told == tuple(g for g in people if repaired.receivers[g] != present[g])
    assert (repaired.changed, repaired.opened) == (len(had), len(opened.intersection(had)))


@given(exclusions(fewest=3, most=5, years=0), st.integers(0, 9))
def test_nothing_changes_where_nothing_has_to(rules, seed):
    possible = arrangements(rules.instance())
    assume(possible)
    present = possible[seed % len(possible)]
    repaired = repair(rules, present, range(rules.size), Random(seed))
    assert (repaired.receivers, repaired.told) == (present, ())


def test_a_late_joiner_slips_into_one_link():
    ring = [1, 2, 3, 0, NOBODY]
    repaired = repair(Exclusions(5), ring, {0, 2, 3}, Random(3))
    assert repaired.told == (1, 4)  # the one who had not looked, and the joiner
    assert (repaired.receivers[1], repaired.receivers[4]) == (4, 2)
    assert (repaired.changed, repaired.opened) == (1, 0)


def test_a_drop_out_s_giver_takes_over_the_drop_out_s_receiver():
    # 4, who gave to 0, has gone; 3 gave to 4.
    repaired = repair(Exclusions(4), [1, 2, 3, NOBODY], {0, 1, 2, 3}, Random(3))
    assert repaired.receivers == (1, 2, 3, 0)
    assert (repaired.told, repaired.changed) == ((3,), 0)


def test_where_giver_and_receiver_of_a_drop_out_live_together_one_unopened_match_goes():
    rules = Exclusions(4, households=(frozenset({3, 0}),))
    repaired = repair(rules, [1, 2, 3, NOBODY], {0, 2}, Random(3))
    assert repaired.receivers == (1, 0, 3, 2)
    assert (repaired.told, repaired.changed, repaired.opened) == ((1, 3), 1, 0)


def test_equally_small_repairs_come_up_equally_often():
    ring = [1, 2, 3, 4, 0, NOBODY]
    drawn = [repair(Exclusions(6), ring, (), Random(seed)).told[0] for seed in range(1_000)]
    assert all(150 <= drawn.count(giver) <= 250 for giver in range(5))  # four deviations: ± 51


def test_a_repair_avoids_past_years_among_equally_small_ones():
    ring = [1, 2, 3, 0, NOBODY]
    past = (frozenset({(0, 4), (1, 4), (4, 3)}),)
    drawn = {repair(Exclusions(5, past=past), ring, (), Random(seed)).told for seed in range(20)}
    assert drawn == {(3, 4)}


def test_a_match_that_a_new_rule_forbids_is_changed():
    repaired = repair(Exclusions(4, pairs=frozenset({(0, 1)})), [1, 0, 3, 2], (), Random(3))
    assert 0 in repaired.told
    assert repaired.changed == 2


def ring_of_three_beside_a_pair_free_rest():
    """0 → 1 → 2 → 0 and 3 → 4 → 5 → 6 → 3; then 2 leaves: the nearest is that 0 and 1 give to each other."""
    return [1, NOBODY, 3, 4, 5, 2]


def test_a_repair_has_the_wished_shape_for_one_more_match_that_nobody_has_seen():
    """SK-71: by rule 1 takes over 0 from whoever left, and would give to whom they get from."""
    present = ring_of_three_beside_a_pair_free_rest()
    for seed in range(40):
        repaired = repair(Exclusions(6), present, {0}, Random(seed), Shape.NO_MUTUAL)
        assert Shape.NO_MUTUAL.faults(repaired.receivers) == 0
        assert (repaired.changed, repaired.opened) == (1, 0)
    assert repair(Exclusions(6), present, {0}, Random(1)).receivers[:2] == (1, 0), "the nearest"


def test_a_shape_is_not_worth_a_match_that_somebody_has_seen():
    """G6."""
    repaired = repair(
        Exclusions(6), ring_of_three_beside_a_pair_free_rest(), range(6), Random(1), Shape.NO_MUTUAL
    )
    assert (repaired.receivers[:2], repaired.changed) == ((1, 0), 0)


def test_of_equally_small_repairs_one_of_the_wished_shape_is_met():
    """5 gave to 6, who has gone, and 6 to 0, who lives with 5: of three ways two have a mutual pair."""
    rules, present = Exclusions(6, households=(frozenset({5, 0}),)), [1, 2, 3, 4, 5, NOBODY]
    for shape, is_met in ((Shape.ANY, False), (Shape.NO_MUTUAL, True)):
        drawn = [repair(rules, present, (), Random(seed), shape) for seed in range(60)]
        assert all(Shape.NO_MUTUAL.faults(one.receivers) == 0 for one in drawn) == is_met
        assert {one.changed for one in drawn} == {1}


def test_eight_people_without_mutual_pairs_stay_so_when_one_leaves():
    """Two hundred draws of the shape; each repair keeps it while nobody has looked."""
    kept = 0
    for seed in range(200):
        rng = Random(seed)
        receivers = draw(Exclusions(8).instance(), rng).receivers
        while Shape.NO_MUTUAL.faults(receivers):
            receivers = draw(Exclusions(8).instance(), rng).receivers
        present = [NOBODY if receiver == 7 else receiver for receiver in receivers[:7]]
        repaired = repair(Exclusions(7), present, (), rng, Shape.NO_MUTUAL)
        assert len(repaired.told) <= 2
        kept += Shape.NO_MUTUAL.faults(repaired.receivers) == 0
    assert kept == 200


def test_where_only_one_way_is_left_the_shape_gives_way():
    """Two people can only give to each other."""
    repaired = repair(Exclusions(2), [NOBODY, NOBODY], (), Random(1), Shape.NO_MUTUAL)
    assert repaired.receivers == (1, 0)
