"""Whatever is sent, by whomever: an answer of ours, and all of an act or nothing of it (A-4, A-66).

The examples are the same at every run, so that a failure can be looked at again. Most begin with what
the form wants, and spoil some of it: what is nonsense altogether hardly gets past the first field.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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
from tests.integration.web.support import bearer, fingerprint
from tests.proofs.web.bodies import (
    Body,
    content_types,
    draw_fields,
    draw_json,
    draw_path,
    plain_body,
    rows_of_bytes,
)
from tests.proofs.web.keeping import kept
from tests.proofs.web.routes import PARTLY_WRITTEN, UNREACHED, UNWRITTEN, body_of, routes_of
from tests.proofs.web.scene import ASKED, WHO, furnish
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
def send(app, stage, client_of, session, complaints):
    """`send(actor, rule, method, path, body)` sends with a fresh session, and looks what came of it.

    Answers whether it was taken.
    """

    def browser(actor) -> tuple[Any, str]:
        with stage() as staged:
            staged.execute(delete(Spending))  # the number of tries is not what matters here
        client = client_of(actor)
        client.set_cookie("kk_asked", ASKED, domain="kinkeeper.test")
        if actor is None:
            client.set_cookie("kk_visit", "just-looking", domain="kinkeeper.test")
        names = [f"kk_{name}" for name in ("account", "guest", "visit")]
        cookies = filter(None, (client.get_cookie(name, domain="kinkeeper.test") for name in names))
        return client, security._csrf_for(next(cookies).value)

    def trail() -> list[str]:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))

    def act(actor, rule, method: str, path: str, body: Body) -> bool:
        client, token = browser(actor)
        look = partial(fingerprint, session, besides=frozenset({"limit_spending", "audit_entry"}))
        state, entries = look(), trail()
        sent = body(token)
        answer = client.open(path, method=method, **sent)
        remark = note if currently_in_test_context() else print
        remark(f"{method} {path!r} {sent!r} → {answer.status_code} {complaints}")
        changed, written = look() != state, trail()[len(entries) :]
        assert answer.status_code < 500
        assert "Traceback" not in answer.text
        assert complaints == []
        judge(rule.endpoint, answer.status_code, written, changed=changed)
        return answer.status_code < 400

    return act


def judge(endpoint: str, status: int, written: list[str], *, changed: bool) -> None:
    """All of an act or nothing of it, and an entry in the trail wherever one belongs."""
    if status >= 400:
        assert not changed, "a refusal changes nothing"
        assert written in ([], ["account.sign_in_refused"])
    elif endpoint in UNWRITTEN or status == 302:
        assert written == []
    elif endpoint in PARTLY_WRITTEN:
        assert written in ([], PARTLY_WRITTEN[endpoint])
    elif changed:
        assert len(written) == 1, "one act, one entry"
    else:
        assert len(written) <= 1, "what was so already may be said again"


@pytest.fixture
def furnished(engine, session):
    """A house with something of everything in it; `furnished.restore()` puts it back as it was."""
    scene = furnish(session)
    with kept(engine) as restore:
        yield SimpleNamespace(scene=scene, restore=restore)


@pytest.fixture
def plainly(app, furnished, send):
    """`plainly(who, rule, method)` says what is wanted, in one way after the other, until it is taken.

    Answers that way, or None.
    """

    def ask(who: str, rule, method: str) -> Way | None:
        for way in ways_to(furnished.scene, rule):
            path, body = str(rule.build(way.gaps)[1]), plain_body(app, furnished.scene, way.place, rule)
            if send(furnished.scene.actors[who], rule, method, path, body):
                furnished.restore()
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
            try:
                send(scene.actors[who], rule, method, path, body)
            finally:
                furnished.restore()

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


@pytest.mark.parametrize("who", ["organiser", "administrator"])
def test_the_api_answers_to_every_json_of_a_program(app, bombard, who):
    def draw_body(data, scene: Scene, place, rule) -> Body:
        payload = draw_json(data, scene.json(place, rule.endpoint, body_of(app, rule.endpoint)))
        payload = {**payload, "headers": bearer(scene.actors[who])}
        return lambda _token: payload

    bombard(who, draw_body, api=True)
