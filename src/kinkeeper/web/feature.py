"""The class that each feature's `feature.py` fills in: the whole of what the roof needs to know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
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
    letters: tuple[type[Letter], ...] = ()
    late: Mapping[type[Letter], Lookup] = field(default_factory=dict)
    """Queries: what letters say that no row may hold, looked up when they are handed over."""
    jobs: tuple[Job, ...] = ()
    deeds: Mapping[str, str] = field(default_factory=dict)
    """A marked sentence for each action that this feature writes into the audit trail."""
    names: Callable[[Session, Collection[UUID]], dict[UUID, str]] | None = None
    """Query: what people call those of the ids that are this feature's."""
    erase: Callable[[Work, UUID], None] | None = None
    """Step: remove what this feature keeps of a person."""
    merge: Callable[[Work, UUID, UUID], None] | None = None
    """Step: hand all that the first person has here over to the second."""
    export: Callable[[Session, UUID], dict[str, Any]] | None = None
    """Query: everything this feature keeps of a person, as JSON can hold it."""
