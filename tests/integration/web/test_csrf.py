"""No other site makes a browser do anything here: every unsafe route there is (A-30, T-24)."""

from __future__ import annotations

import pytest

from tests.factories import make_account, make_exchange
from tests.integration.web.support import MISSING, fingerprint, form_token

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


def unsafe_routes(app) -> list[tuple[str, str]]:
    """Answer (method, path) of every route that may change something, found in the URL map."""
    routes = []
    for rule in app.url_map.iter_rules():
        values = {name: _sample(rule, name) for name in rule.arguments}
        path = rule.build(values)[1]
        routes += [(method, path) for method in UNSAFE if method in rule.methods]
    return sorted(routes)


def _sample(rule, name) -> str:
    if name == "kind":
        return "confirm"
    return MISSING if "UUID" in type(rule._converters[name]).__name__ else "x" * 43


def is_api(path: str) -> bool:
    return path.startswith("/api/")


ATTACKS = {
    "no token": lambda _own, _foreign: ({}, {}),
    "an empty token": lambda _own, _foreign: ({"csrf_token": ""}, {"X-CSRF-Token": ""}),
    "garbage": lambda _own, _foreign: ({"csrf_token": "x" * 43}, {"X-CSRF-Token": "x" * 43}),
    "another browser's token": lambda _own, foreign: ({"csrf_token": foreign}, {"X-CSRF-Token": foreign}),
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
        body = {"json": {}} if is_api(path) else {"data": fields}
        answer = scene.open(path, method=method, headers=headers, **body)
        # The form of an exchange that is not there is never reached: that is no protection missing.
        assert answer.status_code in ({403} if _is_reached(path) else {403, 404}), (method, path)
        assert fingerprint(session) == before, (method, path)


def _is_reached(path: str) -> bool:
    """Whether the guard comes before the look-up of what the path names."""
    return MISSING not in path and "x" * 43 not in path


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
    assert "reload the page" in page.text


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
