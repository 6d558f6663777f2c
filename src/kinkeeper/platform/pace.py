"""How fast anybody may ask, counted coarsely: in memory, or in Redis for several processes (ADR 26).

This keeps one caller from slowing the others down, and may fail open. What guards a secret is counted in the
database (platform/limits.py), and never does.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import structlog

from kinkeeper.kernel import clock, crypto
from kinkeeper.kernel.errors import TooMany

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from limits import RateLimitItem

log = structlog.get_logger(__name__)

PATIENCE = 0.1
"""Seconds that Redis may take; a page waits no longer for it."""
ASKED_AGAIN_AFTER = 10.0
"""Seconds for which Redis is left alone once it did not answer."""
MOST_KEYS = 50_000
"""Windows that are remembered at most, some 10 MB; then those that are over are thrown out, or all."""


class Standing(NamedTuple):
    """How much of the tightest window is left to a caller."""

    amount: int
    left: int
    key: str
    """The window's, for `Pacer.rest`."""


class Windows(Protocol):
    """Where windows are counted."""

    def count(self, key: str, seconds: int) -> int:
        """Count one, in a window that lasts so long from its first; answers how many it holds now."""

    def rest(self, key: str) -> float:
        """Answer how many seconds a window has still to go."""


class InMemory:
    """Windows of this process.

    The library's own sweeps all keys in a thread that it starts for almost every hit: half a millisecond
    at rest, three with 20,000 callers. Here nothing is swept before there are too many.
    """

    def __init__(self) -> None:
        self._windows: dict[str, tuple[int, float]] = {}
        self._turn = threading.Lock()

    def count(self, key: str, seconds: int) -> int:
        """Count one."""
        now = clock.ticks()
        with self._turn:
            counted, ends = self._windows.get(key, (0, 0.0))
            if ends <= now:
                counted, ends = 0, now + seconds
                self._make_room(now)
            self._windows[key] = counted + 1, ends
            return counted + 1

    def rest(self, key: str) -> float:
        """Answer what is left of a window."""
        return max(self._windows.get(key, (0, 0.0))[1] - clock.ticks(), 0.0)

    def _make_room(self, now: float) -> None:
        if len(self._windows) >= MOST_KEYS:
            alive = {key: window for key, window in self._windows.items() if window[1] > now}
            self._windows = alive if len(alive) < MOST_KEYS else {}


class InRedis:
    """Windows that all processes share; while Redis is away or slow, each has those of its own."""

    def __init__(self, url: str) -> None:
        from limits.storage import RedisStorage  # noqa: PLC0415 - extra `scale`, and import diet
        from redis import RedisError  # noqa: PLC0415
        from redis.backoff import NoBackoff  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415

        waits: dict[str, Any] = {  # handed on to the Redis client
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
            "retry": Retry(NoBackoff(), 0),
        }
        self._shared = RedisStorage(url, key_prefix="kinkeeper", **waits)
        self._own, self._fault = InMemory(), RedisError
        self._asked_again_at = 0.0

    def count(self, key: str, seconds: int) -> int:
        """Count one there, or here."""
        if clock.ticks() >= self._asked_again_at:
            try:
                counted = self._shared.incr(key, seconds)
            except self._fault as fault:
                self._leave_alone(fault)
            else:
                self._is_back()
                return counted
        return self._own.count(key, seconds)

    def rest(self, key: str) -> float:
        """Answer what is left of a window."""
        if clock.ticks() >= self._asked_again_at:
            with suppress(self._fault):
                return float(
                    max(self._shared.get_connection(readonly=True).ttl(self._shared.prefixed_key(key)), 0)
                )
        return self._own.rest(key)

    def _leave_alone(self, fault: Exception) -> None:
        if not self._asked_again_at:
            log.warning("Redis does not answer; paces are counted in this process", why=type(fault).__name__)
        self._asked_again_at = clock.ticks() + ASKED_AGAIN_AFTER

    def _is_back(self) -> None:
        if self._asked_again_at:
            self._asked_again_at = 0.0
            log.info("Redis answers again")


class Pacer:
    """The paces of a house, by name; one without windows is unlimited."""

    def __init__(self, paces: Mapping[str, str], redis_url: str = "") -> None:
        self._windows: Windows = InRedis(redis_url) if redis_url else InMemory()
        self._paces = {name: _shortest_first(said) for name, said in paces.items()}

    def spend(self, name: str, whose: str) -> Standing | None:
        """Count one; answers where the caller stands, or raises TooMany. None where there is no limit."""
        standing = None
        for number, item in enumerate(self._paces[name]):
            key = _key(name, number, whose)
            counted = self._windows.count(key, item.get_expiry())
            if counted > item.amount:
                raise TooMany(retry_after=max(self.rest(key), 1))
            if standing is None or item.amount - counted < standing.left:
                standing = Standing(item.amount, item.amount - counted, key)
        return standing

    def rest(self, key: str) -> int:
        """Answer after how many seconds a window begins anew."""
        return ceil(self._windows.rest(key))


def _shortest_first(said: str) -> Sequence[RateLimitItem]:
    if not said:
        return ()
    from limits import parse_many  # noqa: PLC0415 - import diet: commands need none of it

    return sorted(parse_many(said), key=lambda item: item.get_expiry())


def _key(name: str, number: int, whose: str) -> str:
    """Addresses of people and machines are counted as keyed hashes only."""
    return f"{name}/{number}/{crypto.keys().mac('pace', whose.encode())[:16].hex()}"
