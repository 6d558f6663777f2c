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
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.limits import Spending
from kinkeeper.web import problems, security
from tests.factories import PASSWORD
from tests.integration.web.support import MISSING, bearer, fingerprint
from tests.proofs.web.scene import WHO, Scene, furnish

pytestmark = pytest.mark.long

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
UNWRITTEN = {
    "web.set_language",
    "web.set_theme",
    "accounts.sign_out",
    "accounts.forgotten",
    "exchanges.join",
    "exchanges.ask_for_way_in",
    "exchanges.enter",
    "exchanges.open_match",
    "exchanges.wishes",
    "exchanges.write_words",
    "exchanges.change_wish",
    "exchanges.remove_wish",
    "exchanges.mark_bought",
    "exchanges.say_ready",
    "exchanges.choose_letters",
    "exchanges.stop",
}
"""What people do about themselves only; every other act leaves an entry in the audit trail."""

as_always = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

Body = Callable[[str], dict[str, Any]]
"""What to send, for the CSRF token of the browser that sends it."""

odd = st.sampled_from(
    [
        *("", " ", "\0", "An\0a", "\r\n\r\n", "\u202e", "\ufeff", "💐" * 90, "x" * 300, "y" * 20_000),
        *("0", "-1", "3", "5001", "1.5", "9" * 30, "1" * 5000, "١٢", "NaN", "true", "null"),
        *("0001-01-01", "9999-12-31", "2026-02-30", "2026-12-01", "2026-11-30", "10000-01-01"),
        *("a@b", "new.person@example.org", "zoe@example.org", "=?utf-8?q?a?=@example.org"),
        *("a@" + "b." * 200, PASSWORD, "password1234", "UTC", "Mars/Base", "../../etc/passwd"),
        *("//evil.example", "%00", "%s%n", "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}"),
        *(MISSING, MISSING.upper(), f"{{{MISSING}}}"),
    ]
)
texts = st.lists(odd | st.text(max_size=80), max_size=3)

content_types = st.sampled_from(
    [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-16",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
        "nonsense",
    ]
)
shreds = [b"email=", b"name=", b"%ED%A0%80", b"%FF", b"%", b"&", b"=", b"\xed\xa0\x80", b"%00", b"--x--"]
rows_of_bytes = st.binary(max_size=200) | st.lists(st.sampled_from(shreds)).map(b"".join)

