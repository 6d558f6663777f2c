"""Letters about accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from kinkeeper.platform.mail import Letter, LinkOrder

RESET = "accounts.reset"
"""Purpose of the link by which a new password is chosen."""


@dataclass(frozen=True, kw_only=True)
class PasswordReset(Letter):
    """A way to choose a new password (SK-15, SK-88)."""

    kind: ClassVar[str] = "accounts.password_reset"

    name: str
    account_id: UUID
    minutes: int

    def link(self) -> LinkOrder:
        """Answer a link for the account, counted from hand-over."""
        return LinkOrder(RESET, self.account_id, timedelta(minutes=self.minutes), "/reset")


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Letter):
    """Word that the password was changed, to the one who should know if it was not them."""

    kind: ClassVar[str] = "accounts.password_changed"

    name: str
