"""Units of work: the one place in the whole program that commits, and the session that reads.

Guards here are per thread of control: they catch a developer's slip, they are no security border.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import exc, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import InstrumentedAttribute, Session

from kinkeeper.kernel import clock, db
from kinkeeper.kernel.actor import SYSTEM, Actor
from kinkeeper.kernel.errors import Forbidden, NotFound, Problem, Unavailable

Subject = TypeVar("Subject")
Permission = Callable[[Actor, Any], bool]
"""A named predicate over (who, what)."""

_open: ContextVar[bool] = ContextVar("open", default=False)
_along: ContextVar[tuple[_Companion, ...]] = ContextVar("along", default=())
_reading: ContextVar[Session | None] = ContextVar("reading", default=None)


def anyone(_actor: Actor, _reason: str) -> bool:
    """Permit a public act; its subject is the reason why it may be one."""
    return True


@dataclass
class Work:
    """Session, who and when of one unit of work."""

    session: Session
    actor: Actor
    authorized: bool = field(default=False, init=False)
    joined: list[_Companion] = field(default_factory=list, init=False)
    is_looked_at: bool = field(default=False, init=False)

    @cached_property
    def now(self) -> datetime:
        """The moment of this unit of work, frozen when first asked, which is after the lock.

        PostgreSQL answers it, so that replicas with different clocks agree on a deadline (C-33).
        """
        if db.is_postgresql(self.session.connection()):
            return database_now(self.session)
        return clock.now()

    def authorize(
        self, permission: Permission, subject: object, *, visible: Permission | None = None
    ) -> None:
        """Go on only if `permission` lets the actor act on `subject`.

        Where `visible` is given and does not hold either, the actor is not told that the subject
        exists: NotFound instead of Forbidden.
        """
        if not self.actor.is_system:
            self.actor = grants_of(self.session, self.actor)
        if self.actor.is_system or permission(self.actor, subject):
            self.authorized = True
            if not self.actor.is_system and permission is not anyone:
                self._take_along()
            return
        if visible is not None and not visible(self.actor, subject):
            raise NotFound
        raise Forbidden

    def _take_along(self) -> None:
        for one in _along.get():
            if not one.is_done and one not in self.joined:
                self.joined.append(one)
                one.step(self)

    def look_again(self) -> None:
        """Repeat the comparisons that joined: what they saw before the lock may have changed since.

        For verbs that cannot hold the lock when they authorize, because others have to be locked first. Call
        it before anything is changed; whoever calls it after that in the same unit of work is too late, and
        looks at nothing.
        """
        again, self.is_looked_at = not self.is_looked_at, True
        for one in self.joined if again else ():
            if one.is_comparison:
                one.step(self)

    @contextmanager
    def refuse(self, *columns: InstrumentedAttribute[Any], problem: Problem) -> Iterator[None]:
        """Raise `problem` where the block breaks the unique constraint over `columns`.

        Flushes at the end of the block, because only the database can know.
        """
        try:
            yield
            self.session.flush()
        except IntegrityError as error:
            if _names_constraint(error, columns):
                raise problem from error
            raise


@contextmanager
def transaction(actor: Actor) -> Iterator[Work]:
    """Commit what the block did, all of it or none; the only commit in Kinkeeper."""
    if _open.get():
        raise RuntimeError("a transaction is open already: share a step, not a verb")
    end_reading()
    token = _open.set(True)
    try:
        with _busy_is_unavailable(), db.gate().pass_through(), db.Writer.begin() as session:
            work = Work(session, actor)
            work.authorized = actor.is_system
            yield work
            if not work.authorized:
                raise RuntimeError("this unit of work was never authorized")
        for one in work.joined:
            one.is_done = True
    finally:
        _open.reset(token)


@dataclass(eq=False)
class _Companion:
    """A step that waits for a verb to join."""

    step: Callable[[Work], None]
    is_comparison: bool
    """Whether it only looks, and can do so twice."""
    is_done: bool = False
    """Whether a verb that it joined was committed."""


@contextmanager
def along(step: Callable[[Work], None], *, is_comparison: bool = False) -> Iterator[Callable[[], bool]]:
    """Let `step` join the first verb of the block, right after it was found permitted, under its lock.

    It is for what a caller wants to hold in the same transaction and no verb need know of: that nothing
    was changed meanwhile, or that this call had its effect. What the house does by itself (SYSTEM), and
    what anybody may, such as writing a refusal down, is not what was called for: no step joins it. Where
    the verb is rolled back, the step joins the next one. The block gets a way to ask whether it is done.
    A comparison only looks, and is asked once more where the lock comes later (`Work.look_again`).
    """
    one = _Companion(step, is_comparison)
    token = _along.set((*_along.get(), one))
    try:
        yield lambda: one.is_done
    finally:
        _along.reset(token)


def read_session() -> Session:
    """Answer this thread's read-only session, opened when first asked for."""
    session = _reading.get()
    if session is None:
        session = db.Reader()
        _reading.set(session)
    return session


