"""JSON of those who take part, in and out."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field, Strict

from kinkeeper.features.accounts.rules import LONGEST_NAME
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.rules.wishing import Priority
from kinkeeper.features.exchanges.service.joining import LONGEST_WISHES
from kinkeeper.web.json import Body, left_out

if TYPE_CHECKING:
    from kinkeeper.features.exchanges.models import Exchange, Participant
    from kinkeeper.features.exchanges.queries import GiftIdea, ParticipantPage
    from kinkeeper.kernel.actor import Actor


class ParticipationPath(BaseModel):
    """Which place."""

    participant_id: UUID


class ChangedParticipation(Body):
    """What is said anew; what is left out stays."""

    name: str = left_out(min_length=1, max_length=LONGEST_NAME, description="Until the names are drawn.")
    wishes: str = left_out(max_length=LONGEST_WISHES, examples=["Something to read"])
    wants_reminders: bool = left_out()
    hears_of_wishes: bool = left_out()


class Readiness(Body):
    """Whether your gift is ready; nobody is reminded of what is done."""

    is_ready: bool


class Bought(Body):
    """Which wish of the match, and whether you have bought it; nobody but you can read that."""

    wish_id: Annotated[UUID, Strict(strict=False)]
    is_bought: bool


class PlanOut(BaseModel):
    """What everybody in an exchange may know of it."""

    title: str
    description: str
    budget: str
    gifts_on: date
    closes_on: date
    zone: str
    state: ExchangeState

    @classmethod
    def of(cls, exchange: Exchange) -> PlanOut:
        """Answer the facts; who runs it has endpoints of their own."""
        return cls.model_validate(exchange, from_attributes=True)


class IdeaOut(BaseModel):
    """A wish of the match."""

    id: UUID
    text: str
    url: str | None
    priority: Priority
    is_bought: bool
    is_changed: bool = Field(description="Whether it says something else since you bought it.")

    @classmethod
    def of(cls, idea: GiftIdea) -> IdeaOut:
        """Answer it as its giver may read it."""
        wish = idea.wish
        return cls(
            id=wish.id,
            text=wish.text,
            url=wish.url,
            priority=wish.priority,
            is_bought=idea.is_bought,
            is_changed=idea.is_changed,
        )


class MatchOut(BaseModel):
    """Whom a place gives to, for those who hold it."""

    name: str
    wishes: str
    wish_list: list[IdeaOut]
    is_ready: bool

    @classmethod
    def of(cls, page: ParticipantPage) -> MatchOut | None:
        """Answer the match of somebody's page, once it is open."""
        if page.match is None or page.gifts is None or page.assignment is None:
            return None
        ideas = [IdeaOut.of(idea) for idea in page.gifts.ideas]
        is_ready = page.assignment.ready_at is not None
        return cls(name=page.match.name, wishes=page.match.wishes, wish_list=ideas, is_ready=is_ready)


class ParticipationOut(BaseModel):
    """A place in an exchange, as those see it who hold it."""

    id: UUID
    name: str
    is_held: bool = Field(description="Whether you look after somebody whose place it is.")
    wishes: str
    joined_at: datetime
    confirmed_at: datetime | None
    withdrawn_at: datetime | None
    wants_reminders: bool
    hears_of_wishes: bool
    exchange: PlanOut
    match: MatchOut | None = Field(description="Once it was opened; null in lists.")

    @classmethod
    def of(
        cls, seat: Participant, exchange: Exchange, actor: Actor, match: MatchOut | None = None
    ) -> ParticipationOut:
        """Answer what whoever holds the place may know."""
        return cls(
            id=seat.id,
            name=seat.name,
            is_held=not actor.is_person(seat.person_id),
            wishes=seat.wishes,
            joined_at=seat.joined_at,
            confirmed_at=seat.confirmed_at,
            withdrawn_at=seat.withdrawn_at,
            wants_reminders=seat.wants_reminders,
            hears_of_wishes=seat.hears_of_wishes,
            exchange=PlanOut.of(exchange),
            match=match,
        )
