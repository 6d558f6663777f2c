"""How long what is personal stays after an exchange (SK-98)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.kernel import clock

if TYPE_CHECKING:
    from datetime import datetime

SHORTEST_KEEPING, LONGEST_KEEPING, KEEPING = 7, 365, 30
"""Days from an exchange's end to its purge (SK-98); the last where nobody says."""
WAITING: Final = frozenset({ExchangeState.DRAWN, ExchangeState.PURGED})
"""In which states there is nothing to purge: what was drawn is completed first (SK-36)."""


class Kept(Protocol):
    """An exchange, as far as keeping needs to know."""

    @property
    def state(self) -> ExchangeState: ...
    @property
    def zone(self) -> str: ...
    @property
    def gifts_on(self) -> date: ...
    @property
    def keep_days(self) -> int: ...
    @property
    def ended_at(self) -> datetime | None: ...


def is_given(exchange: Kept, now: datetime) -> bool:
    """Tell whether the day of the gifts has come, by the clock of the exchange's zone."""
    return clock.today_in(exchange.zone, now) >= exchange.gifts_on


def kept_until(exchange: Kept) -> date:
    """Answer the last civil day of keeping: from the day of the gifts, or of the end if that was later.

    What was called off counts from that day, as nothing is given.
    """
    ended = exchange.ended_at
    end = clock.today_in(exchange.zone, ended) if ended else exchange.gifts_on
    if exchange.state is ExchangeState.COMPLETED:
        end = max(end, exchange.gifts_on)
    # What was planned for the end of the calendar, before that was refused, has its page all the same.
    return end + min(timedelta(days=exchange.keep_days), date.max - end)


def is_to_be_purged(exchange: Kept, now: datetime) -> bool:
    """Tell whether the time of keeping is over."""
    return exchange.state not in WAITING and clock.today_in(exchange.zone, now) > kept_until(exchange)
