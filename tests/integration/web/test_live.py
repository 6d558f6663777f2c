"""Open pages hear what changed, from a real server: soon, completely, within bounds, and only with rights."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from kinkeeper.app.serve import _web as serve_command
from kinkeeper.app.threads import Caller
from kinkeeper.features.accounts.models import Account, WebSession
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import live
from kinkeeper.platform.live.hub import HUB
from kinkeeper.web import live as streams
from tests.conftest import secret_of
from tests.factories import actor_of, make_account, withdraw_grants
from tests.integration.web.live_house import furnished

SOON, LONG, FOR_EVER = 20.0, 30.0, "60"
"""Seconds: what comes by itself even on a busy machine, what a failing test waits, and what no test does."""


class Served:
    """gunicorn with the sample page, as `kinkeeper serve` starts it."""

    def __init__(self, settings, folder, **own: str) -> None:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KINKEEPER_")},
            "KINKEEPER_DATA": str(folder),
            "KINKEEPER_DATABASE_URL": settings.database,
            "KINKEEPER_SECRET": secret_of(0),
            "KINKEEPER_LOG_LEVEL": "ERROR",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            **own,
        }
        self.opened: list[http.client.HTTPConnection | http.client.HTTPResponse] = []
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
            command = self._command(settings, listener.fileno())
            self.process = subprocess.Popen(command, env=environment, pass_fds=[listener.fileno()])
        self._wait()

    @staticmethod
    def _command(settings, listener: int) -> list[str]:
        """The house's own, but for what is served where; and only what ends by itself ends in time."""
        command = serve_command(settings)
        command[command.index("kinkeeper.app.wsgi:app")] = "tests.integration.web.live_house:application()"
        command[command.index("--bind") + 1] = f"fd://{listener}"
        return [*command, "--graceful-timeout", FOR_EVER, "--keep-alive", FOR_EVER]

    def _wait(self) -> None:
        patience = time.monotonic() + LONG
        while time.monotonic() < patience:
            try:
                if self.ask("/health", Connection="close").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        pytest.fail("the server did not start")

    def ask(self, path: str, cookie: str = "", **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG)
        self.opened.append(connection)
        connection.request("GET", path, headers={"Cookie": cookie, **headers})
        answer = connection.getresponse()
        self.opened.append(answer)
        return answer

    def stop(self) -> None:
        for one in self.opened:
            one.close()
        self.process.terminate()
        try:
            self.process.wait(LONG)
        finally:
            self.process.kill()


