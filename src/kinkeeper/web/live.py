"""An event stream as a response: an open page hears what changed, and looks again (static/js/live.js)."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import orjson
from flask import Response, request, stream_with_context
from sqlalchemy.exc import SQLAlchemyError

from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Problem
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform.live import events
from kinkeeper.platform.live.hub import BACKLOG, HUB, Parting, Stream
from kinkeeper.web import access
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from kinkeeper.platform.live import Event

CHECK_EVERY, BEAT_EVERY, LIFE = 5.0, 15.0, 30 * 60.0
"""Seconds: how long rights are believed while nothing is told, how long a stream is silent, and how long
it lives at most."""
SEND_WITHIN = 5.0
"""Seconds that a reader may let us wait before its connection is cut."""
COME_BACK_AFTER = 3_000
"""Milliseconds, for the browser."""
LEAVE = b"event: leave\ndata:\n\n"
HEADERS = {
    "X-Accel-Buffering": "no",  # nginx would gather events
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}
LOOKS = "X-Look"
"""The header by which live.js says that nobody has asked for this page: the script has."""


def stream(*topics: str, check: Callable[[], object]) -> Response:
    """Answer an event stream over these topics.

    `check` reads the viewer's rights and raises a problem without them: now, before anything is told, and
    every CHECK_EVERY seconds. Raises NoPlace where too many streams are open.
    """
    check()
    last = _last_seen()
    opened = HUB.open(frozenset(topics), _viewer(), most=settings().streams)
    end_reading()
    response = Response(
        stream_with_context(_lines(opened, last, check)), mimetype="text/event-stream", headers=HEADERS
    )
    response.call_on_close(lambda: HUB.leave(opened))
    return response


def is_visit() -> bool:
    """Tell whether a person asks; a page that keeps itself up to date keeps no session alive."""
    return LOOKS not in request.headers and "text/event-stream" not in request.headers.get("Accept", "")


def _lines(opened: Stream, last: int | None, check: Callable[[], object]) -> Iterator[bytes]:
    with _line_of_its_own():
        for event in _missed(opened, last):
            yield _written(event)
        yield b"retry: %d\nid: %d\n\n" % (COME_BACK_AFTER, opened.since)
        yield from _coming(opened, check)


@contextmanager
def _line_of_its_own() -> Iterator[None]:
    """Let a reader that stands still hold nobody up, and nothing else be asked on this connection.

    A stopping gunicorn would wait for what is asked next. Over TLS or HTTP/2 a proxy does all that.
    """
    line = request.environ.get("gunicorn.socket")
    is_shared = not str(request.environ["SERVER_PROTOCOL"]).startswith("HTTP/1")
    if is_shared or not isinstance(line, socket.socket) or isinstance(line, ssl.SSLSocket):
        yield
        return
    line.settimeout(SEND_WITHIN)
    try:
        yield
    finally:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RD)


def _coming(opened: Stream, check: Callable[[], object]) -> Iterator[bytes]:
    began = checked = beaten = now = clock.ticks()
    while now - began < LIFE:
        arrived = opened.next(checked + CHECK_EVERY - now)
        if isinstance(arrived, Parting):
            if arrived is Parting.STAY_AWAY:
                yield LEAVE
            return
        now = clock.ticks()
        if arrived is not None or now - checked >= CHECK_EVERY:
            if not _may_still(check):
                return
            checked = now
        if arrived is not None or now - beaten >= BEAT_EVERY:
            yield _written(arrived) if arrived is not None else b":\n\n"
            beaten = now


def _missed(opened: Stream, last: int | None) -> list[Event]:
    if last is None:
        return []
    try:
        return events.missed(read_session(), opened.topics, last, opened.since, BACKLOG)
    finally:
        end_reading()


def _may_still(check: Callable[[], object]) -> bool:
    try:
        access.forget_actor()
        access.check_access()
        check()
    except (Problem, SQLAlchemyError):
        return False
    finally:
        end_reading()
    return True


def _written(event: Event) -> bytes:
    told = {"kind": event.kind, "subject_id": event.subject_id, **event.facts}
    return b"id: %d\ndata: %s\n\n" % (event.id, orjson.dumps(told))


def _last_seen() -> int | None:
    """Answer where the reader left off: as a browser that comes back says, or as its page said."""
    said = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 18 else None  # noqa: PLR2004 - 64 bits


def _viewer() -> tuple[object, object]:
    actor = access.current_actor()
    return actor.account_id, actor.guest_id
