"""Access tokens: shown once, kept as digests, ended at once; good for the API and nothing else."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import AccessToken
from kinkeeper.features.accounts.rules import BadName
from kinkeeper.features.accounts.service.tokens import revoke_token
from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import NotFound, Unauthenticated
from tests.factories import guest, make_exchange, make_person, make_token
from tests.integration.web.support import MISSING, fill_in, fingerprint

API = "/api/v1/exchanges"


def with_token(client, token, scheme="Bearer", path=API):
    return client.get(path, headers={"Authorization": f"{scheme} {token}"})


def test_a_token_is_shown_to_its_maker_and_only_its_digest_is_kept(client_of, olga, session, now):
    """A-49."""
    client = client_of(olga)
    made = fill_in(client, "/account/tokens", name="Backup script", days="30", scopes="*")
    assert (made.status_code, made.location) == (303, "/account")  # a reload makes no second one
    page = client.get("/account")
    secret = re.search(r"kk_[\w-]{43}", page.text)[0]
    row = session.scalars(select(AccessToken)).one()
    assert (row.name, row.digest) == ("Backup script", crypto.token_digest(secret))
    for form, choice in (("/look", {"theme": "dark"}), ("/language", {"language": "de"})):
        fill_in(client, form, next="/account", **choice)
        assert secret in client.get("/account").text
    assert secret not in client_of(olga).get("/account").text
    assert not any(secret in cookie for cookie in made.headers.getlist("Set-Cookie"))
    now.advance(minutes=5)
    again = client.get("/account").text
    assert secret not in again
    assert "Backup script" in again
    assert with_token(client_of(None), secret).status_code == 200


def test_the_cookie_that_shows_it_opens_in_no_other_session(client_of, olga):
    client, other = client_of(olga), client_of(olga)
    fill_in(client, "/account/tokens", name="Backup script", days="30", scopes="*")
    cookie = client.get_cookie("kk_shown", domain="kinkeeper.test").value
    for held in (cookie, cookie[:-4], "not one of ours", "é", ""):
        other.set_cookie("kk_shown", held, domain="kinkeeper.test")
        page = other.get("/account")
        assert page.status_code == 200
        assert 'id="new-token"' not in page.text


def test_a_token_that_is_revoked_is_shown_no_more(client_of, olga, session):
    client = client_of(olga)
    fill_in(client, "/account/tokens", name="Backup script", days="30", scopes="*")
    assert 'id="new-token"' in client.get("/account").text
    fill_in(client, f"/account/tokens/{session.scalars(select(AccessToken.id)).one()}/revoke")
    assert 'id="new-token"' not in client.get("/account").text


def test_it_ends_on_its_day(client_of, olga, now):
    token = make_token(olga, "Short", days=2)
    now.advance(days=1, hours=23)
    assert with_token(client_of(None), token).status_code == 200
    now.advance(hours=1)
    assert with_token(client_of(None), token).status_code == 401


def test_a_revoked_token_is_dead_at_once(client_of, olga, session):
    """A-53."""
    token = make_token(olga, "Script", days=30)
    token_id = session.scalars(select(AccessToken.id)).one()
    answer = fill_in(client_of(olga), f"/account/tokens/{token_id}/revoke")
    assert (answer.status_code, answer.location) == (303, "/account")
    assert with_token(client_of(None), token).status_code == 401


def test_revoking_twice_or_what_never_was_is_not_found(olga, session):
    make_token(olga, "Script", days=30)
    token_id = session.scalars(select(AccessToken.id)).one()
    revoke_token(olga, token_id)
    with pytest.raises(NotFound):
        revoke_token(olga, token_id)


def test_another_s_token_is_as_missing_as_one_that_never_was(client_of, olga, admin, session):
    """A-56, T-39: not even the administrator ends it."""
    make_token(olga, "Script", days=30)
    token_id = session.scalars(select(AccessToken.id)).one()
    with pytest.raises(NotFound):
        revoke_token(admin, token_id)
    client = client_of(admin)
    foreign = fill_in(client, f"/account/tokens/{token_id}/revoke")
    missing = fill_in(client, f"/account/tokens/{MISSING}/revoke")
    assert foreign.status_code == missing.status_code == 404
    assert session.scalar(select(func.count()).select_from(AccessToken)) == 1


def test_guests_and_nobody_make_no_tokens(stage, olga):
    with stage() as session:
        ana = guest(make_person(session, "Ana"))
    for actor in (ana, ANONYMOUS):
        with pytest.raises(Unauthenticated):
            make_token(actor, "Mine", days=1)
        with pytest.raises(Unauthenticated):
            revoke_token(actor, olga.account_id)


@pytest.mark.parametrize("token", ["kk_" + "x" * 43, "", "x", "kk_", "é", "x" * 5000, "null", "undefined"])
def test_a_wrong_token_is_answered_401_in_the_envelope(client_of, olga, token):
    answer = with_token(client_of(None), token.encode().decode("latin-1"))
    assert answer.status_code == 401
    assert answer.json["error"]["code"] == "UNAUTHENTICATED"


def test_other_schemes_are_not_listened_to(client_of, olga):
    token = make_token(olga, "Script", days=30)
    assert with_token(client_of(None), token, scheme="bearer").status_code == 200
    for scheme in ("Basic", "Token", "BearerX"):
        assert with_token(client_of(None), token, scheme=scheme).status_code == 401


def test_a_token_wins_over_the_browser_s_cookie(client_of, olga, admin, stage):
    """What is asked for with a token is answered to the token's owner, or to nobody."""
    with stage() as session:
        make_exchange(session, organiser=olga, title="Olga's own", people=0)
    client = client_of(admin)
    token = make_token(olga, "Script", days=30)
    assert [one["title"] for one in with_token(client, token).json["data"]] == ["Olga's own"]
    assert with_token(client, "wrong").status_code == 401


