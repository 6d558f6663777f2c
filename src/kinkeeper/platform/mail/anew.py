"""Letters that wait while every link to what they tell of is ended: taken back, to be posted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from kinkeeper.platform import links
from kinkeeper.platform.mail import letters
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending

if TYPE_CHECKING:
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
