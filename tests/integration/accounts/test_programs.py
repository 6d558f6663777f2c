"""Programs that sign in with a password: what they hold, how they renew it, and how it ends (C-3, T-46)."""

from __future__ import annotations

import re
import threading

import pyotp
import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, ApiSession, RefreshToken
from kinkeeper.features.accounts.service import programs, second_factor
from kinkeeper.features.accounts.service.closing_accounts import deactivate_account
from kinkeeper.features.accounts.service.passwords import change_password
from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.platform.audit import AuditEntry
from tests.factories.accounts import PASSWORD
from tests.integration.accounts.conftest import BROWSER
from tests.integration.web.support import at_once, bearer, fingerprint, problems_among, without_lock

LOGIN = {"email": "olga@example.org", "password": PASSWORD}


@pytest.fixture(params=["/api/v1/auth", "/auth"])
def auth(request):
    """Both addresses at which the same is answered."""
    return request.param


def holding(got, **more):
    return {"Authorization": f"Bearer {got['access_token']}", **more}


def log_in(client, auth="/api/v1/auth", **said):
    return client.post(f"{auth}/login", json={**LOGIN, **said}).json["data"]


def code(answer):
    return answer.json["error"]["code"]


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


# --- signing in


def test_a_program_signs_in_and_goes_on_with_what_it_gets(client, auth, olga, session):
    """RS-143; seed 004."""
    answer = client.post(f"{auth}/login", json={**LOGIN, "program": " My  script "})
    got = answer.json["data"]
    assert (answer.status_code, got["token_type"], got["expires_in"]) == (200, "Bearer", 600)
    assert got["user"]["id"] == str(olga.account_id)
    me = client.get(f"{auth}/me", headers=holding(got))
    assert (me.status_code, me.json["data"]) == (200, got["user"])
    assert client.get("/api/v1/exchanges", headers=holding(got)).status_code == 200
    row = session.scalars(select(ApiSession)).one()
    assert (row.name, row.account_id) == ("My script", olga.account_id)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_program_s_name_holds_nothing_unseen(client, olga):
    """T-31: it stands among the owner's devices, and must not turn the rest of the page around."""
    answer = client.post("/auth/login", json={**LOGIN, "program": "script\u202egnp"})
    assert (answer.status_code, code(answer)) == (422, "VALIDATION_ERROR")


def test_a_username_will_do(client, stage, olga):
    with stage() as session:
        session.get_one(Account, olga.account_id).username = "olga"
    answer = client.post("/auth/login", json={"username": "olga", "password": PASSWORD})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "said",
    [
        {"email": "olga@example.org", "password": "wrong"},
        {"email": "nobody@example.org", "password": PASSWORD},
        {"username": "nobody", "password": PASSWORD},
        {"username": "no name", "password": PASSWORD},
    ],
)
def test_a_wrong_name_and_a_wrong_password_look_the_same(client, auth, session, said):
    """A-47."""
    answer = client.post(f"{auth}/login", json=said)
    assert (answer.status_code, code(answer)) == (401, "account.login_refused")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert count(session, ApiSession) == 0


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"password": PASSWORD},
        {"email": "a@b.org", "username": "a", "password": "x"},
        {"email": ["a@b.org"], "password": "x"},
        {"email": "a@b.org", "password": 7},
        {"email": "a@b.org", "password": "x", "is_admin": True},
        [],
        "x",
        None,
    ],
)
def test_what_cannot_be_meant_is_refused(client, auth, said):
    answer = client.post(f"{auth}/login", json=said)
    assert (answer.status_code, code(answer)) == (422, "VALIDATION_ERROR")


def test_tries_are_counted_as_on_the_page(client, olga):
    """A-45: the same budget, whichever door."""
    for _ in range(10):
        client.post("/auth/login", json={**LOGIN, "password": "wrong"})
    answer = client.post("/api/v1/auth/login", json=LOGIN)
    assert (answer.status_code, code(answer)) == (429, "RATE_LIMIT_EXCEEDED")
    assert int(answer.headers["Retry-After"]) > 0


def test_who_has_a_second_factor_is_asked_for_its_code(client, stage, olga, session, now):
    with stage() as staged:
        account = staged.get_one(Account, olga.account_id)
        secret = second_factor.new_secret()
        second_factor.seal_secret(account, secret)
        account.totp_confirmed_at = now()
    asked = client.post("/auth/login", json=LOGIN)
    assert (asked.status_code, code(asked)) == (401, "account.code_needed")
    wrong = client.post("/auth/login", json={**LOGIN, "code": "000000"})
    assert (wrong.status_code, code(wrong)) == (422, "account.wrong_code")
    right = pyotp.TOTP(secret).at(now())
    assert client.post("/auth/login", json={**LOGIN, "code": right}).status_code == 200
    again = client.post("/auth/login", json={**LOGIN, "code": right})
    assert (again.status_code, code(again)) == (422, "account.wrong_code")
    assert count(session, ApiSession) == 1


