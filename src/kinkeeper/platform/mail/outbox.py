"""The outbox: a row for every letter, written in the transaction that causes it (C-17, C-18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import JSON, Index, and_, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel import crypto
from kinkeeper.kernel.db import Base, batched, insert_of, new_id
from kinkeeper.kernel.words import gettext
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import links, live
from kinkeeper.platform.mail import files, letters

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work
    from kinkeeper.platform.links import LinkOrder
    from kinkeeper.platform.mail.letters import Letter

LEASE = timedelta(minutes=2)
"""How long a worker may sit on a letter that it has not begun before another takes it over."""

HANDING_LEASE = timedelta(minutes=30)
"""How long handing one over may take: longer than all the waits for a mail server together."""

RESENDS = 2
"""How often a letter is sent again by itself after a hand-over of which nobody knows how it ended.

A server that takes letters and never says so would otherwise get the same one for three days.
"""


KEPT = timedelta(days=90)
"""How long a letter that will not move any more stays to be looked at; it names an address."""


class Sending(StrEnum):
    """Where a letter is on its way (reliability 4.1)."""

    QUEUED = "queued"
    LEASED = "leased"
    HANDING = "handing"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    OVERTAKEN = "overtaken"
    """It stays here: while it waited, its link was ended by a newer one, or by what it was for."""


class OutboxLetter(Base):
    """A letter to be sent: its kind and fields, never its text, never a live secret."""

    __tablename__ = "outbox_letter"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "queued_at", "id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(unique=True)
    """What makes it this letter and no other; also the provider's idempotency key."""
    kind: Mapped[str]
    to: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    """Whose affairs it tells of; the address may be a guardian's. Their letters go when they do."""
    about_id: Mapped[UUID | None] = mapped_column(index=True)
    """What it tells of: a participant, an exchange, or an account. It is forgotten when that is."""
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    message_id: Mapped[str]
    generation: Mapped[int]
    queued_at: Mapped[datetime]
    state: Mapped[Sending] = mapped_column(default=Sending.QUEUED)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    doubts: Mapped[int] = mapped_column(default=0)
    """How many of them ended so that nobody knows whether the letter was taken."""
    fence: Mapped[int] = mapped_column(default=0)
    leased_by: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    carrier: Mapped[str | None]
    provider_id: Mapped[str | None]
    last_error: Mapped[str | None]
    key_id: Mapped[bytes | None]
    """The master secret that its link and its code are derived from."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A letter to be queued: what it is about, and what tells it from an earlier one about the same."""

    letter: Letter
    about: UUID
    person_id: UUID | None
    """Whose affairs it tells of, whoever's the address is."""
    generation: int = 1
    due_at: datetime | None = None
    """When it leaves at the earliest, where its kind does not say."""

    @property
    def once(self) -> str:
        """Answer what makes it this letter and no other."""
        return f"{self.letter.kind}/{self.about}/{self.letter.to}/{self.generation}"


def post(work: Work, letter: Letter, *, about: UUID, person_id: UUID | None, generation: int = 1) -> UUID:
    """Step: queue a letter about a thing; the same letter about it to the same address goes once only.

    `generation` tells apart what may rightly be said again (a second draw, a new link). Answers the id
    of the queued letter, or of the one that was queued already.
    """
    posting = Posting(letter, about, person_id, generation)
    for letter_id in post_all(work, [posting]):
        return letter_id
    return work.session.scalars(select(OutboxLetter.id).where(OutboxLetter.once == posting.once)).one()


def post_all(work: Work, postings: Sequence[Posting]) -> list[UUID]:
    """Step: queue many letters, in a handful of statements however many; answers those not queued before.

    One of each kind and language is proof-read here, so that an unknown name in a text fails the
    request and not the worker at night.
    """
    for letter in {
        (posting.letter.kind, posting.letter.language): posting.letter for posting in postings
    }.values():
        letters.render(letter, letters.base_url(), code="····-····")
    ids = {new_id(): posting for posting in postings}
    key_id = crypto.keys().key_id
    rows = [_row(work, letter_id, posting, key_id) for letter_id, posting in ids.items()]
    queue = _queueing(insert_of(work.session))
    new = [row.id for row in work.session.connection().execute(queue, rows)] if rows else []
    orders = {letter_id: ids[letter_id].letter.link() for letter_id in new}
    promised = {letter_id: order for letter_id, order in orders.items() if order is not None}
    links.promise(work, promised, key_id=key_id)
    for topic in sorted({ids[letter_id].letter.topic() or "" for letter_id in new} - {""}):
        live.tell(work, topic, "letter.queued")  # once: whoever hears of it looks at all of them
    return new


