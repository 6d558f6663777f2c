"""Open streams: how many one web process holds, what each takes, and what pages and events feel of them."""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.house import Server, _serving, free_port
from benchmarks.pages import Client

STREAMS, EXTRA, LOOKS, TOLD = 200, 5, 150, 20
TOPIC = "toys"
STAGE = """
import sys
from kinkeeper.app.house import open_house
from kinkeeper.app.migrate import upgrade
from kinkeeper.features.accounts.service.sessions import Lease, open_session
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.config import Settings
from kinkeeper.kernel.work import transaction
from datetime import timedelta
from tests.factories import make_account
upgrade(open_house(Settings()))
with transaction(SYSTEM) as work:
    for number in range(int(sys.argv[1])):
        name = "P" + "abcdefghij"[number % 10] * (number // 10 + 1)
        actor = make_account(work.session, name, is_admin=True)
        day = timedelta(days=1)
        print(open_session(work, actor.person_id, account_id=actor.account_id, lease=Lease(day, day)))
"""
TELL = """
import sys, time
from kinkeeper.app.house import open_house
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.config import Settings
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import live
open_house(Settings())
for number in range(int(sys.argv[1])):
    with transaction(SYSTEM) as work:
        live.tell(work, "toys", "toy.found", microseconds=time.monotonic_ns() // 1000)
    time.sleep(0.3)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        port = free_port()
        settings = {
            "KINKEEPER_DATA": name,
            "KINKEEPER_DATABASE_URL": "",
            "KINKEEPER_SECRET": os.urandom(32).hex(),
            "KINKEEPER_LOG_LEVEL": "ERROR",
            "KINKEEPER_PORT": str(port),
            "KINKEEPER_STREAMS": str(STREAMS),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]),
        }
        cookies = _run(STAGE, settings, STREAMS + EXTRA).split()
        with _serving(_gunicorn(port), "KINKEEPER_PORT", settings, port) as server:
            _measure(server, cookies, settings)
            began = time.perf_counter()
        print(f"SIGTERM to exit with {STREAMS} streams: {time.perf_counter() - began:.2f} s")


def _measure(server: Server, cookies: list[str], settings: dict[str, str]) -> None:
    for _ in range(20):
        _look(server, cookies[0], 1)  # warm
    before, memory = _look(server, cookies[0], LOOKS), server.memory()
    held = [_open(server, cookie) for cookie in cookies]
    streams = [answer for answer in held if answer.status == 200]
    refused = len(held) - len(streams)
    delays: list[float] = []
    threads = [threading.Thread(target=_hear, args=(answer, delays)) for answer in streams]
    for thread in threads:
        thread.start()
    time.sleep(2)
    used, cpu, began = server.memory(), server.cpu(), time.perf_counter()
    time.sleep(10)
    idle = (server.cpu() - cpu) / (time.perf_counter() - began)
    during = _look(server, cookies[0], LOOKS)
    print(
        f"{len(streams)} streams held, {refused} beyond the cap refused with 503; "
        f"{(used - memory) * 1024 / len(streams):.0f} KB each ({memory:.0f} → {used:.0f} MB); "
        f"idle, rights re-read every 5 s: {idle:.1%} of a core"
    )
    for name, times in (("without streams", before), (f"with {len(streams)} idle streams", during)):
        print(f"page {name}: p50 {_part(times, 0.5):.1f} ms, p95 {_part(times, 0.95):.1f} ms")
    _run(TELL, settings, TOLD)
    time.sleep(2)
    print(
        f"{TOLD} events to all: {len(delays)} of {TOLD * len(streams)} arrived; "
        f"p50 {_part(delays, 0.5):.0f} ms, p99 {_part(delays, 0.99):.0f} ms, slowest {max(delays):.0f} ms"
    )


def _look(server: Server, cookie: str, times: int) -> list[float]:
    client, found = Client(server.address, {"kk_account": cookie}), []
    for _ in range(times):
        began = time.perf_counter()
        client.get(f"/sample/{TOPIC}")
        found.append((time.perf_counter() - began) * 1000)
    return found


def _open(server: Server, cookie: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=60)
    connection.request("GET", f"/sample/{TOPIC}/live", headers={"Cookie": f"kk_account={cookie}"})
    return connection.getresponse()


def _hear(answer: http.client.HTTPResponse, delays: list[float]) -> None:
    while line := answer.readline():
        _, found, told = line.decode().partition('"microseconds":')
        if found:
            delays.append(time.monotonic_ns() / 1e6 - int(told.rstrip("}\n")) / 1000)


def _part(times: list[float], share: float) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[round(share * 100) - 1]


def _run(code: str, settings: dict[str, str], number: int) -> str:
    own = {**os.environ, **settings}
    return subprocess.check_output([sys.executable, "-c", code, str(number)], env=own, text=True)


def _gunicorn(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "tests.integration.web.live_house:application()"),
        *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", str(16 + STREAMS)),
        *("--config", "python:kinkeeper.app.hooks", "--no-control-socket", "--log-level", "warning"),
    ]


if __name__ == "__main__":
    main()