class Heard:
    """An open stream, read as a browser reads it."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.answer, self.last = answer, ""
        assert answer.status == 200, answer.read()

    def event(self) -> dict[str, object] | None:
        """What arrives next; None when the stream ended."""
        data = None
        while line := self.answer.readline():
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name == "id":
                self.last = value
            elif name == "data":
                data = json.loads(value)
            elif not name and data is not None:
                return data
        return None

    def begin(self) -> Heard:
        """Read as far as the number that it begins with."""
        while not self.last:
            self.last = self.answer.readline().decode().partition("id: ")[2].strip()
        return self


@pytest.fixture(autouse=True)
def _true_time(now) -> None:
    """The server has a clock of its own: the real one."""
    now.moment = datetime.now(UTC) - timedelta(minutes=1)  # noqa: TID251 - as said


@pytest.fixture
def serve(settings, tmp_path) -> Iterator[Callable[..., Served]]:
    """`serve(KINKEEPER_STREAMS='1')` starts a server."""
    started: list[Served] = []

    def start(**own: str) -> Served:
        started.append(Served(settings, tmp_path / "served", **own))
        return started[-1]

    yield start
    for served in started:
        served.stop()


@pytest.fixture
def cookie(admin, client_of) -> str:
    return cookie_of(client_of(admin))


def cookie_of(client) -> str:
    return f"kk_account={client.get_cookie('kk_account', domain='kinkeeper.test').value}"


def tell(*kinds: str, topic: str = "toys", **facts: int) -> None:
    with transaction(SYSTEM) as work:
        for kind in kinds:
            live.tell(work, topic, kind, **facts)


def test_an_event_arrives_soon_and_says_what_changed(serve, cookie):
    heard = Heard(serve().ask("/sample/toys/live", cookie)).begin()
    tell("foreign", topic="books")
    tell("toy.found", count=3)
    began = time.monotonic()
    assert heard.event() == {"kind": "toy.found", "subject_id": None, "count": 3}
    assert time.monotonic() - began < SOON


def test_coming_back_misses_nothing(serve, cookie):
    """By the number of the last event, as browsers send it, or by the number that the page was made with."""
    served = serve()
    tell("seen")
    heard = Heard(served.ask("/sample/toys/live", cookie)).begin()
    before = heard.last
    tell("one")
    assert heard.event()["kind"] == "one"
    heard.answer.close()
    tell("two", "three")
    tell("foreign", topic="books")
    back = Heard(served.ask("/sample/toys/live?after=0", cookie, **{"Last-Event-ID": heard.last}))
    assert [back.event()["kind"] for _ in range(2)] == ["two", "three"]
    page = Heard(served.ask(f"/sample/toys/live?after={before}", cookie))
    assert [page.event()["kind"] for _ in range(3)] == ["one", "two", "three"]
    tell("four")
    assert back.event()["kind"] == page.event()["kind"] == "four"


def test_one_too_many_is_told_when_to_ask_again_and_pages_still_answer(serve, cookie):
    served = serve(KINKEEPER_STREAMS="1")
    held = Heard(served.ask("/sample/toys/live", cookie)).begin()
    refused = served.ask("/sample/toys/live", cookie)
    assert (refused.status, refused.headers["Retry-After"]) == (503, "20")
    assert served.ask("/sample/toys", cookie).status == 200
    tell("new")
    assert held.event()["kind"] == "new"


def test_being_told_to_stop_ends_streams_at_once(serve, cookie, stage, client_of):
    """A restart takes as long as without streams; the browser comes back by itself."""
    with stage() as session:
        others = [make_account(session, name) for name in ("Olga", "Ana", "Bo")]
    served = serve()
    cookies = [cookie, *(cookie_of(client_of(actor)) for actor in others)]
    held = [Heard(served.ask("/sample/toys/live", one)).begin() for one in cookies]
    served.process.send_signal(signal.SIGTERM)
    assert [heard.event() for heard in held] == [None] * len(held)
    assert served.process.wait(LONG) == 0


def test_nothing_else_is_asked_on_the_connection_of_a_stream(serve, cookie):
    """A stopping server would wait for what is asked next."""
    served = serve()
    first = Heard(served.ask("/sample/toys/live", cookie)).begin()
    line = served.opened[-2].sock
    others = [Heard(served.ask("/sample/toys/live", cookie)).begin() for _ in range(3)]
    assert first.event() is None  # the fourth page of one viewer sends the first away
    assert line.recv(1) == b""
    assert len(others) == 3


def test_a_stream_ends_soon_after_its_session(serve, cookie, stage):
    served = serve()
    heard = Heard(served.ask("/sample/toys/live", cookie)).begin()
    with stage() as session:
        session.execute(delete(WebSession))
    began = time.monotonic()
    assert heard.event() is None
    assert time.monotonic() - began < streams.CHECK_EVERY + SOON


def test_nothing_is_told_to_whoever_has_lost_the_right_to_it(serve, cookie, stage):
    """A-53: at once, though nobody has looked for some seconds whether they may still hear."""
    heard = Heard(serve().ask("/sample/toys/live", cookie)).begin()
    with stage() as session:
        session.execute(delete(WebSession))
    tell("secret")
    assert heard.event() is None


def test_a_stream_ends_soon_after_the_right_to_it(serve, cookie, stage):
    served = serve()
    heard = Heard(served.ask("/sample/keys/live", cookie)).begin()
    with stage() as session:
        withdraw_grants(session, actor_of(session.scalars(select(Account)).one()))
    assert heard.event() is None


# --- in this process


def whole(client, path: str, **query: str) -> str:
    """All that a stream says until it ends; closing it is the server's part."""
    with client.get(path, query_string=query) as answer:
        return str(answer.text)


