"""Birthdays: a day of the year, with its year or without (RFC 6350, 6.2.5)."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from kinkeeper.kernel.errors import Invalid
from kinkeeper.kernel.words import mark

EARLIEST_YEAR = 1880
_A_LEAP_YEAR = 2000
"""Stands for a year that is not told: in it there is a 29th of February."""
_WRITTEN = re.compile(r"(?:(\d{4})|-)-(\d\d)-(\d\d)", re.ASCII)


class BadBirthday(Invalid):
    """No day of any year, or one to come."""

    code = "person.bad_birthday"
    message = mark(
        "That is no birthday: please give a day that there is, its month, and a year that has come, or none."
    )
    field = "birthday"


class Birthday(NamedTuple):
    """Day and month, and the year where it is told."""

    day: int
    month: int
    year: int | None = None

    def __str__(self) -> str:
        year = f"{self.year:04}" if self.year else "-"
        return f"{year}-{self.month:02}-{self.day:02}"


def read_birthday(text: str) -> Birthday:
    """Read `1985-04-12` or `--04-12`; raises BadBirthday for anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise BadBirthday
    year, month, day = (int(part) if part else None for part in found.groups())
    birthday = Birthday(day or 0, month or 0, year)
    try:
        date(birthday.year or _A_LEAP_YEAR, birthday.month, birthday.day)
    except ValueError as odd:
        raise BadBirthday from odd
    return birthday


def clean_birthday(text: str, *, today: date) -> str:
    """Answer a birthday as it is kept, or raise BadBirthday: nobody was born tomorrow, or before railways."""
    born = read_birthday(text)
    if born.year is not None and not (
        born.year >= EARLIEST_YEAR and date(born.year, born.month, born.day) <= today
    ):
        raise BadBirthday
    return str(born)
