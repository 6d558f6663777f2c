"""The web server's threads, and how long one caller may keep one: gunicorn's own wait without a limit.

Sixteen who send a letter a minute would otherwise have the house to themselves.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from errno import ECONNRESET
from typing import Any

from gunicorn.workers import gthread

from kinkeeper.kernel import clock

LONGEST = 15.0
"""Seconds that a request may take to arrive, head and body together, and an answer to be taken."""
LINGER = 2.0


class Caller(socket.socket):
    """An accepted connection; `until` is when its present request must have arrived."""

    longest = LONGEST
    until = 0.0

    def recv(self, *size: int) -> bytes:
        """Read on, or give the caller up as if they had gone."""
        patience = self.gettimeout()
        left = max(self.until - clock.ticks(), 0.001)
        self.settimeout(left if patience is None else min(patience, left))
        try:
            return super().recv(*size)
        except TimeoutError:
            raise ConnectionResetError(ECONNRESET, "too slow") from None
        finally:
            self.settimeout(patience)

    def hang_up(self) -> None:
        """Say that no more comes, and wait a moment for the same: unread bytes would cut our answer short."""
        self.until = min(self.until, clock.ticks() + LINGER)
        with suppress(OSError):
            self.shutdown(socket.SHUT_WR)
            while self.recv(65536):
                pass
        self.until = 0.0

    def setblocking(self, flag: bool) -> None:  # noqa: FBT001 - as the standard library has it
        """Block with a limit, which is that for sending."""
        self.settimeout(self.longest if flag else 0.0)


class Worker(gthread.ThreadWorker):  # type: ignore[misc]  # its base has no types
    """gunicorn's threaded worker with callers who must not dawdle."""

    caller = Caller

    def handle(self, conn: Any) -> Any:  # noqa: ANN401 - gunicorn's own
        """Serve one request; who has sent nothing yet waits without a thread."""
        if not conn.initialized:
            conn.sock = self.caller(fileno=conn.sock.detach())
            if not conn.wait_for_data(0):
                return gthread._DEFER  # noqa: SLF001 - the word for it has no public name
        conn.sock.until = clock.ticks() + conn.sock.longest
        goes_on = super().handle(conn)
        if goes_on is False:
            conn.sock.hang_up()  # gunicorn does it in the thread that accepts callers, and all would wait
        return goes_on
