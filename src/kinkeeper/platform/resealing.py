"""Bringing what is sealed under the present master secret, a batch at a time (ADR 24).

Nobody waits for it: a row that somebody is at is left for the next pass, and a pass that was cut off is
simply begun again, as each value tells under which key it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, or_, select, tuple_, update
from sqlalchemy import inspect as mapping_of

from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.crypto import BrokenSeal, UnknownKey
from kinkeeper.kernel.db import batched
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import links
from kinkeeper.platform.links import Link
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.engine import Row
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from kinkeeper.kernel.work import Work

BATCH = 500
"""Rows of one transaction."""
_GONE = (Sending.SENT, Sending.OVERTAKEN, Sending.FAILED)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed column, as its feature lists it: the label, and what of the row its values are bound to."""

    column: InstrumentedAttribute[Any]
    label: str
    bound_to: tuple[InstrumentedAttribute[Any], ...]
    joined: tuple[type[Any], ColumnElement[bool]] | None = None
    """Another table that holds a part of what they are bound to, and how its row is found."""


class Passed(NamedTuple):
    """What a pass over one column did."""

    resealed: int = 0
    unreadable: int = 0
    """Values that open under no key, and did not before: altered, or moved to another row."""


def reseal(sealed: Sealed) -> Passed:
    """Bring a column under the present master, in as many transactions as it takes.

    Raises UnknownKey where a value is under a master that is not here.
    """
    done, after = Passed(), None
    while True:
        with transaction(SYSTEM) as work:
            rows = work.session.execute(_batch(sealed, after)).all()
            passed = _reseal_rows(work, sealed, rows)
        done = Passed(done.resealed + passed.resealed, done.unreadable + passed.unreadable)
        if not rows:
            return done
        after = tuple(rows[-1])[: len(_key(sealed))]


def left_over(session: Session, sealed: Sealed) -> int:
    """Count the values that are not under the present master."""
    older = select(func.count()).select_from(sealed.column.class_).where(_is_older(sealed))
    return session.scalar(older) or 0


def letters_on_their_way(session: Session) -> int:
    """Count the letters whose links and codes may have to be derived from an older master still."""
    older = OutboxLetter.key_id != crypto.keys().key_id, OutboxLetter.state.not_in(_GONE)
    return session.scalar(select(func.count()).select_from(OutboxLetter).where(*older)) or 0


def bring_letters(work: Work) -> None:
    """Step: what will be read here, or sent again, is written with links from the present master.

    So a letter is brought along that the built-in mailbox keeps, or that has failed; one that has left
    stays as it is, as somebody has its link, which is found by what is kept of its secret.
    """
    is_written_again = or_(OutboxLetter.carrier == "mailbox", OutboxLetter.state == Sending.FAILED)
    older = select(OutboxLetter.id).where(OutboxLetter.key_id != crypto.keys().key_id, is_written_again)
    letter_ids = work.session.scalars(older.with_for_update()).all()
    links.derive_anew(work, letter_ids)
    for some in batched(letter_ids):
        theirs = update(OutboxLetter).where(OutboxLetter.id.in_(some))
        work.session.execute(theirs.values(key_id=crypto.keys().key_id))


def codes_to_be_typed(session: Session, now: datetime) -> int:
    """Count the codes from an older master for which some browser still waits."""
    waits = Link.asked_by.is_not(None), Link.voided_at.is_(None), Link.ends_at > now
    older = Link.key_id != crypto.keys().key_id
    return session.scalar(select(func.count()).select_from(Link).where(older, *waits)) or 0


def _batch(sealed: Sealed, after: tuple[Any, ...] | None) -> Select[Any]:
    table, key = sealed.column.class_, _key(sealed)
    rows = select(*key, sealed.column, *sealed.bound_to).where(_is_older(sealed)).select_from(table)
    if sealed.joined is not None:
        rows = rows.join(*sealed.joined)
    if after is not None:
        rows = rows.where(tuple_(*key) > tuple_(*after))
    return rows.order_by(*key).limit(BATCH).with_for_update(of=table, skip_locked=True)


def _is_older(sealed: Sealed) -> ColumnElement[bool]:
    head = crypto.keys().head
    return func.substr(sealed.column, 1, len(head)) != head


def _key(sealed: Sealed) -> Sequence[Any]:
    key: Sequence[Any] = mapping_of(sealed.column.class_).primary_key
    return key


def _reseal_rows(work: Work, sealed: Sealed, rows: Sequence[Row[Any]]) -> Passed:
    ours, width = crypto.keys(), len(_key(sealed))
    changed, unreadable = [], 0
    for row in rows:
        value, *bound_to = row[width:]
        bound = b"".join(map(_bytes_of, bound_to))
        try:
            plain = ours.unseal(sealed.label, value, bound_to=bound)
        except UnknownKey:
            raise
        except BrokenSeal:
            unreadable += 1
            continue
        new = ours.seal(sealed.label, plain, bound_to=bound)
        changed.append({"new": new, **{f"at_{place}": part for place, part in enumerate(row[:width])}})
    if changed:
        work.session.connection().execute(_replacing(sealed), changed)
    return Passed(len(changed), unreadable)


def _replacing(sealed: Sealed) -> Any:  # noqa: ANN401 - SQLAlchemy's classes for it say less than this name
    row = [column == bindparam(f"at_{place}") for place, column in enumerate(_key(sealed))]
    return update(sealed.column.class_).where(*row).values({sealed.column.key: bindparam("new")})


def _bytes_of(part: UUID | bytes | str) -> bytes:
    if isinstance(part, UUID):
        return part.bytes
    return part.encode() if isinstance(part, str) else part
