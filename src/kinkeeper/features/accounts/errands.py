"""What can be asked for around accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kinkeeper.platform.jobs import Errand


@dataclass(frozen=True, kw_only=True)
class ResetRequest(Errand):
    """Somebody asks for a password link; whether the name is known is found out later (T-8)."""

    kind: ClassVar[str] = "accounts.reset_request"

    email: str
    """What was typed: an address, or a username."""
    minutes: int


@dataclass(frozen=True, kw_only=True)
class LinkRequest(Errand):
    """Somebody asks for a way in by mail; whether the name is known is found out later (T-8)."""

    kind: ClassVar[str] = "accounts.link_request"

    email: str
    """What was typed: an address, or a username."""
    minutes: int
    browser: str
    """Digest of the secret of the browser that asks, in hexadecimal."""


@dataclass(frozen=True, kw_only=True)
class RegisterRequest(Errand):
    """Somebody asks for an account; whether the address has one is found out later (T-8)."""

    kind: ClassVar[str] = "accounts.register_request"

    email: str
    name: str
    circle: str
    language: str
    zone: str
