"""What wakes the hub: the doorbell of the SQLite file, or PostgreSQL's NOTIFY."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from kinkeeper.kernel import clock
from kinkeeper.platform.jobs.worker import LOOK_ANYWAY, POLL, Doorbell
from kinkeeper.platform.live.events import CHANNEL

if TYPE_CHECKING:
    import threading

    from sqlalchemy.engine import Engine


class Bell(Protocol):
    """Rings when something may have been told."""

    def wait(self, stop: threading.Event) -> None:
        """Wait until it rings, a second has gone by, or `stop` is set."""

    def close(self) -> None:
        """Let its connection go."""


class Notified:
    """Hears what every commit with an event says (NOTIFY), on a connection outside the pool."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.raw_connection()
        self._driver: Any = cast("Any", self._connection.driver_connection)
        self._connection.detach()  # one that listens must not be lent to anybody else
        self._driver.autocommit = True
        self._driver.execute(f"LISTEN {CHANNEL}")

    def wait(self, stop: threading.Event) -> None:
        """Wait until it rings, a second has gone by, or `stop` is set."""
        patience = clock.ticks() + LOOK_ANYWAY
        while clock.ticks() < patience and not stop.is_set():
            if any(self._driver.notifies(timeout=POLL, stop_after=1)):
                return

    def close(self) -> None:
        """Let its connection go."""
        self._connection.close()


def hang(engine: Engine) -> Bell:
    """Answer the bell for this database; another driver's is looked at every second."""
    return Notified(engine) if engine.dialect.driver == "psycopg" else Doorbell(engine)
