"""Every sentence for people goes through here, with the language as an argument.

The language is never ambient: letters are written outside requests, in the recipient's language.
English is the source text, so it needs no catalogue and no import.
"""

from __future__ import annotations

import gettext as catalogues
from functools import cache
from pathlib import Path

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


def direction(language: str) -> str:
    """Answer the writing direction as HTML names it."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    return catalogues.translation("kinkeeper", _FOLDER, [language.replace("-", "_")], fallback=True)
