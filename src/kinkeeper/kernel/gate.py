"""The write gate: SQLite's writers wait for their turn here rather than inside SQLite.

SQLite's own busy handler sleeps longer and longer between its looks, so that who has waited long is
overtaken; a thread lock within the process and advisory file locks between processes, looked at each
millisecond, cut the slowest writes to a fraction.

Two locks, because a look for a free one has to be repeated (flock itself waits for ever): whoever waits
for the room stands in its door. One who has just left has to come through the door again, and so cannot
snatch the room from a process that was waiting already.
"""

from __future__ import annotations

import fcntl
import threading
import time
from contextlib import contextmanager, nullcontext, suppress
from typing import IO, TYPE_CHECKING

from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

PATIENCE = 10.0
"""Seconds that a writer waits for its turn, on either engine, before people are told to try again."""
LOOK_AGAIN = 0.001


class Gate:
    """One writer at a time over all threads and processes that share a database file."""

    def __init__(self, path: Path | None, *, patience: float = PATIENCE) -> None:
        self._path = path
        self._patience = patience
        self._turn = threading.Lock()

    def pass_through(self) -> AbstractContextManager[None]:
        """Hold the gate for the length of the block; without a file there is no gate.

        Raises Unavailable after `patience` seconds in the queue, or where the folder cannot be written.
        """
        return nullcontext() if self._path is None else self._hold(self._path)

    @contextmanager
    def _hold(self, path: Path) -> Iterator[None]:
        until = clock.ticks() + self._patience
        if not self._turn.acquire(timeout=self._patience):
            raise Unavailable
        try:
            with _opened(path) as room:  # closing the file lets go
                with _opened(path.with_suffix(".door")) as door:
                    _lock(door, until)
                    _lock(room, until)
                yield
        finally:
            self._turn.release()


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("ab")
    except OSError as error:  # read-only, full, or gone; the database beside it would say the same
        raise Unavailable from error


def _lock(file: IO[bytes], until: float) -> None:
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        if clock.ticks() > until:
            raise Unavailable
        time.sleep(LOOK_AGAIN)
