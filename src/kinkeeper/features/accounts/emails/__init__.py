"""Letters about accounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from kinkeeper.platform.mail import Letter, LinkOrder

RESET = "accounts.reset"
"""Purpose of the link by which a new password is chosen."""
ENTER = "accounts.enter"
"""Purpose of the link by which an account comes in without a password."""


@dataclass(frozen=True, kw_only=True)
class OfAccount(Letter):
    """Base of letters to somebody because of their account: with it they are held back, and forgotten."""

    name: str
    account_id: UUID | None = None
    """Whose it is; letters of earlier versions lack it."""

    def about_id(self) -> UUID | None:
        """Answer which account it tells of."""
        return self.account_id


@dataclass(frozen=True, kw_only=True)
class PasswordReset(OfAccount):
    """A way to choose a new password (SK-15, SK-88)."""

    kind: ClassVar[str] = "accounts.password_reset"

    account_id: UUID = field()
    minutes: int

    def link(self) -> LinkOrder:
        """Answer a link for the account, counted from hand-over."""
        return LinkOrder(RESET, self.account_id, timedelta(minutes=self.minutes), "/reset")


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(OfAccount):
    """Word that the password was changed, to the one who should know if it was not them."""

    kind: ClassVar[str] = "accounts.password_changed"


@dataclass(frozen=True, kw_only=True)
class SignInLink(OfAccount):
    """A way in without a password: a link, and a code for the browser that asked."""

    kind: ClassVar[str] = "accounts.sign_in_link"

    account_id: UUID = field()
    minutes: int
    browser: str = ""
    """Digest of the secret of the browser that asked, in hexadecimal."""

    def link(self) -> LinkOrder:
        """Answer a link for the account, counted from hand-over."""
        return LinkOrder(
            ENTER,
            self.account_id,
            timedelta(minutes=self.minutes),
            "/sign-in/link",
            asked_by=bytes.fromhex(self.browser) or None,
        )


@dataclass(frozen=True, kw_only=True)
class NewDevice(OfAccount):
    """Word that the account was used on a device where it never was before, or by a program (ASVS 6.3.5)."""

    kind: ClassVar[str] = "accounts.new_device"

    device: str = ""
    """Such as `Firefox (Windows)`; empty where it did not say."""
    is_program: bool = False
    """What that calls itself is not repeated: anybody can say anything."""


@dataclass(frozen=True, kw_only=True)
class SecondFactorChanged(OfAccount):
    """Word that signing in asks for a code from now on, or does so no more."""

    kind: ClassVar[str] = "accounts.second_factor_changed"

    is_on: bool
    by: str = ""
    """Who turned it off for them; empty where they did it themselves."""
