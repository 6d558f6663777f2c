"""How long a draw takes, and how a plain shuffle-and-retry compares in the same run.

    python -m benchmarks.draw

Goal G2: the 95th percentile at most 5 ms for 30 people, 20 ms for 100, 100 ms for 500, 500 ms for
5,000, 10 s for 50,000, and less than 64 MB up to 5,000. Each run draws for rules of its own; making
the rules is not counted. Times are the processor's, so that whatever else runs on the machine does
not count either.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time

from kinkeeper.features.exchanges.rules import Impossible, Instance, draw

Maker = Callable[[int, Random], Instance]

RUNS = {10: 200, 30: 200, 100: 100, 500: 30, 5_000: 10, 50_000: 5}
GOALS_MS = {10: 5, 30: 5, 100: 20, 500: 100, 5_000: 500, 50_000: 10_000}
PATIENCE_S = 1.0
"""How long shuffle-and-retry may try; it cannot notice that a draw is impossible."""
PEAK_GOALS_MB = {500: 64, 5_000: 64}


def no_rules(size: int, _rng: Random) -> Instance:
    return Instance.of(size)


def homes_of(size: int, rng: Random) -> list[list[int]]:
    """Homes of two to six (two or three among ten people), shuffled."""
    people, homes = rng.sample(range(size), size), []
    while people:
        home = rng.randint(2, 3 if size <= 10 else 6)
        homes.append(people[:home])
        del people[:home]
    return homes


def households(size: int, rng: Random) -> Instance:
    return Instance.of(size, groups=homes_of(size, rng))


def past_years(size: int, rng: Random) -> Instance:
    """Households, and nobody gets whom they got in one of the last three years."""
    groups = homes_of(size, rng)
    past: dict[int, set[int]] = {giver: set() for giver in range(size)}
    for _ in range(3):
        year = draw(Instance.of(size, groups=groups), rng)
        for giver, receiver in enumerate(year.receivers):
            past[giver].add(receiver)
    return Instance.of(size, groups=groups, forbidden=past)


def tight3(size: int, rng: Random) -> Instance:
    """A hidden draw, and two more permitted receivers for each giver."""
    hidden = draw(Instance.of(size), rng).receivers
    lists = {}
    for giver, receiver in enumerate(hidden):
        names = {receiver}
        while len(names) < 3:
            names |= {rng.randrange(size)} - {giver}
        lists[giver] = names
    return Instance.of(size, permitted=lists)


def impossible(size: int, rng: Random) -> Instance:
    """Households, and four givers who share three receivers."""
    homes = [[person + 7 for person in home] for home in homes_of(size - 7, rng)]
    return Instance.of(size, groups=homes, permitted=dict.fromkeys(range(4), (4, 5, 6)))


def large_family(size: int, _rng: Random) -> Instance:
    """One family of more than half: impossible."""
    return Instance.of(size, groups=[range(size // 2 + 1)])


def half_family(size: int, _rng: Random) -> Instance:
    """One family of exactly half: everyone must give across."""
    return Instance.of(size, groups=[range(size // 2)])


def nearly_half(size: int, rng: Random) -> Instance:
    """One family that falls one short of half; the others live in households."""
    family = size // 2 - 1
    others = [[person + family for person in home] for home in homes_of(size - family, rng)]
    return Instance.of(size, groups=[range(family), *others])


def two_clans(size: int, _rng: Random) -> Instance:
    """A wedding: her family, his family of the same size, and two friends."""
    clan = size // 2 - 1
    return Instance.of(size, groups=[range(clan), range(clan, 2 * clan)])


def third_family(size: int, rng: Random) -> Instance:
    """One family of a third; the others live in households."""
    family = size // 3
    others = [[person + family for person in home] for home in homes_of(size - family, rng)]
    return Instance.of(size, groups=[range(family), *others])


RULES: dict[str, Maker] = {
    "no rules": no_rules,
    "households": households,
    "three past years": past_years,
    "tight3": tight3,
    "half family": half_family,
    "nearly half": nearly_half,
    "two clans": two_clans,
    "third family": third_family,
    "impossible": impossible,
    "large family": large_family,
}


@dataclass(frozen=True)
class Times:
    """Milliseconds; `kinds` are the qualities met, or "impossible"."""

    median: float
    p95: float
    kinds: str


def drawn(instance: Instance, rng: Random) -> str:
    try:
        return draw(instance, rng).quality
    except Impossible:
        return "impossible"


def our_times(make: Maker, size: int, runs: int) -> Times:
    rng, kinds, times = Random(size), set[str](), []
    for _ in range(runs):
        instance = make(size, rng)
        start = process_time()
        kinds.add(drawn(instance, rng))
        times.append((process_time() - start) * 1_000)
    return Times(median(times), quantiles(times, n=20, method="inclusive")[-1], "+".join(sorted(kinds)))


def retry_time(make: Maker, size: int) -> float | None:
    """Shuffle all until the rules hold: the median of three, None if one takes too long."""
    rng, times = Random(size), []
    for _ in range(3):
        instance = make(size, rng)
        start = process_time()
        if not shuffled(instance, rng, until=perf_counter() + PATIENCE_S):
            return None
        times.append((process_time() - start) * 1_000)
    return median(times)


def shuffled(instance: Instance, rng: Random, *, until: float) -> bool:
    """Whether a whole shuffle met the rules in time."""
    permits, receivers = instance.permits, list(range(instance.size))
    for _ in count():
        rng.shuffle(receivers)
        if all(permits(giver, receiver) for giver, receiver in enumerate(receivers)):
            return True
        if perf_counter() > until:
            return False
    raise AssertionError


def peak_mb(make: Maker, size: int) -> float:
    """Of the draw alone, on top of its rules."""
    rng = Random(size)
    instance = make(size, rng)
    tracemalloc.start()
    drawn(instance, rng)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def verdict(*, met: bool) -> str:
    return "" if met else "  over the goal"


def print_row(name: str, size: int) -> None:
    ours, other = our_times(RULES[name], size, RUNS[size]), retry_time(RULES[name], size)
    shown = "✗" if other is None else f"{other:.2f}"
    ratio = "" if other is None else f"{other / ours.median:.1f}"
    print(
        f"{size:6} {name:16} {ours.median:10.2f} {ours.p95:10.2f} {shown:>10} {ratio:>7}  "
        f"{ours.kinds}{verdict(met=ours.p95 <= GOALS_MS[size])}",
        flush=True,
    )


def main() -> None:
    print("people rules             median ms     p95 ms   retry ms   ratio  quality")
    for size in RUNS:
        for name in RULES:
            print_row(name, size)
    print("\npeak memory of one draw")
    for size, goal in PEAK_GOALS_MB.items():
        for name, make in RULES.items():
            peak = peak_mb(make, size)
            print(f"{size:6} {name:16} {peak:6.1f} MB{verdict(met=peak < goal)}", flush=True)


if __name__ == "__main__":
    main()
