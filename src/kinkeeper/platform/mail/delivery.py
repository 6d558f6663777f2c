"""Delivery: claims letters, hands each to a transport, and writes down what happened (4.1).

`handing` is committed before the first byte leaves and the result after the answer. The result of one
letter shares its commit with the `handing` of the next, so a kill leaves at most one uncertain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import Unavailable
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import codes, links
from kinkeeper.platform.mail import letters, outbox
from kinkeeper.platform.mail.outbox import HANDING_LEASE, OutboxLetter, Sending
from kinkeeper.platform.mail.replies import status_alone, without_secrets
from kinkeeper.platform.mail.transports import Deferred, Receipt, Refused, Unreachable, Unsure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from kinkeeper.kernel.work import Work
    from kinkeeper.platform.mail.transports import Transport

BATCH = 50
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
HORIZON = timedelta(hours=72)
"""A letter that cannot be handed over for this long has failed."""

PAUSE = timedelta(seconds=30)
"""How long a worker lets all letters wait after the carrier could not be reached."""

LONGEST_LINE = 76
"""Characters in a line with an encoded word (RFC 2047 2)."""

log = structlog.get_logger(__name__)


_STOP, _ONE_CLICK = "List-Unsubscribe", "List-Unsubscribe-Post"


class _Wire(EmailPolicy):
    """Writes a subject so that every word of it arrives, and an address so that it stays one.

    The standard library's own folding leaves out the space between two encoded words that stand side by
    side, as in "für Söhne"; mail programs then show one word. `Header` encodes the spaces, too. And it
    makes encoded words of an address that is longer than a line, which nothing can follow (RFC 2369 2).
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """Answer the header as the bytes of its lines."""
        if name == _STOP:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        is_plain = value.isascii() and len(f"{name}: {value}") <= LONGEST_LINE
        if name != "Subject" or is_plain:
            return super().fold_binary(name, value)
        header = Header(str(value), "utf-8", maxlinelen=LONGEST_LINE, header_name=name)
        return f"{name}: {header.encode(linesep=self.linesep)}{self.linesep}".encode("ascii")


_WIRE = _Wire(linesep="\r\n", cte_type="7bit")  # no server on the way need know 8BITMIME


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter on its way, as the transport needs it."""

    letter_id: UUID
    fence: int
    message: EmailMessage
    once: str
    is_private: bool = False
    """Whether it says what no row holds."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a transport answered for one envelope."""

    envelope: Envelope
    result: Receipt | Refused | Deferred | Unsure | Unreachable


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many letters of a batch were handed over, and how long to wait before the next batch."""

    sent: int
    pause: timedelta


def deliver_due(
    transport: Transport, *, sender: str, worker: str, rng: Random, stopping: Callable[[], bool]
) -> Delivered:
    """Send the letters that are due, at most one batch.

    `stopping` is asked before each: letters that are not begun by then are due for whoever comes next.
    """
    with transaction(SYSTEM) as work:
        claimed = outbox.claim(work, worker, BATCH)
    done: Attempt | None = None
    sent, pause = 0, timedelta(0)
    try:
        for letter_id, fence in claimed:
            if stopping():
                break
            with transaction(SYSTEM) as work:
                _settle(work, done, transport.name, rng)
                envelope = _hand(work, letter_id, fence, sender, rng)
            done = None
            if envelope is not None:
                done = Attempt(envelope, _try(transport, envelope))
                sent += isinstance(done.result, Receipt)
                if isinstance(done.result, Unreachable):
                    pause = PAUSE
                    break
    finally:
        if claimed:
            _end_batch(worker, done, transport.name, rng)
    return Delivered(sent, pause)


def compose(row: OutboxLetter, sender: str, late: Mapping[str, object] | None = None) -> EmailMessage:
    """Write the letter out as a message; equal at every attempt, its link included, but for what is late."""
    letter = letters.unpack(row.kind, row.fields)
    rendered = letters.render(letter, link_of(row), code_of(row), late)
    message = EmailMessage(policy=_WIRE)
    message["From"] = sender
    message["To"] = row.to
    # What looks like an encoded word would be decoded, line breaks and all, into headers of its own.
    message["Subject"] = rendered.subject.replace("=?", "= ?")
    message["Message-ID"] = row.message_id
    message["Date"] = format_datetime(row.queued_at)
    message["Auto-Submitted"] = "auto-generated"
    _offer_stop(message, letters.stop_address(letter))
    message.set_content(rendered.text)
    message.add_alternative(inlined(rendered.html), subtype="html")
    message.set_boundary(f"=_{row.id.hex}")  # made up anew at every attempt otherwise
    return message


def _offer_stop(message: EmailMessage, address: str | None) -> None:
    """Let mail programs show their own button; one click is for https only (RFC 8058 3.1)."""
    if address is None:
        return
    message[_STOP] = f"<{address}>"
    if address.startswith("https:"):
        message[_ONE_CLICK] = "List-Unsubscribe=One-Click"


def link_of(row: OutboxLetter) -> str | None:
    """Derive the whole address that the letter's link leads to."""
    letter = letters.unpack(row.kind, row.fields)
    order = letter.link()
    if order is None:
        return None
    secret = links.secret_for(row.id, order.purpose, order.subject_id, row.key_id)
    return f"{letters.base_url()}{order.page}/{secret}"


