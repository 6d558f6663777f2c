"""What changed, as rows of the act that changed it; whoever hears of it looks at the thing itself.

Ids become visible in ascending order on both engines, so "everything after the last one that I saw"
never loses an event. SQLite has one writer at a time. On PostgreSQL a row takes its number when it is
inserted and is seen when it is committed, and two transactions may do these in different orders;
therefore events are written at the very end of a unit of work, one unit after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import JSON, Index, bindparam, delete, event, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kinkeeper.kernel.db import Base, is_postgresql
from kinkeeper.kernel.work import transaction

if TYPE_CHECKING:
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work

KEPT = timedelta(days=1)
"""How long a page may have been asleep and still be told exactly what it missed."""
CHANNEL = "kinkeeper_live"
"""What PostgreSQL's NOTIFY calls it; it carries nothing, the rows are the record."""
AT_ONCE = 1_000
"""Rows read in one go."""

_TURN = 0x6B6B_6C76
"""PostgreSQL's advisory lock that is held from the first event's number to the commit."""
_TOLD = "kinkeeper.live"


class LiveEvent(Base):
    """One change; deleted after a day."""

    __tablename__ = "live_event"
    __table_args__ = (Index(None, "topic", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    topic: Mapped[str]
    """Whose readers hear of it: `exchange/<id>`."""
    kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


@dataclass(frozen=True, slots=True)
class Event:
    """A change, as it is passed on."""

    id: int
    topic: str
    kind: str
    subject_id: UUID | None
    facts: dict[str, Any]


LOOK = "look"
"""The kind of an event that says no more than: much may have changed."""


def tell(work: Work, topic: str, kind: str, subject_id: UUID | None = None, **facts: int | UUID) -> None:
    """Step: let the open pages of a topic know what changed; facts are counts and ids, never words."""
    for name, fact in facts.items():
        if not isinstance(fact, int | UUID):
            raise TypeError(f"{name} is neither a count nor an id")
    plain = {name: fact if isinstance(fact, int) else str(fact) for name, fact in facts.items()}
    row = {"at": work.now, "topic": topic, "kind": kind, "subject_id": subject_id, "facts": plain}
    work.session.info.setdefault(_TOLD, []).append(row)


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    """Write what was told, when nothing else is left that could wait for a lock."""
    told = session.info.pop(_TOLD, None)
    if not told:
        return
    session.flush()
    if is_postgresql(session.connection()):
        session.execute(select(func.pg_advisory_xact_lock(_TURN)))
        session.execute(select(func.pg_notify(CHANNEL, "")))
    session.execute(insert(LiveEvent), told)


_FACTS = (LiveEvent.id, LiveEvent.topic, LiveEvent.kind, LiveEvent.subject_id, LiveEvent.facts)
_NEWEST = select(func.coalesce(func.max(LiveEvent.id), 0))
_OLDEST = select(func.coalesce(func.min(LiveEvent.id), 0))
_AFTER = select(*_FACTS).where(LiveEvent.id > bindparam("last")).order_by(LiveEvent.id).limit(AT_ONCE)
_MISSED = (
    select(*_FACTS)
    .where(LiveEvent.topic.in_(bindparam("topics", expanding=True)))
    .where(LiveEvent.id > bindparam("last"), LiveEvent.id <= bindparam("until"))
    .order_by(LiveEvent.id)
    .limit(bindparam("most"))
)


def newest(session: Session) -> int:
    """Answer the last event's number, for a page to ask for what comes after it.

    Asked before the rest of the page is read: what changes meanwhile is told twice rather than never.
    """
    return int(session.connection().execute(_NEWEST).scalar_one())


def after(session: Session, last: int) -> list[Event]:
    """Answer the events after one, ascending, at most AT_ONCE."""
    rows = session.connection().execute(_AFTER, {"last": last})
    return [Event(*row) for row in rows]


def missed(session: Session, topics: frozenset[str], last: int, until: int, most: int) -> list[Event]:
    """Answer what a page missed that has seen all up to `last`; the hub tells it what comes after `until`.

    A page that cannot be told exactly, because that is too much or too long ago, is told to look.
    """
    connection = session.connection()
    is_known = connection.execute(_OLDEST).scalar_one() - 1 <= last <= until
    asked = {"topics": list(topics), "last": last, "until": until, "most": most + 1}
    found = [Event(*row) for row in connection.execute(_MISSED, asked)] if is_known else []
    if is_known and len(found) <= most:
        return found
    return [Event(until, "", LOOK, None, {})]


def forget_old(actor: Actor) -> None:
    """Delete events of yesterday; the newest stays, so that numbers never begin anew."""
    with transaction(actor) as work:
        old = LiveEvent.at < work.now - KEPT
        work.session.execute(delete(LiveEvent).where(old, LiveEvent.id < _NEWEST.scalar_subquery()))
