"""Changing several things of one's own place at once: all of it, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts.rules import clean_name
from kinkeeper.features.exchanges.service.joining import fitting
from kinkeeper.features.exchanges.service.reminding import choose
from kinkeeper.features.exchanges.service.renaming import put_name
from kinkeeper.features.exchanges.service.wishing import active_seat_to_change, put_in_words
from kinkeeper.kernel.work import transaction

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


def change_place(
    actor: Actor,
    participant_id: UUID,
    *,
    name: str | None = None,
    wishes: str | None = None,
    reminders: bool | None = None,
    hears_of_wishes: bool | None = None,
) -> None:
    """Say anew one's name, one's wishes in words, and which letters one wants; None leaves it as it is."""
    called = None if name is None else clean_name(name)
    words = None if wishes is None else fitting(wishes)
    with transaction(actor) as work:
        seat = active_seat_to_change(work, participant_id)
        if called is not None:
            put_name(work, seat, called)
        if words is not None:
            put_in_words(work, seat, words)
        choose(seat, reminders=reminders, wishes=hears_of_wishes)
