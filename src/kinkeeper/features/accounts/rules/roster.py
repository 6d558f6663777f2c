"""A list of people as somebody has it at hand: a name and an address on each line, parted in any way.

Others read a name, so nothing else is put into one: what a spreadsheet has besides is left out where it is
plain what it is, and asked about where it is not.
"""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kinkeeper.features.accounts.rules import clean_address, clean_name
from kinkeeper.features.accounts.rules.headings import Columns, columns_of
from kinkeeper.kernel.errors import Invalid
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinkeeper.kernel.errors import Problem

_PIECE = re.compile(r"[^\s<>(),;\"]+")
"""What may be an address. Pieces are told apart first: a pattern with the sign in it would begin anew at
every letter of a long one (A-6)."""
_AROUND = " \t,;<>\"'-–•*"
_EMPTY = re.compile(r"\( ?\)|< ?>|\" ?\"|' ?'")
"""What stood around an address."""
_MAILTO = "mailto:"
_COUNTED = re.compile(r"^\(?[0-9]{1,3}(?:[.):]+\s*|\s+)(?=[^\W\d])")
"""The number of a numbered list."""
_NUMERAL = re.compile(r"(?<=[^\W\d] )(?:[2-4]|2nd|3rd|4th)$")
"""What tells people of one name apart: "Zoe 2", "John Olsen 3rd"; more is an age, a class or a year."""
_AFTER_NAMES = {"ii", "iii", "iv", "jr", "jr.", "jun.", "junior", "sen.", "senior", "sr", "sr."}
MOST_QUOTED = 40
"""Letters of a line, by which people find it again."""


class NumberInName(Invalid):
    """Most likely somebody's birthday, or their telephone number, which a name would show to others."""

    code = "person.number_in_name"
    message = mark("There is a number in the name: please take it out.")
    field = "name"


class SeveralOnLine(Invalid):
    """Two addresses are two people."""

    code = "person.several_on_line"
    message = mark("Please write one person on each line.")
    field = "name"


class UnknownColumns(Invalid):
    """What is a name, and what a town? Nobody said so above the columns."""

    code = "person.unknown_columns"
    message = mark(
        "There is more than a name and an address. Please take it out, or write above the columns what they "
        "are, for example: Name; E-Mail."
    )
    field = "name"


class Line(NamedTuple):
    """Who stands on a line; what is missing is empty."""

    number: int
    """As people count, from one."""
    name: str
    email: str
    said: str = ""
    """The beginning of it as it was written."""
    wrong: Invalid | None = None
    """Why it cannot be one person."""


def lines_of(text: str) -> list[Line]:
    """Read "Ana, ana@example.org", "Ana <ana@example.org>", or columns of a spreadsheet."""
    written = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not written:
        return []
    first = _parted(written[0][1])
    columns = columns_of([cell.strip(_AROUND) for cell in first.cells])
    if columns is None:
        return [_line(number, line, _read(_parted(line))) for number, line in written]
    return [_line(number, line, _below(columns, first.sign, line)) for number, line in written[1:]]


def wrong_in(lines: Sequence[Line], *, need_address: bool = False) -> dict[int, Problem]:
    """Answer which lines, from 0, cannot be one person, and what is wrong with the others of such a list.

    Where each can be one, whoever takes the list knows more, and says all of it in one go.
    """
    wrong: dict[int, Problem] = {}
    for place, line in enumerate(lines) if any(line.wrong for line in lines) else ():
        try:
            _check(line, need_address=need_address)
        except Invalid as problem:
            wrong[place] = problem
    return wrong


def _check(line: Line, *, need_address: bool) -> None:
    if line.wrong is not None:
        raise line.wrong
    clean_name(line.name)
    if line.email or need_address:
        clean_address(line.email)


class _Parted(NamedTuple):
    sign: str
    """What parts them; empty where nothing does."""
    cells: list[str]


class _Read(NamedTuple):
    name: str
    email: str
    wrong: Invalid | None = None


