"""JSON of one's own wishes, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field, Strict

from kinkeeper.features.exchanges.rules.wishing import LONGEST_LINK, LONGEST_WISH, Priority
from kinkeeper.features.exchanges.schemas.participations import ParticipationPath
from kinkeeper.features.exchanges.service.joining import LONGEST_WISHES
from kinkeeper.web.json import Body

if TYPE_CHECKING:
    from kinkeeper.features.exchanges.models import Wish
    from kinkeeper.features.exchanges.queries import WishesPage

HowDear = Annotated[Priority, Strict(strict=False)]


class WishPath(ParticipationPath):
    """Which wish of it."""

    wish_id: UUID


class NewWish(Body):
    """One thing that you would like."""

    text: str = Field(min_length=1, max_length=LONGEST_WISH, examples=["A kite"])
    url: str = Field(default="", max_length=LONGEST_LINK, description="http or https.")
    priority: HowDear = Priority.LIKE


class ChangedWish(Body):
    """What you say anew of a wish; what is left out stays."""

    text: str = Field(default="", min_length=1, max_length=LONGEST_WISH, examples=["Two kites"])
    url: str = Field(default="", max_length=LONGEST_LINK, description="Empty takes the link away.")
    priority: HowDear = Priority.LIKE


class Words(Body):
    """What stands above the list."""

    words: str = Field(max_length=LONGEST_WISHES, examples=["Something to read"])


class WishOut(BaseModel):
    """A wish as whoever has it sees it: whether it is bought is for the giver's eyes only."""

    id: UUID
    text: str
    url: str | None
    priority: Priority
    created_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, wish: Wish) -> WishOut:
        """Answer what may be told of a wish."""
        return cls(
            id=wish.id,
            text=wish.text,
            url=wish.url,
            priority=wish.priority,
            created_at=wish.created_at,
            changed_at=wish.changed_at,
        )


class WishesOut(BaseModel):
    """All that you wish, the dearest first."""

    words: str
    wishes: list[WishOut]

    @classmethod
    def of(cls, page: WishesPage) -> WishesOut:
        """Answer one's own list."""
        return cls(words=page.participant.wishes, wishes=[WishOut.of(wish) for wish in page.wishes])
