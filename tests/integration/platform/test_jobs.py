"""Errands and sweeps: rows that decide whether work is still to be done."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from sqlalchemy import select

from kinkeeper.app.house import furnish
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.work import end_reading, read_session, transaction
from kinkeeper.platform.jobs import Errand, Sweep, enqueue, every, handles, run_errand, run_sweep
from kinkeeper.platform.jobs import queue as queue_module
from kinkeeper.platform.jobs.declare import pin_up
from kinkeeper.platform.jobs.queue import LEASE, ErrandRow, Progress, SweepSlot, due_errands
from tests.conftest import BASE_URL


@dataclass(frozen=True, kw_only=True)
class Bake(Errand):
    kind: ClassVar[str] = "test.bake"

    cake: str


@pytest.fixture
def board():
    """`board(job, …)` lists jobs instead of the features'."""
    yield lambda *jobs: pin_up(jobs)
    furnish(BASE_URL)


@pytest.fixture
def baked(board) -> list[str]:
    """Which cakes were baked, by a handler that succeeds."""
    cakes = []
    board(handles(Bake, run=lambda _actor, errand: cakes.append(errand.cake)))
    return cakes


def ask(cake: str = "plum"):
    errand = Bake(cake=cake)
    with transaction(SYSTEM) as work:
        enqueue(work, errand)
    return errand.errand_id


def due(now) -> list:
    try:
        return due_errands(read_session(), now())
    finally:
        end_reading()


def look(session) -> ErrandRow:
    session.expire_all()
    return session.scalars(select(ErrandRow)).one()


# --- errands


def test_an_errand_is_done_once(engine, session, baked, now):
    """2.6."""
    errand_id = ask("plum")
    assert due(now) == [errand_id]
    assert run_errand(errand_id)
    assert baked == ["plum"]
    assert look(session).state is Progress.DONE
    assert due(now) == []
    assert not run_errand(errand_id)
    assert baked == ["plum"]


def test_an_errand_goes_with_the_act_that_asks_for_it_or_not_at_all(engine, session, baked, now):
    with pytest.raises(KeyError), transaction(SYSTEM) as work:
        enqueue(work, Bake(cake="plum"))
        raise KeyError
    assert due(now) == []


def test_the_handler_gets_what_was_asked_for_as_the_house(engine, board):
    got = []
    board(handles(Bake, run=lambda actor, errand: got.append((actor, errand))))
    asked = Bake(cake="plum")
    with transaction(SYSTEM) as work:
        enqueue(work, asked)
    run_errand(asked.errand_id)
    assert got == [(SYSTEM, asked)]


def test_errands_are_due_in_the_order_they_were_asked_for(engine, baked, now):
    asked = []
    for cake in ("plum", "apple", "cheese"):
        asked.append(ask(cake))
        now.advance(seconds=1)
    assert due(now) == asked


def test_a_failing_errand_is_tried_again_with_growing_waits_and_then_put_aside(engine, session, board, now):
    """4.1's rule for errands: a person must look at what fails for good."""
    tried = []

    def burn(_actor, errand) -> None:
        tried.append(errand.errand_id)
        raise OSError("the oven is for ana@example.org")

    board(handles(Bake, run=burn, tries=4))
    errand_id, waits = ask(), []
    for _ in range(4):
        assert run_errand(errand_id)
        waits.append((look(session).due_at - now()).total_seconds())
        assert not run_errand(errand_id)  # it is not due yet
        now.advance(seconds=waits[-1])
    assert waits[:3] == [20, 40, 80]
    row = look(session)
    assert (row.state, row.tries, row.last_error) == (Progress.DEAD, 4, "OSError")
    assert tried == [errand_id] * 4  # the same at every try
    now.advance(days=1)
    assert due(now) == []


def test_an_errand_that_fails_now_and_then_is_done_in_the_end(engine, session, board, now):
    weather = iter([OSError(), None])

    def bake(_actor, _errand) -> None:
        if trouble := next(weather):
            raise trouble

    board(handles(Bake, run=bake))
    errand_id = ask()
    run_errand(errand_id)
    now.advance(seconds=20)
    assert run_errand(errand_id)
    row = look(session)
    assert (row.state, row.last_error, row.leased_until) == (Progress.DONE, None, None)


