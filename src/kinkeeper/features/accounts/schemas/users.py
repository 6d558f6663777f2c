"""JSON of accounts: `users`, as the seed calls them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field, Strict

from kinkeeper.features.accounts.queries import FEW, MOST_COUNTED
from kinkeeper.features.accounts.rules import (
    LONGEST_NAME,
    LONGEST_PASSWORD,
    LONGEST_USERNAME,
    SHORTEST_PASSWORD,
    SHORTEST_USERNAME,
)
from kinkeeper.web.json import Body, Paging, left_out
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from kinkeeper.features.accounts.queries import UserLine

LONGEST_ADDRESS = 254
"""Of an e-mail address (RFC 5321, 4.5.3.1.3, less the brackets)."""
Address = Annotated[str, Field(min_length=3, max_length=LONGEST_ADDRESS, examples=["mia@example.org"])]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, examples=["Mia Olsen"])]
Username = Annotated[
    Annotated[str, Field(min_length=SHORTEST_USERNAME, max_length=LONGEST_USERNAME)] | None,
    Field(examples=["mia.olsen"], description="What may be typed instead of the address; null for none."),
]
Language = Annotated[str, Field(max_length=8, examples=["en"], description="Of letters to them.")]
Zone = Annotated[
    Annotated[str, Field(max_length=64)] | None,
    Field(examples=["Europe/Oslo"], description="IANA time zone; null: where their circle is."),
]
AnyUuid = Annotated[UUID, Strict(strict=False)]


class Order(StrEnum):
    """How a list of accounts is ordered."""

    OLDEST_FIRST = "created_at"
    NEWEST_FIRST = "-created_at"


class UserQuery(Paging):
    """Which accounts are wanted."""

    q: str = Field(
        default="",
        max_length=80,
        description="What an e-mail address, a username or a name begins with; where that finds fewer "
        f"than {FEW}, any word of a name. `total_items` counts at most {MOST_COUNTED} then.",
    )
    is_active: bool | None = Field(default=None, description="Only those who can sign in, or who cannot.")
    deleted: bool = Field(default=False, description="Those in the bin instead of all others.")
    sort: Order = Order.NEWEST_FIRST


class UserPath(BaseModel):
    """Which account."""

    user_id: UUID


class NewUser(Body):
    """Somebody who is to have an account."""

    email: Address
    name: Name
    username: Username = None
    password: str | None = Field(
        default=None,
        min_length=SHORTEST_PASSWORD,
        max_length=LONGEST_PASSWORD,
        description="Left out, they are sent a link to choose one. It lets nobody in before the mailbox was "
        "confirmed by a letter, in which its reader chooses another.",
    )
    language: Language = Field(default_factory=lambda: settings().language)
    zone: Zone = None
    circle_id: AnyUuid | None = Field(
        default=None, description="In whose address book they stand; left out, in that of your circle."
    )


class WholeUser(Body):
    """All of an account that can be said."""

    email: Address
    name: Name
    username: Username
    language: Language
    zone: Zone


class ChangedUser(Body):
    """What is said anew; what is left out stays."""

    email: Address = left_out()
    name: Name = left_out()
    username: Username = left_out()
    language: Language = left_out()
    zone: Zone = left_out()


class UserOut(BaseModel):
    """An account, and who it is for."""

    id: UUID
    person_id: UUID = Field(description="Their entry in the address book of their circle.")
    circle_id: UUID
    username: str | None
    email: str
    name: str
    language: str
    zone: str | None
    is_active: bool = Field(description="Whether they can sign in.")
    is_verified: bool = Field(description="Whether they have shown that the address is theirs.")
    has_second_factor: bool
    roles: list[str] = Field(description="Names of their roles, whatever these are for.")
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = Field(description="Since when it is in the bin, for 30 days.")

    @classmethod
    def of(cls, line: UserLine) -> UserOut:
        """Answer what may be told of an account: to its owner, and to whoever may see them all."""
        return cls(
            id=line.id,
            person_id=line.person_id,
            circle_id=line.circle_id,
            username=line.username,
            email=line.email,
            name=line.name,
            language=line.language,
            zone=line.zone,
            is_active=line.deactivated_at is None and line.deleted_at is None,
            is_verified=line.verified_at is not None,
            has_second_factor=line.totp_confirmed_at is not None,
            roles=list(line.roles),
            created_at=line.created_at,
            updated_at=line.changed_at,
            deleted_at=line.deleted_at,
        )
