"""The outbox: a row for every letter, written in the transaction that causes it (C-17, C-18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import JSON, Index, and_, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel.db import Base, insert_into, new_id
from kinkeeper.platform import links
from kinkeeper.platform.mail import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.work import Work
    from kinkeeper.platform.mail.letters import Letter

LEASE = timedelta(minutes=2)
"""How long a worker may sit on a letter before another takes it over."""


PAUSE = timedelta(seconds=30)
"""How long all letters wait after the carrier could not be reached."""


class Sending(StrEnum):
    """Where a letter is on its way (reliability 4.1)."""

    QUEUED = "queued"
    LEASED = "leased"
    HANDING = "handing"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    HELD = "held"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What became of it beyond the hand-over."""

    REFUSED = "refused"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    SUPPRESSED = "suppressed"


class OutboxLetter(Base):
    """A letter to be sent: its kind and fields, never its text, never a live secret."""

    __tablename__ = "outbox_letter"
    __table_args__ = (Index(None, "state", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(unique=True)
    """What makes it this letter and no other; also the provider's idempotency key."""
    kind: Mapped[str]
    to: Mapped[str] = mapped_column(index=True)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    message_id: Mapped[str]
    generation: Mapped[int]
    queued_at: Mapped[datetime]
    state: Mapped[Sending] = mapped_column(default=Sending.QUEUED)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    leased_by: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    carrier: Mapped[str | None]
    provider_id: Mapped[str | None]
    outcome: Mapped[Outcome | None]
    last_error: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Posting:
    """A letter to be queued: what it is about, and what tells it from an earlier one about the same."""

    letter: Letter
    about: UUID
    generation: int = 1

    @property
    def once(self) -> str:
        """Answer what makes it this letter and no other."""
        return f"{self.letter.kind}/{self.about}/{self.letter.to}/{self.generation}"


def post(work: Work, letter: Letter, *, about: UUID, generation: int = 1) -> UUID:
    """Step: queue a letter about a thing; the same letter about it to the same address goes once only.

    `generation` tells apart what may rightly be said again (a second draw, a new link). Answers the id
    of the queued letter, or of the one that was queued already.
    """
    posting = Posting(letter, about, generation)
    post_all(work, [posting])
    return work.session.scalars(select(OutboxLetter.id).where(OutboxLetter.once == posting.once)).one()


def post_all(work: Work, postings: Sequence[Posting]) -> None:
    """Step: queue many letters, in a handful of statements however many there are.

    One of each kind and language is proof-read here, so that an unknown name in a text fails the
    request and not the worker at night.
    """
    for letter in {
        (posting.letter.kind, posting.letter.language): posting.letter for posting in postings
    }.values():
        letters.render(letter, letters.base_url())
    ids = {new_id(): posting for posting in postings}
    rows = [_row(work, letter_id, posting) for letter_id, posting in ids.items()]
    queue = insert_into(work.session, OutboxLetter).on_conflict_do_nothing().returning(OutboxLetter.id)
    new = [row.id for row in work.session.connection().execute(queue, rows)] if rows else []
    orders = {letter_id: ids[letter_id].letter.link() for letter_id in new}
    links.promise(work, {letter_id: order for letter_id, order in orders.items() if order is not None})


def _row(work: Work, letter_id: UUID, posting: Posting) -> dict[str, Any]:
    return {
        "id": letter_id,
        "once": posting.once,
        "kind": posting.letter.kind,
        "to": posting.letter.to,
        "fields": letters.pack(posting.letter),
        "message_id": f"<{letter_id}@{urlsplit(letters.base_url()).hostname}>",
        "generation": posting.generation,
        "queued_at": work.now,
        "due_at": work.now,
    }


def claim(work: Work, worker: str, most: int) -> list[tuple[UUID, int]]:
    """Step: lease up to `most` letters that are due; answers (id, fence) in the order of their queueing.

    A lease that ran out while leased is simply taken over. One that ran out while *handing* may have
    left the house: its kind says whether to send again or to ask a person.
    """
    _settle_lost(work)
    due = (
        select(OutboxLetter.id)
        .where(_due(work.now))
        .order_by(OutboxLetter.due_at, OutboxLetter.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    lease = (
        update(OutboxLetter)
        .where(OutboxLetter.id.in_(due.scalar_subquery()))
        .values(
            state=Sending.LEASED,
            leased_by=worker,
            leased_until=work.now + LEASE,
            fence=OutboxLetter.fence + 1,
        )
        .returning(OutboxLetter.id, OutboxLetter.fence, OutboxLetter.queued_at)
    )
    claimed = sorted(work.session.execute(lease).all(), key=lambda row: (row.queued_at, row.id))
    return [(row.id, row.fence) for row in claimed]


def release(work: Work, worker: str) -> None:
    """Step: give back what this worker leased and did not try, because its carrier is out of reach."""
    mine = and_(OutboxLetter.state == Sending.LEASED, OutboxLetter.leased_by == worker)
    work.session.execute(
        update(OutboxLetter)
        .where(mine)
        .values(leased_until=None, leased_by=None, state=Sending.RETRY, due_at=work.now + PAUSE)
    )


def is_anything_due(session: Session, now: datetime) -> bool:
    """Tell whether a worker has letters to carry; asked without a write, so idling costs little."""
    lost = and_(OutboxLetter.state == Sending.HANDING, OutboxLetter.leased_until < now)
    return bool(session.scalar(select(select(OutboxLetter.id).where(or_(_due(now), lost)).exists())))


def _due(now: datetime) -> ColumnElement[bool]:
    waiting = OutboxLetter.state.in_([Sending.QUEUED, Sending.RETRY])
    dropped = and_(OutboxLetter.state == Sending.LEASED, OutboxLetter.leased_until < now)
    return or_(and_(waiting, OutboxLetter.due_at <= now), dropped)


def _settle_lost(work: Work) -> None:
    asking = [name for name, kind in letters.kinds().items() if kind.if_uncertain == "ask"]
    lost = and_(OutboxLetter.state == Sending.HANDING, OutboxLetter.leased_until < work.now)
    for letter_id in work.session.scalars(select(OutboxLetter.id).where(lost)):
        links.hand_over(work, letter_id)
    settle = update(OutboxLetter).where(lost)
    ask, resend = OutboxLetter.kind.in_(asking), OutboxLetter.kind.not_in(asking)
    work.session.execute(settle.where(ask).values(state=Sending.UNCERTAIN))
    work.session.execute(settle.where(resend).values(state=Sending.RETRY, due_at=work.now))