def tell(work: Work, row: OutboxLetter) -> None:
    """Step: let the open pages that show this letter's state know that it is another now (G11)."""
    topic = letters.topic_of(row.kind, row.fields)
    if topic is not None:
        live.tell(work, topic, f"letter.{row.state}", row.about_id)


@cache
def _queueing(insert: Callable[[type[Base]], Any]) -> Any:  # noqa: ANN401 - two dialects' classes
    return insert(OutboxLetter).on_conflict_do_nothing().returning(OutboxLetter.id)


def is_in_the_mailbox(work: Work, order: LinkOrder) -> bool:
    """Tell whether such a link was posted a moment ago and still works, so that asking again sends nothing.

    Lock what the link is about first: of two at the same moment neither would find the other's.
    """
    recent = OutboxLetter.queued_at > work.now - links.ASKED_AGAIN_AFTER
    posted = select(OutboxLetter.id).join(links.Link, links.Link.id == OutboxLetter.id)
    alive = posted.where(recent, links.still_works(order, work.now))
    return bool(work.session.scalar(select(alive.exists())))


def _row(work: Work, letter_id: UUID, posting: Posting, key_id: bytes) -> dict[str, Any]:
    return {
        "id": letter_id,
        "key_id": key_id,
        "once": posting.once,
        "kind": posting.letter.kind,
        "to": posting.letter.to,
        "person_id": posting.person_id,
        "about_id": posting.letter.about_id(),
        "fields": letters.pack(posting.letter),
        "message_id": f"<{letter_id}@{letters.domain()}>",
        "generation": posting.generation,
        "queued_at": work.now,
        "due_at": posting.due_at or work.now + posting.letter.rests,
    }


