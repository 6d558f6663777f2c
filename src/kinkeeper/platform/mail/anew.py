"""Letters that wait while the links to what they tell of are ended: taken back, to be posted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, select

from kinkeeper.kernel.db import new_id
from kinkeeper.platform import links
from kinkeeper.platform.mail import letters
from kinkeeper.platform.mail.outbox import OutboxLetter, Posting, Sending, post_all

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kinkeeper.kernel.work import Work
    from kinkeeper.platform.mail.letters import Letter

_ON_THEIR_WAY = (Sending.QUEUED, Sending.LEASED, Sending.HANDING, Sending.RETRY)


def end_links(work: Work, subject_id: UUID) -> list[Letter]:
    """Step: end every link to something; answers, oldest first, the letters that waited with one.

    They do not go any more: post again those whose news is still due, and they carry new links. Of one
    that is being handed over at this moment nobody knows whether it left: it may come twice, which is
    better than not at all, or with a link that nobody can end.
    """
    works = select(links.Link.id).where(links.Link.subject_id == subject_id, links.is_alive(work.now))
    waiting = OutboxLetter.id.in_(works), OutboxLetter.state.in_(_ON_THEIR_WAY)
    columns = OutboxLetter.queued_at, OutboxLetter.id, OutboxLetter.kind, OutboxLetter.fields
    rows = work.session.execute(delete(OutboxLetter).where(*waiting).returning(*columns)).all()
    links.void_all(work, subject_id)
    in_order = sorted(rows, key=lambda row: (row.queued_at, row.id))
    return [letters.unpack(row.kind, row.fields) for row in in_order]


def send_on(
    work: Work, reader_id: UUID, before: str | None, *, to: str | None, heir_id: UUID | None = None
) -> None:
    """Step: somebody's mailbox is not theirs any more: no link opens that went there (T-7).

    What waits to go there goes `to` the one that they have now, with new links; where another entry of
    theirs takes over, as its letters. What waits for somebody else's mailbox on their word never goes.
    Lock what the letters are about first: whoever follows a link locks it, then the link, then people.
    """
    heir_id = heir_id or reader_id
    postings = [
        Posting(
            letters.unpack(row.kind, row.fields | {"to": to, "reader_id": str(heir_id)}),
            about=new_id(),
            person_id=heir_id if row.person_id == reader_id else row.person_id,
            due_at=row.due_at,
        )
        for row in _take_back(work, reader_id)
        if to is not None and row.fields["to"] == before
    ]
    links.void_read(work, reader_id)
    post_all(work, postings)


def _take_back(work: Work, reader_id: UUID) -> Sequence[Any]:
    """Delete what waits for a reader, but for what nobody needs any more; answers it, oldest first."""
    row = OutboxLetter
    theirs = row.fields["reader_id"].as_string() == str(reader_id), row.state.in_(_ON_THEIR_WAY)
    overtaken = exists().where(links.Link.id == row.id, ~links.is_alive(work.now))
    columns = row.queued_at, row.id, row.kind, row.fields, row.person_id, row.due_at
    rows = work.session.execute(delete(row).where(*theirs, ~overtaken).returning(*columns)).all()
    return sorted(rows, key=lambda row: (row.queued_at, row.id))
