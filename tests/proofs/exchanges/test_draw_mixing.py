"""The worm chain solved exactly on small exchanges: how far from uniform a draw can be (G3).

Solved for the whole exchange as one part, which is harder than its parts: there, pairs that fit no
arrangement lead the walk astray.

The walk between two complete arrangements is written down here a second time, as a matrix over all
states it can be in, and eliminated to a matrix between arrangements. A sample of the real walk's
excursions is held against a row of it, so that the matrix speaks for the code.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np
import pytest
from scipy import sparse, stats
from scipy.sparse.linalg import splu

from kinkeeper.features.exchanges.rules import Instance, who_is_stuck
from kinkeeper.features.exchanges.rules.parts import ways_out, whole
from kinkeeper.features.exchanges.rules.worm import Walk, excursions
from tests.proofs.exchanges import known
from tests.proofs.exchanges.known import arrangements, as_tuple

pytestmark = pytest.mark.long

NOBODY = -1


class Chain:
    """States (receivers, free giver, vacant receiver), reached from every complete arrangement."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        ways = ways_out(whole(instance))
        self.weights = [way / max(ways) for way in ways]
        self.complete = arrangements(instance)
        self.number = {receivers: at for at, receivers in enumerate(self.complete)}
        self.near: dict[tuple[int, ...], int] = {}
        self.moves: list[tuple[int, int, float]] = []
        self.ends: list[tuple[int, int, float]] = []
        for receivers in self.complete:
            for free in range(instance.size):
                self.number_of(self.freed(receivers, free))
        self.explore()

    @staticmethod
    def freed(receivers: tuple[int, ...], giver: int) -> tuple[int, ...]:
        return (*receivers[:giver], NOBODY, *receivers[giver + 1 :])

    def number_of(self, state: tuple[int, ...]) -> int:
        return self.near.setdefault(state, len(self.near))

    def explore(self) -> None:
        done = 0
        while done < len(self.near):
            for state in list(self.near)[done:]:
                self.step_from(state)
                done += 1

    def step_from(self, state: tuple[int, ...]) -> None:
        free = state.index(NOBODY)
        choices = self.instance.receivers_of(free)
        for receiver in choices:
            moved = (*state[:free], receiver, *state[free + 1 :])
            if receiver in state:
                displaced = state.index(receiver)
                target = self.number_of(self.freed(moved, displaced))
                taken = min(1, self.weights[displaced] / self.weights[free])
                self.moves.append((self.near[state], target, taken / len(choices)))
                self.moves.append((self.near[state], self.near[state], (1 - taken) / len(choices)))
            else:
                self.ends.append((self.near[state], self.number[moved], 1 / len(choices)))

    def between_arrangements(self) -> np.ndarray:
        """Entry (a, b): the probability that an excursion from arrangement a ends in b."""
        near, complete, size = len(self.near), len(self.complete), self.instance.size
        stay = sparse.identity(near) - matrix(self.moves, (near, near))
        ends = matrix(self.ends, (near, complete)).toarray()
        chances = np.array(self.weights) / sum(self.weights)
        starts = [
            (at, self.near[self.freed(receivers, giver)], chances[giver])
            for receivers, at in self.number.items()
            for giver in range(size)
        ]
        return matrix(starts, (complete, near)) @ splu(stay.tocsc()).solve(ends)


def matrix(entries, shape):
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return sparse.csr_matrix((values, (rows, columns)), shape=shape)


def farthest(instance: Instance) -> float:
    """Total variation distance from uniform after a full walk, from the worst arrangement."""
    excursion = Chain(instance).between_arrangements()
    np.testing.assert_allclose(excursion.sum(axis=1), 1, atol=1e-9)
    # Symmetric, so the uniform law is stationary; that nothing else is, the distance shows.
    np.testing.assert_allclose(excursion, excursion.T, atol=1e-9)
    after = np.linalg.matrix_power(excursion, excursions(whole(instance)))
    return float(np.abs(after - 1 / len(after)).sum(axis=1).max() / 2)


def ring(size: int, choices: int) -> Instance:
    """Everyone may give to the next few only: the slowest rules known for their size."""
    return Instance.of(
        size,
        permitted={g: [(g + step) % size for step in range(1, choices + 1)] for g in range(size)},
    )


SMALL = {
    "three people": Instance.of(3),
    "five people": Instance.of(5),
    "A": known.NO_RULES,
    "B": known.THREE_COUPLES,
    "D": known.THREE_EACH,
    "E": known.TWO_PICKY,
    "a family of half": Instance.of(8, groups=[range(4)]),
    "a family of nearly half": Instance.of(7, groups=[range(3)]),
    "a family of nearly half with couples": Instance.of(8, groups=[range(3), (3, 4), (5, 6)]),
    "two families and a friend of one": Instance.of(7, groups=[range(3), range(3, 5)], forbidden={6: [3]}),
    "two families and a friend of both": Instance.of(7, groups=[range(3), range(3, 6)]),
    "two families of unlike size and two friends": Instance.of(7, groups=[range(3), range(3, 5)]),
    "a ring with two choices": ring(9, 2),
    "a ring with three choices": ring(9, 3),
    "two groups of four": Instance.of(8, groups=[range(4), range(4, 8)]),
}


@pytest.mark.parametrize("name", SMALL)
def test_a_full_walk_is_uniform_to_five_digits(name):
    assert farthest(SMALL[name]) <= 1e-5


def random_rules(rng: Random) -> Instance:
    """Any rules for three to nine people with at least 2 and at most 150 arrangements."""
    while True:
        size, density = rng.randint(3, 9), rng.uniform(0.2, 0.6)
        people = range(size)
        permitted = {g: [r for r in people if rng.random() < density] for g in people}
        instance = Instance.of(size, permitted=permitted)
        if who_is_stuck(instance) is None and 2 <= len(arrangements(instance)) <= 150:
            return instance


@pytest.mark.parametrize("seed", range(30))
def test_a_full_walk_is_uniform_whatever_the_rules(seed):
    assert farthest(random_rules(Random(seed))) <= 1e-5


@pytest.mark.parametrize(
    "name",
    [
        "B",
        "D",
        "E",
        "a family of half",
        "a family of nearly half",
        "two families and a friend of one",
        "two families and a friend of both",
        "a ring with three choices",
    ],
)
def test_the_matrix_speaks_for_the_walk(name):
    instance, draws = SMALL[name], 20_000
    chain, rng = Chain(instance), Random(5)
    row, start = chain.between_arrangements()[0], list(chain.complete[0])
    counts: Counter[tuple[int, ...]] = Counter()
    for _ in range(draws):
        walk = Walk(whole(instance), start, rng)
        assert walk.wander(1, most_steps=10**9)
        counts[as_tuple(walk.pairs())] += 1
    seen = np.array([counts[receivers] for receivers in chain.complete])
    common = row * draws >= 5  # Pearson's test wants no rarer cells; the rest is one cell
    cells = [*seen[common], seen[~common].sum()]
    shares = [*row[common], row[~common].sum()]
    if common.all():
        cells.pop(), shares.pop()
    expected = np.array(shares) / sum(shares) * draws
    assert stats.chisquare(cells, expected).pvalue >= 0.001
