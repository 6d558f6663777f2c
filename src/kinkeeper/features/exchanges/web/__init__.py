"""Pages of gift exchanges, by what they are about."""

from kinkeeper.features.exchanges.web import (
    again,
    changing,
    drawing,
    exporting,
    holding,
    hosting,
    leaving,
    letters,
    moving,
    people,
    picking,
    planning,
    reminding,
    renaming,
    ruling,
    sharing,
    wishing,
)
from kinkeeper.features.exchanges.web.pages import pages

__all__ = [
    "again",
    "changing",
    "drawing",
    "exporting",
    "holding",
    "hosting",
    "leaving",
    "letters",
    "moving",
    "pages",
    "people",
    "picking",
    "planning",
    "reminding",
    "renaming",
    "ruling",
    "sharing",
    "wishing",
]
