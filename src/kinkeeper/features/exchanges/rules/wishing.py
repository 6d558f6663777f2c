"""What a wish may be: its words, its link, how dear it is, and when two are the same."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import urlsplit

from kinkeeper.kernel import clock, crypto
from kinkeeper.kernel.lines import clean_line, normal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

MOST_WISHES, LONGEST_WISH, LONGEST_LINK = 50, 200, 2_000
MARK = "exchanges/wishes"
FINGERPRINT = 8
"""Bytes; enough to see that a wish is not what it was."""

_TOLD_FROM, _TOLD_BEFORE = 18, 21
"""Hours of the evening in which givers are told; whoever writes later is in the next day's letter."""


class Priority(StrEnum):
    """How dear a wish is; lists begin with the first."""

    LOVE = "love"
    LIKE = "like"
    NICE = "nice"


class Wished(Protocol):
    """A wish, as far as these rules need to know."""

    @property
    def id(self) -> UUID: ...
    @property
    def text(self) -> str: ...
    @property
    def url(self) -> str | None: ...
    @property
    def priority(self) -> Priority: ...
    @property
    def created_at(self) -> datetime: ...


W = TypeVar("W", bound=Wished)


class Season(Protocol):
    """An exchange, likewise."""

    @property
    def zone(self) -> str: ...
    @property
    def gifts_on(self) -> date: ...
    @property
    def wishes_told_on(self) -> date | None: ...


def clean_wish(text: str) -> str:
    """Answer a wish on one line, or raise ValueError."""
    return clean_line(text, LONGEST_WISH)


def checked_link(link: str) -> str:
    """Answer a link that can be shown to somebody else, or raise ValueError (T-23).

    Only the web, and nothing about which programs disagree where it leads: a name before the host, an
    escape in it, a backslash, white space.
    """
    plain = link.strip()
    if len(plain) > LONGEST_LINK or not _is_plain(plain):
        raise ValueError("not a link to show")
    return plain


def _is_plain(link: str) -> bool:
    if not link.isprintable() or " " in link or "\\" in link:
        return False
    try:
        parts = urlsplit(link)
        has_odd_port = parts.port == 0  # raises where it is no number
    except ValueError:
        return False
    is_web = parts.scheme in {"http", "https"} and not {"@", "%"} & set(parts.netloc)
    return is_web and not has_odd_port and host_of(link) != ""


def host_of(link: str) -> str:
    """Answer where a link leads, as computers read it: two alphabets hold letters that look alike.

    Nothing, where they do not agree: of ß some make ss (RFC 3490) and some a letter of its own (RFC 5891).
    """
    host = urlsplit(link).hostname or ""
    if host.isascii():
        return host
    try:
        sent = host.encode("idna")
        is_read_back = sent.decode("idna") == normal("NFC", host)
    except UnicodeError:
        return ""
    return sent.decode("ascii") if is_read_back else ""


def dearest_first(wishes: Iterable[W]) -> list[W]:
    """Answer wishes in the order of lists: the dearest first, then as they were written."""
    dear = list(Priority)
    return sorted(wishes, key=lambda wish: (dear.index(wish.priority), wish.created_at, wish.id))


def fingerprint(wish: Wished) -> bytes:
    """Answer what is noted of a wish as it was bought; how dear it is makes no other thing of it."""
    return hashlib.sha256(f"{wish.text}\0{wish.url or ''}".encode()).digest()[:FINGERPRINT]


def mark_of_wishes(participant_id: UUID, words: str, wishes: Iterable[Wished]) -> bytes:
    """Answer a keyed hash of all that somebody wishes: equal again once a change is undone."""
    lines = [f"{wish.priority}\0{wish.text}\0{wish.url or ''}" for wish in dearest_first(wishes)]
    parts = [participant_id.bytes, words.encode(), *(line.encode() for line in lines)]
    return crypto.keys().mac(MARK, *parts)


def is_evening_to_tell(exchange: Season, now: datetime) -> bool:
    """Tell whether givers can be told now: in the evening, once a day, and before the gifts are given."""
    there = clock.in_zone(exchange.zone, now)
    is_free = exchange.wishes_told_on is None or exchange.wishes_told_on < there.date()
    return _TOLD_FROM <= there.hour < _TOLD_BEFORE and is_free and there.date() < exchange.gifts_on
