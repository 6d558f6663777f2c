"""No other site makes a browser do anything here: every unsafe route there is (A-30, T-24)."""

from __future__ import annotations

import pytest

from kinkeeper.web.access import Access, levels
from kinkeeper.web.security import SIGNING_IN, is_for_programs
from tests.factories import make_account, make_exchange
from tests.integration.web.support import MISSING, fingerprint, form_token

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
WITHOUT_SESSION = {Access.HOLDER, Access.REPORT, Access.PUBLIC_API}


def test_one_address_alone_is_enough_without_a_form_of_ours(app):
    """RFC 8058: mail programs press the button by themselves; the secret in the address is what counts."""
    held = [endpoint for endpoint, level in levels(app).items() if level is Access.HOLDER]
    assert held == ["exchanges.stop"]


def test_browsers_report_at_one_address_alone(app):
    assert [endpoint for endpoint, level in levels(app).items() if level is Access.REPORT] == ["reports.take"]


def test_programs_sign_in_where_no_cookie_counts(app):
    """So that there is no session that another site could use; nothing else is open to anybody's program."""
    known = levels(app)
    open_to_programs = [
        rule
        for rule in app.url_map.iter_rules()
        if known.get(rule.endpoint) is Access.PUBLIC_API and not rule.methods.isdisjoint(UNSAFE)
    ]
    assert open_to_programs
    assert all(rule.rule.startswith(SIGNING_IN) for rule in open_to_programs)


def unsafe_routes(app) -> list[tuple[str, str]]:
    """Answer (method, path) of every route that a browser's sessions may change something by."""
    routes = []
    for rule in app.url_map.iter_rules():
        if rule.methods.isdisjoint(UNSAFE) or levels(app).get(rule.endpoint) in WITHOUT_SESSION:
            continue
        values = {name: _sample(rule, name) for name in rule.arguments}
        path = rule.build(values)[1]
        routes += [(method, path) for method in UNSAFE if method in rule.methods]
    return sorted(routes)


def _sample(rule, name) -> str:
    if name == "kind":
        return min(rule._converters[name].items)
    return MISSING if "UUID" in type(rule._converters[name]).__name__ else "x" * 43


ATTACKS = {
    "no token": lambda _own, _foreign: ({}, {}),
    "an empty token": lambda _own, _foreign: ({"csrf_token": ""}, {"X-CSRF-Token": ""}),
    "garbage": lambda _own, _foreign: ({"csrf_token": "x" * 43}, {"X-CSRF-Token": "x" * 43}),
    "another browser's token": lambda _own, foreign: ({"csrf_token": foreign}, {"X-CSRF-Token": foreign}),
    "a token in another alphabet": lambda _own, _foreign: (
        {"csrf_token": "é💐" * 20},
        {"X-CSRF-Token": "é" * 43},
    ),
    "a token as long as a book": lambda _own, _foreign: (
        {"csrf_token": "x" * 400_000},
        {"X-CSRF-Token": "x" * 400_000},
    ),
    "our token and more": lambda own, _foreign: ({"csrf_token": own + "x"}, {"X-CSRF-Token": own + "x"}),
    "our token, cut off": lambda own, _foreign: ({"csrf_token": own[:-1]}, {"X-CSRF-Token": own[:-1]}),
    "our token with a NUL": lambda own, _foreign: ({"csrf_token": own + "\0"}, {"X-CSRF-Token": own + "\0"}),
    "our token as a second one": lambda own, _foreign: (
        {"csrf_token": ["x" * 43, own]},
        {"X-CSRF-Token": f"{'x' * 43}, {own}"},
    ),
    "from another site": lambda own, _foreign: (
        {"csrf_token": own},
        {"X-CSRF-Token": own, "Sec-Fetch-Site": "cross-site"},
    ),
    "from a sibling site": lambda own, _foreign: (
        {"csrf_token": own},
        {"X-CSRF-Token": own, "Sec-Fetch-Site": "same-site"},
    ),
    "with a foreign origin": lambda own, _foreign: (
        {"csrf_token": own},
        {"X-CSRF-Token": own, "Origin": "https://evil.example"},
    ),
    "with an origin that only begins like ours": lambda own, _foreign: (
        {"csrf_token": own},
        {"X-CSRF-Token": own, "Origin": "http://kinkeeper.test.evil.example"},
    ),
    "with our name on another scheme": lambda own, _foreign: (
        {"csrf_token": own},
        {"X-CSRF-Token": own, "Origin": "https://kinkeeper.test"},
    ),
}


@pytest.fixture
def scene(stage, admin, client_of):
    """An administrator's browser, so that nothing but the guard is in the way."""
    with stage() as session:
        make_exchange(session, people=3, organiser=make_account(session, "Olga"))
    return client_of(admin)


def test_there_are_unsafe_routes_to_look_at(app):
    routes = unsafe_routes(app)
    assert len(routes) >= 25
    assert ("POST", "/sign-out") in routes
    assert ("POST", "/api/v1/exchanges") in routes


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_unsafe_route_refuses_and_changes_nothing(app, scene, client_of, session, attack):
    """A-30: a new route without protection fails here."""
    foreign = form_token(client_of(None))
    fields, headers = ATTACKS[attack](form_token(scene), foreign)
    before = fingerprint(session)
    for method, path in unsafe_routes(app):
        body = {"json": {}} if is_for_programs(path) else {"data": fields}
        answer = scene.open(path, method=method, headers=headers, **body)
        assert answer.status_code == 403, (method, path)
        assert "send it once more" in answer.text or is_for_programs(path), (method, path)
        assert fingerprint(session) == before, (method, path)