def claim(work: Work, worker: str, most: int) -> list[tuple[UUID, int]]:
    """Step: lease up to `most` letters that are due; answers (id, fence) in the order of their queueing.

    A lease that ran out while leased is simply taken over. One that ran out while *handing* may have
    left the house.
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
    """Step: give back what this worker leased and did not begin; it stays due, in its old order."""
    mine = and_(OutboxLetter.state == Sending.LEASED, OutboxLetter.leased_by == worker)
    work.session.execute(
        update(OutboxLetter).where(mine).values(leased_until=None, leased_by=None, state=Sending.RETRY)
    )


def forget(work: Work, person_ids: Collection[UUID], addresses: Collection[str]) -> None:
    """Step: delete the letters about people and those to addresses, so that what waits never goes."""
    gone: list[UUID] = []
    for column, values in ((OutboxLetter.person_id, person_ids), (OutboxLetter.to, addresses)):
        for some in batched(values):
            gone.extend(_delete(work, column.in_(some)))
    links.take_back(work, *gone)


def forget_about(work: Work, ids: Iterable[UUID]) -> None:
    """Step: delete the letters that tell of these, so that what waits never goes."""
    for some in batched(ids):
        links.take_back(work, *_delete(work, OutboxLetter.about_id.in_(some)))


def _delete(work: Work, *which: ColumnElement[bool]) -> list[UUID]:
    """Delete letters, and their files, if that is how they left; answers which."""
    gone = delete(OutboxLetter).where(*which).returning(OutboxLetter.id, OutboxLetter.carrier)
    rows = work.session.execute(gone).all()
    files.ask_to_burn(work, [row.id for row in rows if row.carrier == "file"])
    return [row.id for row in rows]


def forget_host(work: Work, names: Collection[str], instead: str, *which: ColumnElement[bool]) -> None:
    """Step: in such letters, whoever asks by one of these names is called something else.

    `instead` is marked, and said in each letter's language.
    """
    host = OutboxLetter.fields["host"].as_string()
    found = select(OutboxLetter).where(host.in_(names), *which)
    for row in work.session.scalars(found.order_by(OutboxLetter.id).with_for_update()).all():
        row.fields = row.fields | {"host": gettext(row.fields["language"], instead)}


def withdraw(work: Work, *subject_ids: UUID, purpose: str | None = None) -> None:
    """Step: end the links to what is no more; letters that carry one, and have not left, never go.

    With a `purpose` only those that are for it.
    """
    is_such = () if purpose is None else (links.Link.purpose == purpose,)
    for some in batched(subject_ids):
        about = select(links.Link.id).where(links.Link.subject_id.in_(some), *is_such)
        unsent = OutboxLetter.state != Sending.SENT
        work.session.execute(delete(OutboxLetter).where(OutboxLetter.id.in_(about), unsent))
    if purpose is None:
        links.void_all(work, *subject_ids)
    else:
        links.void(work, purpose, *subject_ids)


def recall(work: Work, kind: str, about_ids: Iterable[UUID]) -> list[tuple[Letter, datetime]]:
    """Step: take back letters of a kind that nobody has begun to send; answers when each was due, too.

    One that a worker has begun is beyond recall: of both at the same moment, one waits for the other's row.
    """
    waits = OutboxLetter.state.in_([Sending.QUEUED, Sending.RETRY]), OutboxLetter.attempts == 0
    columns = OutboxLetter.id, OutboxLetter.fields, OutboxLetter.due_at
    found: list[tuple[Letter, datetime]] = []
    for some in batched(about_ids):
        theirs = OutboxLetter.kind == kind, OutboxLetter.about_id.in_(some)
        rows = work.session.execute(delete(OutboxLetter).where(*theirs, *waits).returning(*columns)).all()
        links.take_back(work, *(row.id for row in rows))
        found += [(letters.unpack(kind, row.fields), row.due_at) for row in rows]
    return found


def hold_back(work: Work, about_ids: Iterable[UUID], *, besides: Collection[type[Letter]] = ()) -> None:
    """Step: letters about these that have not left never go; links that are in mailboxes stay good.

    Letters of the kinds `besides` go all the same.
    """
    held = OutboxLetter.kind.not_in([letter.kind for letter in besides])
    for some in batched(about_ids):
        waiting = OutboxLetter.about_id.in_(some), held, OutboxLetter.state != Sending.SENT
        gone = work.session.scalars(delete(OutboxLetter).where(*waiting).returning(OutboxLetter.id)).all()
        links.take_back(work, *gone)


def refile(work: Work, whole_of: Mapping[UUID, UUID]) -> None:
    """Step: letters about what goes are about what it was part of, so that they are forgotten with that."""
    for whole in set(whole_of.values()):
        for some in batched([part for part, its_whole in whole_of.items() if its_whole == whole]):
            theirs = update(OutboxLetter).where(OutboxLetter.about_id.in_(some))
            work.session.execute(theirs.values(about_id=whole))


def forget_old(actor: Actor) -> None:
    """Delete letters that left long ago, or never will; of some, nobody has said what to do about them."""
    with transaction(actor) as work:
        ended = OutboxLetter.state.in_([Sending.SENT, Sending.FAILED, Sending.UNCERTAIN, Sending.OVERTAKEN])
        old = OutboxLetter.queued_at < work.now - KEPT
        _delete(work, ended, old)


def merge(work: Work, from_id: UUID, into_id: UUID) -> None:
    """Step: the letters about one entry of a person are about the other."""
    theirs = update(OutboxLetter).where(OutboxLetter.person_id == from_id)
    work.session.execute(theirs.values(person_id=into_id))


def may_resend(row: OutboxLetter) -> bool:
    """Note that nobody knows whether the letter was taken; tells whether it is sent again by itself."""
    row.doubts += 1
    return not letters.asks_if_uncertain(row.kind) and row.doubts <= RESENDS


def is_anything_due(session: Session, now: datetime) -> bool:
    """Tell whether a worker has letters to carry; asked without a write, so idling costs little."""
    lost = and_(OutboxLetter.state == Sending.HANDING, OutboxLetter.leased_until < now)
    return bool(session.scalar(select(select(OutboxLetter.id).where(or_(_due(now), lost)).exists())))


def _due(now: datetime) -> ColumnElement[bool]:
    waiting = OutboxLetter.state.in_([Sending.QUEUED, Sending.RETRY])
    dropped = and_(OutboxLetter.state == Sending.LEASED, OutboxLetter.leased_until < now)
    return or_(and_(waiting, OutboxLetter.due_at <= now), dropped)


def _settle_lost(work: Work) -> None:
    lost = and_(OutboxLetter.state == Sending.HANDING, OutboxLetter.leased_until < work.now)
    for row in work.session.scalars(select(OutboxLetter).where(lost).with_for_update(skip_locked=True)):
        links.hand_over(work, row.id)
        row.state, row.due_at = Sending.RETRY if may_resend(row) else Sending.UNCERTAIN, work.now
        row.leased_by, row.leased_until = None, None
        tell(work, row)
