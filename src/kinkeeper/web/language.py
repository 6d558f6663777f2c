"""The language of one request, and the words of templates in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import current_app, g, request

from kinkeeper.kernel import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COOKIE = "kk_language"
LANGUAGE_NAMES = {"en": "English", "de": "Deutsch", "it": "Italiano"}
"""Each in its own words, so that whoever looks for theirs can read it."""


def language() -> str:
    """Answer the reader's language: chosen in this browser, else their own, the browser's, the house's.

    Their own is known where the page has asked who they are.
    """
    spoken: str | None = g.get("language")
    if spoken is None:
        spoken = g.language = _choose(words.LANGUAGES, current_app.config["SETTINGS"].language)
    return spoken


def text(message: str, **gaps: object) -> str:
    """Translate for the reader; templates call it `_`."""
    return words.gettext(language(), message, **gaps)


def plural(one: str, many: str, count: int, **gaps: object) -> str:
    """Translate a counted sentence for the reader; templates call it `ngettext`."""
    return words.ngettext(language(), one, many, count, **gaps)


def civil(day: date) -> str:
    """Write a day out for the reader."""
    return words.civil(language(), day)


def listed(names: Iterable[str]) -> str:
    """Write names in a row for the reader."""
    return words.listed(language(), names)


def moment(when: datetime, zone: str) -> str:
    """Write a moment out for the reader; the zone is named where it is not the house's."""
    # import diet, as in words.civil
    from babel.dates import format_date, format_time, get_datetime_format  # noqa: PLC0415

    local, spoken = when.astimezone(ZoneInfo(zone)), words.locale(language())
    joined = str(get_datetime_format("medium", locale=spoken)).replace("'", "")
    clock_time = format_time(local, "short", locale=spoken)
    written = joined.replace("{0}", clock_time).replace("{1}", format_date(local, "medium", locale=spoken))
    is_usual = zone == current_app.config["SETTINGS"].zone
    return written if is_usual else f"{written} ({zone.replace('_', ' ')})"


def _choose(known: Sequence[str], default: str) -> str:
    chosen, reader = request.cookies.get(COOKIE, ""), g.get("actor")
    own = reader.language if reader is not None else ""
    wanted = [tag.partition("-")[0].lower() for tag in request.accept_languages.values()]
    return next((code for code in (chosen, own, *wanted) if code in known), default)
