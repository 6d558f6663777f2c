"""Impossible rules are refused with the names of those who cannot be served."""

from __future__ import annotations

from random import Random

import pytest

from kinkeeper.features.exchanges.rules import Impossible, Instance, Stuck, draw, who_is_stuck


def stuck(instance) -> Stuck:
    """What the draw says, whatever the seed, is what the live check says."""
    told = who_is_stuck(instance)
    for seed in range(3):
        with pytest.raises(Impossible) as refusal:
            draw(instance, Random(seed))
        assert refusal.value.stuck == told
    return told


def test_nobody_is_stuck_where_a_draw_exists():
    assert who_is_stuck(Instance.of(6, groups=[(0, 1), (2, 3), (4, 5)])) is None


def test_one_person_alone_has_nobody_to_give_to():
    assert stuck(Instance.of(1)) == Stuck(givers=(0,), receivers=())


def test_a_couple_alone_cannot_exchange():
    assert len(stuck(Instance.of(2, groups=[(0, 1)])).givers) == 1


def test_someone_who_may_give_to_nobody_is_named():
    told = stuck(Instance.of(5, forbidden={3: range(5)}))
    assert told == Stuck(givers=(3,), receivers=())
    assert told.givers_are_stuck


def test_someone_to_whom_nobody_may_give_is_named():
    told = stuck(Instance.of(10, forbidden={giver: {4} for giver in range(10)}))
    assert told == Stuck(givers=(), receivers=(4,))
    assert not told.givers_are_stuck


def test_four_who_share_three_receivers_are_named():
    told = stuck(Instance.of(12, permitted=dict.fromkeys(range(4), (4, 5, 6))))
    assert told == Stuck(givers=(0, 1, 2, 3), receivers=(4, 5, 6))


def test_three_who_can_get_from_two_only_are_named():
    refused = {giver: (0, 1, 2) for giver in range(10) if giver not in {8, 9}}
    told = stuck(Instance.of(10, forbidden=refused))
    assert told == Stuck(givers=(8, 9), receivers=(0, 1, 2))


def test_listed_givers_count_among_those_who_may_give():
    # Receiver 0 can get from 1, whose list says so, and from the open giver 2; 5 likewise; so can 6.
    forbidden = {giver: (0, 5, 6) for giver in range(10) if giver not in {1, 2}}
    told = stuck(Instance.of(10, forbidden=forbidden, permitted={1: (0, 5, 6, 7)}))
    assert told == Stuck(givers=(1, 2), receivers=(0, 5, 6))


@pytest.mark.parametrize(("size", "family"), [(10, 6), (11, 6), (100, 51), (100, 90), (300, 151)])
def test_a_family_larger_than_the_rest_is_named(size, family):
    told = stuck(Instance.of(size, groups=[range(family)]))
    outside = size - family
    inside = told.givers if told.givers_are_stuck else told.receivers
    others = told.receivers if told.givers_are_stuck else told.givers
    assert others == tuple(range(family, size))
    assert len(inside) == outside + 1
    assert set(inside) <= set(range(family))


def test_the_smaller_reason_is_told():
    # Two reasons at once: a family of six in ten, and one person who may give to nobody.
    told = stuck(Instance.of(10, groups=[range(6)], forbidden={9: range(10)}))
    assert told == Stuck(givers=(9,), receivers=())
