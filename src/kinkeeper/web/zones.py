"""Time zones to choose from."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup
from wtforms.widgets import Select

from kinkeeper.kernel import clock

PLACES = re.compile(r"(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/")
"""Zones that people look for; the other names are old spellings of the same."""


class PlainOptions(Select):
    """A select whose options say their value only: there are five hundred zones."""

    # WTForms 3.3 hands over the whole choice; types-wtforms still has the three arguments of 3.2.
    @classmethod
    def render_option(cls, choice: Any, **_attributes: object) -> Markup:  # type: ignore[override]  # noqa: ANN401 - stubs as said above
        """Answer one option."""
        chosen = Markup(" selected") if choice.selected else ""
        return Markup("<option{}>{}</option>").format(chosen, choice.value)


def zones(own: str) -> list[str]:
    """Answer the zones to choose from, the own one among them."""
    return sorted({zone for zone in clock.zones() if PLACES.match(zone)} | {own, "UTC"})
