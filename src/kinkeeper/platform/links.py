"""One-time links: made so that no live secret ever lies in the database (T-1, T-4, T-6).

A mailed link's secret is derived from the outbox row it travels in, at the moment of sending; only
its SHA-256 is stored. It is the same at every attempt, and its life starts when the letter is first
handed to the mail server, so that an outage does not deliver dead links.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel import crypto
from kinkeeper.kernel.db import Base, batched, new_id
from kinkeeper.kernel.errors import Gone, NotFound
from kinkeeper.kernel.roles import HOUSE
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work

KEPT_AFTER_END = timedelta(days=30)
"""Dead links are remembered for a while, so that their page can say what became of them."""

ASKED_AGAIN_AFTER = timedelta(minutes=5)
"""Whoever asks for a link again sooner finds the last one in the mailbox, unless it was used (T-9, T-59)."""


class UnknownLink(NotFound):
    """No such link was ever made, or it is long forgotten."""

    code = "link.unknown"
    message = mark("This link does not work. Perhaps it was cut in two by the mail program.")


class UsedLink(Gone):
    """It worked once, which is all it could."""

    code = "link.used"
    message = mark("This link was used already. Each link works once only.")


class ExpiredLink(Gone):
    """Its time is over, or a newer one took its place."""

    code = "link.expired"
    message = mark("This link has expired.")


@dataclass(frozen=True, slots=True)
class LinkOrder:
    """A link that a letter asks for: what it opens, for whom, for how long, and on which page.

    `page` is a path; the secret is its last part.
    """

    purpose: str
    subject_id: UUID
    lasts: timedelta
    page: str
    reader_id: UUID | None = None
    """Whose mailbox it goes to, where it ends with that: a child's is its guardian's."""
    asked_by: bytes | None = None
    """Digest of the secret of the browser that asked: the letter carries a code for it (codes.py)."""


class Link(Base):
    """What is kept of a link: enough to know it again, nothing to use it."""

    __tablename__ = "link"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    subject_id: Mapped[UUID] = mapped_column(index=True)
    digest: Mapped[bytes] = mapped_column(unique=True)
    lasts_seconds: Mapped[int]
    ends_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it stops working; None while its letter has not left the house."""
    used_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    reader_id: Mapped[UUID | None] = mapped_column(index=True)
    """Whose mailbox it went to: whoever has what it is about later is not let in by it."""
    asked_by: Mapped[bytes | None] = mapped_column(index=True)
    """Which browser may type the letter's code; none once it did."""
    key_id: Mapped[bytes | None]
    """The master secret that its letter derives secret and code from; none where it came by no letter."""


_CAN_BE_USED = and_(Link.voided_at.is_(None), or_(Link.used_at.is_(None), Link.asked_by.is_not(None)))
"""Time aside; of a used link the code may be left."""

# Hot: every letter with a link says it, so the statement is built once.
_VOID = (
    update(Link)
    .where(
        Link.purpose == bindparam("of"),
        Link.subject_id.in_(bindparam("subjects", expanding=True)),
        _CAN_BE_USED,
    )
    .values(voided_at=bindparam("now"))
    .execution_options(synchronize_session=False)  # nobody looks at a link that they have just ended
)

_VOID_READ = _VOID.where(
    or_(Link.reader_id.is_(None), Link.reader_id.in_(bindparam("readers", expanding=True)))
)


def promise(work: Work, orders: Mapping[UUID, LinkOrder], *, key_id: bytes | None = None) -> None:
    """Step: prepare the links that letters will carry, by letter; older ones of their kind die.

    `key_id` names the master secret that the letters derive them from, by default the present one.
    Of a child's two guardians each has a link that works: what one asks for ends none of the other's.
    """
    for purpose in {order.purpose for order in orders.values()}:
        alike = [order for order in orders.values() if order.purpose == purpose]
        void(work, purpose, *{order.subject_id for order in alike if order.reader_id is None})
        _void_read(work, purpose, [order for order in alike if order.reader_id is not None])
    keys = crypto.keys_of(key_id)
    if rows := [_row(letter_id, order, keys.key_id) for letter_id, order in orders.items()]:
        work.session.execute(insert(Link), rows)


