"""A house for measuring: a real `kinkeeper serve`, and a bare Flask page on the same server."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PATH = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)
BARE = """
from flask import Flask, request
app = Flask(__name__)

@app.route("/", methods=["GET", "POST"])
def hello():
    return f"<!doctype html><title>Hello</title><p>{request.form.get('name', 'Hello')}</p>"

@app.route("/json")
def hello_json():
    return {"hello": "world"}
"""


HIGH_PACES = {f"KINKEEPER_PACE_{name}": "1000000000/hour" for name in ("VISITORS", "SIGNED_IN", "API")}
"""They are counted as ever, and nobody reaches them."""


@dataclass
class Server:
    """A process tree that listens."""

    address: str
    process: subprocess.Popen[bytes]
    folder: Path
    ready_after: float
    printed: str = ""
    data: Path = Path()
    """Where the house keeps everything."""

    def pids(self) -> list[int]:
        """Every process of the tree."""
        found, ahead = [], [self.process.pid]
        while ahead:
            pid = ahead.pop()
            found.append(pid)
            children = Path(f"/proc/{pid}/task/{pid}/children")
            ahead.extend(int(child) for child in children.read_text().split() if children.exists())
        return found

    def memory(self) -> float:
        """Proportional memory of the tree, in MB."""
        return sum(_pss(pid) for pid in self.pids()) / 1024

    def cpu(self) -> float:
        """Processor seconds that the tree has used."""
        return sum(_cpu(pid) for pid in self.pids())


@contextmanager
def kinkeeper(*, database: str = "") -> Iterator[Server]:
    """A fresh house; `database` is its address, SQLite by default."""
    settings = {"KINKEEPER_DATABASE_URL": database, "KINKEEPER_SECRET": os.urandom(32).hex()}
    with _serving([sys.executable, "-m", "kinkeeper", "serve"], "KINKEEPER_PORT", settings) as server:
        yield server


@contextmanager
def web_alone() -> Iterator[Server]:
    """The web process without its worker, and with budgets that hold a measurement."""
    with tempfile.TemporaryDirectory() as name:
        house = {"KINKEEPER_DATA": name, "KINKEEPER_LOG_LEVEL": "INFO", "PYTHONPATH": _PATH, **HIGH_PACES}
        port = free_port()
        own = {**os.environ, **house, "KINKEEPER_PORT": str(port)}
        link = subprocess.check_output([sys.executable, "-m", "kinkeeper", "set-up-link"], env=own, text=True)
        with _serving(_gunicorn("benchmarks.roomy:app"), "KINKEEPER_PORT", house, port) as server:
            server.printed, server.data = link, Path(name)
            yield server


@contextmanager
def bare_flask() -> Iterator[Server]:
    """One page without anything, on the same kind of server."""
    with _serving(_gunicorn("bare:app"), "PORT", {}) as server:
        yield server


def _gunicorn(application: str) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", application, "--worker-class", "gthread", "--threads", "16"),
        *("--no-control-socket", "--log-level", "warning"),
    ]


@contextmanager
def _serving(command: list[str], port_name: str, settings: dict[str, str], port: int = 0) -> Iterator[Server]:
    port = port or free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(BARE)
        data = {"KINKEEPER_DATA": str(folder / "data"), "PORT": str(port), port_name: str(port), **settings}
        began = time.perf_counter()
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **data},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        address = f"http://127.0.0.1:{port}"
        server = Server(address, process, folder, _wait(process, port, began, folder / "log"))
        try:
            yield server
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def _wait(process: subprocess.Popen[bytes], port: int, began: float, log: Path) -> float:
    """Seconds until the first whole answer."""
    while process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as connection:
                connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                if connection.recv(64).startswith(b"HTTP/1.1"):
                    return time.perf_counter() - began
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _pss(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
