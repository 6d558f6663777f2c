"""What commands say, and how they read the settings: in the house's language, a fault in one line."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

import click
from pydantic import ValidationError

from kinkeeper.kernel import words
from kinkeeper.kernel.config import Settings
from kinkeeper.kernel.setting_files import PREFIX
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_QUOTED = re.compile(r"'([^']+)'")
_DURATION = mark("%(name)s must be a duration such as PT30M or P14D, or a number of seconds.")
_SIZE = mark("%(name)s must be a size such as 500MiB.")
WHAT_FITS = {
    "int_parsing": mark("%(name)s must be a whole number."),
    "greater_than_equal": mark("%(name)s must be at least %(ge)s."),
    "less_than_equal": mark("%(name)s must be at most %(le)s."),
    "literal_error": mark("%(name)s must be one of these words: %(expected)s."),
    "bool_parsing": mark("%(name)s must be true or false."),
    "time_delta_parsing": _DURATION,
    "byte_size": _SIZE,
    "byte_size_unit": _SIZE,
}
"""What a setting takes, by the kind of fault that pydantic finds; its own words are English only."""

WRONG_SETTING = 2
"""Exit status where the house is not set up so that it could be opened; whatever else goes wrong is 1."""


def language() -> str:
    """Answer the house's language; asked before the settings are read, as `--help` needs it."""
    return os.environ.get(f"{PREFIX}LANGUAGE", "en")


def translated(message: str, **gaps: object) -> str:
    """Answer a sentence in the house's language."""
    return words.gettext(language(), message, **gaps)


def say(message: str, **gaps: object) -> None:
    """Print a sentence in the house's language."""
    click.echo(translated(message, **gaps))


def read_settings() -> Settings:
    """Read the settings, or say which is wrong and stop; their values are not repeated."""
    try:
        return Settings()
    except ValidationError as wrong:
        for fault in wrong.errors(include_url=False, include_input=False):
            click.echo(_wrong(fault), err=True)
        sys.exit(WRONG_SETTING)


def _wrong(fault: ErrorDetails) -> str:
    """Say in the house's language what a setting takes; what is said of several names them itself."""
    name = "_".join(str(part) for part in fault["loc"]).upper()
    fits = WHAT_FITS.get(fault["type"])
    if fits is None:
        said = translated(fault["msg"].removeprefix("Value error, "))
        return f"{PREFIX}{name}: {said}" if name else said
    gaps = {**fault.get("ctx", {}), "name": f"{PREFIX}{name}"}
    if "expected" in gaps:
        gaps["expected"] = ", ".join(_QUOTED.findall(gaps["expected"]))
    return translated(fits, **gaps)
