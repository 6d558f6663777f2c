"""The only reader of the clock; everything else is told what time it is."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def now() -> datetime:
    """Answer the present moment, aware, in UTC."""
    return datetime.now(UTC)


def ticks() -> float:
    """Answer monotonic seconds, for leases and durations: immune to a jump of the wall clock."""
    return time.monotonic()


def in_zone(zone: str, moment: datetime) -> datetime:
    """Answer what the clocks of an IANA zone show at a moment."""
    return moment.astimezone(ZoneInfo(zone))


def today_in(zone: str, moment: datetime) -> date:
    """Answer the civil day that `moment` falls on in an IANA zone."""
    return in_zone(zone, moment).date()


def is_zone(name: str) -> bool:
    """Tell whether `name` is an IANA time zone (SK-22)."""
    return name in zones()


@cache
def zones() -> frozenset[str]:
    """Answer every IANA time zone; asked once, as the answer walks through six hundred files."""
    return frozenset(available_timezones())
