"""JSON of the board of letters: states, never a link, never a match (T-16)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import BaseModel, Field

from kinkeeper.features.exchanges.queries import Reach
from kinkeeper.features.exchanges.rules.returning import Return, why_returned

if TYPE_CHECKING:
    from kinkeeper.features.exchanges.queries import BoardLine, LetterLine


class LetterOut(BaseModel):
    """One letter to somebody, or to who looks after them."""

    kind: str
    to: str
    reach: Reach = Field(description="How far it has come.")
    queued_at: datetime
    sent_at: datetime | None
    why: Return | None = Field(description="What their mail server meant that did not take it.")

    @classmethod
    def of(cls, letter: LetterLine, line: BoardLine) -> LetterOut:
        """Answer what became of it; its words are between the house and its reader."""
        reach = letter.reach(line.seen_at)
        return cls(
            kind=letter.kind,
            to=letter.to,
            reach=reach,
            queued_at=letter.queued_at,
            sent_at=letter.sent_at,
            why=why_returned(letter.said) if reach is Reach.REFUSED else None,
        )


class LettersOut(BaseModel):
    """Somebody on the list, and their letters."""

    id: UUID = Field(description="Of their place in this exchange.")
    name: str
    email: str | None
    reach: Reach = Field(description="How far the letter has come that most needs looking after.")
    seen_at: datetime | None = Field(description="When they were here last.")
    letters: list[LetterOut]

    @classmethod
    def of(cls, line: BoardLine) -> LettersOut:
        """Answer what the board shows of somebody."""
        return cls(
            id=line.id,
            name=line.name,
            email=line.email,
            reach=line.reach,
            seen_at=line.seen_at,
            letters=[LetterOut.of(letter, line) for letter in line.letters],
        )
