"""The write gate: SQLite's writers queue here, fairly, instead of polling inside SQLite.

SQLite's own busy handler sleeps and retries, which is unfair under load; a thread lock within the
process and an advisory file lock between processes cut the slowest writes to a fraction.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # no flock there: SQLite's own busy timeout still holds
    fcntl = None  # type: ignore[assignment]  # the module or nothing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


class Gate:
    """One writer at a time over all threads and processes that share a database file."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._turn = threading.Lock()

    def pass_through(self) -> AbstractContextManager[None]:
        """Hold the gate for the length of the block; without a file there is no gate."""
        return nullcontext() if self._path is None else self._hold(self._path)

    @contextmanager
    def _hold(self, path: Path) -> Iterator[None]:
        with self._turn, path.open("ab") as side_file:
            if fcntl is not None:
                fcntl.flock(side_file, fcntl.LOCK_EX)  # closing the file lets go
            yield