def end_reading() -> None:
    """Let the read snapshot go; the next read opens a new one."""
    session = _reading.get()
    if session is not None:
        session.close()
        _reading.set(None)


def database_now(session: Session) -> datetime:
    """Ask PostgreSQL for the moment it is, not for the moment the transaction began."""
    moment: datetime = session.scalars(select(func.clock_timestamp(type_=db.UtcDateTime()))).one()
    return moment


GrantsLoader = Callable[[Session, Actor], Actor]


class _Grants:
    load: GrantsLoader | None = None


def use_grants(load: GrantsLoader) -> None:
    """Let the roof say how an actor's grants are read; asked at every `authorize`."""
    _Grants.load = staticmethod(load)


def grants_of(session: Session, actor: Actor) -> Actor:
    """Answer the actor with the grants that hold now; raises where the account is gone."""
    if _Grants.load is None:
        raise RuntimeError("nobody has said yet how grants are read")
    if actor is SYSTEM or actor.account_id is None:
        return actor
    return _Grants.load(session, actor)


@contextmanager
def _busy_is_unavailable() -> Iterator[None]:
    try:
        yield
    except exc.TimeoutError as error:
        raise Unavailable from error
    except DBAPIError as error:
        if is_passing(error) or _takes_no_writes(error):
            raise Unavailable from error
        raise


def is_passing(error: exc.TimeoutError | DBAPIError) -> bool:
    """Tell whether trying again later is the answer: the database is busy, full, or out of reach."""
    if isinstance(error, exc.TimeoutError) or error.connection_invalidated:
        return True
    return _state_of(error) in _PASSING or _state_of(error).startswith("53") or _is_away_or_busy(error)


_PASSING = frozenset({"40P01", "40001", "55P03", "57014", "25P03"})
"""PostgreSQL's deadlock, serialisation failure, lock timeout, statement cancelled, and transaction that
idled too long; lack of room is a class of its own (53)."""


def _is_away_or_busy(error: DBAPIError) -> bool:
    if not isinstance(error, OperationalError):
        return False
    words = str(error.orig)
    return error.statement is None or "locked" in words or "disk is full" in words  # None: never reached


def _takes_no_writes(error: DBAPIError) -> bool:
    """Tell a standby server or a read-only disk; in a session that only reads it would be our defect."""
    return _state_of(error) == "25006" or "readonly database" in str(error.orig)


def _state_of(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _names_constraint(error: IntegrityError, columns: tuple[InstrumentedAttribute[Any], ...]) -> bool:
    table = columns[0].class_.__tablename__
    names = [column.key for column in columns]
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:  # PostgreSQL names the constraint
        return bool(diagnosis.constraint_name == f"uq_{table}_{'_'.join(names)}")
    listed = ", ".join(f"{table}.{name}" for name in names)
    return str(error.orig) == f"UNIQUE constraint failed: {listed}"
