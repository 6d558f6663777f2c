"""JSON of personal access tokens, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import BaseModel, Field

from kinkeeper.features.accounts.rules import LONGEST_NAME, LONGEST_TOKEN_LIFE
from kinkeeper.web.json import Body

if TYPE_CHECKING:
    from kinkeeper.features.accounts.models import AccessToken

SCOPES = "What it may be used for, such as `read:exchanges`; writing includes reading, and `*` is everything."


class TokenPath(BaseModel):
    """Which token."""

    token_id: UUID


class NewToken(Body):
    """What a token is for, and how long."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME, examples=["Backup script"])
    days: int = Field(default=90, ge=1, le=LONGEST_TOKEN_LIFE)
    scopes: list[str] = Field(
        min_length=1, max_length=50, description=SCOPES, examples=[["read:exchanges", "write:users"]]
    )


class TokenOut(BaseModel):
    """A token; never its secret."""

    id: UUID
    name: str
    scopes: list[str] = Field(description=SCOPES)
    created_at: datetime
    ends_at: datetime
    used_at: datetime | None

    @classmethod
    def of(cls, token: AccessToken) -> TokenOut:
        """Answer what its owner may know of it later."""
        return cls(
            id=token.id,
            name=token.name,
            scopes=token.scopes.split(),
            created_at=token.created_at,
            ends_at=token.ends_at,
            used_at=token.used_at,
        )


class MadeTokenOut(TokenOut):
    """A token that was just made."""

    token: str = Field(description="Keep it now; it is shown this once.")
