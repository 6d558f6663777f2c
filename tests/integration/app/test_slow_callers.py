"""Slow callers, on a real server: they must not keep others out, by dawdling or by not leaving."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

THREADS, CALLERS = 2, 6

APPLICATION = """
import os
from kinkeeper.app.threads import Caller, Worker

class QuickCaller(Caller):
    longest = float(os.environ["LONGEST"])

class QuickWorker(Worker):
    caller = QuickCaller

def app(environ, start_response):
    try:
        body = environ["wsgi.input"].read()
    except OSError:
        body = b"gone"
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Two threads, and half a second for each request; answers where it listens."""
    with serving(tmp_path_factory.mktemp("server"), longest=0.5) as address:
        yield address


@contextmanager
def serving(folder: Path, *, longest: float):
    (folder / "quick.py").write_text(APPLICATION)
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        options = ["--worker-class", "quick.QuickWorker", "--threads", str(THREADS), "--no-control-socket"]
        options += ["--bind", f"fd://{listener.fileno()}"]
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "quick:app", "--log-level", "warning", *options],
            cwd=folder,
            env={**os.environ, "LONGEST": str(longest)},
            pass_fds=[listener.fileno()],
        )
        try:
            yield listener.getsockname()
        finally:
            process.terminate()
            process.wait(30)


def call(server, *parts: bytes) -> socket.socket:
    caller = socket.create_connection(server, timeout=30)
    for part in parts:
        caller.sendall(part)
    return caller


def answer_to(server, body: bytes = b"Ana") -> bytes:
    with closing(call(server, post(body), body)) as caller:
        return answer(caller)


def post(body: bytes) -> bytes:
    return b"POST / HTTP/1.1\r\nHost: house.test\r\nContent-Length: %d\r\n\r\n" % len(body)


def answer(caller: socket.socket) -> bytes:
    """The status and the body of one answer, as it comes."""
    said = b""
    while b"\r\n\r\n" not in said:
        said += caller.recv(4096) or pytest.fail("no answer")
    head, _, body = said.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += caller.recv(4096)
    return head.split(b" ")[1] + b" " + body


DAWDLERS = {
    "a head that does not end": [b"POST / HTTP/1.1\r\nHost: house.test\r\n"],
    "a body that does not come": [b"POST / HTTP/1.1\r\nHost: house.test\r\nContent-Length: 9\r\n\r\nAna"],
    "nothing at all": [],
}


@pytest.mark.parametrize("parts", DAWDLERS.values(), ids=DAWDLERS)
def test_who_dawdles_keeps_nobody_else_waiting_for_long(server, parts):
    assert answer_to(server) == b"200 Ana"
    with ExitStack() as dawdlers:
        for _ in range(CALLERS):
            dawdlers.enter_context(closing(call(server, *parts)))
        assert answer_to(server) == b"200 Ana"


@pytest.mark.parametrize("drop", [b"X-Slow: 1\r\n", b"."], ids=["head", "body"])
def test_a_request_must_have_arrived_as_a_whole(server, drop):
    """Each piece in time is not enough: it could go on for ever."""
    begin = b"POST / HTTP/1.1\r\nHost: house.test\r\n"
    begin += b"Content-Length: 1000\r\n\r\n" if drop == b"." else b""
    over = threading.Event()
    with closing(call(server, begin)) as caller:

        def drip() -> None:
            while not over.wait(0.05):
                try:
                    caller.sendall(drop)
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            said = answer(caller) if drop == b"." else caller.recv(4096)
        except ConnectionResetError:
            said = b""
        finally:
            over.set()
            dripping.join()
    assert said in {b"", b"200 gone"}


def test_a_request_may_come_in_pieces_and_the_next_one_on_the_same_connection(server):
    head = post(b"Ana")
    with closing(call(server, head[:10])) as caller:
        for part in (head[10:], b"A", b"na"):
            caller.sendall(part)
        assert answer(caller) == b"200 Ana"
        caller.sendall(post(b"Ben") + b"Ben")
        assert answer(caller) == b"200 Ben"


def test_who_does_not_hang_up_keeps_nobody_else_waiting(tmp_path):
    """After its last answer a server listens for two seconds; others are let in meanwhile."""
    last = b"POST / HTTP/1.1\r\nHost: house.test\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    with serving(tmp_path, longest=30) as server, closing(call(server, last)) as lingering:
        assert answer(lingering) == b"200 "
        with closing(call(server, post(b"Ana"), b"Ana")) as quick:
            quick.settimeout(1.5)
            assert answer(quick) == b"200 Ana"
