"""Two entries of one person: which of their facts stays."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class HasMailbox(Protocol):
    """An entry, as far as its address goes."""

    @property
    def email(self) -> str | None: ...
    @property
    def confirmed_at(self) -> datetime | None: ...


def better_mailbox(
    gone: HasMailbox, kept: HasMailbox, *, kept_has_account: bool
) -> tuple[str | None, datetime | None]:
    """Answer the address that was proved, of two alike the one that stays, and when it was proved.

    A log-in keeps its own: password resets go there.
    """
    is_better = gone.confirmed_at is not None and kept.confirmed_at is None and not kept_has_account
    if gone.email is not None and (kept.email is None or is_better):
        return gone.email, gone.confirmed_at
    return kept.email, kept.confirmed_at
