"""What the administrator does about letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts.permissions import may_see_mailbox
from kinkeeper.kernel.errors import Conflict, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, links
from kinkeeper.platform.mail import letters, outbox
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


class NotStuck(Conflict):
    """Only a letter that failed, or of which nobody knows, needs a person's word."""

    code = "letter.not_stuck"
    message = mark("This letter is on its way, or has arrived. There is nothing to decide.")


def send_again(actor: Actor, letter_id: UUID) -> None:
    """Try a letter once more, from the beginning; raises UnknownLetter where it cannot be written."""
    with transaction(actor) as work:
        row = _stuck(work, letter_id)
        row.state, row.due_at, row.attempts, row.doubts = Sending.QUEUED, work.now, 0, 0
        row.queued_at = work.now  # the horizon counts from here
        order = letters.unpack(row.kind, row.fields).link()
        if order is not None:
            links.revive(work, row.id, order, key_id=row.key_id)
        outbox.tell(work, row)
        audit.record(work, "letter.sent_again", row.id)


def mark_sent(actor: Actor, letter_id: UUID) -> None:
    """Take a person's word that a letter has arrived."""
    with transaction(actor) as work:
        row = _stuck(work, letter_id)
        row.state, row.sent_at = Sending.SENT, work.now
        outbox.tell(work, row)
        audit.record(work, "letter.marked_sent", row.id)


def _stuck(work: Work, letter_id: UUID) -> OutboxLetter:
    work.authorize(may_see_mailbox, None)
    row = work.session.get(OutboxLetter, letter_id, with_for_update=True)
    if row is None:
        raise NotFound
    if row.state not in {Sending.FAILED, Sending.UNCERTAIN}:
        raise NotStuck
    return row
