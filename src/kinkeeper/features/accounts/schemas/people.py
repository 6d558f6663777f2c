"""JSON of the address book, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from kinkeeper.features.accounts.schemas.circles import NamedOut
from kinkeeper.features.accounts.schemas.users import Address, AnyUuid, Language, Name, Zone
from kinkeeper.features.accounts.service.caring import MOST_GUARDIANS
from kinkeeper.web.json import Body, Paging, left_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinkeeper.features.accounts.queries import BookLine, Named, Ties

Birthday = Annotated[
    Annotated[str, Field(max_length=10)] | None,
    Field(
        examples=["1985-04-12", "--04-12"],
        description="With the year or without (RFC 6350, 6.2.5); null: not told.",
    ),
]
OwnAddress = Annotated[
    Address | None,
    Field(
        examples=["mia@example.org"], description="Null for whoever has none: guardians get their letters."
    ),
]


class PersonPath(BaseModel):
    """Who."""

    person_id: UUID


class GuardianPath(PersonPath):
    """Who of those who look after them."""

    guardian_id: UUID


class PeopleQuery(Paging):
    """Which entries are wanted."""

    circle_id: UUID | None = Field(default=None, description="Of this circle only.")
    q: str = Field(
        default="", max_length=254, description="Part of a name or an address; accents do not matter."
    )


class NewPerson(Body):
    """Somebody for the address book; nobody is written to."""

    circle_id: AnyUuid
    name: Name
    email: OwnAddress = None
    language: Language = Field(default="", description="The circle's where it is left out.")
    zone: Zone = None
    birthday: Birthday = None


class ChangedPerson(Body):
    """What is to be said anew."""

    name: Name = left_out()
    email: OwnAddress = left_out()
    language: Language = left_out()
    zone: Zone = left_out()
    birthday: Birthday = left_out()


class MergeInto(Body):
    """Which entry stays."""

    into: AnyUuid


class ChildMark(Body):
    """Whether somebody is a child."""

    is_child: bool


class NewGuardians(Body):
    """Who looks after them besides those who do."""

    guardian_ids: list[AnyUuid] = Field(min_length=1, max_length=MOST_GUARDIANS)


class PersonOut(BaseModel):
    """Somebody in the address book."""

    id: UUID
    circle_id: UUID
    name: str
    email: str | None
    language: str
    zone: str | None = Field(description="Null: where their circle is.")
    birthday: str | None
    has_account: bool
    is_child: bool = Field(description="With an account they take part, and begin nothing.")
    is_confirmed: bool = Field(description="They have shown that the mailbox is theirs.")
    households: list[NamedOut]
    guardians: list[NamedOut] = Field(description="Who gets their letters, where they have no address.")
    wards: list[NamedOut] = Field(description="Whom they look after.")
    created_at: datetime

    @classmethod
    def of(cls, line: BookLine, ties: Ties) -> PersonOut:
        """Answer an entry as its keepers see it."""
        return cls(
            id=line.id,
            circle_id=line.circle_id,
            name=line.name,
            email=line.email,
            language=line.language,
            zone=line.zone,
            birthday=line.birthday,
            has_account=line.has_account,
            is_child=line.is_child,
            is_confirmed=line.confirmed_at is not None,
            households=_named(ties.homes.get(line.id, ())),
            guardians=_named(ties.guardians.get(line.id, ())),
            wards=_named(ties.wards.get(line.id, ())),
            created_at=line.created_at,
        )


def _named(some: Sequence[Named]) -> list[NamedOut]:
    return [NamedOut(id=one.id, name=one.name) for one in some]
