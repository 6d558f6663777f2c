"""Notices: letters to organisers about what they run, with counts and names, and nobody's match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kinkeeper.platform.mail import Letter


@dataclass(frozen=True, kw_only=True)
class _ToOrganiser(Letter):
    """What all letters say that organisers have asked for: how many; never who gives to whom (SK-6)."""

    name: str
    title: str
    exchange_id: UUID
    people: int

    def about_id(self) -> UUID:
        """Answer which exchange it tells of."""
        return self.exchange_id


@dataclass(frozen=True, kw_only=True)
class SomebodyJoined(_ToOrganiser):
    """Somebody is in (SK-89)."""

    kind: ClassVar[str] = "exchanges.somebody_joined"

    who: str


@dataclass(frozen=True, kw_only=True)
class SomebodyLeft(_ToOrganiser):
    """Somebody is in no longer (SK-90)."""

    kind: ClassVar[str] = "exchanges.somebody_left"

    who: str
    holds: int = 0
    """How many places of others they look after still; not whose, as these may be forgotten sooner."""


@dataclass(frozen=True, kw_only=True)
class SomebodyForgotten(_ToOrganiser):
    """Somebody was erased, and so is in no longer (SK-90); their name is not kept, in no letter either."""

    kind: ClassVar[str] = "exchanges.somebody_forgotten"

    is_drawn: bool
    """Whether somebody has drawn them, and counts on a name."""


@dataclass(frozen=True, kw_only=True)
class NamesDrawn(_ToOrganiser):
    """The names are drawn: how many, and nothing else (SK-91)."""

    kind: ClassVar[str] = "exchanges.names_drawn"

    is_again: bool


@dataclass(frozen=True, kw_only=True)
class HandedOn(Letter):
    """The reader runs these now: the account of whoever ran them alone is closed.

    Nobody could have asked for it. It may tell of several, and is not forgotten with any one of them; what
    they are called is, so that is looked up when it leaves.
    """

    kind: ClassVar[str] = "exchanges.handed_on"
    late: ClassVar[tuple[str, ...]] = ("titles",)

    name: str
    exchange_ids: tuple[UUID, ...]
