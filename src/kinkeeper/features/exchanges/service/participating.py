"""Changing several things of one's own place at once: all of it, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.exchanges.service.joining import fitting
from kinkeeper.features.exchanges.service.reminding import choose
from kinkeeper.features.exchanges.service.wishing import put_in_words, seat_in_use
from kinkeeper.kernel.work import transaction

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


def change_place(
    actor: Actor,
    participant_id: UUID,
    *,
    wishes: str | None = None,
    reminders: bool | None = None,
    hears_of_wishes: bool | None = None,
) -> None:
    """Say anew the wishes in words, and which letters one wants; None leaves one of them as it is."""
    words = None if wishes is None else fitting(wishes)
    with transaction(actor) as work:
        seat = seat_in_use(work, participant_id)
        if words is not None:
            put_in_words(work, seat, words)
        choose(seat, reminders=reminders, wishes=hears_of_wishes)
