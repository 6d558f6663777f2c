"""The hub: one thread of a process reads new events once, and passes them on to all open streams."""

from __future__ import annotations

import threading
from enum import Enum
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, ClassVar

import structlog

from kinkeeper.kernel.errors import Unavailable
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform.live import bells, events

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sqlalchemy.engine import Engine

    from kinkeeper.platform.live.events import Event

log = structlog.get_logger(__name__)

BACKLOG = 100
"""Events that may wait for one stream; a reader slower than that comes back and asks for what it missed."""
EACH = 3
"""Streams that one viewer may hold; the oldest makes way, being most likely a page that was left."""
MOST_OF_ONE = 100
"""Streams over one topic, likewise: a crowd around one exchange leaves others their place."""


class NoPlace(Unavailable):
    """As many streams are open as this process may hold, or it is about to stop."""

    code = "live.no_place"
    message = mark("Too many pages are kept up to date at this moment. This one looks again by itself.")
    retry_after: ClassVar[int] = 20


class Parting(Enum):
    """Why a stream ends."""

    COME_BACK = "come back"
    """And ask for what was missed."""
    STAY_AWAY = "stay away"
    """And look now and then instead."""


class Stream:
    """What one open page is to be sent: the hub puts in, the page's own thread takes out."""

    def __init__(self, topics: frozenset[str], viewer: Hashable, since: int) -> None:
        self.topics, self.viewer, self.since = topics, viewer, since
        self._waiting: SimpleQueue[Event | Parting] = SimpleQueue()
        self._parting: Parting | None = None

    def next(self, seconds: float) -> Event | Parting | None:
        """Answer what comes next, or None if nothing comes in time."""
        if self._parting is not None:
            return self._parting
        try:
            return self._waiting.get(timeout=max(seconds, 0))
        except Empty:
            return None

    def offer(self, event: Event) -> bool:
        """Put an event in; tells whether the reader keeps up."""
        self._waiting.put(event)
        return self._waiting.qsize() <= BACKLOG

    def end(self, parting: Parting) -> None:
        """Let the reader go at once, whatever else waits for it."""
        self._parting = parting
        self._waiting.put(parting)


class Hub:
    """All streams of this process; they hold no connection. Its thread works only while there are some."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._streams: dict[Stream, None] = {}
        self._last = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self, topics: frozenset[str], viewer: Hashable, *, most: int) -> Stream:
        """Answer a stream of what is told from now on; raises NoPlace where `most` are open.

        Whoever has to make way for it looks now and then instead.
        """
        with self._turn:
            self._make_way([stream for stream in self._streams if stream.viewer == viewer], EACH)
            for topic in topics:
                self._make_way([stream for stream in self._streams if topic in stream.topics], MOST_OF_ONE)
            if self._stop.is_set() or len(self._streams) >= most:
                raise NoPlace
            if self._thread is None:
                self._begin()
            stream = Stream(topics, viewer, self._last)
            self._streams[stream] = None
            return stream

    def leave(self, stream: Stream) -> None:
        """Forget a stream whose reader is gone."""
        with self._turn:
            self._streams.pop(stream, None)

    def close(self) -> None:
        """End all streams, and let no more in; may be called by a signal, so it only says so."""
        self._stop.set()

    def _begin(self) -> None:
        session = read_session()
        self._last = events.newest(session)
        engine = session.get_bind().engine
        # A daemon: servers that do not know of `close` must be able to stop too.
        self._thread = threading.Thread(target=self._work, args=(engine,), name="live", daemon=True)
        self._thread.start()

    def _work(self, engine: Engine) -> None:
        try:
            bell = bells.hang(engine)
            try:
                while not self._is_done():
                    self._pass_on()
                    bell.wait(self._stop)
            finally:
                bell.close()
        except Exception:
            log.exception("the hub of live pages failed")
            self._is_done(anyway=True)

    def _is_done(self, *, anyway: bool = False) -> bool:
        """Tell whether the thread may end, and end what is still open; streams that come back begin anew."""
        with self._turn:
            if self._streams and not (anyway or self._stop.is_set()):
                return False
            for stream in list(self._streams):
                self._part(stream, Parting.COME_BACK)
            self._thread = None
            return True

    def _pass_on(self) -> None:
        try:
            while found := events.after(read_session(), self._last):
                with self._turn:
                    for event in found:
                        self._offer(event)
                    self._last = found[-1].id
                end_reading()
        finally:
            end_reading()

    def _offer(self, event: Event) -> None:
        for stream in [stream for stream in self._streams if event.topic in stream.topics]:
            if not stream.offer(event):
                self._part(stream, Parting.COME_BACK)

    def _make_way(self, among: list[Stream], most: int) -> None:
        """Let the oldest of these go, where there are as many as there may be."""
        if len(among) >= most:
            self._part(among[0], Parting.STAY_AWAY)

    def _part(self, stream: Stream, parting: Parting) -> None:
        self._streams.pop(stream)
        stream.end(parting)


HUB = Hub()
"""This process's."""
