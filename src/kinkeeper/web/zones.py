"""Time zones to choose from."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from wtforms import SelectField
from wtforms.widgets import Select

from kinkeeper.kernel import clock
from kinkeeper.kernel.words import mark
from kinkeeper.web.language import text
from kinkeeper.web.settings import settings

PARTS = {
    "Europe": mark("Europe"),
    "Africa": mark("Africa"),
    "America": mark("America"),
    "Asia": mark("Asia"),
    "Australia": mark("Australia"),
    "Atlantic": mark("Atlantic Ocean"),
    "Indian": mark("Indian Ocean"),
    "Pacific": mark("Pacific Ocean"),
    "Arctic": mark("Arctic"),
    "Antarctica": mark("Antarctica"),
}
"""Parts of the world in which people look for theirs; names elsewhere are old spellings of the same."""


class ShortOptions(Select):
    """A select whose options say their value only where it is no other than what people read."""

    # WTForms 3.3 hands over the whole choice; types-wtforms still has the three arguments of 3.2.
    @classmethod
    def render_option(cls, choice: Any, **_attributes: object) -> Markup:  # type: ignore[override]  # noqa: ANN401 - stubs as said above
        """Answer one option."""
        value = Markup(' value="{}"').format(choice.value) if choice.value != choice.label else ""
        chosen = Markup(" selected") if choice.selected else ""
        return Markup("<option{}{}>{}</option>").format(value, chosen, choice.label)


class Zone(SelectField):
    """A time zone, by the part of the world that it is in: there are more than four hundred."""

    widget = ShortOptions()

    def offer(self, *likely: str) -> None:
        """Let it be one of all zones, likely ones first: the present, the chosen, the given, the house's."""
        named = [self.object_data, self.data, *likely, settings().zone, "UTC"]
        first = list(dict.fromkeys(zone for zone in named if zone and clock.is_zone(zone)))
        groups = {text(mark("Most likely")): [(zone, zone) for zone in first]}
        for part, name in PARTS.items():
            groups[text(name)] = [(zone, _place(zone)) for zone in _zones_of(part) if zone not in first]
        self.choices = groups


def _zones_of(part: str) -> list[str]:
    return sorted((zone for zone in clock.zones() if zone.startswith(f"{part}/")), key=_place)


def _place(zone: str) -> str:
    """Answer what people look for: the town first, as they type it, and then the land where it is named."""
    return ", ".join(reversed(zone.replace("_", " ").split("/")[1:]))
