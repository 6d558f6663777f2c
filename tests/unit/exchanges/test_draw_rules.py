"""The draw: everyone gives once and receives once, within the rules, by the seed."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinkeeper.features.exchanges.rules import (
    BrokenDraw,
    Impossible,
    Instance,
    Quality,
    certificate,
    draw,
    drawing,
    matching,
    rejection,
    rng_from_seed,
    who_is_stuck,
    worm,
)
from kinkeeper.features.exchanges.rules.parts import parts, whole
from kinkeeper.features.exchanges.rules.rejection import Hat
from kinkeeper.features.exchanges.rules.worm import Walk, excursions

SEED = bytes(range(32))
THREE_COUPLES = Instance.of(6, groups=[(0, 1), (2, 3), (4, 5)])


def as_tuple(pairs):
    return tuple(pairs[giver] for giver in range(len(pairs)))


def drawn(instance, seed=7):
    """A draw, checked for what must hold of each."""
    result = draw(instance, Random(seed))
    assert sorted(result.receivers) == list(range(instance.size))
    assert all(giver != receiver for giver, receiver in enumerate(result.receivers))
    return result


# Who gives to whom


@pytest.mark.parametrize("people", [2, 3, 4, 10, 63, 64, 65, 100])
def test_everyone_gives_once_receives_once_and_never_to_themselves(people):
    assert drawn(Instance.of(people)).quality is Quality.EXACT


def test_two_people_can_only_swap():
    assert drawn(Instance.of(2)).receivers == (1, 0)


def test_exclusions_hold_one_way_only():
    instance = Instance.of(3, forbidden={0: {1}})
    assert {drawn(instance, seed).receivers for seed in range(20)} == {(2, 0, 1)}


def test_permitted_lists_hold():
    permitted = {0: [1, 2], 1: [0, 3], 2: [3, 4], 3: [4, 0], 4: [0, 1, 2]}
    receivers = drawn(Instance.of(5, permitted=permitted)).receivers
    assert all(receiver in permitted[giver] for giver, receiver in enumerate(receivers))


def test_a_person_both_permitted_and_forbidden_is_forbidden():
    instance = Instance.of(4, permitted={0: [1, 2, 3]}, forbidden={0: [1]}, groups=[(0, 2)])
    assert instance.receivers_of(0) == (3,)
    assert drawn(instance).receivers[0] == 3


@pytest.mark.parametrize("size", [8, 30, 100, 400])
def test_households_never_give_inside(size):
    homes = [range(first, min(first + 4, size)) for first in range(0, size, 4)]
    for giver, receiver in enumerate(drawn(Instance.of(size, groups=homes)).receivers):
        assert giver // 4 != receiver // 4


def test_a_child_of_two_homes_gives_to_neither():
    instance = Instance.of(7, groups=[(0, 1, 2), (2, 3, 4)])
    assert instance.receivers_of(2) == (5, 6)
    assert instance.choices[2] == 2
    assert instance.receivers_of(0) == (3, 4, 5, 6)
    assert all(drawn(instance, seed).receivers[2] in {5, 6} for seed in range(10))


@pytest.mark.parametrize("size", [20, 140, 2_000])
def test_a_family_of_exactly_half_gives_to_the_other_half(size):
    half = size // 2
    result = drawn(Instance.of(size, groups=[range(half)]))
    assert all((giver < half) != (receiver < half) for giver, receiver in enumerate(result.receivers))
    assert result.quality is Quality.EXACT


@pytest.mark.parametrize("short_of_half", [1, 2, 10])
def test_a_family_of_nearly_half_is_drawn_exactly_too(short_of_half):
    family = 50 - short_of_half
    result = drawn(Instance.of(100, groups=[range(family), (97, 98, 99)]))
    assert all(receiver >= family for receiver in result.receivers[:family])
    assert result.quality is Quality.EXACT


def test_picky_and_easy_people_in_one_exchange():
    lists = {giver: [(giver + 1) % 40, (giver + 2) % 40] for giver in range(20)}
    instance = Instance.of(40, permitted=lists, groups=[(30, 31, 32)], forbidden={39: {0}})
    receivers = drawn(instance).receivers
    assert all(instance.permits(giver, receiver) for giver, receiver in enumerate(receivers))


def test_the_only_arrangement_is_found_where_everyone_has_to_shift():
    # Greedy choices go wrong here almost surely: person g may give to everyone after g, the last
    # to the first only, so the one arrangement is the ring.
    size = 12
    chain = {giver: range(giver + 1, size) for giver in range(size - 1)} | {size - 1: [0]}
    ring = (*range(1, size), 0)
    assert {drawn(Instance.of(size, permitted=chain), seed).receivers for seed in range(3)} == {ring}


def test_many_forbidden_names_are_kept_as_a_short_list():
    instance = Instance.of(100, forbidden={0: range(2, 100)})
    assert instance.listed[0] == (1,)
    assert instance.barred[0] == frozenset()
    assert drawn(instance).receivers[0] == 1


def test_someone_in_many_groups_is_still_served():
    # Person 0 shares groups with all but two of 200: picked at random, those are rarely hit.
    crowd = [(0, *range(first, first + 49)) for first in range(1, 197, 49)]
    instance = Instance.of(200, groups=crowd)
    assert instance.receivers_of(0) == (197, 198, 199)
    assert drawn(instance).receivers[0] in {197, 198, 199}


# What is no exchange


@pytest.mark.parametrize("size", [0, -1])
def test_an_exchange_needs_people(size):
    with pytest.raises(ValueError, match="needs people"):
        Instance.of(size)


@pytest.mark.parametrize(
    "rules",
    [
        {"forbidden": {0: [3]}},
        {"forbidden": {3: [0]}},
        {"forbidden": {-1: [0]}},
        {"permitted": {0: [-1]}},
        {"permitted": {5: [0]}},
        {"groups": [(0, 3)]},
        {"groups": [(-1, 0)]},
    ],
)
def test_a_rule_about_a_stranger_is_refused(rules):
    with pytest.raises(ValueError, match="not among 3 people"):
        Instance.of(3, **rules)


def test_a_seed_has_32_bytes():
    with pytest.raises(ValueError, match="32 bytes, not 31"):
        rng_from_seed(bytes(31))


@pytest.mark.parametrize(
    ("receivers", "why"),
    [((1, 0, 0, 2, 5, 4), "once"), ((1, 0, 3, 2, 5, 4), "exclusion")],
)
def test_a_broken_draw_is_never_handed_out(monkeypatch, receivers, why):
    monkeypatch.setattr(rejection.Hat, "draw", lambda *_, **__: dict(enumerate(receivers)))
    with pytest.raises(BrokenDraw, match=why):
        draw(THREE_COUPLES, Random(1))


# By the seed


def test_the_same_seed_gives_the_same_pairs_on_every_python():
    couples = Instance.of(10, groups=[(0, 1), (2, 3), (4, 5)], forbidden={6: {7}, 7: {8}})
    tight = {giver: [(giver + step) % 12 for step in (1, 2, 5)] for giver in range(12)}
    exact = draw(couples, rng_from_seed(SEED))
    mixed = draw(Instance.of(12, permitted=tight), rng_from_seed(SEED))
    assert (exact.receivers, exact.quality) == (EXACT, Quality.EXACT)
    assert (mixed.receivers, mixed.quality) == (MIXED, Quality.MIXED)


EXACT = (8, 6, 7, 9, 2, 3, 5, 0, 4, 1)
MIXED = (5, 2, 3, 4, 6, 7, 8, 9, 10, 11, 0, 1)


def test_other_seeds_give_other_pairs():
    draws = {draw(Instance.of(30), rng_from_seed(bytes([n]) * 32)).receivers for n in range(50)}
    assert len(draws) == 50


def test_the_order_in_which_rules_are_told_does_not_matter():
    names = list(range(1, 9))
    one = Instance.of(20, forbidden={0: names}, groups=[(10, 11, 12), (13, 14)])
    other = Instance.of(20, forbidden={0: frozenset(names)}, groups=[(12, 11, 10), (14, 13)])
    assert draw(one, Random(3)) == draw(other, Random(3))


# Parts that are drawn one by one


def shares(instance, seed=7):
    return [
        (set(part.givers), set(part.receivers))
        for part in parts(instance, certificate(instance, Random(seed)))
    ]


def test_a_family_of_half_and_the_others_are_two_parts():
    family, others = {0, 1, 2, 3}, {4, 5, 6, 7}
    assert shares(Instance.of(8, groups=[family])) == [(family, others), (others, family)]


def test_usual_rules_leave_one_part():
    everyone = set(range(6))
    assert shares(THREE_COUPLES) == [(everyone, everyone)]


def test_whoever_has_one_choice_is_a_part_of_their_own():
    # Person 0 gives to 1 only, so nobody else does; the other three givers share out the rest.
    assert shares(Instance.of(4, permitted={0: [1]})) == [({0}, {1}), ({1, 2, 3}, {0, 2, 3})]


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_are_the_same_from_any_arrangement(seed):
    tight = Instance.of(9, permitted={g: [(g + 1) % 9, (g + 2 - g % 3) % 9] for g in range(9)})
    assert shares(tight, seed) == shares(tight)


def test_a_ring_with_two_choices_is_drawn_by_a_coin():
    ring = Instance.of(40, permitted={g: [(g + 1) % 40, (g + 2) % 40] for g in range(40)})
    draws = [drawn(ring, seed) for seed in range(200)]
    assert {result.quality for result in draws} == {Quality.EXACT}
    assert 70 <= sum(result.receivers[0] == 1 for result in draws) <= 130
    assert {result.receivers[0] for result in draws} == {1, 2}


# How even


def chi_square(counts, cells, draws):
    expected = draws / cells
    return sum((seen - expected) ** 2 / expected for seen in counts.values()) + expected * (
        cells - len(counts)
    )


ARRANGEMENTS = {
    receivers
    for receivers in permutations(range(6))
    if all(THREE_COUPLES.permits(giver, receiver) for giver, receiver in enumerate(receivers))
}
CRITICAL = 123.6  # chi-square, 79 degrees of freedom, p = 0.001


@pytest.mark.parametrize("seed", [1, 2])
def test_three_couples_get_their_80_arrangements_equally_often(seed):
    rng = Random(seed)
    counts = Counter(draw(THREE_COUPLES, rng).receivers for _ in range(6_000))
    assert counts.keys() == ARRANGEMENTS
    assert len(ARRANGEMENTS) == 80
    assert chi_square(counts, 80, 6_000) < CRITICAL


def test_the_worm_is_as_even_as_the_hat():
    rng, start, counts = Random(3), certificate(THREE_COUPLES, Random(3)), Counter()
    everyone = whole(THREE_COUPLES)
    for _ in range(2_400):
        walk = Walk(everyone, start, rng)
        assert walk.wander(excursions(everyone), most_steps=10**9)
        counts[as_tuple(walk.pairs())] += 1
    assert counts.keys() == ARRANGEMENTS
    assert chi_square(counts, 80, 2_400) < CRITICAL


# Bounds on time


def test_the_first_guess_passes_over_an_outsider_whom_a_rule_bars():
    """It looks at one of each block; whoever finds nobody so is placed by letting others shift."""
    family, other_home = range(60), (60, 61)
    instance = Instance.of(63, groups=[family, other_home], forbidden={0: [61, 62], 1: [62]})
    vacant = matching._Vacant(instance, list(range(63)))
    assert vacant._from_blocks(0) == matching.NOBODY
    assert vacant._from_blocks(1) == 61


def test_rejection_gives_up_when_its_picks_are_spent():
    tight = Instance.of(12, permitted={g: [(g + 1) % 12, (g + 2) % 12] for g in range(12)})
    assert Hat(whole(tight)).draw(Random(1), picks=5) is None


WEDDING = Instance.of(400, groups=[range(199), range(199, 398)])
"""Her family, his of the same size, and two friends."""


def test_no_excursion_at_a_wedding_takes_the_square_of_all():
    """It took 20,000 steps where a friend gave to her family and one of that was freed, once in a hundred."""
    rng = Random(1)
    walk = Walk(whole(WEDDING), certificate(WEDDING, rng), rng)
    assert max(walk._excursion(10**9) for _ in range(1_000)) < 20 * WEDDING.size


def test_the_hat_is_not_tried_where_few_are_left_to_take_a_family_s_slips():
    """Each who draws has a good chance; that all of them have one is rare."""
    assert not Hat(whole(WEDDING)).is_promising()
    assert Hat(whole(Instance.of(400, groups=[range(199)]))).is_promising()


def test_a_draw_whose_hat_gave_up_is_made_by_the_worm(monkeypatch):
    monkeypatch.setattr(rejection.Hat, "draw", lambda *_, **__: None)
    assert drawn(THREE_COUPLES).quality is Quality.MIXED


@pytest.mark.parametrize("most_steps", [0, 1, 2, 5, 17, 40])
def test_a_walk_cut_short_still_serves_everyone(most_steps):
    instance = Instance.of(30, groups=[range(14), (20, 21)])
    for seed in range(20):
        rng = Random(seed)
        walk = Walk(whole(instance), certificate(instance, rng), rng)
        assert not walk.wander(1_000, most_steps=most_steps)
        drawing.verify(instance, as_tuple(walk.pairs()))


def test_a_capped_draw_says_so(monkeypatch):
    monkeypatch.setattr(worm, "step_cap", lambda _part: 3)
    tight = Instance.of(12, permitted={g: [(g + step) % 12 for step in (1, 2, 5)] for g in range(12)})
    assert drawn(tight).quality is Quality.CAPPED


# Whatever the rules


@st.composite
def instances(make):
    """Exchanges of up to nine people under any mixture of rules, with the rules as a set of pairs."""
    size = make(st.integers(1, 9))
    person = st.integers(0, size - 1)
    names = st.frozensets(person)
    forbidden = make(st.dictionaries(person, names, max_size=4))
    permitted = make(st.dictionaries(person, names, max_size=3))
    groups = make(st.lists(st.frozensets(person, max_size=4), max_size=3))
    if make(st.booleans()):  # a family of half or nearly half, where draws are hardest
        groups.append(frozenset(range(max(1, size // 2 - make(st.integers(0, 1))))))
    pairs = {
        (giver, receiver)
        for giver in range(size)
        for receiver in permitted.get(giver, range(size))
        if giver != receiver
        and receiver not in forbidden.get(giver, ())
        and not any({giver, receiver} <= group for group in groups)
    }
    return Instance.of(size, forbidden=forbidden, permitted=permitted, groups=groups), pairs


QUICKLY = settings(derandomize=True, database=None, deadline=None, max_examples=80)


@QUICKLY
@given(instances())
def test_the_value_permits_what_the_rules_permit(case):
    instance, pairs = case
    people = range(instance.size)
    assert {(g, r) for g in people for r in people if instance.permits(g, r)} == pairs
    assert {(g, r) for g in people for r in instance.receivers_of(g)} == pairs
    assert list(instance.choices) == [len(instance.receivers_of(giver)) for giver in people]


@QUICKLY
@given(instances(), st.integers(0, 99))
def test_parts_hold_exactly_the_pairs_of_some_arrangement(case, seed):
    instance, pairs = case
    if who_is_stuck(instance) is not None:
        return
    start = certificate(instance, Random(seed))
    partners = {giver: {r for g, r in pairs if g == giver} for giver in range(instance.size)}
    fitting = {(g, r) for g, r in pairs if served(without(partners, g, r))}
    found = parts(instance, start)
    assert {(g, r) for part in found for g in part.givers for r in part.receivers_of(g)} == fitting
    assert all(list(part.choices) == [len(part.receivers_of(g)) for g in part.givers] for part in found)


def without(partners, giver, receiver):
    """What is left to the others once `giver` gives to `receiver`."""
    return {one: others - {receiver} for one, others in partners.items() if one != giver}


@QUICKLY
@given(instances(), st.integers(0, 99))
def test_a_draw_keeps_all_rules_or_proves_that_none_can(case, seed):
    instance, pairs = case
    stuck = who_is_stuck(instance)
    if stuck is None:
        receivers = draw(instance, Random(seed)).receivers
        assert set(enumerate(receivers)) <= pairs
        assert sorted(receivers) == list(range(instance.size))
    else:
        assert_minimal(stuck, pairs)
        with pytest.raises(Impossible) as refusal:
            draw(instance, Random(seed))
        assert refusal.value.stuck == stuck


def assert_minimal(stuck, pairs):
    """The stuck are one too many for all that they have, and any part of them is not."""
    if not stuck.givers_are_stuck:
        pairs = {(receiver, giver) for giver, receiver in pairs}
    one, other = (
        (stuck.givers, stuck.receivers) if stuck.givers_are_stuck else (stuck.receivers, stuck.givers)
    )
    assert all(a < b for names in (one, other) for a, b in pairwise(names))
    assert {partner for person, partner in pairs if person in one} == set(other)
    assert len(one) == len(other) + 1
    for person in one:
        rest = {giver: {r for g, r in pairs if g == giver} for giver in one if giver != person}
        assert served(rest)


def served(partners):
    """Whether each of the few people can have a partner of their own: plain augmenting paths."""
    holder: dict[int, int] = {}

    def place(person: int, seen: set[int]) -> bool:
        for partner in partners[person] - seen:
            seen.add(partner)
            if partner not in holder or place(holder[partner], seen):
                holder[partner] = person
                return True
        return False

    return all(place(person, set()) for person in partners)
