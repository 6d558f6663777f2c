"""Paces: windows in memory, in Redis, and in memory while Redis is away (C-29, C-30, T-67)."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import closing

import pytest
from structlog.testing import capture_logs

from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import TooMany
from kinkeeper.platform import pace
from kinkeeper.platform.pace import InMemory, InRedis, Pacer

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
REDIS = f"redis://127.0.0.1:6379/{8 + int(_WORKER) % 8}"
"""A database of this test process's own."""


@pytest.fixture
def ticks(monkeypatch):
    """`ticks.append(seconds)` lets time go by."""
    gone = [1_000.0]
    monkeypatch.setattr(clock, "ticks", lambda: sum(gone))
    return gone


def _redis():
    redis = pytest.importorskip("redis")
    server = redis.Redis.from_url(REDIS, socket_connect_timeout=1)
    try:
        server.ping()
    except redis.ConnectionError:
        pytest.skip("there is no Redis on this machine")
    return server


@pytest.fixture
def redis():
    with closing(_redis()) as server:
        server.flushdb()
        yield server
        server.flushdb()


@pytest.fixture(params=["", pytest.param(REDIS, marks=pytest.mark.services)], ids=["memory", "Redis"])
def where(request):
    if request.param:
        request.getfixturevalue("redis")
    return request.param


def refused(pacer: Pacer, whose: str = "198.51.100.7") -> int:
    """Seconds to wait; 0 where it is let through."""
    try:
        pacer.spend("pages", whose)
    except TooMany as problem:
        return problem.retry_after
    return 0


def test_a_pace_lets_through_what_it_says_and_tells_when_to_come_again(where):
    pacer = Pacer({"pages": "5/minute"}, where)
    assert [refused(pacer) for _ in range(5)] == [0] * 5
    assert 55 <= refused(pacer) <= 60
    assert refused(pacer, "198.51.100.8") == 0, "another address has its own"


def test_a_burst_is_held_back_before_the_longer_window(where):
    """3.0: 120 a minute, and no more than 60 at once."""
    pacer = Pacer({"pages": "120/minute; 60/10 seconds"}, where)
    waits = [refused(pacer) for _ in range(61)]
    assert waits[:60] == [0] * 60
    assert 1 <= waits[60] <= 10


def test_the_tightest_window_is_told(where):
    pacer = Pacer({"pages": "3/10 seconds; 100/hour"}, where)
    standing = pacer.spend("pages", "x")
    assert (standing.amount, standing.left) == (3, 2)
    assert 9 <= pacer.rest(standing.key) <= 10


def test_without_windows_nobody_is_held_back(where):
    pacer = Pacer({"pages": ""}, where)
    assert not any(refused(pacer) for _ in range(500))
    assert pacer.spend("pages", "x") is None


def test_a_window_begins_anew_when_it_is_over(ticks):
    pacer = Pacer({"pages": "2/minute"})
    assert [bool(refused(pacer)) for _ in range(3)] == [False, False, True]
    ticks.append(59)
    assert refused(pacer) == 1
    ticks.append(1)
    assert not refused(pacer)


def test_threads_do_not_share_one_try(where):
    """At the same time: of forty at most ten get through."""
    pacer, through, gate = Pacer({"pages": "10/minute"}, where), [], threading.Barrier(8)

    def ask() -> None:
        gate.wait()
        through.extend(not refused(pacer) for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(through) == 10


def test_memory_is_bounded_however_many_ask(ticks, monkeypatch):
    """T-53: a botnet's addresses are no way to fill the memory."""
    monkeypatch.setattr(pace, "MOST_KEYS", 100)
    windows = InMemory()
    for number in range(1_000):
        windows.count(str(number), 60)
    assert len(windows._windows) <= 100
    ticks.append(61)
    windows.count("one", 60)
    for number in range(99):
        windows.count(f"new {number}", 60)
    assert windows.count("one", 60) == 2, "what is not over stays when room is made"


@pytest.mark.services
def test_two_processes_share_what_is_counted_in_redis(redis):
    first, second = (Pacer({"pages": "4/minute"}, REDIS) for _ in range(2))
    assert not any(refused(pacer) for pacer in (first, second) * 2)
    assert refused(first)
    assert refused(second)


@pytest.mark.services
def test_redis_holds_no_address(redis):
    Pacer({"pages": "4/minute"}, REDIS).spend("pages", "198.51.100.7")
    (key,) = redis.keys()
    assert b"198.51" not in key


@pytest.mark.services
def test_redis_flushed_counts_anew_and_troubles_nobody(redis):
    """T-67."""
    pacer = Pacer({"pages": "1/minute"}, REDIS)
    refused(pacer)
    assert refused(pacer)
    redis.flushdb()
    assert not refused(pacer)


# --- Redis is away


def test_without_redis_each_process_counts_by_itself_and_says_so_once(unused_port):
    """C-30: coarse limits fall back to memory."""
    pytest.importorskip("redis")
    with capture_logs() as lines:
        pacer = Pacer({"pages": "3/minute"}, f"redis://127.0.0.1:{unused_port}/0")
        assert [bool(refused(pacer)) for _ in range(5)] == [False] * 3 + [True] * 2
    assert [line["log_level"] for line in lines] == ["warning"]


@pytest.fixture
def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def silent_server():
    """A Redis that takes calls and never answers: five seconds of latency, and more."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_slow_redis_makes_one_page_wait_a_moment_and_the_others_not_at_all(silent_server):
    """T-67, G-F9: five seconds of latency."""
    pytest.importorskip("redis")
    pacer = Pacer({"pages": "300/minute"}, f"redis://127.0.0.1:{silent_server}/0")
    began = time.monotonic()
    refused(pacer)
    first = time.monotonic() - began
    for _ in range(200):
        refused(pacer)
    assert first < 1.5
    assert time.monotonic() - began - first < 0.5


@pytest.mark.services
def test_when_redis_is_back_it_counts_there_again(redis, monkeypatch):
    windows = InRedis(REDIS)
    plain, gone = windows._shared.incr, pytest.importorskip("redis").ConnectionError("away")

    def away(*_facts):
        raise gone

    monkeypatch.setattr(windows._shared, "incr", away)
    assert windows.count("x", 60) == 1
    monkeypatch.setattr(windows._shared, "incr", plain)
    assert windows.count("x", 60) == 2, "it is left alone for a while"
    assert redis.keys() == []
    monkeypatch.setattr(pace.clock, "ticks", lambda: time.monotonic() + pace.ASKED_AGAIN_AFTER)
    with capture_logs() as lines:
        assert windows.count("x", 60) == 1
    assert len(redis.keys()) == 1
    assert [line["event"] for line in lines] == ["Redis answers again"]
