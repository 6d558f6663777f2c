"""Every sentence for people goes through here, with the language as an argument.

The language is never ambient: letters are written outside requests, in the recipient's language.
English is the source text, so it needs no catalogue and no import.
"""

from __future__ import annotations

import gettext as catalogues
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = ("en", "de", "it")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_FOLDER = Path(__file__).parents[1] / "locale"


def mark(text: str) -> str:
    """Mark a sentence for the catalogue where its language is not known yet; translated later."""
    return text


def gettext(language: str, text: str, **gaps: object) -> str:
    """Answer `text` in `language` with its %(named)s gaps filled; without gaps a % is a %."""
    said = _catalogue(language).gettext(text)
    return said % gaps if gaps else said


def ngettext(language: str, one: str, many: str, count: int, **gaps: object) -> str:
    """Answer the form that `language` uses for `count`; the gap %(n)s is the count."""
    return _catalogue(language).ngettext(one, many, count) % {"n": count, **gaps}


def locale(language: str) -> str:
    """Answer the locale that dates are written in: our English is British."""
    return "en_GB" if language == "en" else language.replace("-", "_")


@lru_cache(maxsize=1_000)
def civil(language: str, day: date) -> str:
    """Write a day out; pages say the same few days again and again."""
    from babel.dates import format_date  # noqa: PLC0415 - import diet: only who writes dates pays

    return format_date(day, "full", locale=locale(language))


def birthday(language: str, day: int, month: int, year: int | None) -> str:
    """Write a birthday out, with its year or without."""
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - import diet, as above

    if year is not None:
        return format_date(date(year, month, day), "long", locale=locale(language))
    written = date(2000, month, day)  # a leap year: the 29th of February is a day
    return str(format_skeleton("MMMMd", written, locale=locale(language)))


def months(language: str) -> list[tuple[str, str]]:
    """Answer the months of the year, each by its number and name."""
    from babel.dates import get_month_names  # noqa: PLC0415 - import diet, as above

    names = get_month_names("wide", "stand-alone", locale=locale(language))
    return [(str(number), str(names[number])) for number in range(1, 13)]


def listed(language: str, names: Iterable[str]) -> str:
    """Write names in a row, with the word for "and" that `language` has."""
    from babel.lists import format_list  # noqa: PLC0415 - import diet, as above

    return format_list(list(names), locale=locale(language))


def direction(language: str) -> str:
    """Answer the writing direction as HTML names it."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    return catalogues.translation("kinkeeper", _FOLDER, [language.replace("-", "_")], fallback=True)