def test_waits_stay_reasonable_however_often_an_errand_may_fail(engine, session, board, now):
    def burn(_actor, _errand) -> None:
        raise OSError

    board(handles(Bake, run=burn, tries=1000))
    errand_id = ask()
    with transaction(SYSTEM) as work:
        work.session.get_one(ErrandRow, errand_id).tries = 400
    run_errand(errand_id)
    assert look(session).due_at == now() + timedelta(hours=1)


def lose_worker(errand_id) -> None:
    """As if the worker had been killed in the middle of it."""
    with transaction(SYSTEM) as work:
        assert queue_module._claim_errand(work, errand_id) is not None


def test_the_errand_of_a_lost_worker_runs_again_when_its_lease_is_over(engine, session, baked, now):
    errand_id = ask()
    lose_worker(errand_id)
    now.advance(seconds=LEASE.total_seconds())
    assert due(now) == []
    assert not run_errand(errand_id)
    now.advance(seconds=1)
    assert due(now) == [errand_id]
    assert run_errand(errand_id)
    assert (look(session).state, baked) == (Progress.DONE, ["plum"])


def test_an_errand_that_takes_its_worker_down_each_time_is_put_aside(engine, session, board, now):
    """Out of memory, say: it must not go on for ever."""
    board(handles(Bake, run=lambda _actor, _errand: None, tries=3))
    errand_id = ask()
    for _ in range(3):
        lose_worker(errand_id)
        now.advance(seconds=LEASE.total_seconds() + 1)
    assert not run_errand(errand_id)
    assert (look(session).state, look(session).last_error) == (Progress.DEAD, "worker lost")


def test_the_late_result_of_a_lost_worker_is_ignored(engine, session, board, now):
    """The second try is under way: the first one's failure must not free it for a third."""
    outcomes = []

    def bake(_actor, errand) -> None:
        if not outcomes:
            outcomes.append("first")
            now.advance(seconds=LEASE.total_seconds() + 1)
            run_errand(errand.errand_id)
            raise OSError("too late")
        outcomes.append("second")

    board(handles(Bake, run=bake))
    run_errand(ask())
    assert outcomes == ["first", "second"]
    assert (look(session).state, look(session).last_error) == (Progress.DONE, None)


def test_an_errand_that_this_version_does_not_know_is_not_lost_and_stops_nothing(engine, session, board, now):
    """After going back to an older version, say."""
    board()
    errand_id = ask()
    assert run_errand(errand_id)
    assert (look(session).state, look(session).last_error) == (Progress.WAITING, "KeyError")


def test_two_workers_at_once_do_an_errand_once(engine, session, board):
    """G-F12."""
    done, lock = [], threading.Lock()

    def bake(_actor, errand) -> None:
        with lock:
            done.append(errand.cake)

    board(handles(Bake, run=bake))
    asked = [ask(f"cake {number}") for number in range(10)]
    gate = threading.Barrier(4)

    def work() -> None:
        gate.wait()
        for errand_id in asked:
            run_errand(errand_id)

    _together(work, 4)
    assert sorted(done) == sorted(f"cake {number}" for number in range(10))


def test_a_handler_may_ask_for_the_next_errand(engine, session, board, now):
    def bake(_actor, errand) -> None:
        if errand.cake == "plum":
            ask("apple")

    board(handles(Bake, run=bake))
    run_errand(ask("plum"))
    assert len(due(now)) == 1


def test_finished_errands_are_forgotten_and_failed_ones_later(engine, session, baked, now):
    """Somebody is to look at what failed; but it may name an address, so it does not stay for ever."""
    run_errand(ask("plum"))
    dead = ask("apple")
    with transaction(SYSTEM) as work:
        work.session.get_one(ErrandRow, dead).state = Progress.DEAD
    now.advance(days=2, seconds=1)
    waiting = ask("cheese")
    queue_module.forget_finished(SYSTEM)
    assert set(session.scalars(select(ErrandRow.id))) == {dead, waiting}
    now.advance(days=28)
    queue_module.forget_finished(SYSTEM)
    assert session.scalars(select(ErrandRow.id)).all() == [waiting]