def revive(work: Work, letter_id: UUID, order: LinkOrder, *, key_id: bytes | None = None) -> None:
    """Step: a letter is sent anew by a person's word; its unused link lives again from the hand-over."""
    link = work.session.get(Link, letter_id)
    if link is None:  # it is forgotten since long, and so are its rivals
        promise(work, {letter_id: order}, key_id=key_id)
    elif link.used_at is None and link.voided_at is None:
        link.ends_at = None


def derive_anew(work: Work, letter_ids: Iterable[UUID]) -> None:
    """Step: the links of these letters have secrets from the present master; what they had opens nothing."""
    for some in batched(letter_ids):
        for link in work.session.scalars(select(Link).where(Link.id.in_(some)).with_for_update()):
            link.key_id = crypto.keys().key_id
            secret = secret_for(link.id, link.purpose, link.subject_id, link.key_id)
            link.digest = crypto.token_digest(secret)


def take_back(work: Work, *letter_ids: UUID) -> None:
    """Step: these letters will not leave; the links that were promised with them end, and are forgotten."""
    for some in batched(letter_ids):
        promised = update(Link).where(Link.id.in_(some), Link.ends_at.is_(None))
        work.session.execute(promised.values(ends_at=work.now))


def issue(work: Work, purpose: str, lasts: timedelta) -> str:
    """Step: make a link that is shown at once (on the console), and answer its secret."""
    void(work, purpose, HOUSE)  # it is about the house itself
    secret = crypto.new_token()
    link = Link(
        id=new_id(),
        purpose=purpose,
        subject_id=HOUSE,
        digest=crypto.token_digest(secret),
        lasts_seconds=int(lasts.total_seconds()),
        ends_at=work.now + lasts,
    )
    work.session.add(link)
    return secret


def secret_for(letter_id: UUID, purpose: str, subject_id: UUID, key_id: bytes | None = None) -> str:
    """Derive the secret that the letter carries: HMAC-SHA-256 over letter, purpose and subject."""
    mac = crypto.keys_of(key_id).mac("link", letter_id.bytes, purpose.encode(), subject_id.bytes)
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def hand_over(work: Work, letter_id: UUID) -> None:
    """Step: the letter has left the house, or may have, for the first time: its link begins to live."""
    link = work.session.get(Link, letter_id)
    if link is not None and link.ends_at is None:
        link.ends_at = work.now + timedelta(seconds=link.lasts_seconds)


def is_void(session: Session, letter_id: UUID) -> bool:
    """Tell whether the letter's link was ended before anybody used it, so that it would open nothing."""
    link = session.get(Link, letter_id)
    return link is not None and link.voided_at is not None


def note_answer(work: Work, purpose: str, subject_id: UUID, *, reader_id: UUID) -> None:
    """Step: what a mailed link asks was answered on a page: keep it as a link that was followed."""
    answered = Link(
        id=new_id(),
        purpose=purpose,
        subject_id=subject_id,
        digest=crypto.token_digest(crypto.new_token()),
        lasts_seconds=0,
        ends_at=work.now,
        used_at=work.now,
        reader_id=reader_id,
    )
    work.session.add(answered)


def void(work: Work, purpose: str, *subject_ids: UUID) -> None:
    """Step: end every unused link of this purpose and these subjects (T-7, T-9)."""
    for some in batched(subject_ids):
        work.session.execute(_VOID, {"of": purpose, "subjects": some, "now": work.now})


def void_all(work: Work, *subject_ids: UUID) -> None:
    """Step: end every unused link of these subjects, whatever it opens: they are no more."""
    for some in batched(subject_ids):
        alive = update(Link).where(Link.subject_id.in_(some), _CAN_BE_USED)
        work.session.execute(alive.values(voided_at=work.now))


