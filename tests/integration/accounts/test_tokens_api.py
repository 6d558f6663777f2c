"""/api/v1/tokens: one's own access tokens, made for as little as they need (A-49)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import AccessToken
from kinkeeper.features.accounts.service import tokens
from kinkeeper.features.accounts.service.tokens import TokenMakesNone
from kinkeeper.kernel import crypto
from tests.factories import make_account
from tests.factories.accounts import PASSWORD
from tests.integration.web.support import MISSING, bearer, form_token

API = "/api/v1/tokens"
NEW = {"name": "Backup script", "days": 30, "scopes": ["read:exchanges", "write:users"]}


@pytest.fixture
def client(client_of, olga):
    """A program that Olga has signed in with her password."""
    client = client_of(None)
    got = client.post("/auth/login", json={"email": "olga@example.org", "password": PASSWORD}).json["data"]
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {got['access_token']}"
    return client


def count(session) -> int:
    return session.scalar(select(func.count()).select_from(AccessToken))


def test_a_token_is_made_for_what_it_is_for_and_shown_once(client, client_of, session):
    answer = client.post(API, json=NEW)
    made = answer.json["data"]
    assert (answer.status_code, made["scopes"]) == (201, ["read:exchanges", "write:users"])
    assert session.scalars(select(AccessToken.digest)).one() == crypto.token_digest(made["token"])
    (listed,) = client.get(API).json["data"]
    assert listed == {name: value for name, value in made.items() if name != "token"}
    header = {"Authorization": f"Bearer {made['token']}"}
    other = client_of(None)
    assert other.get("/api/v1/exchanges", headers=header).status_code == 200
    assert other.post("/api/v1/exchanges", json={}, headers=header).status_code == 403
    assert other.get("/auth/me", headers=header).status_code == 200  # writing includes reading
    assert other.get(API, headers=header).status_code == 403


def test_where_it_is_said_to_be_it_is_found(client, client_of, stage):
    """RFC 9110, 10.2.2; and by nobody else."""
    answer = client.post(API, json=NEW)
    found = client.get(answer.headers["Location"])
    made = {name: value for name, value in answer.json["data"].items() if name != "token"}
    assert (found.status_code, found.json["data"]) == (200, made)
    with stage() as session:
        ben = make_account(session, "Ben")
    assert client_of(ben).get(answer.headers["Location"]).status_code == 404
    assert client.get(f"{API}/{MISSING}").status_code == 404


def test_they_are_listed_page_by_page_newest_first(client, now):
    for name in ("First", "Second", "Third"):
        now.advance(seconds=1)
        assert client.post(API, json={**NEW, "name": name}).status_code == 201
    pages = [client.get(f"{API}?per_page=2&page={page}").json for page in (1, 2, 3)]
    assert [[one["name"] for one in page["data"]] for page in pages] == [["Third", "Second"], ["First"], []]
    assert {page["pagination"]["total_items"] for page in pages} == {3}


def test_a_token_for_everything_says_so(client):
    assert client.post(API, json={**NEW, "scopes": ["*"]}).json["data"]["scopes"] == ["*"]


def test_a_browser_makes_one_too(client_of, olga):
    browser = client_of(olga)
    answer = browser.post(API, json=NEW, headers={"X-CSRF-Token": form_token(browser)})
    assert answer.status_code == 201
    assert browser.post(API, json=NEW).status_code == 403


def test_a_token_makes_no_other(client_of, olga, session):
    """It would outlive the one that was found."""
    answer = client_of(None).post(API, json=NEW, headers=bearer(olga))
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "token.makes_no_tokens")
    assert count(session) == 1


def test_a_browser_that_was_not_asked_for_long_makes_none(client_of, olga, session, now):
    """A-54: a stolen session must not make what outlives it; the page asks, and so does the verb."""
    browser = client_of(olga)
    now.advance(minutes=16)
    answer = browser.post(API, json=NEW, headers={"X-CSRF-Token": form_token(browser)})
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "account.prove_again")
    assert count(session) == 0


def test_a_program_that_signed_in_long_ago_makes_none(client_of, olga, session, now):
    """Renewing what it holds is no password."""
    program = client_of(None)
    signed_in = {"email": "olga@example.org", "password": PASSWORD}
    held = program.post("/auth/login", json=signed_in).json["data"]
    now.advance(minutes=16)
    held = program.post("/auth/refresh", json={"refresh_token": held["refresh_token"]}).json["data"]
    header = {"Authorization": f"Bearer {held['access_token']}"}
    answer = program.post(API, json=NEW, headers=header)
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "account.prove_again")
    assert count(session) == 0


def test_the_verb_refuses_whoever_has_no_session(olga, session):
    with pytest.raises(TokenMakesNone):
        tokens.make_token(olga, "Another", days=1)
    assert count(session) == 0


@pytest.mark.parametrize(
    "said",
    [
        {"scopes": []},
        {"scopes": ["read:everything"]},
        {"scopes": ["*", "read:users"]},
        {"scopes": ["users"]},
        {"scopes": "read:users"},
        {"scopes": [7]},
        {"scopes": None},
        {"scopes": ["read:users write:users"]},
        {"days": 0},
        {"days": 367},
        {"days": "30"},
        {"name": ""},
        {"account_id": MISSING},
    ],
)
def test_what_cannot_be_meant_makes_none(client, session, said):
    assert client.post(API, json={**NEW, **said}).status_code == 422
    assert count(session) == 0


def test_scopes_are_never_taken_for_granted(client, session):
    less = {name: value for name, value in NEW.items() if name != "scopes"}
    assert client.post(API, json=less).status_code == 422


def test_a_revoked_one_works_no_more(client, client_of):
    made = client.post(API, json=NEW).json["data"]
    path = f"{API}/{made['id']}"
    assert client.delete(path).status_code == 204
    header = {"Authorization": f"Bearer {made['token']}"}
    assert client_of(None).get("/api/v1/exchanges", headers=header).status_code == 401
    assert client.delete(path).status_code == 404


def test_another_s_is_as_missing_as_one_that_never_was(client, admin, session):
    """T-39."""
    bearer(admin)
    foreign = client.delete(f"{API}/{session.scalars(select(AccessToken.id)).one()}")
    missing = client.delete(f"{API}/{MISSING}")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json["error"] == missing.json["error"]
    assert client.get(API).json["data"] == []
