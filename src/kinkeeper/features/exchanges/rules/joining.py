"""Who is in, who may still come in, and how many that takes: decided here for pages, verbs and queries."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from kinkeeper.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

FEWEST_PEOPLE, MOST_PEOPLE = 3, 5_000
"""Two would know at once (SK-33); more than the most is not measured."""

KEPT_UNCONFIRMED = timedelta(hours=72)
"""As long as the first letter's link lasts: a stranger who never answers must not use up the places."""
TIME_TO_LEAVE = timedelta(hours=24)
"""How long people have to read what was chosen after they said yes, and to go (G20, T-15)."""


class ExchangeState(StrEnum):
    """How far an exchange has come: draft → open ⇄ closed → drawn → completed → purged (SK-24).

    CANCELLED can be reached from all that is not over; it is purged in its time as well.
    """

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    DRAWN = "drawn"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    PURGED = "purged"


class Joinable(Protocol):
    """An exchange, as far as joining needs to know."""

    @property
    def state(self) -> ExchangeState: ...
    @property
    def zone(self) -> str: ...
    @property
    def closes_on(self) -> date: ...
    @property
    def most_people(self) -> int | None: ...


class Choosing(Joinable, Protocol):
    """An exchange of which something may be chosen that people agree to."""

    @property
    def chosen_at(self) -> tuple[datetime, ...]: ...


class Seat(Protocol):
    """A participant, likewise."""

    @property
    def joined_at(self) -> datetime: ...
    @property
    def confirmed_at(self) -> datetime | None: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


def takes_people(exchange: Joinable, now: datetime) -> bool:
    """Tell whether the share link is still good for joining, places aside (SK-30, SK-39)."""
    today = clock.today_in(exchange.zone, now)
    return exchange.state is ExchangeState.OPEN and today <= exchange.closes_on


def is_before_closing(exchange: Joinable) -> bool:
    """Tell whether the list has not been closed yet."""
    return exchange.state in {ExchangeState.DRAFT, ExchangeState.OPEN}


def lets_people_leave(exchange: Choosing, now: datetime) -> bool:
    """Tell whether whoever is in can leave by themselves: until it is closed (SK-60).

    Closed while something chosen is news, it still lets them.
    """
    is_news = any(now < at + TIME_TO_LEAVE for at in exchange.chosen_at)
    return is_before_closing(exchange) or (exchange.state is ExchangeState.CLOSED and is_news)


def draw_waits_until(exchange: Choosing, seats: Iterable[Seat], now: datetime) -> datetime | None:
    """Answer when names can be drawn: nobody is bound by what was chosen after they said yes (G20, T-15).

    None where nothing has to wait: nobody had said yes by then, or all have had time to leave.
    """
    first_yes = min((seat.confirmed_at for seat in seats if seat.confirmed_at), default=now)
    free = [at + TIME_TO_LEAVE for at in exchange.chosen_at if first_yes < at]
    return max((moment for moment in free if now < moment), default=None)


def is_confirmed(seat: Seat) -> bool:
    """Tell whether a place takes part in the draw: its mailbox has answered, and nobody left (SK-42)."""
    return seat.confirmed_at is not None and seat.withdrawn_at is None


def is_kept(seat: Seat, now: datetime) -> bool:
    """Tell whether a place counts towards the most people: confirmed, or taken a short while ago."""
    return seat.withdrawn_at is None and (is_confirmed(seat) or seat.joined_at > now - KEPT_UNCONFIRMED)


def is_full(exchange: Joinable, kept: int) -> bool:
    """Tell whether nobody else fits in beside so many places that count (SK-34)."""
    return exchange.most_people is not None and kept >= exchange.most_people


def places_left(exchange: Joinable, kept: int) -> int | None:
    """How many more fit in beside so many places that count; None where there is no bound."""
    return None if exchange.most_people is None else max(exchange.most_people - kept, 0)


def is_enough(confirmed: int) -> bool:
    """Tell whether so many people can draw (SK-33)."""
    return confirmed >= FEWEST_PEOPLE
