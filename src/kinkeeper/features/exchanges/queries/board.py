"""Reads of what became of the letters to participants (G11): states, never a link, never a match."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select

from kinkeeper.features.accounts.models import Person, WebSession
from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.features.exchanges.permissions import may_observe
from kinkeeper.features.exchanges.queries.exchanges import exchange_of
from kinkeeper.features.exchanges.rules.stopping import STOPPED
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform.links import Link
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


class Reach(StrEnum):
    """How far a letter has come."""

    REFUSED = "refused"
    UNSURE = "unsure"
    """The connection broke, and nobody knows whether it was taken."""
    KEPT = "kept"
    """In the house's own mailbox, from where nobody gets it."""
    WAITING = "waiting"
    SENT = "sent"
    NONE = "none"
    VISITED = "visited"
    """Sent, and they used its link, or looked at a page of theirs since."""


_REACH = {
    Sending.QUEUED: Reach.WAITING,
    Sending.LEASED: Reach.WAITING,
    Sending.HANDING: Reach.WAITING,
    Sending.RETRY: Reach.WAITING,
    Sending.SENT: Reach.SENT,
    Sending.FAILED: Reach.REFUSED,
    Sending.UNCERTAIN: Reach.UNSURE,
    Sending.OVERTAKEN: Reach.NONE,
}
_WORST_FIRST = list(Reach)


class LetterLine(NamedTuple):
    """One letter to a participant, or to who looks after them."""

    seat_id: UUID
    kind: str
    to: str
    state: Sending
    queued_at: datetime
    sent_at: datetime | None
    carrier: str | None
    said: str | None
    """By the mail server that did not take it."""
    link_used_at: datetime | None

    def reach(self, seen_at: datetime | None) -> Reach:
        """Answer how far it came, of somebody who was here last at `seen_at`."""
        reach = _REACH[self.state]
        if reach is not Reach.SENT:
            return reach
        if self.link_used_at or (seen_at and self.sent_at and seen_at >= self.sent_at):
            return Reach.VISITED
        return Reach.KEPT if self.carrier == "mailbox" else reach


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A participant, and what became of the newest letters to them."""

    id: UUID
    name: str
    email: str | None
    is_confirmed: bool
    seen_at: datetime | None
    letters: list[LetterLine] = field(default_factory=list)

    @property
    def worst(self) -> LetterLine | None:
        """The letter that most needs looking after."""
        found = [one for one in self.letters if one.reach(self.seen_at) is self.reach]
        return found[0] if found else None

    @property
    def reach(self) -> Reach:
        """How far that one came."""
        reached = [one.reach(self.seen_at) for one in self.letters]
        return min(reached, key=_WORST_FIRST.index) if reached else Reach.NONE


@dataclass(frozen=True, slots=True)
class Board:
    """Everybody's letters, by the alphabet."""

    exchange: Exchange
    lines: list[BoardLine]

    @property
    def counts(self) -> Counter[Reach]:
        """How many people stand where."""
        return Counter(line.reach for line in self.lines)

    def at(self, *reaches: Reach) -> list[BoardLine]:
        """Answer who stands at any of these."""
        return [line for line in self.lines if line.reach in reaches]


# Polled by every open board, so the statements are built once; as many for five hundred people as for ten.
_HERE = Participant.exchange_id == bindparam("exchange_id"), Participant.withdrawn_at.is_(None)
_SEEN = (
    select(WebSession.person_id, func.max(WebSession.seen_at).label("at"))
    .join(Participant, Participant.person_id == WebSession.person_id)
    .where(*_HERE)
    .group_by(WebSession.person_id)
    .subquery()
)
_PEOPLE: Select[Any] = (
    select(Participant.id, Participant.name, Person.email, Participant.is_confirmed, _SEEN.c.at)
    .outerjoin(Person, Person.id == Participant.person_id)
    .outerjoin(_SEEN, _SEEN.c.person_id == Participant.person_id)
    .where(*_HERE)
    .order_by(func.lower(Participant.name), Participant.id)
)
_COLUMNS = (
    OutboxLetter.about_id,
    OutboxLetter.kind,
    OutboxLetter.to,
    OutboxLetter.state,
    OutboxLetter.queued_at,
    OutboxLetter.sent_at,
    OutboxLetter.carrier,
    OutboxLetter.last_error,
    Link.used_at,
)
_AGE = func.rank().over(
    partition_by=(OutboxLetter.about_id, Link.id.is_(None)), order_by=OutboxLetter.queued_at.desc()
)
_LINES: Any = (
    select(*_COLUMNS)
    .join(Participant, Participant.id == OutboxLetter.about_id)
    .outerjoin(Link, Link.id == OutboxLetter.id)
    .where(*_HERE, OutboxLetter.kind.not_in(STOPPED.values()))
)
_AGED = _LINES.add_columns(_AGE.label("age")).where(OutboxLetter.state != Sending.OVERTAKEN).subquery()
_NEWEST: Select[Any] = select(*list(_AGED.c)[:-1]).where(_AGED.c.age == 1)
_ALL_TO_ONE = _LINES.where(Participant.id == bindparam("seat_id")).order_by(
    OutboxLetter.queued_at.desc(), OutboxLetter.id.desc()
)


def board_of(session: Session, actor: Actor, exchange_id: UUID) -> Board:
    """The newest letters to everybody, with a link and without; what failed before is made good by then."""
    exchange = exchange_of(session, actor, exchange_id, may_observe)
    here = {"exchange_id": exchange_id}
    lines = {row.id: BoardLine(*row) for row in session.execute(_PEOPLE, here)}
    for row in session.execute(_NEWEST, here):
        lines[row[0]].letters.append(LetterLine(*row))
    return Board(exchange, list(lines.values()))


def letters_to(session: Session, actor: Actor, exchange_id: UUID, seat_id: UUID) -> tuple[Board, BoardLine]:
    """All letters to one of them, the newest first; raises NotFound where nobody has this place."""
    exchange = exchange_of(session, actor, exchange_id, may_observe)
    here = {"exchange_id": exchange_id, "seat_id": seat_id}
    for row in session.execute(_PEOPLE.where(Participant.id == seat_id), here):
        line = BoardLine(*row)
        line.letters.extend(LetterLine(*one) for one in session.execute(_ALL_TO_ONE, here))
        return Board(exchange, [line]), line
    raise NotFound
