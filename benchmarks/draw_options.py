"""How long the draw takes with past years and shapes, and how long explanations and repairs take.

    python -m benchmarks.draw_options

Goals: G4, an explanation within 10 ms for 100 people and 50 ms for 500; G6, at most two people told
something new in 99 % of repairs. Each run has rules of its own; making them is not counted, nor is
anything else that runs on the machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from random import Random
from statistics import median, quantiles
from time import process_time

from kinkeeper.features.exchanges.rules import (
    Exclusions,
    NoShape,
    Shape,
    arrange,
    draw,
    fewest_lifts,
    repair,
    single_lifts,
    who_is_stuck,
)
from kinkeeper.features.exchanges.rules.commitment import Plan, commitment_of, document_of, reproduce
from kinkeeper.features.exchanges.rules.min_cost_matching import cheapest_matching
from kinkeeper.features.exchanges.rules.past_years import levels_by_year

RUNS = {10: 100, 30: 100, 100: 50, 300: 20, 500: 20, 5_000: 5}
SHOWN = 20
"""How many lifts a page shows."""
NOBODY = -1

Act = Callable[[], str]
"""What is measured; answers what came out, in a word."""


def homes(size: int, rng: Random) -> tuple[frozenset[int], ...]:
    """Homes of two to six (two or three among ten people)."""
    people, found = rng.sample(range(size), size), []
    while people:
        home = rng.randint(2, 3 if size <= 10 else 6)
        found.append(frozenset(people[:home]))
        del people[:home]
    return tuple(found)


def with_past(size: int, rng: Random, years: int) -> Exclusions:
    """Homes, and as many earlier draws as there can be, at most `years`."""
    rules = Exclusions(size, households=homes(size, rng))
    past = [frozenset(enumerate(draw(rules.instance(), rng).receivers)) for _ in range(years)]
    return replace(rules, past=tuple(past))


def forced(size: int, rng: Random, years: int) -> Exclusions:
    """Three picky people may only give to whom they have had."""
    rules = with_past(size, rng, years)
    had = {g: {r for pairs in rules.past for giver, r in pairs if giver == g} for g in range(3)}
    picky = {(g, r) for g, known in had.items() for r in range(size) if r not in known}
    return replace(rules, pairs=frozenset(picky))


def nobody_new(size: int, rng: Random) -> Exclusions:
    """Ten years, and nobody may give to anybody else than those of the ten: all are repeats."""
    past = [frozenset(enumerate(draw(Exclusions(size).instance(), rng).receivers)) for _ in range(10)]
    had = frozenset().union(*past)
    others = ((g, r) for g in range(size) for r in range(size) if (g, r) not in had)
    return Exclusions(size, pairs=frozenset(others), past=tuple(past))


def stuck(size: int, rng: Random) -> Exclusions:
    """Homes, and four givers who share three receivers."""
    others = frozenset((giver, r) for giver in range(4) for r in range(size) if r not in {4, 5, 6})
    return Exclusions(size, pairs=others, households=homes(size, rng))


def large_family(size: int, _rng: Random) -> Exclusions:
    """A family of six in ten: a fifth of all has no place."""
    return Exclusions(size, households=(frozenset(range(6 * size // 10)),))


def hidden_loop(size: int, rng: Random) -> Exclusions:
    """Everybody may give to three: the next of a hidden loop, and two more."""
    loop = rng.sample(range(size), size)
    kept = {giver: {loop[at - 1], rng.randrange(size), rng.randrange(size)} for at, giver in enumerate(loop)}
    barred = ((giver, r) for giver, names in kept.items() for r in range(size) if r not in names)
    return Exclusions(size, pairs=frozenset(barred))


def drawing(rules: Exclusions, shape: Shape, rng: Random) -> Act:
    def act() -> str:
        try:
            told = arrange(rules, shape, rng)
        except NoShape as missing:
            return type(missing).__name__
        repeats = any(pair in rules.years_since() for pair in enumerate(told.receivers))
        return f"{told.quality}{' repeats' * repeats}"

    return act


def explaining(rules: Exclusions, _rng: Random) -> Act:
    def act() -> str:
        assert who_is_stuck(rules.instance()) is not None
        return f"{len(list(islice(single_lifts(rules), SHOWN)))} single lifts shown"

    return act


def listing(rules: Exclusions, _rng: Random) -> Act:
    return lambda: f"{len(list(single_lifts(rules)))} single lifts"


def lifting(rules: Exclusions, _rng: Random) -> Act:
    return lambda: f"{len(fewest_lifts(rules))} lifts"


def optimum(rules: Exclusions, _rng: Random) -> Act:
    def act() -> str:
        cheapest_matching(levels_by_year(rules)).tight(rules.households)
        return "optimum and tight pairs"

    return act


def drop_out(size: int, rng: Random) -> Act:
    rules = with_past(size, rng, 2)
    receivers = draw(rules.instance(), rng).receivers
    gone = size - 1
    left = Exclusions(
        gone,
        households=tuple(home - {gone} for home in rules.households),
        past=tuple(frozenset(pair for pair in pairs if gone not in pair) for pairs in rules.past),
    )
    present = [NOBODY if receiver == gone else receiver for receiver in receivers[:gone]]
    looked = set(rng.sample(range(gone), gone // 2))
    return repairing(left, present, looked, rng)


def late_joiner(size: int, rng: Random) -> Act:
    rules = with_past(size, rng, 2)
    present = [*draw(rules.instance(), rng).receivers, NOBODY]
    return repairing(replace(rules, size=size + 1), present, set(rng.sample(range(size), size // 2)), rng)


def repairing(rules: Exclusions, present: list[int], looked: set[int], rng: Random) -> Act:
    def act() -> str:
        repaired = repair(rules, present, looked, rng)
        return f"{len(repaired.told)} told, {repaired.opened} had opened"

    return act


def proving(size: int, rng: Random) -> Act:
    plan = Plan(tuple(map(str, range(size))), with_past(size, rng, 3), Shape.ANY, rng.randbytes(32))
    document = document_of(plan)
    return lambda: f"{len(reproduce(document, commitment_of(document)))} pairs"


@dataclass(frozen=True)
class Row:
    make: Callable[[int, Random], Act]
    largest: int = 5_000
    goals_ms: tuple[tuple[int, float], ...] = ()


EXPLAINED = ((10, 10.0), (30, 10.0), (100, 10.0), (300, 50.0), (500, 50.0))
ROWS = {
    "3 past years, avoidable": Row(lambda n, rng: drawing(with_past(n, rng, 3), Shape.ANY, rng)),
    "3 past years, forced": Row(lambda n, rng: drawing(forced(n, rng, 3), Shape.ANY, rng)),
    "10 past years, forced": Row(lambda n, rng: drawing(forced(n, rng, 10), Shape.ANY, rng)),
    "… the optimum alone": Row(lambda n, rng: optimum(forced(n, rng, 10), rng)),
    "… where all are repeats": Row(lambda n, rng: optimum(nobody_new(n, rng), rng), largest=500),
    "one loop, homes + 3 years": Row(lambda n, rng: drawing(with_past(n, rng, 3), Shape.ONE_LOOP, rng)),
    "one loop, hidden": Row(lambda n, rng: drawing(hidden_loop(n, rng), Shape.ONE_LOOP, rng), largest=500),
    "no mutual, homes + 3 years": Row(lambda n, rng: drawing(with_past(n, rng, 3), Shape.NO_MUTUAL, rng)),
    "no mutual, hidden": Row(lambda n, rng: drawing(hidden_loop(n, rng), Shape.NO_MUTUAL, rng), largest=500),
    "explain, four share three": Row(lambda n, rng: explaining(stuck(n, rng), rng), goals_ms=EXPLAINED),
    "… all single lifts": Row(lambda n, rng: listing(stuck(n, rng), rng)),
    "fewest lifts, large family": Row(lambda n, rng: lifting(large_family(n, rng), rng), largest=500),
    "repair, drop-out": Row(drop_out),
    "repair, late joiner": Row(late_joiner),
    "run a committed draw again": Row(proving),
}


def print_row(name: str, row: Row, size: int) -> None:
    rng, times, kinds = Random(size), list[float](), Counter[str]()
    for _ in range(RUNS[size]):
        act = row.make(size, rng)
        start = process_time()
        kinds[act()] += 1
        times.append((process_time() - start) * 1_000)
    p95 = quantiles(times, n=20, method="inclusive")[-1]
    over = "  over the goal" if p95 > dict(row.goals_ms).get(size, p95) else ""
    came = ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common(3))
    print(f"{size:6} {name:27} {median(times):10.2f} {p95:10.2f}  {came}{over}", flush=True)


def main() -> None:
    print("people what                         median ms     p95 ms  what came out (the commonest three)")
    for name, row in ROWS.items():
        for size in [size for size in RUNS if size <= row.largest]:
            print_row(name, row, size)


if __name__ == "__main__":
    main()
