"""JSON of rules and draws, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field, Strict

from kinkeeper.features.accounts.rules import LONGEST_NAME
from kinkeeper.features.exchanges.models import DrawKind
from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.rules.exclusions import MOST_YEARS
from kinkeeper.features.exchanges.schemas import ExchangePath
from kinkeeper.features.exchanges.service.refusals import LONGEST_REASON
from kinkeeper.web.json import Body

if TYPE_CHECKING:
    from kinkeeper.features.exchanges.models import Draw
    from kinkeeper.features.exchanges.queries import Outlook, RepairPage, RulesInNames, WaysOut

Id = Annotated[UUID, Strict(strict=False)]
"""An id as JSON writes it."""

EXAMPLE_OF_TWO = [["01936f5e-7c1a-7d3e-9f25-5b8c6a1e4d20", "01936f5e-7c1a-7d3e-9f25-5b8c6a1e4d21"]]
SEEN = "The version that you have seen; another one since then is a conflict."


class PairPath(ExchangePath):
    """Which pair of which exchange."""

    giver_id: UUID
    receiver_id: UUID


class HouseholdPath(ExchangePath):
    """Which household of which exchange."""

    household_id: UUID


class DrawWishesBody(Body):
    """What a draw should be like, beyond the rules."""

    shape: Annotated[Shape, Strict(strict=False)] = Shape.ANY
    avoid_years: int = Field(default=3, ge=0, le=MOST_YEARS, examples=[2])
    publishes_draw: bool = Field(
        default=False,
        description="Participants can read and check all of it once the gifts are given. "
        "Past years are not avoided then: the proof would tell them. It can be chosen until the list is "
        "closed, and everybody hears of it by letter.",
    )
    names_in_letters: bool = Field(
        default=False,
        description="Letters say whom one gives to: whoever reads the mailbox, and whoever runs the mail "
        "servers, can read it. It can be chosen until the list is closed, and everybody hears of it by "
        "letter.",
    )


class PairBody(Body):
    """A giver and a receiver, by the ids of their places."""

    giver_id: Id
    receiver_id: Id


class NewPair(PairBody):
    """Two people to keep apart."""

    both_ways: bool = True


class NewHouseholdApart(Body):
    """People who live together."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME, examples=["Oak Road"])
    members: list[Id] = Field(examples=EXAMPLE_OF_TWO)


class Redrawing(Body):
    """Why all names are drawn again."""

    reason: str = Field(min_length=1, max_length=LONGEST_REASON, examples=["A rule was missing"])
    after: int | None = Field(default=None, description=SEEN)


class Repairing(Body):
    """What a repair starts from."""

    after: int | None = Field(default=None, description=SEEN)


class NewLatecomer(Body):
    """Somebody who comes after the draw."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME, examples=["Mia"])
    email: str = Field(min_length=3, max_length=254, examples=["mia@example.org"])
    apart_from: list[Id] = Field(default_factory=list)


class Revealing(Body):
    """Whose match has to be looked up, and why."""

    giver_id: Id
    reason: str = Field(min_length=1, max_length=LONGEST_REASON, examples=["Their letter got lost"])


class PairOut(BaseModel):
    """A giver who does not give to a receiver."""

    giver_id: UUID
    receiver_id: UUID


class HouseholdApartOut(BaseModel):
    """A household that is kept apart."""

    id: UUID
    name: str
    members: list[str]


class RulesOut(BaseModel):
    """All that is ruled out, and what the draw should be like."""

    pairs: list[PairOut]
    households: list[HouseholdApartOut]
    shape: Shape
    avoid_years: int
    publishes_draw: bool
    names_in_letters: bool

    @classmethod
    def of(cls, page: RulesInNames) -> RulesOut:
        """Answer the rules of the page."""
        return cls(
            pairs=[PairOut(giver_id=giver.id, receiver_id=receiver.id) for giver, receiver in page.pairs],
            households=[
                HouseholdApartOut(id=home.id, name=home.name, members=home.members)
                for home in page.households
            ],
            shape=page.exchange.shape,
            avoid_years=page.exchange.avoid_years,
            publishes_draw=page.exchange.publishes_draw,
            names_in_letters=page.exchange.names_in_letters,
        )


class OutlookOut(BaseModel):
    """What the rules leave."""

    is_possible: bool
    message: str
    people: int
    lifts: list[PairOut] = Field(
        description="Any one of them, allowed, helps; it may take a second one, so that no match is certain."
    )
    more_lifts: int
    households: list[UUID] = Field(
        description="Any one of them, lifted, helps: too large for pairs, or no single pair does."
    )
    lifts_together: list[PairOut] = Field(description="The fewest to allow, where no single one helps.")
    households_together: list[UUID] = Field(description="The households to lift with those.")
    two_receivers_left: list[str]

    @classmethod
    def of(cls, outlook: Outlook | None, ways: WaysOut, message: str) -> OutlookOut:
        """Answer the outlook, none while nobody is in; `message` says what stands in the way."""
        return cls(
            is_possible=outlook is not None and not message,
            message=message,
            people=len(outlook.seats) if outlook is not None else 0,
            lifts=[PairOut(giver_id=one.giver.id, receiver_id=one.receiver.id) for one in ways.lifts],
            more_lifts=ways.more_lifts,
            households=[home.id for home in ways.homes],
            lifts_together=[
                PairOut(giver_id=one.giver.id, receiver_id=one.receiver.id) for one in ways.together
            ],
            households_together=[home.id for home in ways.homes_together],
            two_receivers_left=list(outlook.few) if outlook is not None else [],
        )


class DrawOut(BaseModel):
    """One drawing of all names; never who gives to whom."""

    version: int
    kind: DrawKind
    drawn_at: datetime
    reason: str
    commitment: str | None

    @classmethod
    def of(cls, draw: Draw) -> DrawOut:
        """Answer what everybody may know of a draw."""
        return cls(
            version=draw.version,
            kind=draw.kind,
            drawn_at=draw.drawn_at,
            reason=draw.reason,
            commitment=draw.commitment,
        )


class DrawsOut(BaseModel):
    """The drawings, and the newest version, which a repair may have made."""

    version: int | None
    commitment: str | None = Field(description="SHA-256 of all that the next or last draw depends on.")
    next_seed: str | None = Field(description="Binds the seed that names would be drawn again with.")
    draws: list[DrawOut]


class RepairOut(BaseModel):
    """Somebody can be let go, or in."""

    participant_id: UUID
    is_in_the_draw: bool
    version: int

    @classmethod
    def of(cls, page: RepairPage) -> RepairOut:
        """Answer what is the same whoever gives to whom."""
        return cls(participant_id=page.seat.id, is_in_the_draw=page.is_in_the_draw, version=page.version)


class RevealOut(BaseModel):
    """The one match that was looked up."""

    giver: str
    receiver: str
