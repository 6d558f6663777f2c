"""What the web server logs of requests that never reach the application."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading

import pytest

from kinkeeper.app import serve, server_log
from tests.conftest import BASE_URL, secret_of

TOKEN = "Zk3v-9_QmB7xT0pWq2LrD8sY5nJ4hUcA1eGfOiKtVbX"
UNREADABLE = [
    f"GET /confirm/{TOKEN}\r\n\r\n",
    f"GET /confirm/{TOKEN} HTTP/9.9\r\nHost: x\r\n\r\n",
    f"G@T /confirm/{TOKEN} HTTP/1.1\r\nHost: x\r\n\r\n",
    f"GET /confirm/{TOKEN} HTTP/1.1\r\nHost: x\r\nBad Header{TOKEN}: x\r\n\r\n",
    f"GET /confirm/{TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Length: {TOKEN}\r\n\r\n",
    f"GET /confirm/{TOKEN}{'a' * 9000} HTTP/1.1\r\n\r\n",
]


@pytest.fixture
def web(settings, tmp_path):
    """The house's web server as `serve` starts it: where it listens, and what it has said by its end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    chosen = {
        "DATA": str(tmp_path),
        "BASE_URL": BASE_URL,
        "DATABASE_URL": str(settings.database_url),
        "SECRET": secret_of(0),
    }
    process = subprocess.Popen(
        serve._web(settings.model_copy(update={"host": "127.0.0.1", "port": port})),
        env={
            **os.environ,
            **{f"KINKEEPER_{name}": value for name, value in chosen.items()},
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )

    def end() -> str:
        process.terminate()
        return process.communicate(timeout=30)[0]

    _wait_for(port, process)
    yield port, end
    process.kill()
    process.wait()


def _wait_for(port: int, process: subprocess.Popen[str]) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=30).close()
        except ConnectionRefusedError:
            assert process.poll() is None
            threading.Event().wait(0.1)
        else:
            return


def test_a_request_that_cannot_be_read_leaves_no_token_in_the_log(web):
    """C-34: a link that was cut in two looks like a request without a version."""
    port, end = web
    for request in UNREADABLE:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as caller:
            caller.sendall(request.encode())
            assert caller.recv(12).startswith(b"HTTP/1.1 4")
    log = end()
    assert "Invalid request from ip=127.0.0.1" in log
    assert TOKEN not in log
    assert TOKEN[:20] not in log


def test_an_exception_leaves_no_token_either():
    try:
        int(TOKEN)
    except ValueError:
        record = logging.LogRecord(
            "gunicorn.error", logging.ERROR, __file__, 1, "Error handling %s", (TOKEN,), sys.exc_info()
        )
    assert server_log.mask(record)
    told = logging.Formatter().format(record)
    assert TOKEN not in told
    assert "ValueError: invalid literal for int() with base 10: '***'" in told
    assert "test_an_exception_leaves_no_token_either" in told
