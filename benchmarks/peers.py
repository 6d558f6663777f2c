"""Published packages that draw names, beside ours, in the same run and on the same rules (G2).

    make bench ARGS=peers

Every draw runs in a process of its own, ended once it has used PATIENCE_S of the processor; making the
rules, and putting them as a package wants them, is not counted. A cell says how many of the draws were
right, the median of their processor time, how many times that of ours, and the memory that the draw took
on top. Right is a valid draw; where there is none, to say so: with a proof (ours), or by giving up
(theirs). sinterbot knows rules of both ways only, and widens others. Packages take exclusions only, so
that "three each" is nearly all pairs there are; where these are too many to be held, nothing is run.
Evenness: three couples have 80 arrangements; the p of chi-square over all of them, below 0.001 biased.
"""

from __future__ import annotations

import logging
import multiprocessing
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations
from multiprocessing.connection import Connection
from resource import RUSAGE_SELF, getrusage
from signal import ITIMER_PROF, setitimer
from statistics import median
from time import thread_time

from benchmarks.draw import Maker, households, impossible, no_rules, past_years, tight3
from kinkeeper.features.exchanges.rules import Impossible, Instance, draw

RULES: dict[str, Maker] = {
    "no rules": no_rules,
    "households": households,
    "three past years": past_years,
    "three each": tight3,
    "impossible": impossible,
}
TRIES = {30: 6, 100: 6, 500: 6, 5_000: 2, 50_000: 1}
PATIENCE_S = {30: 2, 100: 2, 500: 2, 5_000: 10, 50_000: 20}
MOST_EXCLUSIONS, DRAWS = 3_000_000, 4_000
WARM, BRIEF_MS = 5, 50
"""A process that has just begun is slow: a brief draw is made five times, and the middle one counts."""

Refused = Sequence[frozenset[int]]
"""Whom each giver must not give to, besides themselves."""
Act = Callable[[], list[int] | None]
"""The draw alone; None where it says that there is none."""
Drawer = Callable[[Instance, Refused], Act]


def refused(instance: Instance) -> Refused:
    everybody = frozenset(range(instance.size))
    members: dict[int, set[int]] = {}
    for person, block in enumerate(instance.block):
        members.setdefault(block, set()).add(person)

    def of(giver: int) -> frozenset[int]:
        listed = instance.listed[giver]
        if listed is not None:
            return everybody.difference(listed, {giver})
        kin = (members[block] for block in instance.apart[instance.block[giver]])
        return instance.barred[giver].union(*kin) - {giver}

    return [of(giver) for giver in everybody]


def exclusions(instance: Instance) -> int:
    return instance.size * (instance.size - 1) - sum(instance.choices)


def ours(instance: Instance, _refused: Refused) -> Act:
    def act() -> list[int] | None:
        try:
            return list(draw(instance, random.Random(random.getrandbits(64))).receivers)
        except Impossible:
            return None

    return act


def santa(instance: Instance, refused: Refused) -> Act:
    from santa import solver  # noqa: PLC0415 - dependency group bench

    people, invalid = list(range(instance.size)), dict(enumerate(refused))

    def act() -> list[int] | None:
        try:
            matches = solver.draw(people, invalid)
        except solver.SolvingError:
            return None
        return [matches[giver] for giver in people]

    return act


def sinterbot(instance: Instance, refused: Refused) -> Act:
    from sinterbot import algorithms  # noqa: PLC0415 - dependency group bench

    pairs = [(giver, other) for giver, others in enumerate(refused) for other in others]
    return lambda: list(algorithms.constrained(instance.size, 2, pairs))


def bpguasch(_instance: Instance, refused: Refused) -> Act:
    from secret_santa_bpguasch import EmailServer, Game, SecretSanta  # noqa: PLC0415 - dependency group bench

    people = {
        str(giver): {"email": "x@example.org", "avoidGiftingTo": [str(other) for other in others]}
        for giver, others in enumerate(refused)
    }

    def act() -> list[int] | None:
        try:
            santa = SecretSanta(Game("x", 1, "x"), EmailServer("x", 1, "x", "x"), people)
            pairs = santa.dry_run(silent=True)
        except ValueError:
            return None
        return [int(to) for _, to in sorted(pairs, key=lambda pair: int(pair[0]))]

    return act


def by_email(instance: Instance, refused: Refused) -> Act:
    from secretSanta.party import Attendee, Party  # noqa: PLC0415 - dependency group bench

    logging.disable(logging.INFO)
    names = [str(person) for person in range(instance.size)]
    guests = [
        Attendee(names[giver], names[giver], "x@example.org", [names[other] for other in others], [])
        for giver, others in enumerate(refused)
    ]

    def act() -> list[int] | None:
        party = Party(attendees=guests, potential_attendees=names)
        party.match()
        return [party.giver_receiver_pairs[giver] for giver in range(instance.size)]

    return act


