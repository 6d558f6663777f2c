"""How features list their jobs; nothing here runs anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from kinkeeper.kernel.actor import Actor
from kinkeeper.kernel.db import new_id

TRIES = 5
"""How often an errand may fail, unless its handler says otherwise."""

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Errand:
    """Base of what can be asked for; subclasses add the fields that the work needs.

    `errand_id` is the same at every try: a handler keys what it makes on it, and may run twice.
    """

    kind: ClassVar[str]

    errand_id: UUID = field(default_factory=new_id)


E = TypeVar("E", bound=Errand)


@dataclass(frozen=True, slots=True)
class Sweep:
    """A verb that comes round; `slot` is the moment it is due, the same for every scheduler."""

    name: str
    interval: timedelta
    run: Callable[[Actor], object]

    def slot(self, now: datetime) -> datetime:
        """Answer the newest slot: missed ones are not made up for, the newest covers them (T-61)."""
        return now - (now - _EPOCH) % self.interval


@dataclass(frozen=True, slots=True)
class Handler:
    """A verb that does one kind of errand, and how often it may fail before a person must look."""

    name: str
    errand: type[Errand]
    run: Callable[[Actor, Any], object]
    tries: int


Job = Sweep | Handler


def every(name: str, *, minutes: int, run: Callable[[Actor], object]) -> Sweep:
    """List a sweep."""
    return Sweep(name, timedelta(minutes=minutes), run)


def handles(errand: type[E], *, run: Callable[[Actor, E], object], tries: int = TRIES) -> Handler:
    """List a handler."""
    return Handler(errand.kind, errand, run, tries)


class _Board:
    sweeps: ClassVar[dict[str, Sweep]] = {}
    handlers: ClassVar[dict[str, Handler]] = {}


def pin_up(jobs: Iterable[Job]) -> None:
    """Let the roof say which jobs there are; a name that stands twice is refused."""
    listed = list(jobs)
    names = [job.name for job in listed]
    if len(set(names)) != len(names):
        raise ValueError(f"a job is listed twice: {sorted(names)}")
    _Board.sweeps = {job.name: job for job in listed if isinstance(job, Sweep)}
    _Board.handlers = {job.name: job for job in listed if isinstance(job, Handler)}


def tries_of(kind: str) -> int:
    """Answer how often an errand of this kind may fail; it may come from a version that knew more kinds."""
    handler = _Board.handlers.get(kind)
    return handler.tries if handler else TRIES


def sweeps() -> dict[str, Sweep]:
    """Answer every sweep, by name."""
    return _Board.sweeps


def handlers() -> dict[str, Handler]:
    """Answer every handler, by the kind of its errand."""
    return _Board.handlers
