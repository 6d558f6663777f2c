"""Who may join, who is in, and how many that takes (SK-30, SK-33, SK-34, SK-39)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from kinkeeper.features.exchanges.emails import CONFIRM, LASTS
from kinkeeper.features.exchanges.rules.joining import (
    KEPT_UNCONFIRMED,
    ExchangeState,
    is_confirmed,
    is_enough,
    is_full,
    is_kept,
    takes_people,
)

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


@dataclass
class AnExchange:
    state: ExchangeState = ExchangeState.OPEN
    zone: str = "Europe/London"
    closes_on: date = date(2026, 12, 1)
    most_people: int | None = None


@dataclass
class ASeat:
    joined_at: datetime = NOW
    confirmed_at: datetime | None = None
    withdrawn_at: datetime | None = None


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, True),
        ({"state": ExchangeState.CLOSED}, False),
        ({"state": ExchangeState.DRAWN}, False),
        ({"closes_on": date(2026, 11, 30)}, False),
        ({"closes_on": date(2026, 11, 30), "zone": "Pacific/Honolulu"}, True),
    ],
)
def test_the_link_is_good_while_it_is_open_and_its_last_day_not_over_there(facts, answer):
    assert takes_people(AnExchange(**facts), NOW) is answer


def test_an_unanswered_place_counts_for_three_days_and_a_confirmed_one_always():
    assert is_kept(ASeat(NOW - KEPT_UNCONFIRMED + timedelta(seconds=1)), NOW)
    assert not is_kept(ASeat(NOW - KEPT_UNCONFIRMED), NOW)
    assert is_kept(ASeat(NOW - timedelta(days=99), confirmed_at=NOW), NOW)
    assert not is_confirmed(ASeat())
    assert is_confirmed(ASeat(confirmed_at=NOW))


def test_a_place_is_kept_as_long_as_the_letter_s_link_works():
    """What the letter promises, the list holds."""
    assert LASTS[CONFIRM] == KEPT_UNCONFIRMED


def test_full_is_when_the_most_are_in():
    assert [is_full(AnExchange(most_people=4), kept) for kept in (3, 4, 5)] == [False, True, True]
    assert not is_full(AnExchange(), 5_000)


def test_three_are_enough():
    assert [is_enough(people) for people in (0, 2, 3)] == [False, False, True]
