"""More seasons than the daily test plays look the same to everybody whom a match is not told (T-14)."""

from __future__ import annotations

from tests.integration.exchanges.conftest import admin
from tests.integration.exchanges.test_non_interference import difference, play

__all__ = ["admin", "play"]

SEEDS = 20


def test_twenty_seasons_look_the_same_whatever_is_drawn(play):
    """T-14, G13."""
    first = play(0)
    for number in range(1, SEEDS):
        assert difference(first, play(number)) == ""