def test_every_page_lets_its_own_browser_through(app, client_of, admin, stage):
    """The refusals above are the token's, whatever the path names."""
    for method, path in unsafe_routes(app):
        client = client_of(admin)
        if not is_for_programs(path):
            answer = client.open(path, method=method, data={"csrf_token": form_token(client)})
            assert answer.status_code != 403, (method, path)


def test_the_token_is_asked_for_before_anybody_is_asked_who_they_are(app, client_of, admin):
    """A page without a level of its own, or with the wrong one, is no way around it."""
    for method, path in unsafe_routes(app):
        answer = client_of(None).open(path, method=method)
        assert answer.status_code == (401 if is_for_programs(path) else 403), (method, path)


@pytest.mark.parametrize("attack", ["no token", "from another site", "with a foreign origin"])
def test_signing_in_is_protected_too(client_of, admin, session, attack):
    """T-24: nobody is signed in to somebody else's account unawares."""
    client = client_of(None)
    fields, headers = ATTACKS[attack](form_token(client), "")
    before = fingerprint(session)
    answer = client.post(
        "/sign-in", data={**fields, "email": "a@example.org", "password": "x"}, headers=headers
    )
    assert answer.status_code == 403
    assert fingerprint(session) == before


def test_the_refusal_says_what_to_do(client_of, admin):
    page = client_of(None).post("/sign-in")
    assert page.status_code == 403
    assert "Nothing was changed" in page.text
    assert "send it once more" in page.text


def test_a_token_dies_with_its_session(client_of, admin):
    """A-51: it hangs on the cookie, so a new session has a new token."""
    client = client_of(admin)
    before = form_token(client)
    client.post("/sign-out", data={"csrf_token": before})
    assert form_token(client) != before
    assert client.post("/look", data={"csrf_token": before, "theme": "dark"}).status_code == 403


def test_our_own_pages_may_hide_where_they_come_from(client_of, admin):
    """A page with no-referrer sends Origin: null."""
    client = client_of(None)
    for headers in (
        {"Origin": "null"},
        {"Origin": "http://kinkeeper.test"},
        {"Sec-Fetch-Site": "same-origin"},
    ):
        answer = client.post(
            "/look", data={"csrf_token": form_token(client), "theme": "dark"}, headers=headers
        )
        assert answer.status_code == 303


URLENCODED = "application/x-www-form-urlencoded"
"""What browsers send; here it is put together by hand, as no browser would."""


def broken_forms(token: str) -> dict[str, tuple[bytes, str, int]]:
    """Answer bodies that no browser sends: what is sent, as what, and the status that it gets."""
    csrf = f"csrf_token={token}".encode()
    part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n%s\r\n%s\r\n'
    asked = part % (b"csrf_token", b"", token.encode())
    return {
        "surrogates, as UTF-8 forbids them": (csrf + b"&email=%ED%A0%80", URLENCODED, 422),
        "surrogates, not even quoted": (csrf + b"&email=\xed\xa0\x80", URLENCODED, 403),
        "surrogates in the token": (b"csrf_token=%ED%A0%80" + token.encode(), URLENCODED, 403),
        "NUL in a field": (csrf + b"&email=%00", URLENCODED, 422),
        "NUL in a name": (csrf + b"&em%00ail=a@example.org", URLENCODED, 422),
        "another charset than it says": (csrf + "&email=é".encode("latin-1"), URLENCODED, 403),
        "a charset that takes two bytes": (
            csrf.decode().encode("utf-16"),
            f"{URLENCODED}; charset=utf-16",
            403,
        ),
        "a charset of its own for a part": (
            asked + part % (b"email", b"Content-Type: text/plain; charset=utf-7\r\n", b"+AGE@") + b"--x--",
            "multipart/form-data; boundary=x",
            422,
        ),
        "a part without an end": (asked, "multipart/form-data; boundary=x", 403),
        "no boundary": (asked, "multipart/form-data", 403),
        "JSON": (b'{"csrf_token": "%s"}' % token.encode(), "application/json", 403),
        "nothing": (b"", URLENCODED, 403),
        "more than a house takes": (csrf + b"&email=" + b"x" * 1_000_001, URLENCODED, 413),
        "a field as long as a book": (csrf + b"&email=" + b"x" * 600_000, URLENCODED, 422),
        "more fields than a form has": (
            asked + part % (b"a", b"", b"b") * 1_001 + b"--x--",
            "multipart/form-data; boundary=x",
            413,
        ),
    }


@pytest.mark.parametrize("form", broken_forms("x"))
@pytest.mark.parametrize("page", ["/forgotten", "/sign-in"])
def test_a_broken_form_gets_a_page_of_ours(client_of, admin, session, form, page):
    """A-4, C-27: refused, with nothing done, and neither a crash nor a form that counts as good."""
    client = client_of(None)
    body, kind, status = broken_forms(form_token(client))[form]
    before = fingerprint(session)
    answer = client.post(page, data=body, content_type=kind)
    assert answer.status_code == status
    assert "<main" in answer.text
    assert fingerprint(session) == before


@pytest.mark.parametrize("cookie", ["kk_account", "kk_guest", "kk_visit"])
@pytest.mark.parametrize("value", ["é", "💐", "\x7f", "x" * 3000, '"\\355\\240\\200"', "\udced\udca0\udc80"])
def test_a_cookie_that_we_never_set_lets_nobody_in(client_of, admin, cookie, value):
    """Anybody can write anything into it."""
    client = client_of(None)
    raw = f"{cookie}={value}".encode("utf-8", "surrogateescape").decode("latin-1")
    assert client.get("/account", headers={"Cookie": raw}).status_code == 302
    page = client.post("/sign-in", data={"csrf_token": "x" * 43}, headers={"Cookie": raw})
    assert page.status_code == 403
