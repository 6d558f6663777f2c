"""In which language and time zone somebody, or a circle, lives."""

from __future__ import annotations

from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Invalid
from kinkeeper.kernel.words import LANGUAGES, mark


class UnknownLanguage(Invalid):
    """No catalogue of ours."""

    code = "person.unknown_language"
    message = mark("Kinkeeper speaks: %(languages)s.")
    field = "language"


class UnknownZone(Invalid):
    """No place whose clocks we know (IANA)."""

    code = "person.unknown_zone"
    message = mark("This is not a time zone, such as Europe/London.")
    field = "zone"


def clean_language(text: str) -> str:
    """Answer the language, or raise UnknownLanguage."""
    if text not in LANGUAGES:
        raise UnknownLanguage(languages=LANGUAGES)
    return text


def clean_zone(text: str) -> str:
    """Answer the zone, or raise UnknownZone."""
    if not clock.is_zone(text):
        raise UnknownZone
    return text
