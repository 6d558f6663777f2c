"""Reliability 3.0: how fast anybody may ask, and what is said to who asks faster."""

from __future__ import annotations

import re

import pytest

from kinkeeper.app import factory
from tests.factories import make_account, make_exchange
from tests.factories.accounts import Browser, browser_of

UNKNOWN = {"Authorization": "Bearer kk_nobodys"}


@pytest.fixture
def paced(stage, settings):
    """`paced(pace_api="2/hour")` answers a house with these paces, set up already."""
    with stage() as session:
        make_account(session, "Ada", is_admin=True)

    def build(**paces: str) -> factory.OpenAPI:
        app = factory.create_app(settings.model_copy(update=paces))
        app.testing = False
        app.test_client_class = Browser
        return app

    return build


def statuses(client, path: str, times: int, **facts) -> list[int]:
    return [client.get(path, buffered=True, **facts).status_code for _ in range(times)]


def test_a_visitor_who_asks_too_fast_reads_a_page_that_says_when_to_come_again(paced):
    client = paced(pace_visitors="3/minute").test_client()
    assert statuses(client, "/sign-in", 3) == [200] * 3
    answer = client.get("/sign-in")
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "text/html" in answer.content_type
    assert "A little too often" in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_probes_and_static_files_are_never_refused(paced):
    client = paced(pace_visitors="1/minute").test_client()
    statuses(client, "/sign-in", 2)
    assert statuses(client, "/livez", 5) == [200] * 5
    page = client.get("/sign-in", environ_base={"REMOTE_ADDR": "198.51.100.7"}).text
    path = re.search(r'/static/[^"]+\.css', page)[0]
    assert statuses(client, path, 5) == [200] * 5


def test_one_address_has_one_pace_whatever_cookie_it_sends(paced):
    """T-47: a cookie that nobody knows is no way round."""
    client = paced(pace_visitors="3/minute", pace_signed_in="").test_client()
    found = []
    for number in range(5):
        client.set_cookie("kk_account", f"made-up-{number}", domain="kinkeeper.test")
        found.append(client.get("/sign-in").status_code)
    assert found == [200] * 3 + [429] * 2


def test_an_ipv6_home_has_one_pace(paced):
    """T-47: 2^64 addresses of one line."""
    client = paced(pace_visitors="3/minute").test_client()
    found = [
        client.get("/sign-in", environ_base={"REMOTE_ADDR": f"2001:db8:1:2::{n:x}"}).status_code
        for n in range(5)
    ]
    assert found == [200] * 3 + [429] * 2
    assert client.get("/sign-in", environ_base={"REMOTE_ADDR": "2001:db8:1:3::1"}).status_code == 200


def test_whoever_is_signed_in_has_a_pace_of_their_own(paced, stage):
    with stage() as session:
        olga, otto = make_account(session, "Olga"), make_account(session, "Otto")
    app = paced(pace_visitors="1/minute", pace_signed_in="3/minute")
    assert statuses(browser_of(app, olga), "/account", 4) == [200] * 3 + [429]
    assert statuses(browser_of(app, otto), "/account", 3) == [200] * 3


def test_a_program_is_told_how_much_is_left(paced, stage):
    with stage() as session:
        olga = make_account(session, "Olga")
    client = browser_of(paced(pace_api="2/hour"), olga)
    answer = client.get("/api/v1/exchanges")
    told = {name: int(answer.headers[f"X-RateLimit-{name}"]) for name in ("Limit", "Remaining", "Reset")}
    assert told == {"Limit": 2, "Remaining": 1, "Reset": told["Reset"]}
    assert 3_590 <= told["Reset"] <= 3_600
    client.get("/api/v1/exchanges")
    refused = client.get("/api/v1/exchanges")
    assert refused.status_code == 429
    assert refused.json["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert int(refused.headers["Retry-After"]) > 3_500


def test_a_program_without_a_token_shares_its_address_s_pace(paced):
    client = paced(pace_api_visitors="2/hour").test_client()
    assert statuses(client, "/api/v1/exchanges", 3) == [401, 401, 429]
    assert statuses(client, "/api/v1/exchanges", 1, headers=UNKNOWN) == [429]
    assert statuses(client, "/sign-in", 1) == [200]


def test_pages_do_not_tell_programs_headers(paced):
    answer = paced(pace_visitors="3/minute").test_client().get("/sign-in")
    assert not [name for name, _ in answer.headers if name.startswith("X-RateLimit")]


def test_exports_have_a_pace_of_their_own(paced, stage):
    """3.0: five an hour, over page and API together."""
    with stage() as session:
        olga, otto = make_account(session, "Olga"), make_account(session, "Otto")
        exchange = make_exchange(session, organiser=olga)
    app = paced(pace_exports="3/hour")
    client = browser_of(app, olga)
    paths = (
        f"/exchanges/{exchange.id}/export.csv",
        f"/exchanges/{exchange.id}/export.json",
        f"/api/v1/exchanges/{exchange.id}/export",
        "/my/data.json",
    )
    assert [client.get(path).status_code for path in paths] == [200, 200, 200, 429]
    assert client.get("/my/data").status_code == 200
    assert browser_of(app, otto).get("/my/data.json").status_code == 200


def test_the_audit_trail_is_taken_along_at_that_pace(paced, stage):
    """It reads as much as there is."""
    with stage() as session:
        ada = make_account(session, "Adele", is_admin=True)
    client = browser_of(paced(pace_exports="2/hour"), ada)
    paths = (
        "/admin/audit.csv",
        "/admin/audit.json",
        "/admin/audit.csv",
        "/admin/audit.json",
        "/my/data.json",
    )
    assert [client.get(path).status_code for path in paths] == [200, 200, 429, 429, 429]


def test_what_is_refused_asks_the_database_nothing_for_a_stranger(paced, queries_at_most):
    client = paced(pace_visitors="1/minute").test_client()
    client.get("/sign-in")
    with queries_at_most(0):
        assert client.get("/sign-in").status_code == 429


def test_by_default_a_stranger_opens_sixty_pages_at_once(engine, settings):
    """3.0: 120 a minute, burst 60."""
    from kinkeeper.kernel.config import Settings

    paces = {name: Settings.model_fields[name].default for name in Settings.model_fields if "pace_" in name}
    client = factory.create_app(settings.model_copy(update=paces)).test_client()
    base = {"base_url": "http://kinkeeper.test"}
    assert [client.get("/nowhere", **base).status_code for _ in range(61)] == [404] * 60 + [429]
