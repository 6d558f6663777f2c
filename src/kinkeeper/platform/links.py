"""One-time links: made so that no live secret ever lies in the database (T-1, T-4, T-6).

A mailed link's secret is derived from the outbox row it travels in, at the moment of sending; only
its SHA-256 is stored. It is the same at every attempt, and its life starts when the letter is first
handed to the mail server, so that an outage does not deliver dead links.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel import crypto
from kinkeeper.kernel.db import Base, batched, new_id
from kinkeeper.kernel.errors import Gone, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import transaction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work

KEPT_AFTER_END = timedelta(days=30)
"""Dead links are remembered for a while, so that their page can say what became of them."""


HOUSE = UUID(int=0)
"""The subject of a link that is about the house itself."""


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
    """A link that a letter asks for: what it opens, for whom, and for how long."""

    purpose: str
    subject_id: UUID
    lasts: timedelta


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


def promise(work: Work, orders: Mapping[UUID, LinkOrder]) -> None:
    """Step: prepare the links that letters will carry, by letter; older ones of their kind die.

    Letters of one call may share a subject: a child's two guardians each get a link that works.
    """
    for purpose in {order.purpose for order in orders.values()}:
        subjects = {order.subject_id for order in orders.values() if order.purpose == purpose}
        void(work, purpose, *subjects)
    for letter_id, order in orders.items():
        digest = crypto.token_digest(secret_for(letter_id, order.purpose, order.subject_id))
        work.session.add(_link(letter_id, order.purpose, order.subject_id, digest, order.lasts))


def revive(work: Work, letter_id: UUID) -> None:
    """Step: a letter is sent anew by a person's word; its unused link lives again from the hand-over."""
    link = work.session.get(Link, letter_id)
    if link is not None and link.used_at is None and link.voided_at is None:
        link.ends_at = None


def issue(work: Work, purpose: str, lasts: timedelta) -> str:
    """Step: make a link that is shown at once (on the console), and answer its secret."""
    void(work, purpose, HOUSE)
    secret = crypto.new_token()
    link = _link(new_id(), purpose, HOUSE, crypto.token_digest(secret), lasts)
    link.ends_at = work.now + lasts
    work.session.add(link)
    return secret


def secret_for(letter_id: UUID, purpose: str, subject_id: UUID) -> str:
    """Derive the secret that the letter carries: HMAC-SHA-256 over letter, purpose and subject."""
    mac = crypto.keys().mac("link", letter_id.bytes, purpose.encode(), subject_id.bytes)
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def hand_over(work: Work, letter_id: UUID) -> None:
    """Step: the letter has left the house, or may have, for the first time: its link begins to live."""
    link = work.session.get(Link, letter_id)
    if link is not None and link.ends_at is None:
        link.ends_at = work.now + timedelta(seconds=link.lasts_seconds)


def void(work: Work, purpose: str, *subject_ids: UUID) -> None:
    """Step: end every unused link of this purpose and these subjects (T-7, T-9)."""
    for some in batched(subject_ids):
        pending = update(Link).where(
            Link.purpose == purpose,
            Link.subject_id.in_(some),
            Link.used_at.is_(None),
            Link.voided_at.is_(None),
        )
        work.session.execute(pending.values(voided_at=work.now))


def look_at(session: Session, purpose: str, token: str, now: datetime) -> UUID:
    """Answer the subject of a link that could be used now, or raise what is wrong with it."""
    link = _find(session, purpose, token)
    _check(link, now)
    return link.subject_id


def consume(work: Work, purpose: str, token: str) -> UUID:
    """Step: use the link up and answer its subject; of two at the same moment one wins (T-4).

    The row is locked before it is judged: a newer link may be ending it in the same moment (T-7).
    """
    link = _find(work.session, purpose, token, for_change=True)
    _check(link, work.now)
    link.used_at = work.now
    return link.subject_id


def subject_of(session: Session, purpose: str, token: str) -> UUID:
    """Answer whom a link was for, dead or alive: a dead link's page offers a new one."""
    return _find(session, purpose, token).subject_id


def forget_dead(actor: Actor) -> None:
    """Delete links that ended long ago."""
    with transaction(actor) as work:
        long_ago = work.now - KEPT_AFTER_END
        dead = or_(Link.ends_at < long_ago, Link.voided_at < long_ago)
        work.session.execute(delete(Link).where(dead))


def _link(link_id: UUID, purpose: str, subject_id: UUID, digest: bytes, lasts: timedelta) -> Link:
    return Link(
        id=link_id,
        purpose=purpose,
        subject_id=subject_id,
        digest=digest,
        lasts_seconds=int(lasts.total_seconds()),
    )


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
