"""The class that each feature's `feature.py` fills in: the whole of what the roof needs to know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from kinkeeper.web.access import Access

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Blueprint
    from flask_openapi.blueprint import APIBlueprint
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.roles import Right, RunsQuery
    from kinkeeper.kernel.steps import (
        CloseStep,
        EndStep,
        EraseStep,
        ExpectedQuery,
        HoldStep,
        MergeStep,
        ReadersStep,
    )
    from kinkeeper.kernel.work import Permission
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
    runs: RunsQuery | None = None
    """Query: what somebody runs by a list of this feature's own, where no role says so."""
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
    erase: EraseStep | None = None
    merge: MergeStep | None = None
    readers: ReadersStep | None = None
    hold: HoldStep | None = None
    expected: ExpectedQuery | None = None
    close: CloseStep | None = None
    end_circle: EndStep | None = None
    export: Callable[[Session, UUID], dict[str, Any]] | None = None
    """Query: everything this feature keeps of a person, as JSON can hold it."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What features do about people and circles, in the order in which it is done: accounts comes last."""

    erase: tuple[EraseStep, ...] = ()
    merge: tuple[MergeStep, ...] = ()
    readers: tuple[ReadersStep, ...] = ()
    hold: tuple[HoldStep, ...] = ()
    expected: tuple[ExpectedQuery, ...] = ()
    close: tuple[CloseStep, ...] = ()
    end_circle: tuple[EndStep, ...] = ()

    @classmethod
    def of(cls, features: Iterable[Feature]) -> Steps:
        """Gather them; whoever depends on another feature comes before it."""
        turned = tuple(reversed(tuple(features)))
        return cls(
            erase=tuple(one.erase for one in turned if one.erase),
            merge=tuple(one.merge for one in turned if one.merge),
            readers=tuple(one.readers for one in turned if one.readers),
            hold=tuple(one.hold for one in turned if one.hold),
            expected=tuple(one.expected for one in turned if one.expected),
            close=tuple(one.close for one in turned if one.close),
            end_circle=tuple(one.end_circle for one in turned if one.end_circle),
        )
