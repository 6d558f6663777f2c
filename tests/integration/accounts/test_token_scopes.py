"""Scopes of access tokens: a program gets in where its token is for, and nowhere else (2.8)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update

from kinkeeper.app.factory import ENDPOINTS, SCOPES
from kinkeeper.features.accounts.models import AccessToken, Account
from kinkeeper.features.accounts.service import second_factor
from tests.factories import make_account, make_exchange
from tests.factories.accounts import LONG_AGO, make_token
from tests.integration.web.support import bearer, fill_in, fingerprint

API = "/api/v1/exchanges"


@pytest.fixture
def with_scopes(stage, olga):
    """`with_scopes("read:exchanges")` answers the header of a token for just that."""

    def make(scopes):
        header = bearer(olga)
        with stage() as session:
            session.execute(update(AccessToken).values(scopes=scopes))
        return header

    return make


@pytest.mark.parametrize(
    ("scopes", "reads", "writes"),
    [
        ("*", 200, 422),
        ("read:exchanges", 200, 403),
        ("write:exchanges", 200, 422),
        ("read:participations write:participations", 403, 403),
        ("read:exchange", 403, 403),
        ("read:exchangesx", 403, 403),
        ("exchanges", 403, 403),
        ("", 403, 403),
    ],
)
def test_a_token_is_let_in_where_it_is_for(client_of, with_scopes, scopes, reads, writes):
    client, headers = client_of(None), with_scopes(scopes)
    assert client.get(API, headers=headers).status_code == reads
    assert client.head(API, headers=headers).status_code == reads
    assert client.post(API, json={}, headers=headers).status_code == writes  # 422: it is let in


def test_who_is_refused_reads_what_the_token_would_have_to_be_for(client_of, with_scopes):
    headers = with_scopes("read:participations")
    for method, scope in (("GET", "read:exchanges"), ("POST", "write:exchanges")):
        answer = client_of(None).open(API, method=method, json={}, headers=headers)
        assert answer.json["error"]["code"] == "token.out_of_scope"
        assert scope in answer.json["error"]["message"]


def test_a_scope_gives_no_right(client_of, with_scopes, stage, admin):
    """What the account may not, its token may not either."""
    with stage() as session:
        foreign = make_exchange(session, people=0, organiser=admin)
    answer = client_of(None).get(f"{API}/{foreign.id}", headers=with_scopes("write:exchanges"))
    assert answer.status_code == 404


def test_a_browser_has_no_scopes(client_of, olga):
    assert client_of(olga).get(API).status_code == 200


def test_every_endpoint_says_what_a_token_has_to_be_for():
    """A limited token finds no door that nobody thought of."""
    assert all(section.scope for section in ENDPOINTS)


def test_every_scope_there_is_has_words_for_people():
    assert {section.scope for section in ENDPOINTS} == set(SCOPES)


@pytest.mark.parametrize(
    ("ticked", "kept", "said"),
    [
        (["*"], "*", "everything that you may do"),
        (["*", "read:people"], "*", "everything that you may do"),
        (["read:exchanges"], "read:exchanges", "Exchanges that you run: look"),
        (
            ["write:exchanges", "read:people"],
            "read:people write:exchanges",
            "Address books: look and Exchanges that you run: look and change",
        ),
    ],
)
def test_whoever_makes_a_token_ticks_what_it_is_for(client_of, olga, session, ticked, kept, said):
    client = client_of(olga)
    boxes = 1 + 2 * len(SCOPES) - 1  # everything; nobody changes what was done
    assert client.get("/account").text.count('name="scopes"') == boxes
    fill_in(client, "/account/tokens", name="Script", days="9", scopes=ticked)
    assert session.scalars(select(AccessToken.scopes)).one() == kept
    assert f"for: {said}" in client.get("/account").text


def test_a_token_is_offered_for_nothing_that_cannot_be_done(client_of, olga):
    """Nobody changes what was done, and no token makes another."""
    page = client_of(olga).get("/account").text
    assert 'aria-label="What was done: look"' in page
    assert "What was done: look and change" not in page
    assert "write:audit" not in page
    assert "Access tokens: look and revoke" in page
    assert "Access tokens: look and change" not in page


def test_the_boxes_are_out_of_the_way_until_somebody_makes_a_token(client_of, olga):
    """On a phone the card was three screens long. What was sent and is not right yet is shown at once."""
    page = client_of(olga).get("/account")
    refused = fill_in(client_of(olga), "/account/tokens", name="Script")
    fold = '<details class="fold"{}>\n    <summary class="fold__summary"><span>Make a token'
    assert (fold.format("") in page.text, fold.format(" open") in refused.text) == (True, True)


def test_what_a_token_can_be_for_is_said_once_with_a_box_for_each_way(client_of, olga):
    page = client_of(olga).get("/account").text.partition('id="scopes"')[2]
    for title in SCOPES.values():
        assert page.count(f">{title}<") == 1
    assert set(re.findall(r'<label for="scopes-[0-9]+">([^<]+)</label>', page)) == {
        "Everything that you may do", "look", "look and change", "look and revoke",
    }  # fmt: skip


def test_a_token_for_nothing_is_refused_by_the_form_and_not_by_the_browser(client_of, olga):
    """A `required` on each would ask for all of them."""
    page = client_of(olga).get("/account").text
    assert all(" required" not in box.partition(">")[0] for box in page.split('name="scopes"')[1:])
    refused = fill_in(client_of(olga), "/account/tokens", name="Script", days="9")
    assert (refused.status_code, "Please choose at least one." in refused.text) == (422, True)


def test_a_scope_that_is_no_more_says_itself(client_of, with_scopes, olga):
    with_scopes("read:habits")
    assert "for: read:habits" in client_of(olga).get("/account").text


HANDED_OVER = [
    ("PATCH", "", {"email": "elsewhere@example.org"}),
    (
        "PUT",
        "",
        {"email": "elsewhere@example.org", "name": "B", "username": None, "language": "en", "zone": None},
    ),
    ("POST", "/second-factor/end", None),
]


@pytest.fixture
def second(stage):
    """Another administrator, who signs in with an app."""
    with stage() as session:
        second = make_account(session, "Second", is_admin=True)
        account = session.get_one(Account, second.account_id)
        second_factor.seal_secret(account, second_factor.new_secret())
        account.totp_confirmed_at = LONG_AGO
    return second


@pytest.mark.parametrize(("method", "path", "said"), HANDED_OVER)
def test_a_limited_token_hands_no_account_over(client_of, admin, second, session, method, path, said):
    """A-57: by the new address its holder would come in, and have a token for everything."""
    headers = {"Authorization": f"Bearer {make_token(admin, 'Sync', days=3, scopes={'write:users'})}"}
    before = fingerprint(session)
    client, address = client_of(None), f"/api/v1/users/{second.account_id}{path}"
    answer = client.open(address, method=method, json=said, headers=headers)
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "token.too_limited")
    assert fingerprint(session) == before
    assert client.open(address, method=method, json=said, headers=bearer(admin)).status_code == 200


def test_it_says_the_rest_of_an_account(client_of, admin, second):
    headers = {"Authorization": f"Bearer {make_token(admin, 'Sync', days=3, scopes={'write:users'})}"}
    answer = client_of(None).patch(
        f"/api/v1/users/{second.account_id}", json={"name": "Bea"}, headers=headers
    )
    assert answer.json["data"]["name"] == "Bea"
