"""Watches over web and worker (`python -m kinkeeper.app.supervise COMMANDS [CODE]`); standard library only.

`kinkeeper serve` turns into this process once the house is prepared, so that what was imported for
preparing it (migrations above all) does not stay in memory for as long as the house is open.
"""

from __future__ import annotations

import ctypes
import json
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kinkeeper.kernel import clock

if TYPE_CHECKING:
    from types import FrameType

STOP_WITHIN = 20
"""Seconds that web and worker have to finish what is under way."""
LOOK_EVERY = 0.5
RESTARTS, WITHIN = 5, 60.0
"""A worker that dies this often within so many seconds has a reason, and a person must look."""

_PR_SET_PDEATHSIG = 1
Command = list[str]


class Supervisor:
    """Keeps web and worker running together; when web ends, or we are told to stop, both end."""

    def __init__(self, web: Command, worker: Command, *, code: Path | None = None) -> None:
        """Start the worker anew whenever something changes below `code`; web looks to that itself."""
        self._web, self._worker = web, worker
        self._code, self._dates = code, _dates(code)
        self._stop = threading.Event()
        self._deaths: list[float] = []

    def run(self) -> int:
        """Serve until stopped; answers the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)
        web, worker = _start(self._web), _start(self._worker)
        while not self._stop.wait(LOOK_EVERY):
            if web.poll() is not None:
                break
            if self._code is not None:  # one that cannot start waits for the next change
                if self._has_changed(self._code):
                    _end(worker)
                    worker = _start(self._worker)
            elif worker.poll() is not None:
                if self._dies_too_often():
                    break
                worker = _start(self._worker)
        told = self._stop.is_set()
        _end(web, worker)
        return 0 if told else web.returncode or 1

    def _told_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _has_changed(self, code: Path) -> bool:
        before, self._dates = self._dates, _dates(code)
        return before != self._dates

    def _dies_too_often(self) -> bool:
        now = clock.ticks()
        self._deaths = [death for death in self._deaths if now - death < WITHIN] + [now]
        return len(self._deaths) > RESTARTS


def _dates(code: Path | None) -> dict[Path, int]:
    """Answer when each source file was last written; some go while we look."""
    found = {}
    for path in code.rglob("*.py") if code is not None else ():
        with suppress(OSError):
            found[path] = path.stat().st_mtime_ns
    return found


def _start(command: Command) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches us alone, and we stop both in order.
    return subprocess.Popen(  # noqa: S603 - our own arguments
        command,
        start_new_session=True,
        preexec_fn=_end_with_us if sys.platform == "linux" else None,  # noqa: PLW1509 - one thread here
    )


def _end_with_us() -> None:
    """Have the kernel stop this child when we are gone, killed included (prctl, Linux only)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _end(*processes: subprocess.Popen[bytes]) -> None:
    """Ask all to stop, then wait for all."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    patience = clock.ticks() + STOP_WITHIN
    for process in processes:
        try:
            process.wait(max(0.1, patience - clock.ticks()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    watched = Path(sys.argv[2]) if sys.argv[2:] else None
    sys.exit(Supervisor(*json.loads(sys.argv[1]), code=watched).run())
