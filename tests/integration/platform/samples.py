"""Letters that only tests send, with texts; importable by the worker processes that tests kill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from kinkeeper.platform.mail import IfUncertain, Letter, LinkOrder, letters

if TYPE_CHECKING:
    from pathlib import Path

PURPOSE = "sample.open"

TEXTS = {
    "invitation.subject.txt": "An invitation for {{ name }}",
    "invitation.txt": "Dear {{ name }},\n\nplease come: {{ link }}\n",
    "invitation.html": "<p>Dear {{ name }}, <a href='{{ link }}'>please come</a></p>",
    "bulk.subject.txt": "News for {{ name }}",
    "bulk.txt": "Dear {{ name }}, there is news.\n",
    "bulk.html": "<p>Dear {{ name }}, there is news.</p>",
    "broken.subject.txt": "Hello {{ name }}",
    "broken.txt": "Dear {{ nmae }}",
    "broken.html": "<p>Dear {{ name }}</p>",
}


@dataclass(frozen=True, kw_only=True)
class Invitation(Letter):
    """With a link; a second copy does no harm."""

    kind: ClassVar[str] = "sample.invitation"

    name: str
    guest_id: UUID

    def link(self) -> LinkOrder:
        return LinkOrder(PURPOSE, self.guest_id, timedelta(hours=1), "/open")


@dataclass(frozen=True, kw_only=True)
class Bulk(Letter):
    """To many; a person decides whether it is sent again."""

    kind: ClassVar[str] = "sample.bulk"
    if_uncertain: ClassVar[IfUncertain] = IfUncertain.ASK

    name: str


@dataclass(frozen=True, kw_only=True)
class Broken(Letter):
    """Its text uses a name that it does not have."""

    kind: ClassVar[str] = "sample.broken"

    name: str


def lay_out(folder: Path, base_url: str, sender: str = "") -> None:
    """Write the texts into `folder` and tell the desk of the samples."""
    texts = folder / "sample" / "email"
    texts.mkdir(parents=True, exist_ok=True)
    for name, text in TEXTS.items():
        (texts / name).write_text(text)
    letters.lay_out([Invitation, Bulk, Broken], [folder], base_url, sender)
