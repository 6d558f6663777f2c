"""How requests are framed, on the server that ships: two readings of one request let one be smuggled."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import closing

import pytest

APPLICATION = """
def app(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""
HEAD = b"POST / HTTP/1.1\r\nHost: house.test\r\n"
TWICE = {
    "a length and chunks": b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and a length": b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nAnaBo",
    "a length that is none": b"Content-Length: +4\r\n\r\nAnna",
    "a negative length": b"Content-Length: -1\r\n\r\n",
    "chunks by another name": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks and something else": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunks with a blank before the colon": b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a chunk whose size is none": b"Transfer-Encoding: chunked\r\n\r\n0x4\r\nAnna\r\n0\r\n\r\n",
    "a folded header": b"Content-Length: 4\r\nX-Way: one\r\n two\r\n\r\nAnna",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("framing")
    (folder / "plain.py").write_text(APPLICATION)
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        options = ["--worker-class", "kinkeeper.app.threads.Worker", "--threads", "2", "--no-control-socket"]
        options += ["--bind", f"fd://{listener.fileno()}"]
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "plain:app", "--log-level", "critical", *options],
            cwd=folder,
            env=dict(os.environ),
            pass_fds=[listener.fileno()],
        )
        try:
            yield listener.getsockname()
        finally:
            process.terminate()
            process.wait(30)


def answers(server, request: bytes) -> bytes:
    """All that comes back until the server hangs up."""
    with closing(socket.create_connection(server, timeout=20)) as caller:
        caller.sendall(request)
        caller.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: caller.recv(65_536), b""))


def test_a_plain_request_is_answered(server):
    assert answers(server, HEAD + b"Content-Length: 3\r\n\r\nAna").endswith(b"\r\n\r\nAna")


@pytest.mark.parametrize("framing", TWICE.values(), ids=TWICE)
def test_what_can_be_read_in_two_ways_is_refused(server, framing):
    """A-38, T-44: and nothing after it is taken for a request of its own."""
    smuggled = b"GET /smuggled HTTP/1.1\r\nHost: house.test\r\n\r\n"
    heard = answers(server, HEAD + framing + smuggled)
    assert heard.count(b"HTTP/1.1 ") <= 1
    assert b" 200 " not in heard.partition(b"\r\n")[0]