def test_errands_that_name_an_address_can_be_forgotten(engine, session, baked):
    """Whatever became of them; a longer name that holds it is another one."""
    waiting, done, dead, other = ask("plum"), ask("plum"), ask("plum"), ask("plum pie")
    run_errand(done)
    with transaction(SYSTEM) as work:
        work.session.get_one(ErrandRow, dead).state = Progress.DEAD
    with transaction(SYSTEM) as work:
        queue_module.forget(work, "plum")
    assert session.scalars(select(ErrandRow.id)).all() == [other]
    assert not run_errand(waiting)


# --- sweeps


def test_a_slot_is_the_same_moment_for_every_scheduler(now):
    """C-16: unique (name, slot) makes a second scheduler harmless."""
    hourly = every("test.hourly", minutes=60, run=lambda _actor: None)
    early = hourly.slot(now())
    now.advance(minutes=59, seconds=59)
    assert hourly.slot(now()) == early
    now.advance(seconds=1)
    assert hourly.slot(now()) == early + timedelta(hours=1)


def test_missed_slots_are_not_made_up_for(now):
    """T-61: after a night without a worker, the newest slot covers them all."""
    hourly = every("test.hourly", minutes=60, run=lambda _actor: None)
    now.advance(hours=10, minutes=30)
    assert now() - hourly.slot(now()) < timedelta(hours=1)


def test_a_sweep_is_done_once_for_each_slot(engine, board, now):
    ran = []
    board(every("test.tidy", minutes=1, run=ran.append))
    first = now()
    assert run_sweep("test.tidy", first)
    assert not run_sweep("test.tidy", first)
    assert run_sweep("test.tidy", first + timedelta(minutes=1))
    assert ran == [SYSTEM, SYSTEM]


def test_two_schedulers_do_each_slot_once(engine, session, board, now):
    """C-16, G-F12."""
    ran, lock = [], threading.Lock()

    def tidy(_actor) -> None:
        with lock:
            ran.append(1)

    board(every("test.tidy", minutes=1, run=tidy))
    slots = [now() + timedelta(minutes=number) for number in range(10)]
    gate = threading.Barrier(2)

    def schedule() -> None:
        gate.wait()
        for slot in slots:
            run_sweep("test.tidy", slot)

    _together(schedule, 2)
    assert len(ran) == 10
    assert len(session.scalars(select(SweepSlot)).all()) == 10
    assert all(session.scalars(select(SweepSlot.finished_at)))


def test_a_sweep_that_fails_is_tried_again_when_its_lease_is_over(engine, board, now):
    weather = iter([OSError(), None])
    ran = []

    def tidy(_actor) -> None:
        ran.append(1)
        if trouble := next(weather):
            raise trouble

    board(every("test.tidy", minutes=60, run=tidy))
    slot = now()
    assert run_sweep("test.tidy", slot)
    assert not run_sweep("test.tidy", slot)
    now.advance(seconds=LEASE.total_seconds() + 1)
    assert run_sweep("test.tidy", slot)
    now.advance(seconds=LEASE.total_seconds() + 1)
    assert not run_sweep("test.tidy", slot)
    assert len(ran) == 2


def test_old_slots_are_forgotten(engine, session, board, now):
    board(every("test.tidy", minutes=1, run=lambda _actor: None))
    run_sweep("test.tidy", now())
    now.advance(days=2, seconds=1)
    run_sweep("test.tidy", now())
    queue_module.forget_finished(SYSTEM)
    assert session.scalars(select(SweepSlot.slot)).all() == [now()]


def test_a_name_that_stands_twice_is_refused(board):
    """2.6: a job is named once."""
    twice = Sweep("test.tidy", timedelta(minutes=1), lambda _actor: None)
    with pytest.raises(ValueError, match=r"test\.tidy"):
        board(twice, twice)


def _together(act, times: int) -> None:
    threads = [threading.Thread(target=act) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
