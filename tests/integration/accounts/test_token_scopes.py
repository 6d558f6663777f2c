"""Scopes of access tokens: a program gets in where its token is for, and nowhere else (2.8)."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from kinkeeper.app.factory import ENDPOINTS
from kinkeeper.features.accounts.models import AccessToken
from tests.factories import make_account, make_exchange
from tests.integration.web.support import bearer

API = "/api/v1/exchanges"


@pytest.fixture
def olga(stage, admin):
    with stage() as session:
        return make_account(session, "Olga")


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
