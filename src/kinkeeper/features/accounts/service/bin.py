"""The bin: where deleted accounts lie for a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from kinkeeper.features.accounts.models import Account


class InTheBin(Conflict):
    """A deleted account is restored first."""

    code = "account.in_the_bin"
    message = mark("This account is deleted. Restore it first.")


def refuse_in_the_bin(account: Account) -> None:
    """Raise InTheBin where the account is deleted."""
    if account.deleted_at is not None:
        raise InTheBin
