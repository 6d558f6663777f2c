"""Delivery: claims letters, hands each to a transport, and writes down what happened (4.1).

`handing` is committed before the first byte leaves and the result after the answer. The result of one
letter shares its commit with the `handing` of the next, so a kill leaves at most one uncertain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import links
from kinkeeper.platform.mail import letters, outbox
from kinkeeper.platform.mail.outbox import LEASE, OutboxLetter, Outcome, Sending
from kinkeeper.platform.mail.transports import Deferred, Receipt, Refused, Unreachable, Unsure

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from kinkeeper.kernel.work import Work
    from kinkeeper.platform.mail.transports import Transport

BATCH = 50
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
HORIZON = timedelta(hours=72)
"""A letter that cannot be handed over for this long has failed."""

_WIRE = policy.SMTP.clone(cte_type="7bit")  # no server on the way need know 8BITMIME

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter on its way, as the transport needs it."""

    letter_id: UUID
    fence: int
    message: EmailMessage
    once: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a transport answered for one envelope."""

    envelope: Envelope
    result: Receipt | Refused | Deferred | Unsure | Unreachable


def deliver_due(transport: Transport, *, sender: str, worker: str, rng: Random) -> int:
    """Send the letters that are due, at most one batch; answers how many were handed over."""
    with transaction(SYSTEM) as work:
        claimed = outbox.claim(work, worker, BATCH)
    done: Attempt | None = None
    sent = 0
    for letter_id, fence in claimed:
        with transaction(SYSTEM) as work:
            _settle(work, done, transport.name, rng)
            envelope = _hand(work, letter_id, fence, sender, rng)
        done = None
        if envelope is not None:
            done = Attempt(envelope, _try(transport, envelope))
            sent += isinstance(done.result, Receipt)
            if isinstance(done.result, Unreachable):
                break
    if claimed:
        with transaction(SYSTEM) as work:
            _settle(work, done, transport.name, rng)
            outbox.release(work, worker)
    return sent


def compose(row: OutboxLetter, sender: str) -> EmailMessage:
    """Write the letter out as a message; equal at every attempt, its link included."""
    letter = letters.unpack(row.kind, row.fields)
    rendered = letters.render(letter, link_of(row))
    message = EmailMessage(policy=_WIRE)
    message["From"] = sender
    message["To"] = row.to
    # What looks like an encoded word would be decoded, line breaks and all, into headers of its own.
    message["Subject"] = rendered.subject.replace("=?", "= ?")
    message["Message-ID"] = row.message_id
    message["Date"] = format_datetime(row.queued_at)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(rendered.text)
    message.add_alternative(inlined(rendered.html), subtype="html")
    message.set_boundary(f"=_{row.id.hex}")  # made up anew at every attempt otherwise
    return message


def link_of(row: OutboxLetter) -> str | None:
    """Derive the whole address that the letter's link leads to."""
    letter = letters.unpack(row.kind, row.fields)
    order = letter.link()
    if order is None:
        return None
    return letters.base_url() + letter.page(links.secret_for(row.id, order.purpose, order.subject_id))


def inlined(html: str) -> str:
    """Move the style sheet into the elements: many mail programs drop it otherwise."""
    import css_inline  # noqa: PLC0415 - import diet: only who sends letters pays

    return css_inline.inline(html, load_remote_stylesheets=False, keep_style_tags=True)


def _hand(work: Work, letter_id: UUID, fence: int, sender: str, rng: Random) -> Envelope | None:
    """Mark the letter as being handed over; None where another worker has it, or it cannot be written."""
    row = work.session.get(OutboxLetter, letter_id, with_for_update=True)
    if row is None or row.fence != fence or row.state is not Sending.LEASED:
        return None
    row.state, row.attempts, row.leased_until = Sending.HANDING, row.attempts + 1, work.now + LEASE
    try:
        return Envelope(row.id, fence, compose(row, sender), row.once)
    except Exception as defect:  # the letters behind it must not wait for the next upgrade
        log.exception("letter cannot be written", letter=str(letter_id), kind=row.kind)
        row.leased_by, row.leased_until, row.last_error = None, None, type(defect).__name__
        _again_later(work, row, rng)
        return None


def _try(transport: Transport, envelope: Envelope) -> Receipt | Refused | Deferred | Unsure | Unreachable:
    try:
        return transport.send(envelope.message, once=envelope.once)
    except (Refused, Deferred, Unsure, Unreachable) as trouble:
        log.warning("letter not handed over", letter=str(envelope.letter_id), why=type(trouble).__name__)
        return trouble
    except Exception as defect:  # a defect of ours: nobody knows how far it got
        log.exception("letter not handed over", letter=str(envelope.letter_id))
        transport.close()
        return Unsure(type(defect).__name__)


def _settle(work: Work, done: Attempt | None, carrier: str, rng: Random) -> None:
    """Write down what became of an attempt, unless the letter was taken over meanwhile."""
    if done is None:
        return
    row = work.session.get(OutboxLetter, done.envelope.letter_id, with_for_update=True)
    if row is None or row.fence != done.envelope.fence or row.state is not Sending.HANDING:
        return
    row.leased_by, row.leased_until, row.carrier = None, None, carrier
    if isinstance(done.result, Receipt | Unsure):
        links.hand_over(work, row.id)
    if isinstance(done.result, Receipt):
        row.state, row.sent_at, row.last_error = Sending.SENT, work.now, None
        row.provider_id = done.result.provider_id
    else:
        row.last_error = str(done.result)[:500]
        _after_trouble[type(done.result)](work, row, rng)


def _refused(_work: Work, row: OutboxLetter, _rng: Random) -> None:
    row.state, row.outcome = Sending.FAILED, Outcome.REFUSED


def _again_later(work: Work, row: OutboxLetter, rng: Random) -> None:
    """Wait 1, 2, 4 … minutes, an hour at most, a little of it by chance; give up after the horizon."""
    wait = min(FIRST_WAIT * 2 ** min(row.attempts - 1, 10), LONGEST_WAIT)
    due_at = work.now + wait * (0.8 + 0.4 * rng.random())
    if due_at > row.queued_at + HORIZON:
        row.state = Sending.FAILED
    else:
        row.state, row.due_at = Sending.RETRY, due_at


def _unsure(work: Work, row: OutboxLetter, rng: Random) -> None:
    if letters.kinds()[row.kind].if_uncertain == "ask":
        row.state = Sending.UNCERTAIN
    else:
        _again_later(work, row, rng)


_after_trouble: dict[type, Callable[[Work, OutboxLetter, Random], None]] = {
    Refused: _refused,
    Deferred: _again_later,
    Unreachable: _again_later,
    Unsure: _unsure,
}
