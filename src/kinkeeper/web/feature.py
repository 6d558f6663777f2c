"""The class that each feature's `feature.py` fills in: the whole of what the roof needs to know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from kinkeeper.web.access import Access

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Blueprint
    from flask_openapi.blueprint import APIBlueprint
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.roles import Right
    from kinkeeper.kernel.work import Permission, Work
    from kinkeeper.platform.jobs import Job
    from kinkeeper.platform.mail import Letter
    from kinkeeper.platform.mail.letters import Lookup
    from kinkeeper.platform.resealing import Sealed


B_co = TypeVar("B_co", bound="Blueprint", covariant=True)


@dataclass(frozen=True, slots=True)
class Section(Generic[B_co]):
    """A blueprint with its access level; `apart` names the views that differ."""

    blueprint: B_co
    access: Access
    apart: Mapping[str, Access] = field(default_factory=dict)
    scope: str = ""
    """What a program's token has to be for, such as `exchanges`; without one, only a token for everything."""

    def level(self, view: str) -> Access:
        """Answer the level of one view."""
        return self.apart.get(view, self.access)


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature, as the roof sees it. All of it is data; nothing is discovered."""

    name: str
    templates: Path
    pages: tuple[Section[Blueprint], ...] = ()
    endpoints: tuple[Section[APIBlueprint], ...] = ()
    permissions: tuple[Permission, ...] = ()
    rights: tuple[Right, ...] = ()
    """What roles can grant; the predicates in `permissions` ask for them by name."""
    scopes: Mapping[str, str] = field(default_factory=dict)
    """What people read for each thing that a program's token can be for (`Section.scope`); marked."""
    letters: tuple[type[Letter], ...] = ()
    late: Mapping[type[Letter], Lookup] = field(default_factory=dict)
    """Queries: what letters say that no row may hold, looked up when they are handed over."""
    jobs: tuple[Job, ...] = ()
    deeds: Mapping[str, str] = field(default_factory=dict)
    """A marked sentence for each action that this feature writes into the audit trail."""
    names: Callable[[Session, Collection[UUID]], dict[UUID, str]] | None = None
    """Query: what people call those of the ids that are this feature's."""
    sealed: tuple[Sealed, ...] = ()
    """Every sealed column, so that it can be brought under a new secret."""
    lasting: tuple[str, ...] = ()
    """Labels of keys that outlive a secret that is turned: what they marked cannot be marked anew."""
    erase: Callable[[Work, UUID], None] | None = None
    """Step: remove what this feature keeps of a person."""
    merge: Callable[[Work, UUID, UUID], None] | None = None
    """Step: hand all that the first person has here over to the second."""
    readers: Callable[[Work, Collection[UUID]], None] | None = None
    """Step: refuse that somebody else reads these people's letters, where a secret of theirs is at stake."""
    expected: Callable[[Session, Collection[UUID]], Sequence[tuple[UUID | None, str, bool]]] | None = None
    """Query: what these people are counted on for: who, its title, whether it holds a secret of theirs."""
    end_circle: Callable[[Work, UUID], None] | None = None
    """Step: refuse that a circle ends in which something goes on."""
    export: Callable[[Session, UUID], dict[str, Any]] | None = None
    """Query: everything this feature keeps of a person, as JSON can hold it."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What features do about people and circles, in the order in which it is done: accounts comes last."""

    erase: tuple[Callable[[Work, UUID], None], ...] = ()
    merge: tuple[Callable[[Work, UUID, UUID], None], ...] = ()
    readers: tuple[Callable[[Work, Collection[UUID]], None], ...] = ()
    expected: tuple[Callable[[Session, Collection[UUID]], Sequence[tuple[UUID | None, str, bool]]], ...] = ()
    end_circle: tuple[Callable[[Work, UUID], None], ...] = ()

    @classmethod
    def of(cls, features: Iterable[Feature]) -> Steps:
        """Gather them; whoever depends on another feature comes before it."""
        turned = tuple(reversed(tuple(features)))
        return cls(
            erase=tuple(one.erase for one in turned if one.erase),
            merge=tuple(one.merge for one in turned if one.merge),
            readers=tuple(one.readers for one in turned if one.readers),
            expected=tuple(one.expected for one in turned if one.expected),
            end_circle=tuple(one.end_circle for one in turned if one.end_circle),
        )
