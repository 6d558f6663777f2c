"""The embedded worker: it hears of new work at once, survives what goes wrong, and stops when told."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest

from kinkeeper.app import worker as app_worker
from kinkeeper.app.house import furnish
from kinkeeper.app.worker import letter_round
from kinkeeper.kernel import clock, db
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.config import Settings
from kinkeeper.kernel.work import end_reading, transaction
from kinkeeper.platform.jobs import every, handles
from kinkeeper.platform.jobs import worker as worker_module
from kinkeeper.platform.jobs.declare import pin_up
from kinkeeper.platform.jobs.queue import LEASE
from kinkeeper.platform.jobs.worker import Doorbell, Worker
from kinkeeper.platform.limits import Spending
from kinkeeper.platform.mail import delivery
from kinkeeper.platform.mail.outbox import Sending
from kinkeeper.platform.mail.transports import Unreachable
from tests.conftest import BASE_URL, SERVER
from tests.integration.platform.test_jobs import Bake, ask

LONG = 20.0
"""Seconds that only a failing test waits."""


def idle() -> bool:
    return False


@pytest.fixture(autouse=True)
def _own_jobs():
    pin_up([])
    yield
    furnish(BASE_URL)


@contextmanager
def working(engine, carry_letters=idle):
    worker = Worker(engine, carry_letters, threading.Event())
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()
        worker.join()


def write() -> None:
    with transaction(SYSTEM) as work:
        work.session.merge(Spending(key=b"k", ends_at=work.now, spent=1))


# --- the doorbell


def test_a_commit_of_another_connection_rings(engine, monkeypatch):
    if SERVER:
        pytest.skip("PostgreSQL has no such bell")
    monkeypatch.setattr(worker_module, "LOOK_ANYWAY", LONG)
    doorbell, stop, rang = Doorbell(engine), threading.Event(), threading.Event()
    waiting = threading.Thread(target=lambda: (doorbell.wait(stop), rang.set()))
    waiting.start()
    write()
    assert rang.wait(LONG / 2)
    waiting.join()
    doorbell.close()


def test_a_commit_before_the_wait_rings_too(engine, monkeypatch):
    """Else work that arrives between the look and the wait would lie there."""
    if SERVER:
        pytest.skip("PostgreSQL has no such bell")
    monkeypatch.setattr(worker_module, "LOOK_ANYWAY", LONG)
    doorbell, began = Doorbell(engine), clock.ticks()
    write()
    doorbell.wait(threading.Event())
    assert clock.ticks() - began < LONG / 2
    doorbell.close()


def test_silence_is_not_trusted_for_long_and_reading_does_not_ring(engine, monkeypatch):
    monkeypatch.setattr(worker_module, "LOOK_ANYWAY", 0.3)
    doorbell, began = Doorbell(engine), clock.ticks()
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    doorbell.wait(threading.Event())
    assert clock.ticks() - began >= 0.3
    doorbell.close()


def test_being_told_to_stop_ends_the_wait(engine, monkeypatch):
    monkeypatch.setattr(worker_module, "LOOK_ANYWAY", LONG)
    doorbell, stop, began = Doorbell(engine), threading.Event(), clock.ticks()
    stop.set()
    doorbell.wait(stop)
    assert clock.ticks() - began < LONG / 2
    doorbell.close()


def test_the_bell_keeps_no_transaction_open(engine):
    """An open snapshot would keep the write-ahead log growing."""
    if SERVER:
        pytest.skip("PostgreSQL has no such bell")
    doorbell = Doorbell(engine)
    write()
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        busy, left, _done = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    assert (busy, left) == (0, 0)
    doorbell.close()


def fail_to_look(monkeypatch, engine, *, times: int) -> list[int]:
    """The next looks at this engine's bells fail, as they do where the disk does; answers each try.

    A hub of live pages that an earlier test opened may still look at a bell of its own.
    """
    look, tried = Doorbell._version, []

    def version(self) -> int:
        if self._engine is not engine:
            return look(self)
        tried.append(1)
        if len(tried) <= times:
            raise OSError("disk I/O error")
        return look(self)

    monkeypatch.setattr(Doorbell, "_version", version)
    return tried


def test_a_bell_that_lost_its_connection_rings_again_once_it_is_repaired(engine, monkeypatch):
    if SERVER:
        pytest.skip("PostgreSQL has no such bell")
    monkeypatch.setattr(worker_module, "FIRST_REPAIR", 0.2)
    monkeypatch.setattr(worker_module, "LOOK_ANYWAY", 0.15)
    doorbell = Doorbell(engine)
    doorbell._connection.dbapi_connection.close()
    doorbell.wait(threading.Event())  # out of order, and no longer than a silent one
    monkeypatch.setattr(worker_module, "LOOK_ANYWAY", LONG)
    began = clock.ticks()
    doorbell.wait(threading.Event())  # what was written meanwhile nobody heard: it rings for it
    write()
    doorbell.wait(threading.Event())
    assert clock.ticks() - began < LONG / 2
    doorbell.close()
    assert engine.pool.checkedout() == 0


def test_a_bell_that_stays_out_of_order_is_repaired_ever_less_often(engine, monkeypatch):
    if SERVER:
        pytest.skip("PostgreSQL has no such bell")
    hands = [1000.0]
    monkeypatch.setattr(worker_module.clock, "ticks", lambda: hands[0])
    tried, waits = fail_to_look(monkeypatch, engine, times=100), []
    doorbell, last = Doorbell(engine), hands[0]
    while len(tried) < 10:
        before = len(tried)
        assert not doorbell._rings()
        if len(tried) > before:
            waits.append(hands[0] - last)
            last = hands[0]
        hands[0] += 0.5
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


# --- the worker


def test_a_doorbell_out_of_order_ends_no_work(engine, monkeypatch):
    """Neither where it cannot be hung at the start nor later: rows are looked for every second."""
    if SERVER:
        pytest.skip("PostgreSQL has no such bell")
    monkeypatch.setattr(worker_module, "LOOK_ANYWAY", 0.1)
    fail_to_look(monkeypatch, engine, times=1_000_000)
    done = threading.Event()
    pin_up([handles(Bake, run=lambda _actor, _errand: done.set())])
    with working(engine) as worker:
        ask()
        assert done.wait(LONG)
        assert worker.is_whole


def test_a_read_that_cannot_even_be_ended_is_a_failed_round(engine, monkeypatch):
    """A connection that is gone may say so only when it is given back."""
    again, ends = threading.Event(), []

    def end() -> None:
        end_reading()
        ends.append(1)
        if len(ends) == 1:
            raise OSError("gone")
        again.set()

    monkeypatch.setattr(worker_module, "end_reading", end)
    with working(engine) as worker:
        assert again.wait(LONG)
        assert worker.is_whole


def test_stopping_begins_no_further_errand(engine):
    begun, stop = [], threading.Event()
    pin_up([handles(Bake, run=lambda _actor, errand: (begun.append(errand.cake), stop.set()))])
    for cake in ("plum", "apple", "cheese"):
        ask(cake)
    Worker(engine, idle, stop)._do_jobs()
    assert len(begun) == 1


def test_an_errand_that_is_asked_for_is_done_without_being_told(engine):
    done = threading.Event()
    pin_up([handles(Bake, run=lambda _actor, _errand: done.set())])
    with working(engine):
        ask()
        assert done.wait(LONG)


def test_sweeps_come_round_once_a_slot(engine, now):
    ran, again = [], threading.Event()

    def tidy(_actor) -> None:
        ran.append(1)
        if len(ran) == 2:
            again.set()

    pin_up([every("test.tidy", minutes=60, run=tidy)])
    worker = Worker(engine, idle, threading.Event())
    for _ in range(3):
        worker._do_jobs()
    assert len(ran) == 1
    now.advance(hours=1)
    worker._do_jobs()
    assert again.is_set()


def test_a_sweep_that_failed_is_tried_again_before_its_next_slot(engine, now):
    """A daily sweep must not wait for tomorrow; nor must one whose worker was lost in the middle."""
    ran = []

    def tidy(_actor) -> None:
        ran.append(1)
        if len(ran) == 1:
            raise OSError

    pin_up([every("test.tidy", minutes=24 * 60, run=tidy)])
    worker = Worker(engine, idle, threading.Event())
    for _ in range(3):
        worker._do_jobs()
    assert len(ran) == 1
    now.advance(seconds=LEASE.total_seconds() + 1)
    for _ in range(3):
        worker._do_jobs()
    assert len(ran) == 2


def test_a_worker_takes_over_the_sweep_of_a_lost_one(engine, now):
    ran = []

    def killed(_actor) -> None:
        raise KeyboardInterrupt

    pin_up([every("test.tidy", minutes=24 * 60, run=killed)])
    with pytest.raises(KeyboardInterrupt):
        Worker(engine, idle, threading.Event())._do_jobs()
    pin_up([every("test.tidy", minutes=24 * 60, run=ran.append)])
    second = Worker(engine, idle, threading.Event())
    second._do_jobs()
    assert ran == []
    now.advance(seconds=LEASE.total_seconds() + 1)
    second._do_jobs()
    assert ran == [SYSTEM]


def test_a_round_that_fails_is_tried_again(engine):
    calls, recovered = [], threading.Event()

    def carry() -> bool:
        calls.append(1)
        if len(calls) < 3:
            raise OSError("a bad day")
        recovered.set()
        return False

    with working(engine, carry):
        for _ in range(3):
            write()
        assert recovered.wait(LONG)


def test_a_round_that_has_more_to_do_is_not_kept_waiting(engine, monkeypatch):
    monkeypatch.setattr(worker_module, "LOOK_ANYWAY", LONG)
    monkeypatch.setattr(worker_module, "POLL", LONG)
    batches, empty = iter([True] * 5 + [False] * 1000), threading.Event()

    def carry() -> bool:
        more = next(batches)
        if not more:
            empty.set()
        return more

    worker = Worker(engine, carry, threading.Event())
    worker.start()
    assert empty.wait(LONG / 2)
    worker.stop()
    worker.join()


def test_stopping_finishes_what_is_under_way(engine):
    began, finish, finished = threading.Event(), threading.Event(), []

    def bake(_actor, _errand) -> None:
        began.set()
        finish.wait(LONG)
        finished.append(1)

    pin_up([handles(Bake, run=bake)])
    worker = Worker(engine, idle, threading.Event())
    worker.start()
    ask()
    assert began.wait(LONG)
    worker.stop()
    finish.set()
    worker.join()
    assert finished == [1]
    assert not any(thread.name in {"letters", "jobs"} for thread in threading.enumerate())


def test_a_worker_gives_its_connections_back(engine):
    with working(engine):
        pass
    assert engine.pool.checkedout() == 0


def test_a_database_server_that_is_away_at_the_start_does_not_stop_the_worker(engine):
    """G-F8: both come up together after a power cut; nobody restarts a worker that looks alive."""
    pytest.importorskip("psycopg")
    writer, reader, gate = db.Writer.kw["bind"], db.Reader.kw["bind"], db.gate()
    away = db.connect("postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2")
    rounds, thrice = [], threading.Event()

    def carry() -> bool:
        rounds.append(1)
        if len(rounds) == 3:
            thrice.set()
        return len(rounds) < 3

    try:
        with working(away, carry):
            assert thrice.wait(LONG)
    finally:
        away.dispose()
        db.Writer.configure(bind=writer)
        db.Reader.configure(bind=reader)
        db._Bound.gate = gate


def test_a_letter_that_is_queued_is_carried(engine, invite, outbox, tmp_path, now):
    """RS-61: from the row to the folder, by the round that the house runs."""
    folder = tmp_path / "letters"
    settings = Settings(data=tmp_path, mail_url=f"file:{folder}")
    carry, carried = letter_round(settings, lambda: False), threading.Event()

    def carry_and_tell() -> bool:
        more = carry()
        if more:
            carried.set()
        return more

    with working(engine, carry_and_tell):
        letter_id = invite("Ana")
        assert carried.wait(LONG)
    assert [path.stem for path in folder.iterdir()] == [str(letter_id)]
    assert outbox()[0].state is Sending.SENT
    assert outbox()[0].sent_at - now() < timedelta(seconds=1)


def test_all_letters_wait_while_the_carrier_is_out_of_reach(invite, outbox, tmp_path, monkeypatch):
    """However many there are, and those that are written meanwhile: one attempt, and then a pause."""
    attempts, seconds = [], [0.0]

    class Nobody:
        name = "smtp"

        def send(self, _message, *, once):
            attempts.append(once)
            raise Unreachable("nobody listens")

    monkeypatch.setattr(app_worker, "open_transport", lambda _url: Nobody())
    monkeypatch.setattr(clock, "ticks", lambda: seconds[0])
    for number in range(delivery.BATCH + 10):
        invite(f"P{number}")
    carry = letter_round(Settings(data=tmp_path), lambda: False)
    for _ in range(3):
        assert carry() is False
    invite("Late")
    carry()
    assert len(attempts) == 1
    assert sum(row.attempts for row in outbox()) == 1
    seconds[0] = delivery.PAUSE.total_seconds()
    carry()
    assert len(attempts) == 2
    assert attempts[0] != attempts[1], "the one that was tried has a wait of its own"