def _parted(text: str, signs: str = "\t;,") -> _Parted:
    """Part a line at the first kind of sign that parts columns; not within quotation marks."""
    sign = next((sign for sign in signs if sign in text), "")
    if sign:
        with suppress(csv.Error):
            cells = next(csv.reader([text.strip(" ")], delimiter=sign, skipinitialspace=True))
            while len(cells) > 1 and not cells[-1].strip():
                cells.pop()
            return _Parted(sign, cells)
    return _Parted("", [text])


def _line(number: int, text: str, read: _Read) -> Line:
    short = " ".join(text[: 4 * MOST_QUOTED].split())
    said = short if len(short) <= MOST_QUOTED else f"{short[: MOST_QUOTED - 1]}…"
    wrong = read.wrong or (NumberInName() if _has_number(read.name) else None)
    return Line(number, read.name, read.email, said, wrong)


def _below(columns: Columns, sign: str, text: str) -> _Read:
    """Read what stands below headings; a line that is not in columns, or whose names are not, by itself."""
    cells = _parted(text, sign).cells
    if len(cells) == 1 or not columns.names:
        return _read(_parted(text))
    names = [cells[place] for place in columns.names if place < len(cells)]
    others = cells if columns.email is None else cells[columns.email : columns.email + 1]
    emails = _addresses_in([*names, *others])
    name = " ".join(filter(None, map(_without_address, names)))
    if len(cells) > columns.number:
        return _Read(name, "", UnknownColumns())
    if not emails and columns.email is not None:
        emails = [one for cell in others if (one := cell.strip(_AROUND))]
    return _Read(name, next(iter(emails), ""), SeveralOnLine() if _are_several(emails) else None)


def _read(parted: _Parted) -> _Read:
    """Read a line of which nobody says what stands where."""
    emails = _addresses_in(parted.cells)
    if _are_several(emails):
        return _Read("", "", SeveralOnLine())
    parts = [part for cell in parted.cells if (part := _without_address(cell)) and not _is_number(part)]
    first, rest = (_COUNTED.sub("", parts[0], count=1), parts[1:]) if parts else ("", [])
    besides = [part for part in rest if not _has_number(part)]  # no birthday, telephone or street
    after = [part for part in besides if part.lower() in _AFTER_NAMES]
    more = [part for part in besides if part not in after]
    wrong = UnknownColumns() if len(more) > 1 or (more and " " in first) else None
    between = ", " if parted.sign == "," else " "
    return _Read(between.join([first, *more, *after]), next(iter(emails), ""), wrong)


def _addresses_in(cells: Sequence[str]) -> list[str]:
    """Find addresses, else what was to be one, and is for others to refuse as one: not as part of a name."""
    meant = [_plain(piece) for cell in cells for piece in _PIECE.findall(cell) if _is_meant(piece)]
    return [one for one in meant if _is_whole(one)] or meant[:1]


def _without_address(cell: str) -> str:
    found = set(_addresses_in([cell]))
    left = _PIECE.sub(lambda piece: "" if _plain(piece[0]) in found else piece[0], cell)
    name = _EMPTY.sub("", " ".join(left.split())).strip(_AROUND)
    is_within = name.startswith("(") and name.endswith(")") and name.count("(") == 1
    return name.strip(f"{_AROUND}()") if is_within or name.count("(") != name.count(")") else name


def _plain(piece: str) -> str:
    """Answer an address without what programs put before and around it."""
    bare = piece.strip("'")
    return bare[len(_MAILTO) :] if bare.lower().startswith(_MAILTO) else bare


def _is_meant(piece: str) -> bool:
    return "@" in piece and piece != "@"


def _is_whole(address: str) -> bool:
    return "@" in address[1:-1]


def _are_several(emails: Sequence[str]) -> bool:
    return len({email.lower() for email in emails}) > 1


def _is_number(text: str) -> bool:
    return _has_number(text) and not any(letter.isalpha() for letter in text)


def _has_number(name: str) -> bool:
    return any(letter.isdigit() for letter in _NUMERAL.sub("", name))
