"""Ten thousand random exchanges: a draw is found whenever one exists, and only then (G1, SK-72).

The permitted pairs are worked out here from the rules themselves, and whether a draw exists is
asked of scipy and networkx.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from random import Random

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from kinkeeper.features.exchanges.rules import Impossible, Instance, Stuck, draw, who_is_stuck

pytestmark = pytest.mark.long

INSTANCES = 10_000
BATCH = 1_000


@dataclass(frozen=True)
class Case:
    """An exchange, and its permitted pairs as a truth table: rows give, columns receive."""

    instance: Instance
    table: np.ndarray


@cache
def case(number: int) -> Case:
    """Rules of every kind and mixture; most sizes are small, where the borderline cases are."""
    rng = Random(number)
    size = rng.choice([*range(1, 13), *range(1, 13), rng.randint(13, 40), rng.randint(41, 90)])
    forbidden = some_names(rng, size, rng.choice([0, 0, 0.1, 0.3, 0.6, 0.9]))
    permitted = some_lists(rng, size)
    groups = [
        rng.sample(range(size), rng.randint(1, max(1, rng.choice([size // 4, size // 2, 2 * size // 3]))))
        for _ in range(rng.choice([0, 0, 1, 1, 2, 4]))
    ]
    if rng.random() < 0.2:
        unloved = rng.randrange(size)
        for giver in rng.sample(range(size), rng.randint(0, size)):
            forbidden[giver] = [*forbidden.get(giver, []), unloved]
    table = ~np.eye(size, dtype=bool)
    for giver, names in permitted.items():
        table[giver] &= np.isin(range(size), names)
    for giver, names in forbidden.items():
        table[giver, list(names)] = False
    for group in groups:
        table[np.ix_(group, group)] = False
    return Case(Instance.of(size, forbidden=forbidden, permitted=permitted, groups=groups), table)


def some_names(rng: Random, size: int, density: float) -> dict[int, list[int]]:
    return {
        giver: [r for r in range(size) if rng.random() < density]
        for giver in range(size)
        if rng.random() < 0.7
    }


def some_lists(rng: Random, size: int) -> dict[int, list[int]]:
    """None, some or all givers have a short list; half of the time a draw is hidden among them."""
    share = rng.choice([0, 0, 0.2, 0.5, 1])
    hidden = rng.sample(range(size), size) if rng.random() < 0.5 else None
    lists = {}
    for giver in range(size):
        if rng.random() < share:
            lists[giver] = rng.sample(range(size), min(size, rng.randint(1, 4)))
            if hidden:
                lists[giver].append(hidden[giver])
    return lists


def most_pairs(table: np.ndarray) -> int:
    """The size of a largest matching, says scipy."""
    return int((maximum_bipartite_matching(csr_matrix(table), perm_type="column") >= 0).sum())


@pytest.mark.parametrize("first", range(0, INSTANCES, BATCH))
def test_a_draw_is_found_exactly_where_scipy_finds_a_matching(first):
    for number in range(first, first + BATCH):
        this = case(number)
        size = this.instance.size
        if most_pairs(this.table) == size:
            receivers = np.array(draw(this.instance, Random(number)).receivers)
            assert np.array_equal(np.sort(receivers), np.arange(size))
            assert this.table[np.arange(size), receivers].all()
            assert who_is_stuck(this.instance) is None
        else:
            with pytest.raises(Impossible) as refusal:
                draw(this.instance, Random(number))
            assert_proof(refusal.value.stuck, this.table)


def assert_proof(stuck: Stuck, table: np.ndarray) -> None:
    """The longer side has these partners only, and would be served but for any one of them."""
    if stuck.givers_are_stuck:
        many, few = list(stuck.givers), stuck.receivers
    else:
        many, few, table = list(stuck.receivers), stuck.givers, table.T
    assert len(many) == len(few) + 1
    assert tuple(np.flatnonzero(table[many].any(axis=0))) == few
    for person in many if len(many) <= 12 else many[:3]:
        rest = [other for other in many if other != person]
        assert not rest or most_pairs(table[rest]) == len(rest)


def test_both_kinds_of_case_are_many():
    possible = sum(who_is_stuck(case(number).instance) is None for number in range(INSTANCES))
    assert 0.25 * INSTANCES < possible < 0.75 * INSTANCES


def test_networkx_agrees():
    for number in range(1_000):
        this = case(number)
        size = this.instance.size
        graph = nx.Graph()
        graph.add_nodes_from(range(2 * size))
        graph.add_edges_from((g, size + r) for g, r in np.argwhere(this.table))
        pairs = nx.bipartite.hopcroft_karp_matching(graph, top_nodes=range(size))
        assert (len(pairs) == 2 * size) == (who_is_stuck(this.instance) is None)


def test_the_stuck_set_is_nearly_always_the_smallest_there_is():
    smallest = shown = 0
    for number in range(INSTANCES):
        this = case(number)
        stuck = who_is_stuck(this.instance) if this.instance.size <= 9 else None
        if stuck is not None:
            shown += 1
            smallest += max(len(stuck.givers), len(stuck.receivers)) == fewest_stuck(this.table)
    assert shown > 1_000
    assert smallest >= 0.99 * shown  # G4


def fewest_stuck(table: np.ndarray) -> int:
    """The fewest people, on either side, who together have fewer partners than they are."""
    size = len(table)
    for count in range(1, size + 1):
        for people in combinations(range(size), count):
            names = list(people)
            if min(table[names].any(axis=0).sum(), table.T[names].any(axis=0).sum()) < count:
                return count
    return size + 1
