"""When people are reminded of the day of the gifts (SK-86, SK-96)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kinkeeper.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

REMIND_DAYS = (7, 1)
MOST_REMINDERS, FURTHEST_REMINDER = 3, 60
_FROM_HOUR = 8


class Reminding(Protocol):
    """An exchange, as far as reminding needs to know."""

    @property
    def zone(self) -> str: ...
    @property
    def gifts_on(self) -> date: ...
    @property
    def remind_days(self) -> tuple[int, ...]: ...


def clean_days(days: Collection[int]) -> tuple[int, ...]:
    """Answer the numbers of days before the gifts, the first reminder first, or raise ValueError."""
    wanted = tuple(sorted(set(days), reverse=True))
    if len(wanted) > MOST_REMINDERS or any(not 0 <= one <= FURTHEST_REMINDER for one in wanted):
        raise ValueError("not days to remind on")
    return wanted


def reminder_of(gifts_on: date, days: int) -> int:
    """Answer a number that no other reminder has: so many days before that day."""
    return gifts_on.toordinal() * 100 + days


def days_to_remind_of(exchange: Reminding, now: datetime) -> int | None:
    """Answer the number of days whose reminder goes today, from eight in the morning of its zone.

    Whoever was not there at eight catches up until midnight, and not on another day: "in 7 days" would
    be wrong by then.
    """
    there = clock.in_zone(exchange.zone, now)
    days = (exchange.gifts_on - there.date()).days
    return days if there.hour >= _FROM_HOUR and days in exchange.remind_days else None
