"""JSON of gift exchanges, in and out."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, Strict

from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.rules.joining import FEWEST_PEOPLE, MOST_PEOPLE, ExchangeState
from kinkeeper.features.exchanges.rules.keeping import KEEPING, LONGEST_KEEPING, SHORTEST_KEEPING
from kinkeeper.features.exchanges.rules.reminding import FURTHEST_REMINDER, MOST_REMINDERS, REMIND_DAYS
from kinkeeper.features.exchanges.service.planning import (
    LONGEST_BUDGET,
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
)
from kinkeeper.features.exchanges.service.telling import Telling
from kinkeeper.web.json import Body, CivilDay, left_out
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from kinkeeper.features.exchanges.queries import HostsPage, SeatLine, Summary, Takeout

DaysBefore = Annotated[
    list[Annotated[int, Field(ge=0, le=FURTHEST_REMINDER)]], Field(max_length=MOST_REMINDERS)
]
REMINDED = "How many days before the gifts those who want it are reminded, at 8:00 in `zone`."
KEPT = "Days from its end until all that is personal is deleted."


class ExchangePath(BaseModel):
    """Which exchange."""

    exchange_id: UUID


class OrganiserPath(ExchangePath):
    """Who of those who run which exchange."""

    person_id: UUID


class NewOrganiser(Body):
    """Who is to run it, too: somebody of the circle with an account."""

    person_id: Annotated[UUID, Strict(strict=False)]


class OrganiserOut(BaseModel):
    """Somebody who runs an exchange, or could."""

    person_id: UUID
    name: str


class HelperOut(OrganiserOut):
    """Somebody who helps with an exchange, or looks on."""

    role: str = Field(description="`coordinator` or `observer`.")


class NewHelper(NewOrganiser):
    """Who is to help, or to look on: somebody of the circle with an account."""

    role: Literal["coordinator", "observer"]


class OrganisersOut(BaseModel):
    """Who runs an exchange, who helps with it, and who else of the circle has an account."""

    organisers: list[OrganiserOut]
    helpers: list[HelperOut]
    others: list[OrganiserOut]

    @classmethod
    def of(cls, page: HostsPage) -> OrganisersOut:
        """Answer what organisers may know of each other."""
        running, others = (
            [OrganiserOut(person_id=person_id, name=name) for person_id, name in people]
            for people in (page.organisers, page.others)
        )
        helpers = [HelperOut(person_id=one, name=name, role=role) for one, name, role in page.helpers]
        return cls(organisers=running, helpers=helpers, others=others)


class SeatPath(ExchangePath):
    """Whose place in which exchange."""

    participant_id: UUID


class NewExchange(Body):
    """What an organiser says of a new exchange."""

    title: str = Field(min_length=1, max_length=LONGEST_TITLE, examples=["Christmas at the Olsens"])
    closes_on: CivilDay = Field(description="Last day on which people can join, in `zone`.")
    gifts_on: CivilDay
    zone: str = Field(
        default_factory=lambda: settings().zone,
        description="IANA time zone; the house's own where it is left out.",
    )
    description: str = Field(default="", max_length=LONGEST_DESCRIPTION)
    budget: str = Field(default="", max_length=LONGEST_BUDGET, examples=["around £20"])
    most_people: int | None = Field(default=None, ge=FEWEST_PEOPLE, le=MOST_PEOPLE)
    keep_days: int = Field(default=KEEPING, ge=SHORTEST_KEEPING, le=LONGEST_KEEPING, description=KEPT)
    remind_days: DaysBefore = Field(default=list(REMIND_DAYS), description=REMINDED)
    open: bool = Field(default=True, description="False keeps it as a draft, which takes nobody yet.")
    circle_id: Annotated[UUID, Strict(strict=False)] | None = Field(
        default=None, description="Your own circle where it is left out."
    )


class ChangedExchange(Body):
    """What an organiser says anew; what is left out stays."""

    title: str = left_out(min_length=1, max_length=LONGEST_TITLE, examples=["Christmas at Mia's"])
    closes_on: CivilDay = left_out()
    gifts_on: CivilDay = left_out()
    zone: str = left_out()
    description: str = left_out(max_length=LONGEST_DESCRIPTION)
    budget: str = left_out(max_length=LONGEST_BUDGET, examples=["around £20"])
    most_people: int | None = left_out(ge=FEWEST_PEOPLE, le=MOST_PEOPLE)
    keep_days: int = left_out(ge=SHORTEST_KEEPING, le=LONGEST_KEEPING, description=KEPT)
    remind_days: DaysBefore = left_out(description=REMINDED)
    telling: Annotated[Telling, Strict(strict=False)] = Field(
        default=Telling.IF_A_DAY_CHANGES, description="Whether everybody who is in gets a letter about it."
    )


class AnotherYear(Body):
    """What differs; what is left out is proposed, a year later."""

    title: str = left_out(min_length=1, max_length=LONGEST_TITLE, examples=["Christmas, once more"])
    closes_on: CivilDay = left_out()
    gifts_on: CivilDay = left_out()


class ParticipantOut(BaseModel):
    """Somebody who has joined; never whom they give to."""

    id: UUID = Field(description="Of their place in this exchange.")
    name: str
    email: str | None
    joined_at: datetime
    confirmed_at: datetime | None = Field(description="When they followed the mailed link.")

    @classmethod
    def of(cls, seat: SeatLine) -> ParticipantOut:
        """Answer what the organiser may know of somebody."""
        return cls.model_validate(seat._asdict())


class ExchangeOut(BaseModel):
    """An exchange as its organiser sees it: counts, never pairs."""

    id: UUID
    circle_id: UUID
    title: str
    description: str
    budget: str
    most_people: int | None
    closes_on: date
    gifts_on: date
    zone: str
    keep_days: int = Field(description=KEPT)
    remind_days: list[int] = Field(description=REMINDED)
    state: ExchangeState
    share_path: str = Field(description="Path of the page where people join.")
    people: int
    confirmed: int
    created_at: datetime
    drawn_at: datetime | None
    ended_at: datetime | None = Field(description="When it was completed or cancelled.")

    @classmethod
    def of(cls, summary: Summary) -> ExchangeOut:
        """Answer what may be told of an exchange."""
        exchange = summary.exchange
        return cls(
            id=exchange.id,
            circle_id=exchange.circle_id,
            title=exchange.title,
            description=exchange.description,
            budget=exchange.budget,
            most_people=exchange.most_people,
            closes_on=exchange.closes_on,
            gifts_on=exchange.gifts_on,
            zone=exchange.zone,
            keep_days=exchange.keep_days,
            remind_days=list(exchange.remind_days),
            state=exchange.state,
            share_path=f"/join/{exchange.slug}",
            people=summary.people,
            confirmed=summary.confirmed,
            created_at=exchange.created_at,
            drawn_at=exchange.drawn_at,
            ended_at=exchange.ended_at,
        )


class ListedOut(ParticipantOut):
    """Somebody on the list, to take along."""

    looked_after_by: list[str] = Field(description="Who gets their letters, where they have no address.")


class GoneOut(BaseModel):
    """Somebody who is no longer on the list."""

    name: str
    joined_at: datetime
    left_at: datetime


class KeptPairOut(BaseModel):
    """One person who must not give to another."""

    giver: str
    receiver: str


class KeptHouseholdOut(BaseModel):
    """People within whom nobody gives to another."""

    name: str
    members: list[str]


class TakeoutOut(BaseModel):
    """All that an organiser may take along; who gives to whom is not in it, nor are wishes."""

    exchange: ExchangeOut
    people: list[ListedOut]
    left: list[GoneOut]
    shape: Shape = Field(description="What a draw should look like beyond the rules.")
    avoid_years: int = Field(description="How many past years' pairs are avoided if that can be.")
    kept_apart: list[KeptPairOut]
    households: list[KeptHouseholdOut]

    @classmethod
    def of(cls, takeout: Takeout) -> TakeoutOut:
        """Answer what may be taken along."""
        return cls(
            exchange=ExchangeOut.of(takeout.summary),
            people=[
                ListedOut(
                    **ParticipantOut.of(seat).model_dump(), looked_after_by=takeout.keepers.get(seat.id, [])
                )
                for seat in takeout.people
            ],
            left=[
                GoneOut(name=seat.name, joined_at=seat.joined_at, left_at=seat.withdrawn_at)
                for seat in takeout.left
                if seat.withdrawn_at is not None
            ],
            shape=takeout.summary.exchange.shape,
            avoid_years=takeout.summary.exchange.avoid_years,
            kept_apart=[KeptPairOut(giver=giver, receiver=receiver) for giver, receiver in takeout.pairs],
            households=[KeptHouseholdOut(name=name, members=members) for name, members in takeout.households],
        )