METHODS: dict[str, Drawer] = {
    "ours": ours,
    "santa 0.2.2": santa,
    "sinterbot 0.1.1": sinterbot,
    "secret-santa-bpguasch 1.0.0": bpguasch,
    "secret-santa-email 0.0.2": by_email,
}


@dataclass(frozen=True)
class Outcome:
    """What came of one draw."""

    said: str
    ms: float = 0.0
    mb: float = 0.0


def is_valid(instance: Instance, receivers: list[int]) -> bool:
    return sorted(receivers) == list(range(instance.size)) and all(
        instance.permits(giver, receiver) for giver, receiver in enumerate(receivers)
    )


def _peak_mb() -> float:
    return getrusage(RUSAGE_SELF).ru_maxrss / 1_000


def _answer(method: Drawer, instance: Instance, refused: Refused, pipe: Connection) -> None:
    act = method(instance, refused)
    setitimer(ITIMER_PROF, PATIENCE_S[instance.size])  # ends the process, and makes its clock a coarse one
    peak, times, said = _peak_mb(), list[float](), "valid"
    while len(times) < WARM and said in {"valid", "says no"}:
        began = thread_time()
        said = _said(act, instance)
        times.append((thread_time() - began) * 1_000)
        if times[0] > BRIEF_MS:
            break
    pipe.send(Outcome(said, median(times), _peak_mb() - peak))


def _said(act: Act, instance: Instance) -> str:
    try:
        receivers = act()
    except Exception as error:  # noqa: BLE001 - each has an error of its own
        return type(error).__name__
    return "says no" if receivers is None else "valid" if is_valid(instance, receivers) else "invalid"


def outcome(method: Drawer, instance: Instance, refused: Refused) -> Outcome:
    here, there = multiprocessing.Pipe()
    arguments = (method, instance, refused, there)
    child = multiprocessing.get_context("fork").Process(target=_answer, args=arguments)
    child.start()
    there.close()
    try:
        answer: Outcome = here.recv()
    except EOFError:
        answer = Outcome("no answer")
    child.join()
    return answer


def cell(outcomes: list[Outcome], *, wanted: str, base: float) -> tuple[str, float]:
    """What a table says of these, and the median of the right ones."""
    right = [one for one in outcomes if one.said == wanted]
    others = Counter(one.said for one in outcomes if one.said != wanted)
    wrong = "".join(f", {count} {said}" for said, count in others.items())
    if not right:
        return f"0 of {len(outcomes)}{wrong}", 0.0
    taken, most = median(one.ms for one in right), max(one.mb for one in right)
    ratio = f", × {taken / base:.1f}" if base else ""
    return f"{len(right)} of {len(outcomes)}, {taken:.2f} ms{ratio}, {most:.0f} MB{wrong}", taken


def compare(rule: str, size: int) -> None:
    made = [RULES[rule](size, random.Random(seed)) for seed in range(TRIES[size])]
    wanted, base = "says no" if rule == "impossible" else "valid", 0.0
    print(f"\n{size} people, {rule}")
    too_many = max(map(exclusions, made)) > MOST_EXCLUSIONS
    known = [(instance, [] if too_many else refused(instance)) for instance in made]
    for name, method in METHODS.items():
        if too_many and method is not ours:
            print(f"  {name:28} not run: {exclusions(made[0]) / 1e6:,.0f} million exclusions", flush=True)
            continue
        said, taken = cell([outcome(method, *one) for one in known], wanted=wanted, base=base)
        base = base or taken
        print(f"  {name:28} {said}", flush=True)


def evenness(method: Drawer) -> float:
    from scipy.stats import chisquare  # noqa: PLC0415 - not needed by the other figures

    couples = Instance.of(6, groups=[(0, 1), (2, 3), (4, 5)])
    every = [list(one) for one in permutations(range(6)) if is_valid(couples, list(one))]
    act = method(couples, refused(couples))
    counts = Counter(tuple(act() or ()) for _ in range(DRAWS))
    return float(chisquare([counts[tuple(one)] for one in every], sum_check=False).pvalue)


def main() -> None:
    for method in METHODS.values():  # imports are not counted
        small = Instance.of(4)
        method(small, refused(small))()
    for size in TRIES:
        for rule in RULES:
            compare(rule, size)
    print(f"\nthree couples, {DRAWS} draws: p of chi-square over all 80 arrangements")
    for name, method in METHODS.items():
        print(f"  {name:28} {evenness(method):.2g}", flush=True)


if __name__ == "__main__":
    main()