def void_read(work: Work, reader_id: UUID) -> None:
    """Step: end every unused link that went to a mailbox which is not this person's any more (T-7)."""
    theirs = update(Link).where(Link.reader_id == reader_id, _CAN_BE_USED)
    work.session.execute(theirs.values(voided_at=work.now))


def still_works(order: LinkOrder, now: datetime) -> ColumnElement[bool]:
    """Answer the condition that a link of this order can be used now, or once its letter has left."""
    is_such = Link.purpose == order.purpose, Link.subject_id == order.subject_id
    return and_(*is_such, Link.reader_id == order.reader_id, is_alive(now))


def is_alive(now: datetime) -> ColumnElement[bool]:
    """Answer the condition that a link can be used now, or once its letter has left."""
    can_be_used = Link.used_at.is_(None), Link.voided_at.is_(None)
    return and_(*can_be_used, or_(Link.ends_at.is_(None), Link.ends_at > now))


def look_at(session: Session, purpose: str, token: str, now: datetime) -> UUID:
    """Answer the subject of a link that could be used now, or raise what is wrong with it."""
    link = _find(session, purpose, token)
    _check(link, now)
    return link.subject_id


def consume(work: Work, purpose: str, token: str, *, browser: bytes | None = None) -> UUID:
    """Step: use the link up and answer its subject; of two at the same moment one wins (T-4).

    The row is locked before it is judged: a newer link may be ending it in the same moment (T-7). In the
    `browser` that asked for it, the letter's code ends, too: whoever is in needs it no more.
    """
    link = _find(work.session, purpose, token, for_change=True)
    _check(link, work.now)
    link.used_at = work.now
    if link.asked_by == browser:
        link.asked_by = None
    return link.subject_id


def subject_of(session: Session, purpose: str, token: str) -> UUID:
    """Answer whom a link was for, dead or alive: a dead link's page offers a new one."""
    return _find(session, purpose, token).subject_id


def reader_of(session: Session, purpose: str, token: str) -> UUID | None:
    """Answer whose mailbox a link went to."""
    return _find(session, purpose, token).reader_id


def forget_about(work: Work, subject_ids: Iterable[UUID]) -> None:
    """Step: delete every link about these, dead or alive: nobody is there to be told what became of it."""
    for some in batched(subject_ids):
        work.session.execute(delete(Link).where(Link.subject_id.in_(some)))


def forget_dead(actor: Actor) -> None:
    """Delete links that ended long ago."""
    with transaction(actor) as work:
        long_ago = work.now - KEPT_AFTER_END
        dead = or_(Link.ends_at < long_ago, Link.voided_at < long_ago)
        work.session.execute(delete(Link).where(dead))


def _void_read(work: Work, purpose: str, orders: list[LinkOrder]) -> None:
    """End what these readers have, and no others."""
    for some in batched(orders):
        facts = {"subjects": {order.subject_id for order in some}, "now": work.now, "of": purpose}
        work.session.execute(_VOID_READ, {**facts, "readers": {order.reader_id for order in some}})


def _row(letter_id: UUID, order: LinkOrder, key_id: bytes) -> dict[str, Any]:
    secret = secret_for(letter_id, order.purpose, order.subject_id, key_id)
    return {
        "id": letter_id,
        "purpose": order.purpose,
        "subject_id": order.subject_id,
        "digest": crypto.token_digest(secret),
        "lasts_seconds": int(order.lasts.total_seconds()),
        "reader_id": order.reader_id,
        "asked_by": order.asked_by,
        "key_id": key_id,
    }


def _check(link: Link, now: datetime) -> None:
    if link.used_at is not None:
        raise UsedLink
    if link.voided_at is not None or (link.ends_at is not None and link.ends_at <= now):
        raise ExpiredLink


def _find(session: Session, purpose: str, token: str, *, for_change: bool = False) -> Link:
    digest = crypto.token_digest(token)
    query = select(Link).where(Link.digest == digest, Link.purpose == purpose)
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    link = session.scalar(query)
    if link is None:
        raise UnknownLink
    return link
