"""The audit trail as a person reads it: who did what to what, in sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from kinkeeper.app.features import FEATURES
from kinkeeper.features.accounts.permissions import may_see_audit
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.paging import Page
from kinkeeper.kernel.words import mark
from kinkeeper.platform.audit import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor

MOST_TAKEN_ALONG = 20_000
"""Entries of a file, the newest: what a small machine holds at once."""

EARLIEST, LATEST = date(1970, 1, 2), date(9998, 12, 30)
"""No zone's midnight of these days is outside of what can be computed with."""

OF_THE_HOUSE = {
    "letter.marked_sent": mark("%(who)s wrote down that a letter has arrived."),
    "letter.sent_again": mark("%(who)s sent a letter again."),
    "secret.retired": mark("%(who)s retired an old secret of the house."),
    "secret.turned": mark("%(who)s gave the house a new secret."),
}
"""What belongs to no feature."""

DEEDS: Mapping[str, str] = {
    **OF_THE_HOUSE,
    **{action: said for feature in FEATURES for action, said in feature.deeds.items()},
}
"""What every entry says, by its action."""

GROUPS = {
    "exchange": mark("Exchanges"),
    "account": mark("Accounts and sign-in"),
    "person": mark("People"),
    "circle": mark("Circles"),
    "household": mark("Households"),
    "role": mark("Roles"),
    "letter": mark("Letters"),
    "secret": mark("Secrets"),
}
"""What stands before the dot of an action, as people read it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for; all of it at once."""

    who: str = ""
    """Part of a name as it was then."""
    actor_id: UUID | None = None
    group: str = ""
    """One of `GROUPS`."""
    subject_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    """Civil days in the house's zone; both count."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act, with what its ids are called today."""

    id: int
    at: datetime
    actor_id: UUID | None
    who: str
    action: str
    says: str
    """Marked, with gaps for `who` and `what`."""
    subject_id: UUID | None
    what: str | None
    """None where it is no longer there, or never had a name."""
    details: Mapping[str, Any] = field(default_factory=dict)


_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)

MOST_COUNTED = 10_000
"""Refused sign-ins make the trail as long as strangers like; who looks further back says from when."""


def trail(
    session: Session, actor: Actor, wanted: Wanted, *, zone: str, page: int, per_page: int = 50
) -> Page[Entry]:
    """What was done, newest first, counted to MOST_COUNTED; raises Forbidden for whom it is not."""
    conditions = _conditions(actor, wanted, zone)
    few = select(AuditEntry.id).where(*conditions).limit(MOST_COUNTED).subquery()
    total = session.scalar(select(func.count()).select_from(few)) or 0
    return Page(_entries(session, conditions, per_page, (page - 1) * per_page), page, per_page, total)


def to_take_along(session: Session, actor: Actor, wanted: Wanted, *, zone: str) -> list[Entry]:
    """The newest `MOST_TAKEN_ALONG` of it."""
    return _entries(session, _conditions(actor, wanted, zone), MOST_TAKEN_ALONG, 0)


def _conditions(actor: Actor, wanted: Wanted, zone: str) -> list[ColumnElement[bool]]:
    if not may_see_audit(actor, None):
        raise Forbidden
    found: list[ColumnElement[bool]] = []
    if wanted.who:
        found.append(_is_by(wanted.who))
    if wanted.actor_id is not None:
        found.append(AuditEntry.actor_id == wanted.actor_id)
    if wanted.subject_id is not None:
        found.append(AuditEntry.subject_id == wanted.subject_id)
    if wanted.group:
        found.append(AuditEntry.action.in_([one for one in DEEDS if one.startswith(f"{wanted.group}.")]))
    if wanted.since is not None:
        found.append(AuditEntry.at >= _begin_of(min(wanted.since, LATEST), zone))
    if wanted.until is not None:
        found.append(AuditEntry.at < _begin_of(min(wanted.until, LATEST) + timedelta(days=1), zone))
    return found


def _is_by(part: str) -> ColumnElement[bool]:
    """Find a name by its surname, too, however it is written; it is kept as it was, and not folded.

    SQLite lowers A to Z alone, and leaves Ö as it is: so what is asked for is tried in each way of writing.
    """
    ways = {part, part.lower(), part.title(), part.upper()}
    name = func.lower(AuditEntry.actor_name)
    return or_(*(name.contains(way.translate(_LOWER), autoescape=True) for way in sorted(ways)))


def _begin_of(day: date, zone: str) -> datetime:
    return datetime.combine(max(day, EARLIEST), time(), ZoneInfo(zone))


def _entries(
    session: Session, conditions: Sequence[ColumnElement[bool]], most: int, behind: int
) -> list[Entry]:
    columns = AuditEntry.__table__.columns
    newest = select(*columns).where(*conditions).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    rows = session.execute(newest.limit(most).offset(behind)).all()
    names = _names(session, rows)
    return [_entry(row, names) for row in rows]


def _entry(row: Any, names: Mapping[UUID, str]) -> Entry:  # noqa: ANN401 - a row of the trail
    details = {name: _called(value, names) for name, value in row.details.items()}
    says = DEEDS.get(row.action, mark("%(who)s did something that this version cannot name."))
    return Entry(
        id=row.id,
        at=row.at,
        actor_id=row.actor_id,
        who=row.actor_name,
        action=row.action,
        says=says,
        subject_id=row.subject_id,
        what=names.get(row.subject_id),
        details=details,
    )


def _names(session: Session, rows: Iterable[Any]) -> dict[UUID, str]:
    """What every id of these entries is called today, by the features that know it."""
    ids = {row.subject_id for row in rows if row.subject_id is not None}
    ids |= {found for row in rows for value in row.details.values() if (found := id_in(value)) is not None}
    named: dict[UUID, str] = {}
    for feature in FEATURES:
        if feature.names is not None and ids:
            named |= feature.names(session, ids)
    return named


def _called(value: object, names: Mapping[UUID, str]) -> object:
    found = id_in(value)
    return value if found is None else names.get(found)


def id_in(value: object) -> UUID | None:
    """Answer the id that a text is, if it is one."""
    try:
        return UUID(value) if isinstance(value, str) and len(value) == len(str(UUID(int=0))) else None
    except ValueError:
        return None
