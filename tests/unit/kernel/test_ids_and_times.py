"""Ids that sort by age, moments that say when, and civil days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kinkeeper.kernel import clock
from kinkeeper.kernel.db import UtcDateTime, new_id


def test_an_id_is_a_version_7_uuid_of_this_moment(now):
    """RFC 9562 5.7: 48 bits of milliseconds, version, 12 counting bits, variant, 62 random bits."""
    made = new_id()
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(now().timestamp() * 1000)


def test_ids_sort_by_the_moment_they_were_made(now):
    made = []
    for _ in range(50):
        made.append(new_id())
        now.advance(milliseconds=1)
    assert made == sorted(made)
    assert [str(one) for one in made] == sorted(str(one) for one in made)


def test_ids_of_one_millisecond_differ_and_keep_the_order_of_their_making():
    """RFC 9562 6.2: twelve bits count within a millisecond, and borrow from the next when they are full."""
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(set(made))


def test_a_clock_that_was_set_back_does_not_leave_ids_in_the_future(now):
    new_id()
    now.advance(days=-1)
    assert new_id().int >> 80 == int(now().timestamp() * 1000)


def test_all_random_bits_of_an_id_are_used():
    """Not one of the last 62 bits may be fixed: an id must not tell its neighbour."""
    ones = zeroes = 0
    for _ in range(200):
        made = new_id().int
        ones |= made
        zeroes |= ~made
    random = 2**62 - 1
    assert ones & zeroes & random == random


def test_a_naive_moment_is_refused():
    """C-32."""
    with pytest.raises(ValueError, match="naive"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), None)  # noqa: DTZ001 - that is the test


def test_a_moment_of_another_zone_is_stored_as_utc():
    there = datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    stored = UtcDateTime().process_bind_param(there, None)
    assert (stored, stored.tzinfo) == (datetime(2025, 12, 31, 23, tzinfo=UTC), UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Europe/London", date(2026, 7, 1)), ("Pacific/Auckland", date(2026, 7, 2)), ("UTC", date(2026, 7, 1))],
)
def test_today_depends_on_where_one_is(zone, day):
    assert clock.today_in(zone, datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == day


def test_zones_are_those_of_iana():
    """SK-22."""
    assert clock.is_zone("America/Chicago")
    assert not clock.is_zone("Middle/Earth")
    assert not clock.is_zone("../../etc/passwd")


def test_the_zone_files_are_walked_through_once(monkeypatch):
    """There are six hundred of them, and a form shows all."""
    clock.zones.cache_clear()
    walks = []
    monkeypatch.setattr(clock, "available_timezones", lambda: walks.append(1) or {"Europe/Rome"})
    assert [clock.is_zone("Europe/Rome"), clock.is_zone("Mars/Base")] == [True, False]
    assert len(walks) == 1
    clock.zones.cache_clear()
