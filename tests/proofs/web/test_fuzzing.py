"""Whatever is sent, by whomever: an answer of ours, and all of an act or nothing of it (A-4, A-66).

The examples are the same at every run, so that a failure can be looked at again. Most begin with what
the form wants, and spoil some of it: what is nonsense altogether hardly gets past the first field.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, currently_in_test_context, given, note, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.limits import Spending
from kinkeeper.web import problems, security
from tests.integration.web.support import bearer
from tests.proofs.web.bodies import (
    Body,
    content_types,
    draw_fields,
    draw_json,
    draw_path,
    plain_body,
    rows_of_bytes,
)
from tests.proofs.web.keeping import fingerprint, kept
from tests.proofs.web.routes import PARTLY_WRITTEN, UNREACHED, UNWRITTEN, body_of, routes_of
from tests.proofs.web.scene import ASKED, PROGRAMMERS, WHO, furnish
from tests.proofs.web.ways import Scene, Way, ways_to

pytestmark = pytest.mark.long

as_always = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def complaints(monkeypatch):
    """What the house wrote into its log as a fault of its own, whatever it answered."""
    said: list[object] = []
    book = SimpleNamespace(error=lambda *words, **facts: said.append((words, facts)))
    monkeypatch.setattr(problems, "log", book)
    return said


@pytest.fixture
def furnished(engine, stage, session, client_of):
    """A house with something of everything in it, and everybody's keys to it.

    `furnished.restore()` puts it back as it was.
    """
    scene = furnish(session)
    browsers = {who: cookies_of(client_of(actor)) for who, actor in scene.actors.items()}
    programs = {who: bearer(scene.actors[who]) for who in PROGRAMMERS}
    with stage() as staged:
        staged.execute(delete(Spending))  # what was tried to furnish it is nobody's try
    with kept(engine) as restore:
        yield SimpleNamespace(scene=scene, browsers=browsers, programs=programs, restore=restore)


def cookies_of(client) -> dict[str, str]:
    """What a browser is known by: as somebody, or as one that has only looked; and that it has asked."""
    found = (client.get_cookie(name, domain="kinkeeper.test") for name in ("kk_account", "kk_guest"))
    known = {cookie.key: cookie.value for cookie in found if cookie is not None}
    return (known or {"kk_visit": "just-looking"}) | {"kk_asked": ASKED}


@pytest.fixture
def send(app, client_of, session, furnished, complaints):
    """`send(who, rule, method, path, body)` sends it, looks what came of it, and puts all back.

    Answers whether it was taken.
    """

    def look() -> tuple[str, list[str]]:
        return fingerprint(session), list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))

    state, entries = look()

    def act(who: str, rule, method: str, path: str, body: Body) -> bool:
        client, cookies = client_of(None), furnished.browsers[who]
        for name, value in cookies.items():
            client.set_cookie(name, value, domain="kinkeeper.test")
        sent = body(security._csrf_for(next(iter(cookies.values()))))
        try:
            answer = client.open(path, method=method, **sent)
            remark = note if currently_in_test_context() else print
            remark(f"{method} {path!r} {sent!r} → {answer.status_code} {complaints}")
            now, trail = look()
        finally:
            furnished.restore()
        assert answer.status_code < 500
        assert "Traceback" not in answer.text
        assert complaints == []
        judge(rule.endpoint, answer.status_code, trail[len(entries) :], changed=now != state)
        return answer.status_code < 400

    return act


HANDED_ON = {"exchange.organiser_added", "exchange.organiser_removed"}
ALONG = {
    "account.closed": HANDED_ON,
    "account.deleted": HANDED_ON,
    "person.erased": HANDED_ON,
    "account.address_changed": {"person.merged"},
    "exchange.household_ruled_out": {"household.made", "household.changed"},
}
"""By what is done: what else is said of the same act, each exchange that somebody ran, say."""


def is_one_act(written: list[str]) -> bool:
    """Tell whether these are one act, and what goes along with it."""
    return (
        any(written.count(act) == 1 and set(written) - {act} <= others for act, others in ALONG.items())
        or len(written) == 1
    )


def judge(endpoint: str, status: int, written: list[str], *, changed: bool) -> None:
    """All of an act or nothing of it, and an entry in the trail wherever one belongs."""
    if status >= 400:
        assert not changed, "a refusal changes nothing"
        assert written in ([], ["account.sign_in_refused"], ["account.code_refused"])
    elif endpoint in UNWRITTEN or status == 302:
        assert written == []
    elif endpoint in PARTLY_WRITTEN:
        assert written in ([], PARTLY_WRITTEN[endpoint])
    elif changed:
        assert is_one_act(written), "one act, one entry"
    else:
        assert len(written) <= 1, "what was so already may be said again"


@pytest.fixture
def plainly(app, furnished, send):
    """`plainly(who, rule, method)` says what is wanted, in one way after the other, until it is taken.

    Answers that way, or None.
    """

    def ask(who: str, rule, method: str) -> Way | None:
        for way in ways_to(furnished.scene, rule):
            path, body = str(rule.build(way.gaps)[1]), plain_body(app, furnished.scene, way.place, rule)
            if send(who, rule, method, path, body):
                return way
        return None

    return ask


@pytest.fixture
def bombard(app, furnished, send, plainly):
    """`bombard(who, draw_body)` sends a dozen examples to each unsafe route, mostly where that is open."""

    def all_of_them(who: str, draw_body: Callable[..., Body], *, api: bool = False) -> None:
        for rule, method in routes_of(app, api=api):
            _bombard(rule, method, who, draw_body)

    def _bombard(rule, method, who, draw_body) -> None:
        scene, ways = furnished.scene, list(ways_to(furnished.scene, rule))
        right = plainly(who, rule, method) or ways[0]

        @as_always
        @given(data=st.data())
        def once(data) -> None:
            way = data.draw(st.sampled_from([right] * (1 + len(ways)) + ways))
            path, body = draw_path(data, rule, scene, way), draw_body(data, scene, way.place, rule)
            send(who, rule, method, path, body)

        once()

    return all_of_them


def test_every_way_is_open_to_somebody(app, plainly):
    """What is never reached is never tried."""
    everywhere = (*routes_of(app, api=False), *routes_of(app, api=True))
    closed = {
        rule.endpoint
        for rule, method in everywhere
        if not any(plainly(who, rule, method) for who in reversed(WHO))
    }
    assert closed == UNREACHED


@pytest.mark.parametrize("who", WHO)
def test_every_form_answers_to_every_text(bombard, who):
    def draw_body(data, scene: Scene, place, rule) -> Body:
        fields = draw_fields(data, scene.said(place, rule.endpoint))
        return lambda token: {"data": {"csrf_token": token, **fields}}

    bombard(who, draw_body)


@pytest.mark.parametrize("who", WHO)
def test_every_form_answers_to_every_row_of_bytes(bombard, who):
    """What no browser sends: broken percent signs, broken UTF-8, other charsets, no form at all."""

    def draw_body(data, *_where: object) -> Body:
        kind, rest = data.draw(content_types), data.draw(rows_of_bytes)

        def body(token: str) -> dict[str, Any]:
            plain = f"csrf_token={quote(token)}&"
            parted = f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
            begin = parted if kind.startswith("multipart") else plain
            return {"data": begin.encode() + rest, "content_type": kind}

        return body

    bombard(who, draw_body)


@pytest.mark.parametrize("who", WHO)
def test_the_api_answers_to_every_json_of_a_browser(app, bombard, who):
    def draw_body(data, scene: Scene, place, rule) -> Body:
        payload = draw_json(data, scene.json(place, rule.endpoint, body_of(app, rule.endpoint)))
        return lambda token: {**payload, "headers": {"X-CSRF-Token": token}}

    bombard(who, draw_body, api=True)


@pytest.mark.parametrize("who", PROGRAMMERS)
def test_the_api_answers_to_every_json_of_a_program(app, furnished, bombard, who):
    def draw_body(data, scene: Scene, place, rule) -> Body:
        payload = draw_json(data, scene.json(place, rule.endpoint, body_of(app, rule.endpoint)))
        payload = {**payload, "headers": furnished.programs[who]}
        return lambda _token: payload

    bombard(who, draw_body, api=True)
