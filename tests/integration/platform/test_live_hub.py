"""The hub: one reader for all streams, bounded, gone when nobody listens."""

from __future__ import annotations

import threading

import pytest

from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.work import end_reading, transaction
from kinkeeper.platform import live
from kinkeeper.platform.jobs import worker as worker_module
from kinkeeper.platform.live import bells, events, hub
from kinkeeper.platform.live.hub import EACH, Hub, NoPlace, Parting
from tests.conftest import SERVER

ONE, OTHER = frozenset({"exchange/1"}), frozenset({"exchange/2"})
LONG = 20.0
"""Seconds that only a failing test waits."""


@pytest.fixture
def house_hub(engine):
    own = Hub()
    yield own
    own.close()
    wait_until_over(own)


def wait_until_over(own: Hub) -> None:
    thread = own._thread
    if thread is not None:
        thread.join(LONG)
        assert not thread.is_alive()


def open_one(own: Hub, topics=ONE, viewer="somebody", most=100):
    try:
        return own.open(topics, viewer, most=most)
    finally:
        end_reading()


def tell(*kinds: str, topic: str = "exchange/1") -> None:
    with transaction(SYSTEM) as work:
        for kind in kinds:
            live.tell(work, topic, kind)


def heard(stream) -> str:
    return stream.next(LONG).kind


def test_what_is_told_reaches_those_who_listen_to_it_and_nobody_else(house_hub):
    one, other = open_one(house_hub), open_one(house_hub, OTHER)
    tell("for one")
    tell("for the other", topic="exchange/2")
    assert heard(one) == "for one"
    assert heard(other) == "for the other"
    assert one.next(0) is None


def test_what_was_told_before_is_not_told_again(house_hub):
    tell("old")
    stream = open_one(house_hub)
    tell("new")
    assert heard(stream) == "new"


def test_an_event_arrives_even_where_no_bell_rings(house_hub, monkeypatch):
    """A bell only saves time: the rows are the record."""
    monkeypatch.setattr(bells.Doorbell, "_version", lambda _self: 0)
    monkeypatch.setattr(bells, "hang", bells.Doorbell)
    stream = open_one(house_hub)
    tell("new")
    assert heard(stream) == "new"


def test_postgresql_rings_by_itself(engine, monkeypatch):
    if not SERVER:
        pytest.skip("SQLite has its doorbell")
    for module in (worker_module, bells):
        monkeypatch.setattr(module, "LOOK_ANYWAY", LONG)
    bell, began = bells.hang(engine), clock.ticks()
    assert isinstance(bell, bells.Notified)
    tell("new")
    bell.wait(threading.Event())
    assert clock.ticks() - began < LONG / 2
    bell.close()


def test_many_streams_cost_one_read(house_hub, monkeypatch):
    reads = []
    original = events.after

    def count(session, last):
        found = original(session, last)
        if found and threading.current_thread() is house_hub._thread:  # another hub may still be at work
            reads.append(len(found))
        return found

    monkeypatch.setattr(events, "after", count)
    streams = [open_one(house_hub, viewer=number) for number in range(50)]
    tell("new")
    assert {heard(stream) for stream in streams} == {"new"}
    assert reads == [1]


def test_streams_hold_no_connection(house_hub, engine):
    """Settled point 2: only the hub does, for its bell, and while it reads."""
    if SERVER:
        pytest.skip("there the bell is outside the pool")
    for number in range(50):
        open_one(house_hub, viewer=number)
    assert engine.pool.checkedout() <= 2


def test_a_reader_who_does_not_keep_up_is_let_go_and_the_others_are_not(house_hub, monkeypatch):
    monkeypatch.setattr(hub, "BACKLOG", 5)
    slow, quick = open_one(house_hub), open_one(house_hub, viewer="another")
    for number in range(10):
        tell(f"e{number}")
        assert heard(quick) == f"e{number}"
    assert slow.next(LONG) is Parting.COME_BACK


def test_the_number_of_streams_is_bounded(house_hub):
    kept = [open_one(house_hub, viewer=number, most=2) for number in range(2)]
    with pytest.raises(NoPlace):
        open_one(house_hub, viewer=2, most=2)
    house_hub.leave(kept[0])
    open_one(house_hub, viewer=2, most=2)


def test_of_one_topic_the_oldest_stream_makes_way_and_is_told_to_look_now_and_then(house_hub, monkeypatch):
    """Reliability 3.0: 100 per occasion, the oldest closed; whoever looks at another one stays."""
    assert hub.MOST_OF_ONE == 100
    monkeypatch.setattr(hub, "MOST_OF_ONE", 3)
    other = open_one(house_hub, OTHER, viewer="at the other")
    both = open_one(house_hub, ONE | OTHER, viewer="at both")
    crowd = [open_one(house_hub, viewer=number) for number in range(4)]
    assert [stream.next(0) for stream in (both, *crowd)] == [Parting.STAY_AWAY] * 2 + [None] * 3
    tell("new")
    tell("new", topic="exchange/2")
    assert [heard(stream) for stream in (other, *crowd[1:])] == ["new"] * 4


def test_one_viewer_s_oldest_stream_makes_way(house_hub):
    """A page that was left may still be counted; it must not keep its own reader out."""
    streams = [open_one(house_hub, most=EACH) for _ in range(EACH + 1)]
    assert streams[0].next(LONG) is Parting.STAY_AWAY
    tell("new")
    assert [heard(stream) for stream in streams[1:]] == ["new"] * EACH


def test_closing_ends_all_streams_at_once_and_lets_no_more_in(house_hub):
    streams = [open_one(house_hub, viewer=number) for number in range(10)]
    began = clock.ticks()
    house_hub.close()
    assert {stream.next(LONG) for stream in streams} == {Parting.COME_BACK}
    assert clock.ticks() - began < 2
    with pytest.raises(NoPlace):
        open_one(house_hub)


def test_the_thread_ends_with_the_last_stream_and_begins_again_with_the_next(house_hub):
    first = open_one(house_hub)
    thread = house_hub._thread
    house_hub.leave(first)
    thread.join(LONG)
    assert not thread.is_alive()
    tell("while nobody listened")
    second = open_one(house_hub)
    tell("new")
    assert heard(second) == "new"


def test_when_the_hub_fails_its_streams_come_back_to_a_new_one(house_hub, monkeypatch):
    """Nothing may wait for ever for a thread that is dead."""
    with monkeypatch.context() as broken:
        broken.setattr(events, "after", lambda _session, _last: 1 / 0)
        assert open_one(house_hub).next(LONG) is Parting.COME_BACK
    again = open_one(house_hub)
    tell("new")
    assert heard(again) == "new"
