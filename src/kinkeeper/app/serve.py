"""`kinkeeper serve`: one process tree. It migrates, starts web and worker, and watches over both."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kinkeeper.kernel import clock
from kinkeeper.web.assets import SOURCE

if TYPE_CHECKING:
    from types import FrameType

    from kinkeeper.kernel.config import Settings

SCRATCH = "/dev/shm" if Path("/dev/shm").is_dir() else tempfile.gettempdir()  # noqa: S108
"""Where gunicorn writes its heartbeat: memory, if there is some, so that a busy disk cannot stop it."""
STOP_WITHIN = 20
"""Seconds that web and worker have to finish what is under way."""
LOOK_EVERY = 0.5
RESTARTS, WITHIN = 5, 60.0
"""A worker that dies this often within so many seconds has a reason, and a person must look."""


@dataclass(frozen=True, slots=True)
class Command:
    """A process to start, with the environment it gets besides ours."""

    name: str
    arguments: list[str]


def commands(settings: Settings) -> tuple[Command, Command]:
    """Answer how web and worker are started."""
    web = [
        *(sys.executable, "-m", "gunicorn", "kinkeeper.app.wsgi:app"),
        *("--bind", _bind(settings), "--worker-class", "gthread", "--workers", "1"),
        *("--threads", str(settings.threads), "--timeout", "60", "--graceful-timeout", "10"),
        *("--no-control-socket", "--log-level", "warning", "--forwarded-allow-ips", ""),
        *("--worker-tmp-dir", SCRATCH),
        *(["--reload", *_watched()] if settings.reload else []),
    ]
    worker = [sys.executable, "-m", "kinkeeper", "worker", "--parent", str(os.getpid())]
    return Command("web", web), Command("worker", worker)


class Supervisor:
    """Keeps web and worker running together; when web ends, or we are told to stop, both end."""

    def __init__(self, settings: Settings) -> None:
        self._web, self._worker = commands(settings)
        self._stop = threading.Event()
        self._deaths: list[float] = []

    def run(self) -> int:
        """Serve until stopped; answers the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_stop)
        web, worker = _start(self._web), _start(self._worker)
        while not self._stop.wait(LOOK_EVERY):
            if web.poll() is not None:
                break
            if worker.poll() is not None:
                if self._dies_too_often():
                    break
                worker = _start(self._worker)
        told = self._stop.is_set()
        for process in (web, worker):
            _end(process)
        return 0 if told else web.returncode or 1

    def _told_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _dies_too_often(self) -> bool:
        now = clock.ticks()
        self._deaths = [death for death in self._deaths if now - death < WITHIN] + [now]
        return len(self._deaths) > RESTARTS


def _bind(settings: Settings) -> str:
    return (
        f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
    )


def _watched() -> list[str]:
    """Name what else must restart the web: style sheets are published at start."""
    files = [path for path in SOURCE.rglob("*") if path.is_file()]
    return [argument for file in files for argument in ("--reload-extra-file", str(file))]


def _start(command: Command) -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl-C reaches us alone, and we stop both in order.
    return subprocess.Popen(command.arguments, start_new_session=True)  # noqa: S603 - our own arguments


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
