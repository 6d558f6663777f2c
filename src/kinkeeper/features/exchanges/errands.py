"""What can be asked for around gift exchanges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kinkeeper.platform.jobs import Errand


@dataclass(frozen=True, kw_only=True)
class WayInRequest(Errand):
    """Somebody asks for a link to their page; whether they are in is found out later (T-8)."""

    kind: ClassVar[str] = "exchanges.way_in_request"

    exchange_id: UUID
    email: str
    asked_by: str = ""
    """Digest of the asking browser's secret, in hexadecimal."""
