"""A list of people as somebody has it at hand: a name and an address on each line, parted in any way."""

from __future__ import annotations

import re
from typing import NamedTuple

_ADDRESS = re.compile(r"[^\s<>(),;\"]+@[^\s<>(),;\"]+")
_MEANT = re.compile(r"[^\s<>(),;\"]+@[^\s<>(),;\"]*|@[^\s<>(),;\"]+")
"""What was to be an address, and is for others to refuse as one: not as part of a name."""
_AROUND = " \t,;<>\"'()-–"


class Line(NamedTuple):
    """Who stands on a line; what is missing is empty."""

    number: int
    """As people count, from one."""
    name: str
    email: str


_HEADINGS = {"address", "adresse", "e-mail", "email", "indirizzo", "mail"}
"""What a column of addresses is called: the first line of a spreadsheet is nobody's name."""


def lines_of(text: str) -> list[Line]:
    """Read "Ana, ana@example.org", "Ana <ana@example.org>", or two columns of a spreadsheet."""
    lines = enumerate(text.splitlines(), start=1)
    return [_line(number, line) for number, line in lines if line.strip() and not _is_heading(number, line)]


def _is_heading(number: int, text: str) -> bool:
    cells = {cell.strip(_AROUND).lower() for cell in re.split(r"[,;\t]", text)}
    return number == 1 and bool(cells & _HEADINGS)


def _line(number: int, text: str) -> Line:
    found = _ADDRESS.search(text) or _MEANT.search(text)
    if found is None:
        return Line(number, text.strip(_AROUND), "")
    around = f"{text[: found.start()].strip(_AROUND)} {text[found.end() :].strip(_AROUND)}"
    return Line(number, around.strip(), found[0])
