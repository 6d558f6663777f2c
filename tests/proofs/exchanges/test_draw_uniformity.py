"""Every arrangement is equally likely: chi-square against full enumeration (G3, SK-70).

The seeds are fixed, so each test passes always or never; what could mislead is only the choice of
seeds. With 50 tests at p >= 0.001 a fair method fails none of them with a chance of 95 % (and the
seeds were not picked: they are 1 to 5); that the 50 p-values are spread as they should be is a test
of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from scipy import stats

from kinkeeper.features.exchanges.rules import Instance, certificate, draw
from kinkeeper.features.exchanges.rules.rejection import draw_by_rejection
from kinkeeper.features.exchanges.rules.worm import Walk, excursions, step_cap
from tests.proofs.exchanges.known import KNOWN, Arrangement, arrangements, evenness, extremes

pytestmark = pytest.mark.long

SEEDS = (1, 2, 3, 4, 5)
DRAWS = 20_000


def by_rejection(instance: Instance, rng: Random) -> Arrangement:
    """The hat alone, however long it takes."""
    receivers = draw_by_rejection(instance, rng, picks=10**9)
    assert receivers is not None
    return tuple(receivers)


def by_worm(instance: Instance, rng: Random) -> Arrangement:
    """The chain alone, also where the draw would use the hat."""
    walk = Walk(instance, certificate(instance, rng), rng)
    assert walk.wander(excursions(instance), most_steps=step_cap(instance))
    return tuple(walk.receivers)


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
    "as drawn": as_drawn,
    "tickets": by_tickets,
}


@cache
def cells_of(name: str) -> list[Arrangement]:
    return arrangements(KNOWN[name][0])


@cache
def counted(name: str, method: str, seed: int) -> Counter[Arrangement]:
    instance, rng = KNOWN[name][0], Random(f"{name} {method} {seed}")
    return Counter(METHODS[method](instance, rng) for _ in range(DRAWS))


@pytest.mark.parametrize("name", KNOWN)
def test_the_number_of_arrangements_is_known(name):
    assert len(cells_of(name)) == KNOWN[name][1]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["rejection", "worm"])
@pytest.mark.parametrize("name", KNOWN)
def test_both_methods_are_even(name, method, seed):
    counts, cells = counted(name, method, seed), cells_of(name)
    assert evenness(counts, cells) >= 0.001
    assert extremes(counts, cells) >= 0.001


@pytest.mark.parametrize("name", KNOWN)
def test_the_draw_as_it_is_called_is_even(name):
    counts, cells = counted(name, "as drawn", 1), cells_of(name)
    assert evenness(counts, cells) >= 0.001
    assert extremes(counts, cells) >= 0.001


@pytest.mark.parametrize("method", ["rejection", "worm"])
def test_the_p_values_themselves_are_spread_evenly(method):
    values = [evenness(counted(name, method, seed), cells_of(name)) for name in KNOWN for seed in SEEDS]
    assert stats.kstest(values, "uniform").pvalue >= 0.001


@pytest.mark.parametrize("name", KNOWN)
def test_the_test_would_notice_a_biased_method(name):
    counts, cells = counted(name, "tickets", 1), cells_of(name)
    assert counts.keys() <= set(cells)
    assert evenness(counts, cells) < 1e-12
    assert extremes(counts, cells) < 1e-6
