"""JSON of the people on an organiser's list, in and out; no link, no match, no wishes (T-16)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field, Strict

from kinkeeper.features.accounts.rules import LONGEST_NAME
from kinkeeper.features.exchanges.schemas import ParticipantOut
from kinkeeper.features.exchanges.service.adding import MOST_AT_ONCE
from kinkeeper.web.json import Body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinkeeper.features.exchanges.queries import PersonPage, SeatLine


class NewParticipant(Body):
    """Somebody to be asked whether they are in."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME, examples=["Mia"])
    email: str = Field(min_length=3, max_length=254, examples=["mia@example.org"])


class NewPeople(Body):
    """One or several people; all of them are added, or none."""

    people: list[NewParticipant] = Field(min_length=1, max_length=MOST_AT_ONCE)


class PickedPeople(Body):
    """People of the circle's address book (see `/api/v1/people`); all of them are added, or none."""

    person_ids: list[Annotated[UUID, Strict(strict=False)]] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ChangedParticipant(Body):
    """What is to be another."""

    email: str = Field(min_length=3, max_length=254, examples=["mia@example.org"])


class AddedOut(BaseModel):
    """Who was put on the list, in the order they were named."""

    people: list[ParticipantOut]

    @classmethod
    def of(cls, lines: Sequence[SeatLine]) -> AddedOut:
        """Answer what the organiser may know of them."""
        return cls(people=[ParticipantOut.of(line) for line in lines])


class OneParticipantOut(ParticipantOut):
    """Somebody on the list, looked at."""

    asked_to_go_by: str | None = Field(description="The address that somebody has still to confirm.")
    asked_at: datetime | None

    @classmethod
    def of_page(cls, page: PersonPage) -> OneParticipantOut:
        """Answer what the organiser may know of somebody."""
        asked = page.asked
        return cls(
            **ParticipantOut.of(page.seat).model_dump(),
            asked_to_go_by=asked.email if asked else None,
            asked_at=asked.asked_at if asked else None,
        )