def test_tries_at_the_code_are_counted(client, stage, olga, now):
    with stage() as staged:
        account = staged.get_one(Account, olga.account_id)
        second_factor.seal_secret(account, second_factor.new_secret())
        account.totp_confirmed_at = now()
    said = {**LOGIN, "code": "000000"}
    results = [client.post("/auth/login", json=said).status_code for _ in range(6)]
    assert results == [422] * 5 + [429]


def test_a_closed_account_looks_as_a_wrong_password(client, olga, admin):
    deactivate_account(admin, olga.account_id)
    assert code(client.post("/auth/login", json=LOGIN)) == "account.login_refused"


def test_no_cookie_counts_where_programs_sign_in(client_of, olga):
    """Another site's page could send them along."""
    browser = client_of(olga)
    assert browser.get("/auth/me").status_code == 401
    assert browser.post("/auth/logout", json={}).status_code == 401
    assert browser.get("/account").status_code == 200


def test_another_site_s_page_signs_nobody_in(client):
    """T-12: login riding; the door looks at who sent it."""
    answer = client.post("/auth/login", json=LOGIN, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, code(answer)) == (403, "CSRF_FAILED")


# --- asking for an account

NEWCOMER = {"email": "ana@example.org", "name": "Ana", "circle": "The Parks"}


def test_nobody_asks_for_an_account_where_the_house_is_closed(client, auth, session):
    before = fingerprint(session)
    answer = client.post(f"{auth}/register", json=NEWCOMER)
    assert (answer.status_code, code(answer)) == (403, "account.registration_closed")
    assert fingerprint(session) == before


