"""A draw that anybody can check afterwards: published as a hash before, opened and run again later (G20).

The document says all that a draw depends on, the seed included. Its hash, made known before the
draw, binds the organiser and tells nothing, for the seed in it cannot be guessed. The document,
released later, tells every pair: that is for groups who have agreed to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest, new
from typing import Final

from kinkeeper.features.exchanges.rules.arranging import arrange
from kinkeeper.features.exchanges.rules.chance import rng_from_seed
from kinkeeper.features.exchanges.rules.drawing import Drawn
from kinkeeper.features.exchanges.rules.exclusions import Exclusions, Pair
from kinkeeper.features.exchanges.rules.shapes import Shape

FORMAT: Final = "kinkeeper-draw-1"
"""Names the draw's algorithm as well. Whoever changes what a seed leads to gives it a new number and
keeps the old algorithm, or has old proofs refused by name."""


class UnknownFormat(ValueError):
    """The document is of another version, or is no canonical document at all."""


class BrokenCommitment(ValueError):
    """The document is not the one that was promised."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a draw depends on; `people` are ids in the order that the numbers in the rules refer to.

    `marks` bind their names (`name_mark`): on these a draw does not depend, but what it tells does.
    """

    people: tuple[str, ...]
    exclusions: Exclusions
    shape: Shape
    seed: bytes
    marks: tuple[str, ...]


def document_of(plan: Plan) -> bytes:
    """The plan as canonical JSON: equal plans have equal documents, in whatever order their rules came.

    Raises ValueError for people who do not fit the rules or are named twice, and for a seed that is
    not of 32 bytes.
    """
    return _written(plan, FORMAT)


def _written(plan: Plan, named: str) -> bytes:
    if not len(plan.people) == len(set(plan.people)) == plan.exclusions.size == len(plan.marks):
        raise ValueError(f"{plan.exclusions.size} different people are needed")
    rng_from_seed(plan.seed)
    fields = {
        "format": named,
        "people": plan.people,
        "names": plan.marks,
        "pairs": _sorted(plan.exclusions.pairs),
        "households": sorted({tuple(sorted(home)) for home in plan.exclusions.households}),
        "past": [_sorted(pairs) for pairs in plan.exclusions.past],
        "shape": plan.shape,
        "seed": plan.seed.hex(),
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")


def name_mark(seed: bytes, person: str, name: str) -> str:
    """What stands for a name in the document: nobody can give people each other's names afterwards.

    Not the name itself, which would outlive the erasing of a person in a sealed document. Whoever has the
    document can try names; they were told them.
    """
    return new(seed, json.dumps([person, name]).encode("ascii"), sha256).hexdigest()


def seed_for(seed: bytes, circumstances: Sequence[str]) -> bytes:
    """The seed of a draw that is made in these circumstances: in any others the hash is another, too.

    By what else in the document changes with them, the hash tells nothing then.
    """
    return new(seed, json.dumps(["kinkeeper-circumstances-1", *circumstances]).encode(), sha256).digest()


def seed_mark(seed: bytes) -> str:
    """What is published of a seed before anybody draws by it: it binds the seed, and tells nothing of it."""
    return new(seed, b"kinkeeper-seed-1", sha256).hexdigest()


def _sorted(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs)


def plan_of(document: bytes) -> Plan:
    """The plan in a document. Raises UnknownFormat unless it is just what `document_of` would write.

    Of another format too, as long as it is written the same way: a format names what a seed leads to, and
    rules mean the same by each, so that repairs of draws that stand can read them.
    """
    try:
        fields = json.loads(document)
        people = tuple(fields["people"])
        exclusions = Exclusions(
            size=len(people),
            pairs=_pairs(fields["pairs"]),
            households=tuple(frozenset(home) for home in fields["households"]),
            past=tuple(_pairs(pairs) for pairs in fields["past"]),
        )
        plan = Plan(
            people, exclusions, Shape(fields["shape"]), bytes.fromhex(fields["seed"]), tuple(fields["names"])
        )
        canonical = _written(plan, str(fields["format"])) == document
    except (ValueError, TypeError, KeyError) as wrong:
        raise UnknownFormat(f"no document of {FORMAT}") from wrong
    if not canonical:
        raise UnknownFormat("the document is not in canonical form")
    return plan


def _pairs(listed: list[list[int]]) -> frozenset[Pair]:
    return frozenset((giver, receiver) for giver, receiver in listed)


def commitment_of(document: bytes) -> str:
    """What is published before the draw: SHA-256, in hexadecimal digits."""
    return sha256(document).hexdigest()


def plan_to_draw(document: bytes) -> Plan:
    """The plan in a document of today's format, which says what its seed leads to. Raises UnknownFormat."""
    plan = plan_of(document)
    if document_of(plan) != document:
        raise UnknownFormat(f"not {FORMAT}: {json.loads(document)['format'][:40]}")
    return plan


def carry_out(plan: Plan) -> Drawn:
    """Make the draw that a document's plan describes (`plan_to_draw`); raises what `arrange` raises.

    The first time and every time after: by way of the document, so that nothing else can matter.
    """
    return arrange(plan.exclusions, plan.shape, rng_from_seed(plan.seed))


def reproduce(document: bytes, commitment: str) -> dict[str, str]:
    """Run a committed draw again: whom each id gives to. Raises BrokenCommitment, and as both above."""
    if not compare_digest(commitment_of(document).encode(), commitment.strip().lower().encode()):
        raise BrokenCommitment("the document does not have this hash")
    plan = plan_to_draw(document)
    return {plan.people[giver]: plan.people[to] for giver, to in enumerate(carry_out(plan).receivers)}