PLAN = {"title": "Christmas", "closes_on": "2026-12-10", "gifts_on": "2026-12-24", "zone": "Europe/London"}
anything = st.recursive(
    st.integers() | st.floats() | st.booleans() | st.none() | odd | st.text(max_size=80),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
fields_of_plan = st.sampled_from([*PLAN, "description", "budget", "most_people", "state", "\0", ""])
spoilt_plans = st.dictionaries(fields_of_plan, anything, max_size=3).map(lambda spoilt: {**PLAN, **spoilt})
odd_json = st.sampled_from(
    [
        *(b'{"title": "\\ud800"}', b'{"title": "\xff"}', b"[" * 5000, b'{"a":' * 2000),
        *(b"NaN", b"1e999", b"", b"\0", b'{"title": 1, "title": 2}'),
    ]
)
payloads = (spoilt_plans | anything).map(lambda json: {"json": json}) | (
    odd_json | st.binary(max_size=100)
).map(lambda raw: {"data": raw, "content_type": "application/json"})


def routes_of(app, *, api: bool) -> list[tuple[Any, str]]:
    """Every rule and method by which something may be changed, found in the URL map."""
    found = [
        (rule, method)
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
        for method in UNSAFE
        if method in rule.methods and rule.rule.startswith("/api/") == api
    ]
    assert len(found) >= (3 if api else 20)
    return found


def draw_path(data, rule, scene: Scene) -> str:
    """A path of this rule: to what is there, mostly; else to nothing."""
    gaps = {}
    for name in rule.arguments:
        known = scene.gaps["reset" if rule.endpoint == "accounts.reset" else name]
        nothing = MISSING if name.endswith("_id") else data.draw(st.text("aé\0%.~💐", min_size=1))
        gaps[name] = data.draw(st.sampled_from([*known * 3, known[0] if name == "kind" else nothing]))
    return str(rule.build(gaps)[1])


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

    Answers whether anything was changed.
    """

    def browser(actor) -> tuple[Any, str]:
        with stage() as staged:
            staged.execute(delete(Spending))  # the number of tries is not what matters here
        client = client_of(actor)
        if actor is None:
            client.set_cookie("kk_visit", "just looking", domain="kinkeeper.test")
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
        note(f"{method} {path!r} {sent!r} → {answer.status_code} {complaints}")
        changed, written = look() != state, trail()[len(entries) :]
        assert answer.status_code < 500
        assert "Traceback" not in answer.text
        assert complaints == []
        if answer.status_code >= 400:
            assert not changed, "a refusal changes nothing"
            assert written in ([], ["account.sign_in_refused"])
        elif rule.endpoint in UNWRITTEN or answer.status_code == 302:
            assert written == []
        else:
            assert len(written) == 1, "one act, one entry"
        return changed

    return act


@pytest.fixture
def bombard(app, session, send):
    """`bombard(who, draw_body)` sends a dozen examples to each unsafe route, each into a whole scene."""

    def all_of_them(who: str, draw_body: Callable[[Any, Scene], Body], *, api: bool = False) -> None:
        for rule, method in routes_of(app, api=api):
            _bombard(rule, method, who, draw_body)

    def _bombard(rule, method, who, draw_body) -> None:
        scenes = [furnish(session)]

        @as_always
        @given(data=st.data())
        def once(data) -> None:
            scene = scenes[-1]
            path, body = draw_path(data, rule, scene), draw_body(data, scene)
            try:
                changed = send(scene.actors[who], rule, method, path, body)
            except BaseException:
                scenes.append(furnish(session))
                raise
            if changed:
                scenes.append(furnish(session))

        once()

    return all_of_them


@pytest.mark.parametrize("who", WHO)
def test_every_form_answers_to_every_text(bombard, who):
    def draw_body(data, scene: Scene) -> Body:
        fields = dict(scene.good)
        for name in data.draw(st.lists(st.sampled_from(sorted(fields)), max_size=3, unique=True)):
            fields[name] = data.draw(texts)
        return lambda token: {"data": {"csrf_token": token, **fields}}

    bombard(who, draw_body)


@pytest.mark.parametrize("who", WHO)
def test_every_form_answers_to_every_row_of_bytes(bombard, who):
    """What no browser sends: broken percent signs, broken UTF-8, other charsets, no form at all."""

    def draw_body(data, _scene: Scene) -> Body:
        kind, rest = data.draw(content_types), data.draw(rows_of_bytes)

        def body(token: str) -> dict[str, Any]:
            plain = f"csrf_token={quote(token)}&"
            parted = f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
            begin = parted if kind.startswith("multipart") else plain
            return {"data": begin.encode() + rest, "content_type": kind}

        return body

    bombard(who, draw_body)


@pytest.mark.parametrize("who", WHO)
def test_the_api_answers_to_every_json_of_a_browser(bombard, who):
    def draw_body(data, _scene: Scene) -> Body:
        payload = data.draw(payloads)
        return lambda token: {**payload, "headers": {"X-CSRF-Token": token}}

    bombard(who, draw_body, api=True)


@pytest.mark.parametrize("who", ["organiser", "administrator"])
def test_the_api_answers_to_every_json_of_a_program(bombard, who):
    def draw_body(data, scene: Scene) -> Body:
        payload = {**data.draw(payloads), "headers": bearer(scene.actors[who])}
        return lambda _token: payload

    bombard(who, draw_body, api=True)
