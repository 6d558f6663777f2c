"""JSON of roles, and of who has which."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, Strict

from kinkeeper.features.accounts.rules import LONGEST_NAME
from kinkeeper.kernel.roles import HOUSE, Scope
from kinkeeper.web.json import Body, left_out

if TYPE_CHECKING:
    from kinkeeper.features.accounts.queries import GrantLine, RoleLine

Title = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, examples=["Keeper of the post"])]
Rights = Annotated[
    list[Annotated[str, Field(max_length=64)]],
    Field(max_length=200, examples=[["house.see_letters"]], description="Names as `GET /roles` lists them."),
]
AnyUuid = Annotated[UUID, Strict(strict=False)]


class RolePath(BaseModel):
    """Which role."""

    name: str = Field(max_length=40)


class GrantPath(RolePath):
    """Which role of whom."""

    grant_id: UUID


class NewRole(Body):
    """A role to be made up."""

    name: str = Field(
        min_length=2,
        max_length=40,
        pattern="^[a-z0-9-]+$",
        description="It never changes.",
        examples=["post"],
    )
    title: Title
    rights: Rights


class ChangedRole(Body):
    """What is to be another."""

    title: Title = left_out()
    rights: Rights = left_out()


class NewGrant(Body):
    """Who is to have the role, and for what."""

    person_id: AnyUuid
    scope: Literal["house", "circle"] = Field(
        default="house", description="Roles for one exchange are given by its own endpoint, `helpers`."
    )
    circle_id: AnyUuid | None = Field(default=None, description="Which circle, where it is for one.")


class RoleOut(BaseModel):
    """A role."""

    name: str
    title: str
    rights: list[str]
    is_built_in: bool

    @classmethod
    def of(cls, role: RoleLine) -> RoleOut:
        """Answer what a role lets people do."""
        return cls(name=role.name, title=role.title, rights=sorted(role.rights), is_built_in=role.is_built_in)


class GrantOut(BaseModel):
    """A role that somebody has."""

    id: UUID
    person_id: UUID
    name: str
    role: str
    scope: Scope
    scope_id: UUID | None = Field(description="The circle or the exchange; null for the house.")
    since: datetime

    @classmethod
    def of(cls, line: GrantLine) -> GrantOut:
        """Answer who has it, and for what."""
        return cls(
            id=line.id,
            person_id=line.person_id,
            name=line.person,
            role=line.role,
            scope=line.scope,
            scope_id=None if line.scope_id == HOUSE else line.scope_id,
            since=line.since_at,
        )
