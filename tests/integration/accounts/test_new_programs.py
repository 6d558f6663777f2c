"""A program that signs in with the password is told of by letter, as a new device is (ASVS 6.3.5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import ApiSession, RefreshToken
from kinkeeper.features.accounts.service import devices, programs
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.platform.mail import letters
from tests.factories.accounts import PASSWORD, give_app
from tests.integration.web.support import at_once, fill_in

LOGIN = {"email": "olga@example.org", "password": PASSWORD}


@pytest.fixture
def browser(client_of, olga):
    """Olga's own, signed in with before any program was."""
    own = client_of(None)
    fill_in(own, "/sign-in", **LOGIN)
    return own


@pytest.fixture
def told(outbox):
    """Of how many new devices and programs there was a letter."""
    return lambda: [letter.kind for letter in outbox()].count("accounts.new_device")


def log_in(client, program="Gift list"):
    return client.post("/api/v1/auth/login", json={**LOGIN, "program": program}).json["data"]


def log_out(client, got):
    said = {"refresh_token": got["refresh_token"]}
    assert client.post("/api/v1/auth/logout", json=said).status_code == 204


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_one_that_is_new_to_the_account_is_told_of(client, browser, outbox):
    """What it calls itself stands on the page of devices, and in no letter (T-32)."""
    log_in(client, "evil.com says click")
    (row,) = outbox()
    assert (row.kind, row.to) == ("accounts.new_device", "olga@example.org")
    written = letters.render(letters.unpack(row.kind, row.fields), None)
    for text in (written.text, written.html):
        assert "a program that we did not know" in text
        assert "evil.com" not in text
    assert written.subject == "A program signed in to your account"
    assert "evil.com says click" in browser.get("/account/devices").text


def test_the_first_that_ever_signs_in_is_no_news(client, told):
    log_in(client)
    assert told() == 0
    log_in(client, "Another")
    assert told() == 1


def test_one_is_known_again_by_its_name(client, browser, told, session, now):
    """Whether it signed out, or its session ended by itself; for that, one row of a name is kept."""
    for _ in range(3):
        log_out(client, log_in(client))
    log_in(client)
    now.advance(days=31)
    log_in(client)
    assert (told(), count(session, ApiSession)) == (1, 1)


def test_who_does_not_get_in_is_not_told_of(client, browser, stage, olga, told):
    with stage() as staged:
        give_app(staged, olga)
    assert client.post("/api/v1/auth/login", json=LOGIN).status_code == 401
    assert client.post("/api/v1/auth/login", json={**LOGIN, "password": "wrong"}).status_code == 401
    assert told() == 0


@pytest.mark.parametrize("path", ["/account/programs/{}/sign-out", "/account/devices/sign-out"])
def test_one_that_its_owner_signed_out_is_a_stranger_again(client, browser, told, session, path):
    log_in(client)
    program_id = session.scalars(select(ApiSession.id)).one()
    browser.send("/account/devices", path.format(program_id))
    log_in(client)
    assert told() == 2


def test_one_that_was_not_seen_for_long_is_a_stranger_again(client, browser, told, session, now):
    """As a device is, after 180 days; of a session that has ended, nothing but its name stays so long."""
    log_in(client)
    now.advance(days=31)
    programs.forget_ended(SYSTEM)
    assert (count(session, ApiSession), count(session, RefreshToken)) == (1, 0)
    now.advance(days=150)
    programs.forget_ended(SYSTEM)
    log_in(client)
    assert told() == 2


def test_of_several_at_the_same_moment_one_is_told_of(client_of, browser, told):
    clients = [client_of(None) for _ in range(3)]
    at_once(*(lambda client=client: log_in(client) for client in clients))
    assert told() == 1


def test_one_that_has_ended_does_not_count_as_signed_in(client, admin, olga, session, now):
    got = log_in(client)
    for act, number in ((lambda: None, 1), (lambda: log_out(client, got), 0)):
        act()
        assert queries.one_user(session, admin, olga.account_id, now()).programs == number


def test_of_too_many_the_one_that_was_not_seen_for_longest_is_forgotten(client, session, stage, olga, now):
    """A program that signs in again and again, and never out, fills neither the table nor the page."""
    first = log_in(client)
    now.advance(minutes=1)
    second = log_in(client)
    now.advance(minutes=1)
    times = {"created_at": now(), "seen_at": now(), "ends_at": now() + timedelta(days=30)}
    with stage() as staged:
        staged.add_all(
            ApiSession(account_id=olga.account_id, name="Gift list", **times) for _ in range(devices.MOST - 2)
        )
    log_in(client)
    assert count(session, ApiSession) == devices.MOST
    renewed = [
        client.post("/api/v1/auth/refresh", json={"refresh_token": got["refresh_token"]}).status_code
        for got in (first, second)
    ]
    assert renewed == [401, 200]