@pytest.fixture
def live_app(app):
    return furnished(app)


def test_a_stream_is_for_those_who_may_see_the_page(live_app, client_of, admin, stage):
    with stage() as session:
        olga = make_account(session, "Olga")
    assert client_of(None).get("/sample/toys/live").status_code == 302
    foreign = client_of(olga).get("/sample/keys/live")
    assert foreign.status_code == 404
    assert foreign.mimetype == "text/html"


def test_nobody_on_the_way_gathers_or_keeps_it(live_app, client_of, admin):
    answer = client_of(admin).get("/sample/toys/live")
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    answer.close()


def test_a_silent_stream_beats_and_is_renewed_after_a_while(live_app, client_of, admin, monkeypatch):
    """So that a peer that is gone is noticed, and nobody holds a place for ever."""
    monkeypatch.setattr(streams, "CHECK_EVERY", 0.05)
    monkeypatch.setattr(streams, "BEAT_EVERY", 0.1)
    monkeypatch.setattr(streams, "LIFE", 0.4)
    text = whole(client_of(admin), "/sample/toys/live")
    assert re.match(r"retry: 3000\nid: \d+\n\n:\n\n", text)
    assert text.endswith(":\n\n")


@pytest.mark.parametrize("said", ["x", "-1", "1" * 30, "²", "1;2"])
def test_a_number_that_cannot_be_meant_begins_now(live_app, client_of, admin, said, monkeypatch):
    monkeypatch.setattr(streams, "LIFE", 0.0)
    tell("old")
    assert "data:" not in whole(client_of(admin), "/sample/toys/live", after=said)


def test_the_fourth_page_of_one_viewer_sends_the_first_away(live_app, client_of, admin):
    first = client_of(admin).get("/sample/toys/live")
    others = [HUB.open(frozenset(), (admin.account_id, None), most=9) for _ in range(3)]
    assert first.text.endswith("event: leave\ndata:\n\n")
    first.close()
    for other in others:
        HUB.leave(other)


def test_a_page_that_keeps_itself_up_to_date_keeps_no_session_alive(live_app, client_of, admin, session, now):
    """A session that lies idle ends, whatever a script asks meanwhile (A-52)."""
    client = client_of(admin)
    now.advance(minutes=20)
    seen = select(WebSession.seen_at)
    before = session.scalar(seen)
    client.get("/sample/toys/live", headers={"Accept": "text/event-stream"}).close()
    client.get("/sample/toys", headers={"X-Look": "live"})
    assert session.scalar(seen) == before
    client.get("/sample/toys")
    assert session.scalar(seen) == now()


@pytest.mark.parametrize("kind", [socket.socket, Caller])
def test_a_reader_that_stands_still_is_waited_for_only_so_long(live_app, kind):
    """On the connections that `kinkeeper serve` accepts as on plain ones (G-F14)."""
    ours, theirs = socket.socketpair()
    with kind(fileno=ours.detach()) as line, theirs:
        with on_connection(live_app, line), streams._line_of_its_own():
            assert line.gettimeout() == streams.SEND_WITHIN
        theirs.settimeout(LONG)
        assert line.recv(1) == b""


@pytest.mark.parametrize("protocol", ["HTTP/1.1", "HTTP/2"])
def test_what_a_proxy_looks_after_is_left_alone(live_app, protocol):
    """TLS, and connections that several requests share."""
    ours, theirs = socket.socketpair()
    own = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    if protocol == "HTTP/1.1":
        ours = own.wrap_socket(ours, server_side=True, do_handshake_on_connect=False)
    with ours, theirs, on_connection(live_app, ours, protocol), streams._line_of_its_own():
        assert ours.gettimeout() is None


def on_connection(app, line: socket.socket, protocol: str = "HTTP/1.1"):
    facts = {"gunicorn.socket": line, "SERVER_PROTOCOL": protocol}
    return app.test_request_context("/sample/toys/live", environ_overrides=facts)


def test_without_a_script_a_link_looks_again(live_app, client_of, admin):
    page = client_of(admin).get("/sample/toys").text
    assert 'data-live="/sample/toys/live?after=0"' in page
    assert "Look again" in page