def test_a_token_opens_no_page(client_of, olga):
    """D-1: a leaked script's token does not look at pages, make tokens or change the password."""
    token = make_token(olga, "Script", days=30)
    for path in ("/", "/account", "/exchanges"):
        assert with_token(client_of(None), token, path=path).status_code == 302


def test_a_proxys_own_authorization_header_signs_nobody_out(client_of, olga):
    """Whoever puts basic authentication in front still signs in with a cookie behind it."""
    client = client_of(olga)
    assert client.get("/account", headers={"Authorization": "Basic b2xnYTpvbGdh"}).status_code == 200


def test_a_token_in_the_address_is_not_a_token(client_of, olga):
    """C-34: addresses end up in logs."""
    token = make_token(olga, "Script", days=30)
    for name in ("access_token", "token"):
        assert client_of(None).get(f"{API}?{name}={token}").status_code in {401, 422}


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "days": "30", "scopes": "*"},
        {"name": "Script", "days": "0", "scopes": "*"},
        {"name": "Script", "days": "367", "scopes": "*"},
        {"name": "Script", "days": "-1", "scopes": "*"},
        {"name": "Script", "days": "soon", "scopes": "*"},
        {"name": "http://evil.com", "days": "30", "scopes": "*"},
        {"name": "x" * 81, "days": "30", "scopes": "*"},
        {"name": "Script", "days": "30"},
        {"name": "Script", "days": "30", "scopes": ""},
        {"name": "Script", "days": "30", "scopes": "read:nothing"},
        {"name": "Script", "days": "30", "scopes": ["read:exchanges", "admin"]},
        {},
    ],
)
def test_what_cannot_be_meant_makes_no_token(client_of, olga, session, fields):
    assert fill_in(client_of(olga), "/account/tokens", **fields).status_code == 422
    assert session.scalar(select(func.count()).select_from(AccessToken)) == 0


def test_a_bad_name_is_refused_by_the_verb_too(olga):
    with pytest.raises(BadName):
        make_token(olga, "a\x00b", days=1)


def test_using_a_token_is_noted_every_five_minutes_at_most(client_of, olga, session, now, queries_at_most):
    token = make_token(olga, "Script", days=30)
    with_token(client_of(None), token)
    first = session.scalars(select(AccessToken.used_at)).one()
    assert first == now()
    before = fingerprint(session)
    with queries_at_most(4):
        with_token(client_of(None), token)
    assert fingerprint(session) == before
