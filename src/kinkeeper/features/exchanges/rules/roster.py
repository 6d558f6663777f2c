"""A list of people as somebody has it at hand: a name and an address on each line, parted in any way."""

from __future__ import annotations

import re
from typing import NamedTuple

_ADDRESS = re.compile(r"[^\s<>(),;\"]+@[^\s<>(),;\"]+")
_AROUND = " \t,;<>\"'()-–"


class Line(NamedTuple):
    """Who stands on a line; what is missing is empty."""

    number: int
    """As people count, from one."""
    name: str
    email: str


def lines_of(text: str) -> list[Line]:
    """Read "Ana, ana@example.org", "Ana <ana@example.org>", or two columns of a spreadsheet."""
    return [_line(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]


def _line(number: int, text: str) -> Line:
    found = _ADDRESS.search(text)
    if found is None:
        return Line(number, text.strip(_AROUND), "")
    around = f"{text[: found.start()].strip(_AROUND)} {text[found.end() :].strip(_AROUND)}"
    return Line(number, around.strip(), found[0])
