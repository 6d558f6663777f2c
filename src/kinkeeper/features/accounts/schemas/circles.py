"""JSON of circles and their households, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from kinkeeper.features.accounts.rules import LONGEST_NAME
from kinkeeper.features.accounts.schemas.users import AnyUuid
from kinkeeper.features.accounts.service.housing import MOST_TOGETHER
from kinkeeper.features.accounts.service.people import FEWEST_TOGETHER
from kinkeeper.web.json import Body, left_out
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from kinkeeper.features.accounts.models import Circle
    from kinkeeper.features.accounts.queries import Home

Tongue = Annotated[
    str, Field(max_length=8, examples=["en"], description="Whoever is new gets letters in it.")
]
CircleName = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, examples=["The Book Club"])]
HomeName = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, examples=["Oak Road"])]
Whereabouts = Annotated[str, Field(max_length=64, examples=["Europe/Oslo"], description="IANA time zone.")]


class CirclePath(BaseModel):
    """Which circle."""

    circle_id: UUID


class HouseholdPath(CirclePath):
    """Which household of it."""

    household_id: UUID


class NewCircle(Body):
    """What a circle is called, and where it lives; the house's language and zone where they are left out."""

    name: CircleName
    language: Tongue = Field(default_factory=lambda: settings().language)
    zone: Whereabouts = Field(default_factory=lambda: settings().zone)


class ChangedCircle(Body):
    """What is to be said anew."""

    name: CircleName = left_out()
    language: Tongue = left_out()
    zone: Whereabouts = left_out()


class CircleOut(BaseModel):
    """A circle."""

    id: UUID
    name: str
    language: str
    zone: str
    created_at: datetime

    @classmethod
    def of(cls, circle: Circle) -> CircleOut:
        """Answer what everybody in it may know."""
        return cls.model_validate(circle, from_attributes=True)


class NewHousehold(Body):
    """People who live together."""

    name: HomeName
    person_ids: list[AnyUuid] = Field(min_length=FEWEST_TOGETHER, max_length=MOST_TOGETHER)


class ChangedHousehold(Body):
    """What is to be said anew; `person_ids` are all who live there then."""

    name: HomeName = left_out()
    person_ids: list[AnyUuid] = left_out(min_length=FEWEST_TOGETHER, max_length=MOST_TOGETHER)


class NamedOut(BaseModel):
    """Somebody, or a home, by name."""

    id: UUID
    name: str


class HouseholdOut(BaseModel):
    """A household, and who lives there."""

    id: UUID
    circle_id: UUID
    name: str
    members: list[NamedOut]

    @classmethod
    def of(cls, home: Home) -> HouseholdOut:
        """Answer it as the address book has it."""
        members = [NamedOut(id=one.id, name=one.name) for one in home.members]
        return cls(id=home.id, circle_id=home.circle_id, name=home.name, members=members)
