"""Letters about entries of the address book, and about who looks after whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kinkeeper.platform.mail import Letter


@dataclass(frozen=True, kw_only=True)
class EntryMoved(Letter):
    """Tells a mailbox that was proved once that letters for its reader go elsewhere from now on (T-7)."""

    kind: ClassVar[str] = "accounts.entry_moved"

    name: str
    circle: str


@dataclass(frozen=True, kw_only=True)
class CareShared(Letter):
    """Tells all who look after somebody who they are by now."""

    kind: ClassVar[str] = "accounts.care_shared"

    name: str
    ward: str
    names: tuple[str, ...]
    by: str
