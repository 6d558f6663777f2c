"""How `kinkeeper serve` starts web and worker, once the house is prepared."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import kinkeeper
from kinkeeper.web.assets import SOURCE

if TYPE_CHECKING:
    from kinkeeper.app.supervise import Command
    from kinkeeper.kernel.config import Settings

CODE = Path(kinkeeper.__file__).parent
SCRATCH = "/dev/shm" if Path("/dev/shm").is_dir() else tempfile.gettempdir()  # noqa: S108
"""Where gunicorn writes its heartbeat: memory, if there is some, so that a busy disk cannot stop it."""


def become_supervisor(settings: Settings) -> NoReturn:
    """Turn this process into the one that watches over web and worker; it keeps its number."""
    commands = json.dumps([_web(settings), _worker()])
    watched = [str(CODE)] if settings.reload else []
    sys.stdout.flush()
    os.execv(  # noqa: S606 - no shell: our own interpreter and arguments
        sys.executable, [sys.executable, "-m", "kinkeeper.app.supervise", commands, *watched]
    )


def _web(settings: Settings) -> Command:
    return [
        *(sys.executable, "-m", "gunicorn", "kinkeeper.app.wsgi:app"),
        *("--bind", _bind(settings), "--worker-class", "kinkeeper.app.threads.Worker", "--workers", "1"),
        *("--config", "python:kinkeeper.app.hooks", "--threads", str(settings.threads + settings.streams)),
        *("--timeout", "60", "--graceful-timeout", "10"),
        *("--no-control-socket", "--log-level", "warning", "--forwarded-allow-ips", ""),
        *("--worker-tmp-dir", SCRATCH, "--logger-class", "kinkeeper.app.server_log.Log"),
        *(["--reload", *_watched()] if settings.reload else []),
    ]


def _worker() -> Command:
    return [sys.executable, "-m", "kinkeeper", "worker", "--parent", str(os.getpid())]


def _bind(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def _watched() -> list[str]:
    """Name what else must restart the web: style sheets are published at start."""
    files = [path for path in SOURCE.rglob("*") if path.is_file()]
    return [argument for file in files for argument in ("--reload-extra-file", str(file))]