def test_known_and_unknown_addresses_are_answered_the_same(settings, olga, auth):
    """T-8."""
    from kinkeeper.app import factory
    from tests.factories.accounts import browser_of

    client = browser_of(factory.create_app(settings.model_copy(update={"registration": "open"})), None)
    answers = [
        client.post(f"{auth}/register", json={**NEWCOMER, "email": email})
        for email in ("ana@example.org", "olga@example.org")
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert len({answer.json["message"] for answer in answers}) == 1


# --- what it holds


def test_an_access_token_opens_no_page(client):
    got = log_in(client)
    for path in ("/", "/account", "/exchanges"):
        assert client.get(path, headers=holding(got)).status_code == 302


def test_it_needs_no_form_s_token(client):
    got = log_in(client)
    assert client.post("/api/v1/exchanges", json={}, headers=holding(got)).status_code == 422


def test_it_ends_by_itself(client, now):
    got = log_in(client)
    now.advance(minutes=9, seconds=59)
    assert client.get("/auth/me", headers=holding(got)).status_code == 200
    now.advance(seconds=1)
    assert client.get("/auth/me", headers=holding(got)).status_code == 401


def test_rights_are_those_of_now_and_not_those_of_the_token(client, stage, olga):
    """C-3, A-57."""
    from kinkeeper.kernel.roles import Role
    from tests.factories import grant_to, withdraw_grants

    got = log_in(client)
    assert client.get("/api/v1/users", headers=holding(got)).status_code == 403
    with stage() as session:
        grant_to(session, olga, Role.ADMINISTRATOR)
    assert client.get("/api/v1/users", headers=holding(got)).status_code == 200
    with stage() as session:
        withdraw_grants(session, olga)
    assert client.get("/api/v1/users", headers=holding(got)).status_code == 403


def test_what_ends_sessions_ends_programs_at_once(client, olga):
    """A-53: a changed password, a closed account, an epoch that grew."""
    got = log_in(client)
    change_password(olga, PASSWORD, "another basket of seventeen otters", browser=BROWSER)
    assert client.get("/auth/me", headers=holding(got)).status_code == 401
    answer = client.post("/auth/refresh", json={"refresh_token": got["refresh_token"]})
    assert (answer.status_code, code(answer)) == (401, "token.refresh_refused")


def test_looking_takes_one_statement_for_who_asks(client, queries_at_most):
    got = log_in(client)
    client.get("/auth/me", headers=holding(got))
    with queries_at_most(3):  # who asks; the account; its roles
        client.get("/auth/me", headers=holding(got))


def test_a_copied_database_holds_no_token(client, session):
    """T-6: of what is stored, nothing can be used."""
    got = log_in(client)
    stored = [row.digest for row in session.scalars(select(RefreshToken))]
    assert stored == [crypto.token_digest(got["refresh_token"])]


# --- renewing


def renew(client, got, auth="/api/v1/auth"):
    return client.post(f"{auth}/refresh", json={"refresh_token": got["refresh_token"]})


def test_it_is_renewed_with_the_refresh_token(client, auth, now):
    first = log_in(client)
    now.advance(minutes=11)
    answer = renew(client, first, auth)
    second = answer.json["data"]
    assert answer.status_code == 200
    assert second["refresh_token"] != first["refresh_token"]
    assert client.get("/auth/me", headers=holding(second)).status_code == 200
    now.advance(minutes=11)
    assert renew(client, second, auth).status_code == 200


def test_a_refresh_token_that_is_used_again_ends_everything(client, session, now):
    """T-46: thief and owner cannot both go on."""
    first = log_in(client)
    second = renew(client, first).json["data"]
    now.advance(seconds=11)
    answer = renew(client, first)
    assert (answer.status_code, code(answer)) == (401, "token.refresh_refused")
    assert client.get("/auth/me", headers=holding(second)).status_code == 401
    assert renew(client, second).status_code == 401
    assert (count(session, ApiSession), count(session, RefreshToken)) == (0, 0)
    actions = set(session.scalars(select(AuditEntry.action)))
    assert "account.refresh_token_reused" in actions


def test_an_answer_that_got_lost_is_given_again(client, session, now):
    """T-46: within ten seconds, the same successor."""
    first = log_in(client)
    second = renew(client, first).json["data"]
    now.advance(seconds=10)
    again = renew(client, first)
    assert again.status_code == 200
    assert again.json["data"]["refresh_token"] == second["refresh_token"]
    assert count(session, RefreshToken) == 2


def test_a_lost_answer_is_none_once_its_successor_was_used(client, session):
    first = log_in(client)
    second = renew(client, first).json["data"]
    third = renew(client, second).json["data"]
    assert renew(client, first).status_code == 401
    assert client.get("/auth/me", headers=holding(third)).status_code == 401


def test_a_session_ends_a_month_after_it_began_however_often_it_is_renewed(client, now):
    got = log_in(client)
    for _ in range(3):
        now.advance(days=9)
        got = renew(client, got).json["data"]
    now.advance(days=3)
    assert renew(client, got).status_code == 401


@pytest.mark.parametrize("token", ["x", "x" * 43, "kk_" + "x" * 43, "é" * 43])
def test_an_unknown_refresh_token_is_refused(client, token, session):
    before = fingerprint(session)
    assert code(renew(client, {"refresh_token": token})) == "token.refresh_refused"
    assert fingerprint(session) == before


def test_an_access_token_renews_nothing_and_a_refresh_token_opens_nothing(client):
    got = log_in(client)
    assert renew(client, {"refresh_token": got["access_token"][:200]}).status_code == 401
    assert client.get("/auth/me", headers=holding({"access_token": got["refresh_token"]})).status_code == 401


def test_of_several_at_the_same_moment_all_go_on_with_the_same(client_of, olga, session):
    got = log_in(client_of(None))
    clients = [client_of(None) for _ in range(4)]
    answers = at_once(*(lambda client=client: renew(client, got).json["data"] for client in clients))
    assert len({answer["refresh_token"] for answer in answers}) == 1
    assert count(session, RefreshToken) == 2


def test_without_the_lock_the_session_would_fork(client_of, olga, session, monkeypatch, settings):
    """The control: both have seen an unused token before either has used it."""
    from kinkeeper.features.accounts.api.sessions import terms_of

    got = log_in(client_of(None))
    seen, plain = threading.Barrier(2, timeout=10), queries.refresh_tokens_of

    def look_and_wait(*facts):
        found = plain(*facts)
        seen.wait()
        return found

    monkeypatch.setattr(queries, "refresh_tokens_of", look_and_wait)
    with without_lock(monkeypatch, queries, "program_for_change", ApiSession):
        results = at_once(
            *(lambda: programs.refresh(ANONYMOUS, got["refresh_token"], terms=terms_of(settings)),) * 2
        )
    assert not seen.broken, "both were past the look at the same moment"
    assert problems_among(results), "only the database's own constraint stops the second"


# --- signing out


def test_signing_out_ends_both_tokens_at_once(client, auth):
    """RS-135."""
    got = log_in(client)
    assert client.post(f"{auth}/logout", json={}, headers=holding(got)).status_code == 204
    assert client.get(f"{auth}/me", headers=holding(got)).status_code == 401
    assert renew(client, got).status_code == 401
    assert client.post(f"{auth}/logout", json={}, headers=holding(got)).status_code == 401


def test_the_access_token_alone_will_do(client, auth):
    """RS-135: as docs/api.md says it, without a body."""
    got = log_in(client)
    assert client.post(f"{auth}/logout", headers=holding(got)).status_code == 204
    assert client.get(f"{auth}/me", headers=holding(got)).status_code == 401
    assert renew(client, got).status_code == 401
    assert client.post(f"{auth}/logout").status_code == 401


def test_the_refresh_token_alone_will_do(client, now):
    got = log_in(client)
    now.advance(minutes=20)
    said = {"refresh_token": got["refresh_token"]}
    assert client.post("/auth/logout", json=said).status_code == 204
    assert renew(client, got).status_code == 401


def test_signing_out_ends_no_other_program(client):
    first, second = log_in(client), log_in(client)
    client.post("/auth/logout", json={}, headers=holding(first))
    assert client.get("/auth/me", headers=holding(second)).status_code == 200


def test_nobody_and_a_personal_token_have_nothing_to_end(client, olga):
    assert client.post("/auth/logout", json={}).status_code == 401
    assert client.post("/auth/logout", json={}, headers=bearer(olga)).status_code == 401


def test_secrets_stand_in_no_log(client, capsys):
    """C-34."""
    got = log_in(client)
    renew(client, got)
    said = capsys.readouterr()
    for secret in (PASSWORD, got["access_token"], got["refresh_token"]):
        assert not re.search(re.escape(secret), said.out + said.err)
