"""Calls that programs may repeat without a second effect (T-59)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.db import Base, insert_into
from kinkeeper.kernel.errors import Conflict, Invalid
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import transaction

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work

MARK = "idempotency/mark"
"""The label of the key that marks what was asked: one that outlives the house's secret, as the rows may."""
KEPT = timedelta(hours=24)
"""How long a call can be repeated."""
UNDER_WAY = timedelta(minutes=1)
"""How long after its effect an answer may still be on its way into the row."""


class RepeatableCall(Base):
    """A call that named an Idempotency-Key: that it had its effect, and what was answered."""

    __tablename__ = "repeatable_call"

    caller_id: Mapped[UUID] = mapped_column(primary_key=True)
    """An account, or the person whose mailed link was followed."""
    key_digest: Mapped[bytes] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes]
    """Of method, address and body: the same key for something else is a mistake.

    It is a keyed mark, as `key_digest` is: what can be asked can be guessed, such as which wish is bought.
    """
    at: Mapped[datetime] = mapped_column(index=True)
    """When its effect was committed: the row is written in the same transaction."""
    answer_sealed: Mapped[bytes | None]
    """Status, headers and body, which may hold a secret that is shown once.

    Padded: they may hold a match, too, whose name and wishes have a length of their own.
    """


class KeyReused(Invalid):
    """The same key came with another call."""

    code = "IDEMPOTENCY_KEY_REUSED"
    message = mark("This Idempotency-Key was used for another call. Please take a new one for each.")


class KeyInUse(Conflict):
    """The same call is under way."""

    code = "IDEMPOTENCY_KEY_IN_USE"
    message = mark("The same call is under way. Please try again in a moment.")
    retry_after = 1


class AnswerLost(Conflict):
    """Its effect is there, and nobody wrote down what was answered: the house was killed in between."""

    code = "idempotency.answer_lost"
    message = mark("This was done, but what was answered is lost. Please look at what is there now.")


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls, by which key, and for what."""

    caller_id: UUID
    key_digest: bytes
    fingerprint: bytes

    @classmethod
    def of(cls, caller_id: UUID, key: str, *asked: bytes) -> Call:
        """Answer the call by what stands in it."""
        ours = crypto.keys()
        return cls(caller_id, ours.mac(MARK, b"key", key.encode()), ours.mac(MARK, b"call", *asked))

    @property
    def bound_to(self) -> bytes:
        """What its answer is sealed for."""
        return self.caller_id.bytes + self.key_digest


def note_effect(work: Work, call: Call) -> None:
    """Step: write down that the call has its effect; raises KeyInUse where it had it a moment ago."""
    work.session.execute(delete(RepeatableCall).where(*_is(call), RepeatableCall.at < work.now - KEPT))
    row = insert_into(work.session, RepeatableCall).values(
        caller_id=call.caller_id, key_digest=call.key_digest, fingerprint=call.fingerprint, at=work.now
    )
    noted = work.session.execute(row.on_conflict_do_nothing().returning(RepeatableCall.at))
    if noted.first() is None:
        raise KeyInUse


def answer_to(session: Session, call: Call, now: datetime) -> bytes | None:
    """Answer what was answered before; None where the call has had no effect yet.

    Raises KeyReused, KeyInUse or AnswerLost.
    """
    row = session.execute(select(RepeatableCall).where(*_is(call))).scalar_one_or_none()
    if row is None or row.at < now - KEPT:
        return None
    if row.fingerprint != call.fingerprint:
        raise KeyReused
    if row.answer_sealed is not None:
        plain = crypto.keys().unseal("idempotency", row.answer_sealed, bound_to=call.bound_to)
        return crypto.unpadded(plain)
    raise KeyInUse if now - row.at < UNDER_WAY else AnswerLost


def keep_answer(call: Call, answer: bytes) -> None:
    """Write down what was answered, in a transaction of its own: the effect is there already."""
    with transaction(SYSTEM) as work:
        sealed = crypto.keys().seal("idempotency", crypto.padded(answer), bound_to=call.bound_to)
        work.session.execute(update(RepeatableCall).where(*_is(call)).values(answer_sealed=sealed))


def forget_old(actor: Actor) -> None:
    """Delete calls that nobody repeats any more."""
    with transaction(actor) as work:
        work.session.execute(delete(RepeatableCall).where(RepeatableCall.at < work.now - KEPT))


def _is(call: Call) -> tuple[ColumnElement[bool], ...]:
    return RepeatableCall.caller_id == call.caller_id, RepeatableCall.key_digest == call.key_digest
