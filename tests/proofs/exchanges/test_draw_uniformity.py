"""Every arrangement is equally likely: chi-square against full enumeration (G3, SK-70).

The seeds are fixed, so each test passes always or never; what could mislead is only the choice of
seeds. With 80 tests at p >= 0.001 a fair method fails none of them with a chance of 92 % (and the
seeds were not picked: they are 1 to 5); that the p-values are spread as they should be is a test of
its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from scipy import stats

from kinkeeper.features.exchanges.rules import Instance, certificate, draw
from kinkeeper.features.exchanges.rules.parts import Part, parts, whole
from kinkeeper.features.exchanges.rules.rejection import Hat
from kinkeeper.features.exchanges.rules.worm import Walk, excursions, step_cap
from tests.proofs.exchanges.known import (
    FAMILIES,
    IN_PARTS,
    KNOWN,
    ONE_RING,
    Arrangement,
    arrangements,
    as_tuple,
    evenness,
    extremes,
)

pytestmark = pytest.mark.long

SEEDS = (1, 2, 3, 4, 5)
DRAWS = 20_000
COUNTED = KNOWN | FAMILIES


def by_rejection(instance: Instance, rng: Random) -> Arrangement:
    """The hat alone, however long it takes."""
    return as_tuple(slips(whole(instance), rng))


def by_worm(instance: Instance, rng: Random) -> Arrangement:
    """The chain alone, also where the draw would use the hat."""
    return as_tuple(walked(whole(instance), certificate(instance, rng), rng))


def parts_by_rejection(instance: Instance, rng: Random) -> Arrangement:
    """A hat for each part."""
    shares = [slips(part, rng) for part in parts(instance, certificate(instance, rng))]
    return as_tuple({giver: share[giver] for share in shares for giver in share})


def parts_by_worm(instance: Instance, rng: Random) -> Arrangement:
    """A chain for each part."""
    start = certificate(instance, rng)
    shares = [walked(part, start, rng) for part in parts(instance, start)]
    return as_tuple({giver: share[giver] for share in shares for giver in share})


def slips(part: Part, rng: Random) -> dict[int, int]:
    pairs = Hat(part).draw(rng, picks=10**9)
    assert pairs is not None
    return pairs


def walked(part: Part, start: list[int], rng: Random) -> dict[int, int]:
    walk = Walk(part, start, rng)
    assert walk.wander(excursions(part), most_steps=step_cap(part))
    return walk.pairs()


def as_drawn(instance: Instance, rng: Random) -> Arrangement:
    return draw(instance, rng).receivers


def by_tickets(instance: Instance, rng: Random) -> Arrangement:
    """What most programs do: each in turn draws from what is left, all afresh at a dead end."""
    while True:
        left, receivers = set(range(instance.size)), []
        for giver in range(instance.size):
            options = [r for r in sorted(left) if instance.permits(giver, r)]
            if not options:
                break
            receivers.append(rng.choice(options))
            left.remove(receivers[-1])
        else:
            return tuple(receivers)


METHODS: dict[str, Callable[[Instance, Random], Arrangement]] = {
    "rejection": by_rejection,
    "worm": by_worm,
    "parts by rejection": parts_by_rejection,
    "parts by worm": parts_by_worm,
    "as drawn": as_drawn,
    "tickets": by_tickets,
}


@cache
def cells_of(name: str) -> list[Arrangement]:
    return arrangements(instance_of(name))


def instance_of(name: str) -> Instance:
    return COUNTED[name][0] if name in COUNTED else IN_PARTS[name]


@cache
def counted(name: str, method: str, seed: int) -> Counter[Arrangement]:
    instance, rng = instance_of(name), Random(f"{name} {method} {seed}")
    return Counter(METHODS[method](instance, rng) for _ in range(DRAWS))


@pytest.mark.parametrize("name", COUNTED)
def test_the_number_of_arrangements_is_known(name):
    assert len(cells_of(name)) == COUNTED[name][1]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["rejection", "worm"])
@pytest.mark.parametrize("name", KNOWN)
def test_both_methods_are_even(name, method, seed):
    counts, cells = counted(name, method, seed), cells_of(name)
    assert evenness(counts, cells) >= 0.001
    assert extremes(counts, cells) >= 0.001


@pytest.mark.parametrize("seed", SEEDS[:2])
@pytest.mark.parametrize("method", ["rejection", "worm"])
@pytest.mark.parametrize("name", FAMILIES)
def test_both_methods_are_even_with_large_families(name, method, seed):
    counts, cells = counted(name, method, seed), cells_of(name)
    assert evenness(counts, cells) >= 0.001
    assert extremes(counts, cells) >= 0.001


@pytest.mark.parametrize("seed", SEEDS[:2])
@pytest.mark.parametrize("method", ["parts by rejection", "parts by worm"])
@pytest.mark.parametrize("name", IN_PARTS)
def test_parts_drawn_one_by_one_are_even_together(name, method, seed):
    counts, cells = counted(name, method, seed), cells_of(name)
    assert evenness(counts, cells) >= 0.001
    assert extremes(counts, cells) >= 0.001


def test_a_ring_is_drawn_by_a_coin():
    rng, cells = Random(1), arrangements(ONE_RING)
    counts = Counter(draw(ONE_RING, rng).receivers for _ in range(DRAWS))
    assert len(cells) == 2
    assert evenness(counts, cells) >= 0.001


@pytest.mark.parametrize("name", COUNTED | IN_PARTS)
def test_the_draw_as_it_is_called_is_even(name):
    counts, cells = counted(name, "as drawn", 1), cells_of(name)
    assert evenness(counts, cells) >= 0.001
    assert extremes(counts, cells) >= 0.001


@pytest.mark.parametrize("method", ["rejection", "worm"])
def test_the_p_values_themselves_are_spread_evenly(method):
    values = [evenness(counted(name, method, seed), cells_of(name)) for name in KNOWN for seed in SEEDS]
    assert stats.kstest(values, "uniform").pvalue >= 0.001


@pytest.mark.parametrize("name", COUNTED)
def test_the_test_would_notice_a_biased_method(name):
    counts, cells = counted(name, "tickets", 1), cells_of(name)
    assert counts.keys() <= set(cells)
    assert evenness(counts, cells) < 1e-12
    # With hundreds of cells the extremes tell less; they must still fail what is asked of a fair one.
    assert extremes(counts, cells) < (1e-6 if name in KNOWN else 0.001)
