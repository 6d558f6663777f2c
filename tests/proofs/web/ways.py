"""Where something can be sent to, and what would be taken there."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

from tests.proofs.web.said import OTHERWISE, as_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from werkzeug.routing import Rule

    from kinkeeper.kernel.actor import Actor

FEW = 4
"""Of a place's people, those are tried who matter most."""


@dataclass
class Place:
    """One exchange: what can stand in a gap of a path to it, and whom its forms could name."""

    gaps: dict[str, list[str]]
    good: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Scene:
    """Who is there, what can stand in a gap of a path, and what a form would like to hear."""

    actors: dict[str, Actor | None]
    places: list[Place]
    gaps: dict[str, list[str]]
    """What belongs to no exchange."""
    links: dict[str, list[dict[str, str]]]
    """What letters lead to: what stands in the gaps of an endpoint's path, one letter after the other."""
    good: dict[str, list[str]]

    def known(self, place: Place, link: dict[str, str], name: str) -> list[str]:
        """What can stand in a gap."""
        return [link[name]] if name in link else place.gaps.get(name) or self.gaps[name]

    def said(self, place: Place, endpoint: str) -> dict[str, list[str]]:
        """What the forms of a place would like to hear."""
        return self.good | place.good | OTHERWISE.get(endpoint, {})

    def json(self, place: Place, endpoint: str, body: type[BaseModel] | None) -> dict[str, Any]:
        """What an endpoint would like to hear about it."""
        said = as_json(self.said(place, endpoint))
        return {name: said[name] for name in (body.model_fields if body else ())}


@dataclass
class Way:
    """Everything that stands in the gaps of one path."""

    place: Place
    link: dict[str, str]
    gaps: dict[str, str]


def ways_to(scene: Scene, rule: Rule) -> Iterator[Way]:
    """Every path of a rule to what is there."""
    names = sorted(rule.arguments)
    places = scene.places if rule.arguments & scene.places[0].gaps.keys() else scene.places[:1]
    for link in scene.links.get(rule.endpoint, [{}]):
        for place in places:
            for gaps in product(*(scene.known(place, link, name)[:FEW] for name in names)):
                yield Way(place, link, dict(zip(names, gaps, strict=True)))
