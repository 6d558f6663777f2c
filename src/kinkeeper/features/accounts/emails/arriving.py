"""Letters to people who are to have an account, and to those who turn out to have one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from kinkeeper.features.accounts.emails import OfAccount
from kinkeeper.platform.mail import Letter, LinkOrder

REGISTER = "accounts.register"
"""Purpose of the link by which somebody who asked for an account gets it."""
INVITE = "accounts.invite"
"""Purpose of the link by which somebody who was invited chooses a password."""
REGISTER_LASTS, INVITE_LASTS = timedelta(hours=24), timedelta(hours=72)


@dataclass(frozen=True, kw_only=True)
class AccountWanted(Letter):
    """The way to an account that somebody asked for under this address."""

    kind: ClassVar[str] = "accounts.account_wanted"

    name: str
    registration_id: UUID

    def link(self) -> LinkOrder:
        """Answer a link for what was asked, counted from hand-over."""
        return LinkOrder(REGISTER, self.registration_id, REGISTER_LASTS, "/register")


@dataclass(frozen=True, kw_only=True)
class AccountKnown(OfAccount):
    """Word to a mailbox that has an account, when one is asked for, invited, or to move there (T-8)."""

    kind: ClassVar[str] = "accounts.account_known"

    is_closed: bool = False
    """Whether nobody can sign in with it: then no word of signing in helps."""
    until: date | None = None
    """Of a closed one that is in the bin: the last day on which it can be restored."""


@dataclass(frozen=True, kw_only=True)
class AccountInvited(Letter):
    """An invitation to have an account."""

    kind: ClassVar[str] = "accounts.account_invited"

    name: str
    circle: str
    host: str
    person_id: UUID

    def link(self) -> LinkOrder:
        """Answer a link for the person, counted from hand-over."""
        return LinkOrder(INVITE, self.person_id, INVITE_LASTS, "/welcome")
