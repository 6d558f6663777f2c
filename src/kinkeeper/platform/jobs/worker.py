"""The embedded engine: one thread carries letters, one does sweeps and errands; both only read rows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog

from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Unavailable
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform.jobs.declare import sweeps
from kinkeeper.platform.jobs.queue import SweepSlot, due_errands, run_errand, run_sweep

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Engine
    from sqlalchemy.pool import PoolProxiedConnection

log = structlog.get_logger(__name__)

POLL, LOOK_ANYWAY = 0.1, 1.0
"""Seconds: how often the doorbell is looked at, and how long it is trusted to stay silent."""
FIRST_REPAIR, LONGEST_REPAIR = 1.0, 60.0
"""Seconds until a doorbell that is out of order is opened anew."""

Round = Callable[[], bool]
"""One round of a thread; tells whether there may be more to do at once."""


class Doorbell:
    """Tells within a tenth of a second that some connection has written to the SQLite file.

    `PRAGMA data_version` changes with every commit of another connection, and costs nothing to ask.
    PostgreSQL has no such thing; there, rows are simply looked for every second. So they are while the
    bell is out of order: it is a comfort, and no work may wait for it, let alone end of it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine, self._has_bell = engine, engine.dialect.name == "sqlite"
        self._connection: PoolProxiedConnection | None = None
        self._seen: int | None = None
        self._repairs, self._repair_at = 0, 0.0
        self._rings()

    def wait(self, stop: threading.Event) -> None:
        """Wait until something was written, a second has gone by, or `stop` is set."""
        patience = clock.ticks() + LOOK_ANYWAY
        while clock.ticks() < patience and not stop.wait(POLL):
            if self._rings():
                return

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _rings(self) -> bool:
        """Tell whether the version is another one; a connection's first version is always another one."""
        if not self._has_bell or clock.ticks() < self._repair_at:
            return False
        try:
            version = self._version()
        except Exception:
            log.exception("the doorbell is out of order")
            self._give_up()
            return False
        has_rung, self._seen, self._repairs = version != self._seen, version, 0
        return has_rung

    def _version(self) -> int:
        if self._connection is None:
            self._connection = self._engine.raw_connection()
        return int(self._connection.cursor().execute("PRAGMA data_version").fetchone()[0])

    def _give_up(self) -> None:
        """Drop the connection; a new one is opened in 1, 2, 4 … seconds, a minute at most."""
        if self._connection is not None:
            self._connection.invalidate()
        self._connection, self._seen = None, None
        self._repair_at = clock.ticks() + min(FIRST_REPAIR * 2**self._repairs, LONGEST_REPAIR)
        self._repairs = min(self._repairs + 1, 10)


class Worker:
    """Runs rounds until `stop` is set; a round that raises is logged and tried again."""

    def __init__(self, engine: Engine, carry_letters: Round, stop: threading.Event) -> None:
        self._engine, self._stop = engine, stop
        self._swept: dict[str, datetime] = {}
        rounds = {"letters": carry_letters, "jobs": self._do_jobs}
        self._threads = [
            threading.Thread(target=self._work, args=(round_,), name=name) for name, round_ in rounds.items()
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    @property
    def is_whole(self) -> bool:
        """Whether both threads still work; one that ended by a defect must not go unnoticed."""
        return all(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        """Ask to stop; what is under way is finished first."""
        self._stop.set()

    def join(self) -> None:
        """Wait until it has stopped."""
        for thread in self._threads:
            thread.join()

    def _work(self, round_: Round) -> None:
        doorbell = Doorbell(self._engine)
        while not self._stop.is_set():
            if not _go_round(round_):
                doorbell.wait(self._stop)
        doorbell.close()

    def _do_jobs(self) -> bool:
        self._sweep(clock.now())
        due = due_errands(read_session(), clock.now())
        return sum(run_errand(errand_id) for errand_id in due if not self._stop.is_set()) > 0

    def _sweep(self, now: datetime) -> None:
        for sweep in sweeps().values():
            slot = sweep.slot(now)
            if self._swept.get(sweep.name) == slot or self._stop.is_set():
                continue
            begun = read_session().get(SweepSlot, (sweep.name, slot))
            if begun is None or (begun.finished_at is None and begun.leased_until < now):
                run_sweep(sweep.name, slot)  # it may fail, or its worker be lost: look again
            elif begun.finished_at is not None:
                self._swept[sweep.name] = slot


def _go_round(round_: Round) -> bool:
    """Do one round; tells whether there may be more to do at once, which after trouble nobody knows."""
    try:
        try:
            return round_()
        finally:
            end_reading()
    except Unavailable:
        return False  # the database is busy or away; it is asked again
    except Exception:
        log.exception("a round of the worker failed")
        return False
