"""JSON of gift exchanges, in and out."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field, Strict

from kinkeeper.features.exchanges.models import ExchangeState
from kinkeeper.features.exchanges.service.organising import (
    FEWEST_PEOPLE,
    LONGEST_BUDGET,
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    MOST_PEOPLE,
)
from kinkeeper.web.json import Body

if TYPE_CHECKING:
    from kinkeeper.features.exchanges.queries import Summary

CivilDay = Annotated[date, Strict(strict=False)]
"""A day such as "2026-12-24"."""


class ExchangePath(BaseModel):
    """Which exchange."""

    exchange_id: UUID


class NewExchange(Body):
    """What an organiser says of a new exchange."""

    title: str = Field(min_length=1, max_length=LONGEST_TITLE, examples=["Christmas at the Olsens"])
    closes_on: CivilDay = Field(description="Last day on which people can join, in `zone`.")
    gifts_on: CivilDay
    zone: str = Field(default="Europe/London", description="IANA time zone.")
    description: str = Field(default="", max_length=LONGEST_DESCRIPTION)
    budget: str = Field(default="", max_length=LONGEST_BUDGET, examples=["around £20"])
    most_people: int | None = Field(default=None, ge=FEWEST_PEOPLE, le=MOST_PEOPLE)


class ExchangeOut(BaseModel):
    """An exchange as its organiser sees it: counts, never pairs."""

    id: UUID
    title: str
    description: str
    budget: str
    most_people: int | None
    closes_on: date
    gifts_on: date
    zone: str
    state: ExchangeState
    share_path: str = Field(description="Path of the page where people join.")
    people: int
    confirmed: int
    created_at: datetime
    drawn_at: datetime | None

    @classmethod
    def of(cls, summary: Summary) -> ExchangeOut:
        """Answer what may be told of an exchange."""
        exchange = summary.exchange
        return cls(
            id=exchange.id,
            title=exchange.title,
            description=exchange.description,
            budget=exchange.budget,
            most_people=exchange.most_people,
            closes_on=exchange.closes_on,
            gifts_on=exchange.gifts_on,
            zone=exchange.zone,
            state=exchange.state,
            share_path=f"/join/{exchange.slug}",
            people=summary.people,
            confirmed=summary.confirmed,
            created_at=exchange.created_at,
            drawn_at=exchange.drawn_at,
        )
