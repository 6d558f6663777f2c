"""The file with which anybody can check a draw afterwards: its document, names, and pairs (G20)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Final

from kinkeeper.features.exchanges.rules.commitment import (
    BrokenCommitment,
    UnknownFormat,
    commitment_of,
    name_mark,
    plan_of,
    reproduce,
    seed_mark,
)
from kinkeeper.features.exchanges.rules.shapes import NoShape
from kinkeeper.features.exchanges.rules.stuck import Impossible

FORMAT: Final = "kinkeeper-proof-1"


class NoSuchDraw(ValueError):
    """By the rules of the document there is no draw: no house has made it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What running the draw again came to; `pairs` are names, and `agrees` whether they were drawn so.

    `misnamed` are the names in the file that were not those people's when the draw was promised.
    """

    commitment: str
    pairs: list[tuple[str, str]]
    agrees: bool
    misnamed: list[str]


def proof_of(document: bytes, names: Mapping[str, str], pairs: Mapping[str, str]) -> bytes:
    """The file: the document, the name behind each id, and whom each was told; who was erased has none."""
    fields = {
        "format": FORMAT,
        "commitment": commitment_of(document),
        "document": document.decode("ascii"),
        "names": dict(names),
        "pairs": dict(pairs),
    }
    return json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False).encode()


def check(proof: bytes, commitment: str | None = None, chance: str | None = None) -> Checked:
    """Run the draw in the file again.

    `commitment` is the hash that was noted before, and `chance` the mark of its seed, if anybody did;
    an empty one is none of this draw's.

    Raises UnknownFormat for a file that is none, BrokenCommitment where one of them is another, and
    NoSuchDraw where what the document says leads nowhere.
    """
    try:
        fields = json.loads(proof)
        if fields["format"] != FORMAT:
            raise UnknownFormat(f"not {FORMAT}: {str(fields['format'])[:40]}")
        document = fields["document"].encode("ascii")
        names = {str(person): str(name) for person, name in dict(fields["names"]).items()}
        told = dict(fields["pairs"])
        promised = str(fields["commitment"]) if commitment is None else commitment
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise UnknownFormat(f"no file of {FORMAT}") from wrong
    try:
        drawn = reproduce(document, promised)
    except (UnknownFormat, BrokenCommitment):
        raise
    except (Impossible, NoShape, ValueError, TypeError) as nowhere:
        raise NoSuchDraw from nowhere
    if chance is not None and not _is_mark_of(chance, plan_of(document).seed):
        raise BrokenCommitment("the draw does not begin with this seed")
    pairs = [(names.get(giver, giver), names.get(to, to)) for giver, to in drawn.items()]
    misnamed = _misnamed(document, names)
    return Checked(commitment_of(document), sorted(pairs), drawn == told, misnamed)


def _is_mark_of(noted: str, seed: bytes) -> bool:
    return compare_digest(seed_mark(seed).encode(), noted.strip().lower().encode())


def _misnamed(document: bytes, names: Mapping[str, str]) -> list[str]:
    plan = plan_of(document)
    return sorted(
        names[person]
        for person, mark in zip(plan.people, plan.marks, strict=True)
        if person in names and name_mark(plan.seed, person, names[person]) != mark
    )
