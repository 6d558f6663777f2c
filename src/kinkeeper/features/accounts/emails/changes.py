"""Letters about what changes with an account as a whole: its address, and its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from kinkeeper.features.accounts.emails import OfAccount
from kinkeeper.platform.mail import LinkOrder

MOVE = "accounts.move"
"""Purpose of the link by which an account takes another address."""
MOVE_LASTS = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class AddressWanted(OfAccount):
    """A question to the new address, whether it is theirs."""

    kind: ClassVar[str] = "accounts.address_wanted"

    account_id: UUID = field()

    def link(self) -> LinkOrder:
        """Answer a link for the account, counted from hand-over."""
        return LinkOrder(MOVE, self.account_id, MOVE_LASTS, "/account/email")


@dataclass(frozen=True, kw_only=True)
class AddressMoving(OfAccount):
    """To the old address: the account is about to have another, or has it now (ASVS 6.3.7)."""

    kind: ClassVar[str] = "accounts.address_moving"

    is_done: bool


@dataclass(frozen=True, kw_only=True)
class AccountClosed(OfAccount):
    """Word that the account is closed, and until when it can be restored."""

    kind: ClassVar[str] = "accounts.account_closed"

    days: int
