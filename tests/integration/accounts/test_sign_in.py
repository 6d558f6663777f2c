"""Signing in: the right password opens, everything else answers alike, and tries are counted."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import WebSession
from kinkeeper.features.accounts.service import hashing, proving
from kinkeeper.features.accounts.service.proving import WrongCredentials
from kinkeeper.features.accounts.service.signing_in import sign_in
from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import TooMany
from kinkeeper.platform.audit import AuditEntry
from tests.factories import PASSWORD
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import at_once, fill_in, fingerprint, problems_among, visible_text


def try_in(email="olga@example.org", password="not the password", address=HERE):
    return sign_in(ANONYMOUS, email, password, address=address, browser=BROWSER)


def test_the_right_password_opens_the_house(client_of, olga, session):
    """SK-14: on to the dashboard, and the session survives a reload."""
    client = client_of(None)
    answer = fill_in(client, "/sign-in", email="olga@example.org", password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/account").status_code == client.get("/account").status_code == 200
    row = session.scalars(select(WebSession)).one()
    assert row.account_id == olga.account_id
    written = session.scalars(select(AuditEntry).where(AuditEntry.action == "account.signed_in")).one()
    assert (written.actor_name, written.subject_id) == ("Olga", written.actor_id)


def test_the_address_may_be_written_in_capitals_and_with_spaces(olga):
    """SK-18."""
    assert try_in("  OLGA@Example.Org ", PASSWORD)


def test_only_a_digest_of_the_session_is_kept(olga, session):
    """A-49, T-6."""
    secret = try_in(password=PASSWORD).session
    assert len(secret) >= 43
    assert session.scalars(select(WebSession.digest)).one() == crypto.token_digest(secret)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client_of, olga, settings, session):
    """A-47: status, headers and body say nothing about who has an account."""
    answers = []
    for email in ("olga@example.org", "nobody@example.org"):
        client = client_of(None)
        answers.append(fill_in(client, "/sign-in", email=email, password="not the password"))
    known, unknown = answers
    assert known.status_code == unknown.status_code == 422
    assert "not right" in known.text
    assert visible_text(known.text) == visible_text(unknown.text).replace("nobody@", "olga@")
    assert {name for name, _ in known.headers} == {name for name, _ in unknown.headers}
    assert session.scalar(select(func.count()).select_from(WebSession)) == 0


def test_a_wrong_password_and_an_unknown_address_cost_the_same(olga, monkeypatch, queries_at_most, session):
    """A-47: one hash is verified and the same statements are said in either case."""
    verified = []
    real = hashing._HASHER.verify
    monkeypatch.setattr(
        hashing,
        "_HASHER",
        type("Counting", (), {"verify": lambda _self, *a: verified.append(1) or real(*a)})(),
    )
    said = []
    for email in ("olga@example.org", "nobody@example.org"):
        with queries_at_most(12) as statements, pytest.raises(WrongCredentials):
            try_in(email)
        said.append(list(statements))
    assert len(verified) == 2
    assert said[0] == said[1]


def test_a_refused_try_is_written_down_without_the_address(olga, session):
    """A-70."""
    with pytest.raises(WrongCredentials):
        try_in()
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject_id, entry.details) == ("account.sign_in_refused", None, {})


def test_the_eleventh_try_within_five_minutes_is_not_even_looked_at(olga, now, monkeypatch):
    """3.0, SK-19: ten in five minutes for one account, whatever machines they come from."""
    for number in range(10):
        with pytest.raises(WrongCredentials):
            try_in(address=f"192.0.2.{number}")
    monkeypatch.setattr(proving, "is_right", lambda *_: pytest.fail("a password was checked"))
    with pytest.raises(TooMany) as refused:
        try_in(password=PASSWORD, address="198.51.100.1")
    assert 1 <= refused.value.retry_after <= 300


def test_after_five_minutes_there_are_ten_new_tries(olga, now):
    for number in range(11):
        with pytest.raises((WrongCredentials, TooMany)):
            try_in(address=f"192.0.2.{number}")
    now.advance(minutes=5)
    assert try_in(password=PASSWORD)


def test_the_page_says_429_and_when_to_come_back(client_of, olga):
    """A-20: the same for an address that nobody has."""
    for email in ("olga@example.org", "nobody@example.org"):
        client = client_of(None)
        token_page = None
        for number in range(11):
            token_page = client.post(
                "/sign-in",
                data={"csrf_token": _token(client), "email": email, "password": "wrong"},
                environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"},
            )
        assert token_page.status_code == 429
        assert 1 <= int(token_page.headers["Retry-After"]) <= 300
        assert "It works again in 5 minutes." in token_page.text
        assert "Sign in by mail instead" in token_page.text


def test_one_machine_has_ten_tries_in_a_minute_over_all_accounts(olga, now):
    """3.0."""
    for number in range(10):
        with pytest.raises(WrongCredentials):
            try_in(f"somebody{number}@example.org")
    with pytest.raises(TooMany):
        try_in("another@example.org")
    now.advance(minutes=1)
    with pytest.raises(WrongCredentials):
        try_in("another@example.org")


def test_the_right_password_gives_the_account_its_tries_back(olga, now):
    """A-45: a person who mistypes now and then is never locked out."""
    for number in range(9):
        with pytest.raises(WrongCredentials):
            try_in(address=f"192.0.2.{number}")
    try_in(password=PASSWORD, address="198.51.100.1")
    for number in range(10):
        with pytest.raises(WrongCredentials):
            try_in(address=f"203.0.113.{number}")


def test_dots_and_tags_do_not_make_new_tries(olga):
    """T-47: one mailbox, one budget."""
    for number in range(10):
        with pytest.raises(WrongCredentials):
            try_in(f"ol.ga+{number}@example.org", address=f"192.0.2.{number}")
    with pytest.raises(TooMany):
        try_in("olga@example.org", PASSWORD, address="198.51.100.1")


def test_tries_at_the_same_moment_are_all_counted(olga):
    """A-19: thirty at once are not thirty free guesses."""
    results = at_once(*(lambda number=number: try_in(address=f"192.0.2.{number}") for number in range(16)))
    assert problems_among(results).count("WrongCredentials") == 10
    assert problems_among(results).count("TooMany") == 6


def test_a_session_that_was_put_into_the_browser_before_is_not_kept(client_of, olga, session):
    """A-51, T-12: whoever planted a cookie does not get in with it."""
    client = client_of(None)
    client.set_cookie("kk_account", "planted", domain="kinkeeper.test")
    fill_in(client, "/sign-in", email="olga@example.org", password=PASSWORD)
    assert client.get_cookie("kk_account", domain="kinkeeper.test").value != "planted"
    stranger = client_of(None)
    stranger.set_cookie("kk_account", "planted", domain="kinkeeper.test")
    assert stranger.get("/account").status_code == 302


def test_signing_in_again_ends_the_session_that_this_browser_had(client_of, olga, session):
    """A-51: a new session each time, and the old one opens nothing any more."""
    client = client_of(olga)
    old = client.get_cookie("kk_account", domain="kinkeeper.test").value
    fill_in(client, "/sign-in", email="olga@example.org", password=PASSWORD)
    assert client.get_cookie("kk_account", domain="kinkeeper.test").value != old
    thief = client_of(None)
    thief.set_cookie("kk_account", old, domain="kinkeeper.test")
    assert thief.get("/account").status_code == 302
    assert session.scalar(select(func.count()).select_from(WebSession)) == 1


ELSEWHERE = [
    "https://evil.example/",
    "http:evil.example",
    "https:evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,hi",
    "/\x00/evil.example",
    "evil.example",
    "/%0d%0aLocation:x\r\nSet-Cookie: a=b",
    "http://kinkeeper.test@evil.example/",
    "",
]


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_nobody_is_sent_to_another_site(client_of, olga, onward):
    """T-26, A-34: what is no plain path of this house leads home."""
    answer = fill_in(client_of(None), "/sign-in", email="olga@example.org", password=PASSWORD, next=onward)
    assert (answer.status_code, answer.location) == (303, "/")


@pytest.mark.parametrize(
    "onward", ["/exchanges", "/exchanges?page=2", "/my/x#top", "/a//b", "/join/a?next=//x"]
)
def test_after_signing_in_one_is_where_one_wanted_to_be(client_of, olga, onward):
    answer = fill_in(client_of(None), "/sign-in", email="olga@example.org", password=PASSWORD, next=onward)
    assert answer.location == onward


def test_a_page_for_accounts_asks_to_sign_in_and_remembers_itself(client_of, admin):
    answer = client_of(None).get("/exchanges?page=2&x=%2F%2Fevil")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/exchanges%3Fpage%3D2%26x%3D%252F%252Fevil"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"email": "", "password": ""},
        {"email": "olga@example.org"},
        {"email": "x" * 300, "password": PASSWORD},
        {"email": "olga@example.org", "password": "x" * 1025},
        {"email": "no\x00body@example.org", "password": PASSWORD},
        {"email": "\ufffd'--%_@example.org", "password": "\x00"},
    ],
)
def test_what_cannot_be_meant_is_refused_in_the_form(client_of, olga, fields):
    """A-4: on both databases."""
    answer = fill_in(client_of(None), "/sign-in", **fields)
    assert answer.status_code == 422
    assert PASSWORD not in answer.text


def test_looking_at_the_sign_in_page_changes_nothing(client_of, admin, session):
    before = fingerprint(session)
    assert client_of(None).get("/sign-in?next=/exchanges").status_code == 200
    assert fingerprint(session) == before


def test_a_signed_in_page_asks_for_the_session_once(client_of, olga, queries_at_most):
    client = client_of(olga)
    client.get("/account")
    with queries_at_most(4) as said:
        client.get("/account")
    assert sum("web_session" in statement for statement in said) == 1


def _token(client) -> str:
    from tests.integration.web.support import form_token

    return form_token(client)
