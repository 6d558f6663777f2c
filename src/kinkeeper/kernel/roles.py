"""Roles: named sets of rights, granted for the house, a circle or an occasion.

A *right* is a name such as `people.keep`; each feature lists its own, and which of the built-in roles have
it. A custom role is a row with a set of such names. Predicates (`permissions`) ask an actor for rights.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    RunsQuery = Callable[[Session, UUID], Sequence["Run"]]
    """Answers what a person runs by a list of the feature's own."""

HOUSE = UUID(int=0)
"""The scope of a grant that holds for everything in the house."""


class Role(StrEnum):
    """The roles that every house has; what they may is in the features' lists."""

    ADMINISTRATOR = "administrator"
    """Every right there is, and every one to come."""
    ORGANISER = "organiser"
    COORDINATOR = "coordinator"
    OBSERVER = "observer"
    MEMBER = "member"
    """Whoever has an account is one in their own circle, without a grant."""
    CHILD = "child"
    """A member of a circle who begins nothing: takes the place of `MEMBER`."""


TITLES = {
    Role.ADMINISTRATOR: mark("Administrator"),
    Role.ORGANISER: mark("Organiser"),
    Role.COORDINATOR: mark("Coordinator"),
    Role.OBSERVER: mark("Observer"),
    Role.MEMBER: mark("Member"),
    Role.CHILD: mark("Child"),
}
"""What people read for them."""


class Scope(StrEnum):
    """What a grant is for."""

    HOUSE = "house"
    CIRCLE = "circle"
    OCCASION = "occasion"


@dataclass(frozen=True, slots=True)
class Right:
    """One right, as its feature lists it: its name, what people read, and which built-in roles have it."""

    name: str
    title: str
    """Marked for translation; what somebody with it may do."""
    roles: frozenset[Role] = frozenset()
    """Besides the administrator, who has them all."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody has, and for what."""

    role: str
    rights: frozenset[str]
    scope_id: UUID = HOUSE
    """A circle, an occasion, or the whole house."""


class Run(NamedTuple):
    """Something that somebody runs because a feature's own list says so: a grant by another name."""

    right: str
    """Whoever has it for one of the places could run it, too."""
    places: tuple[UUID, ...]
    """The circle and the occasion."""
    person_ids: frozenset[UUID]
    """Everybody on the list."""


class _Known:
    """The rights of this house, and who knows what runs without one; put in once at start-up."""

    rights: Mapping[str, Right] = {}
    lists: tuple[RunsQuery, ...] = ()


def lay_out(rights: Iterable[Right], lists: Iterable[RunsQuery] = ()) -> None:
    """Let the roof say which rights there are, and which features keep lists besides."""
    _Known.rights = {right.name: right for right in rights}
    _Known.lists = tuple(lists)


def run_by(session: Session, person_id: UUID) -> tuple[Run, ...]:
    """Answer what somebody runs by the features' own lists, for whoever weighs what they may."""
    return tuple(run for ask in _Known.lists for run in ask(session, person_id))


def all_rights() -> Mapping[str, Right]:
    """Answer every right by its name, in the order of the features' lists."""
    return _Known.rights


def rights_of(role: Role) -> frozenset[str]:
    """Answer the names of a built-in role's rights."""
    everything = _Known.rights.values()
    return frozenset(right.name for right in everything if role is Role.ADMINISTRATOR or role in right.roles)


def is_built_in(role: str) -> bool:
    """Tell whether every house has a role of this name."""
    return role in Role.__members__.values()