def code_of(row: OutboxLetter) -> str:
    """Derive the code that can be typed instead; empty where no browser waits for one."""
    order = letters.unpack(row.kind, row.fields).link()
    if order is None or order.asked_by is None:
        return ""
    return codes.code_for(row.id, order.purpose, order.subject_id, row.key_id)


def inlined(html: str) -> str:
    """Move the style sheet into the elements: many mail programs drop it otherwise."""
    import css_inline  # noqa: PLC0415 - import diet: only who sends letters pays

    return css_inline.inline(html, load_remote_stylesheets=False, keep_style_tags=True)


def _hand(work: Work, letter_id: UUID, fence: int, sender: str, rng: Random) -> Envelope | None:
    """Mark the letter as being handed over; None where it has another worker, no use, or no words."""
    row = work.session.get(OutboxLetter, letter_id, with_for_update=True)
    if row is None or row.fence != fence or row.state is not Sending.LEASED:
        return None
    if links.is_void(work.session, row.id):
        row.state, row.leased_by, row.leased_until = Sending.OVERTAKEN, None, None
        outbox.tell(work, row)
        return None
    row.state, row.attempts = Sending.HANDING, row.attempts + 1
    row.leased_until = work.now + HANDING_LEASE
    try:
        late = letters.look_up(work.session, row.kind, row.fields)
        return Envelope(row.id, fence, compose(row, sender, late), row.once, is_private=bool(late))
    except Exception as defect:  # the letters behind it must not wait for the next upgrade
        log.exception("letter cannot be written", letter=str(letter_id), kind=row.kind)
        row.leased_by, row.leased_until, row.last_error = None, None, type(defect).__name__
        _again_later(work, row, rng)
        outbox.tell(work, row)
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
        plain = status_alone if done.envelope.is_private else without_secrets
        row.last_error = plain(str(done.result))[:500]
        _after_trouble[type(done.result)](work, row, rng)
    outbox.tell(work, row)


def _end_batch(worker: str, done: Attempt | None, carrier: str, rng: Random) -> None:
    """Write down the last result, and give back what was not begun.

    Each by itself where that fails: what holds other letters up must not have this one sent twice.
    """
    try:
        with transaction(SYSTEM) as work:
            _settle(work, done, carrier, rng)
            outbox.release(work, worker)
    except Unavailable:
        with transaction(SYSTEM) as work:
            _settle(work, done, carrier, rng)
        with transaction(SYSTEM) as work:
            outbox.release(work, worker)


def _give_up(work: Work, row: OutboxLetter, _rng: Random) -> None:
    row.state = Sending.FAILED
    links.take_back(work, row.id)


def _again_later(work: Work, row: OutboxLetter, rng: Random) -> None:
    """Wait 1, 2, 4 … minutes, an hour at most, a little of it by chance; give up after the horizon."""
    wait = min(FIRST_WAIT * 2 ** min(row.attempts - 1, 10), LONGEST_WAIT)
    due_at = work.now + wait * (0.8 + 0.4 * rng.random())
    if due_at > row.queued_at + HORIZON:
        _give_up(work, row, rng)
    else:
        row.state, row.due_at = Sending.RETRY, due_at


def _unsure(work: Work, row: OutboxLetter, rng: Random) -> None:
    if outbox.may_resend(row):
        _again_later(work, row, rng)
    else:
        row.state = Sending.UNCERTAIN


_after_trouble: dict[type, Callable[[Work, OutboxLetter, Random], None]] = {
    Refused: _give_up,
    Deferred: _again_later,
    Unreachable: _again_later,
    Unsure: _unsure,
}
