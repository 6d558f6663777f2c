"""What the administrator may see of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from kinkeeper.features.accounts.permissions import may_read_mailbox, may_see_mailbox
from kinkeeper.kernel.errors import Forbidden, NotFound
from kinkeeper.kernel.paging import Page
from kinkeeper.platform.mail.outbox import OutboxLetter

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


def letters(session: Session, actor: Actor, *, page: int, per_page: int = 50) -> Page[OutboxLetter]:
    """All letters, newest first; for the administrator only."""
    if not may_see_mailbox(actor, None):
        raise Forbidden
    total = session.scalar(select(func.count()).select_from(OutboxLetter)) or 0
    newest = select(OutboxLetter).order_by(OutboxLetter.queued_at.desc(), OutboxLetter.id.desc())
    rows = session.scalars(newest.limit(per_page).offset((page - 1) * per_page))
    return Page(rows.all(), page, per_page, total)


def letter_kept_here(session: Session, actor: Actor, letter_id: UUID) -> OutboxLetter:
    """A letter that the built-in mailbox took; one that went to a person is nobody else's to read (T-16)."""
    row = session.get(OutboxLetter, letter_id)
    if row is None or row.carrier != "mailbox" or not may_read_mailbox(actor, None):
        raise NotFound
    return row
