"""Letters about gift exchanges. None carries a match: bounces and previews would give it away (T-15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from kinkeeper.platform.mail import Letter, LinkOrder

CONFIRM, READY, ENTER = "confirm", "ready", "enter"
"""What a link does, as its path says; each kind lives and dies by itself."""

LASTS = {CONFIRM: timedelta(hours=72), READY: timedelta(hours=72), ENTER: timedelta(hours=1)}
"""Letters that come unasked may be read next week; an asked-for link is read now (SK-47)."""


def purpose(kind: str) -> str:
    """Answer the purpose under which links of this kind are kept."""
    return f"exchanges.{kind}"


@dataclass(frozen=True, kw_only=True)
class _ToParticipant(Letter):
    """What all letters to participants say."""

    opens: ClassVar[str]

    name: str
    title: str
    gifts_on: date
    participant_id: UUID

    def link(self) -> LinkOrder:
        """Answer a link to the participant's own page."""
        return LinkOrder(purpose(self.opens), self.participant_id, LASTS[self.opens])

    def page(self, link_secret: str) -> str:
        """Answer the page with the one button."""
        return f"/{self.opens}/{link_secret}"


@dataclass(frozen=True, kw_only=True)
class ConfirmJoining(_ToParticipant):
    """Please show that this mailbox is yours (SK-83)."""

    kind: ClassVar[str] = "exchanges.confirm_joining"
    opens: ClassVar[str] = CONFIRM

    budget: str


@dataclass(frozen=True, kw_only=True)
class WayIn(_ToParticipant):
    """The link that was asked for (SK-84)."""

    kind: ClassVar[str] = "exchanges.way_in"
    opens: ClassVar[str] = ENTER


@dataclass(frozen=True, kw_only=True)
class MatchReady(_ToParticipant):
    """The names are drawn; yours waits on your page (SK-85)."""

    kind: ClassVar[str] = "exchanges.match_ready"
    opens: ClassVar[str] = READY

    budget: str
