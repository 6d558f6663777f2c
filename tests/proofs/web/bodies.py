"""What is sent: what a form or an endpoint would like to hear, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.factories import PASSWORD
from tests.integration.web.support import MISSING
from tests.proofs.web.routes import body_of, takes_json
from tests.proofs.web.said import UNSAID

if TYPE_CHECKING:
    from tests.proofs.web.ways import Scene, Way

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

anything = st.recursive(
    st.integers() | st.floats() | st.booleans() | st.none() | odd | st.text(max_size=80),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
odd_json = st.sampled_from(
    [
        *(b'{"title": "\\ud800"}', b'{"title": "\xff"}', b"[" * 5000, b'{"a":' * 2000),
        *(b"NaN", b"1e999", b"", b"\0", b'{"title": 1, "title": 2}'),
    ]
)
raws = (odd_json | st.binary(max_size=100)).map(lambda raw: {"data": raw, "content_type": "application/json"})


def draw_path(data, rule, scene: Scene, way: Way) -> str:
    """A path of this rule: to what is there, mostly; else to nothing."""
    gaps = {}
    for name in sorted(rule.arguments):
        nothing = MISSING if name.endswith("_id") else data.draw(st.text("aé\0%.~💐", min_size=1))
        known = scene.known(way.place, way.link, name)
        right = way.gaps.get(name, known[0])
        gaps[name] = data.draw(st.sampled_from([*[right] * 4, *known, right if name == "kind" else nothing]))
    return str(rule.build(gaps)[1])


def draw_fields(data, good: dict[str, list[str]]) -> dict[str, list[str]]:
    """What a form would like to hear, spoilt here and there."""
    fields = dict(good)
    for name in data.draw(st.lists(st.sampled_from(sorted({*good, *UNSAID})), max_size=3, unique=True)):
        fields[name] = data.draw(texts | st.just(UNSAID.get(name, [])))
    return fields


def draw_json(data, good: dict[str, Any]) -> dict[str, Any]:
    """The same of an endpoint; now and then something else altogether."""
    names = st.sampled_from([*sorted(good), "state", "\0", ""])
    spoilt = st.dictionaries(names, anything, max_size=3).map(lambda some: {**good, **some})
    left = st.sets(st.sampled_from(sorted(good)), max_size=2) if good else st.just(set())
    lacking = left.map(lambda names: {name: said for name, said in good.items() if name not in names})
    return data.draw((spoilt | lacking | anything).map(lambda json: {"json": json}) | raws)


def plain_body(app, scene: Scene, place, rule) -> Body:
    """What a form or an endpoint would like to hear."""
    if takes_json(rule):
        json = scene.json(place, rule.endpoint, body_of(app, rule.endpoint))
        return lambda token: {"json": json, "headers": {"X-CSRF-Token": token}}
    said = scene.said(place, rule.endpoint)
    return lambda token: {"data": {"csrf_token": token, **said}}
