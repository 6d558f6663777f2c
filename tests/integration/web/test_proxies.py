"""A-36, C-44, T-47: who asks is what the socket says, or what a proxy says that is known."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from kinkeeper.app import factory
from kinkeeper.web import security
from tests.factories import make_account, make_exchange
from tests.factories.accounts import Browser, browser_of

PROXY, STRANGER = "172.18.0.2", "203.0.113.9"


@pytest.fixture
def behind(stage, settings):
    """`behind(1)` answers a house behind so many proxies, in the network 172.18."""
    with stage() as session:
        make_account(session, "Ada", is_admin=True)

    def build(hops: int, addresses: str = "172.18.0.0/16, ::1", **more: object) -> factory.OpenAPI:
        facts = {"trusted_proxies": hops, "trusted_proxy_addresses": addresses, **more}
        app = factory.create_app(settings.model_copy(update=facts))
        app.test_client_class = Browser
        app.add_url_rule("/who", "who", security.client_address)
        app.extensions["kinkeeper.access"]["who"] = factory.Access.PUBLIC
        return app

    return build


def who(app, peer: str, claims: str | None = None, **headers: str) -> str:
    if claims is not None:
        headers["X-Forwarded-For"] = claims
    return app.test_client().get("/who", headers=headers, environ_base={"REMOTE_ADDR": peer}).text


@pytest.mark.parametrize(
    ("hops", "peer", "claims", "found"),
    [
        (0, STRANGER, "198.51.100.1", STRANGER),
        (0, PROXY, "198.51.100.1", PROXY),
        (1, STRANGER, "198.51.100.1", STRANGER),
        (1, PROXY, "198.51.100.1", "198.51.100.1"),
        (1, f"::ffff:{PROXY}", "198.51.100.1", "198.51.100.1"),
        (1, "::1", "198.51.100.1", "198.51.100.1"),
        (1, PROXY, "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        (1, PROXY, "2001:db8:1:2::7", "2001:db8:1:2::/64"),
        (2, PROXY, "192.0.2.66, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, PROXY, "198.51.100.1", PROXY),
        (1, PROXY, "198.51.100.1:4000", "198.51.100.1"),
        (1, PROXY, "[2001:db8:1:2::7]:443", "2001:db8:1:2::/64"),
        (1, PROXY, "[2001:db8:1:2::7]", "2001:db8:1:2::/64"),
        (1, PROXY, "made up 17", "unknown"),
        (1, PROXY, "unix:", "unknown"),
        (1, PROXY, None, PROXY),
        (1, PROXY, "", PROXY),
    ],
)
def test_who_asks(behind, hops, peer, claims, found):
    """T-47, A-20, A-36: fewer hops than are claimed: the claims on the left are the caller's own invention.

    A port is no part of an address, and whatever is none shares one budget.
    """
    assert who(behind(hops), peer, claims) == found


def test_a_thousand_claims_from_outside_are_one_caller(behind):
    """A-36, T-47: 1000 requests with invented headers, straight to the house, are one bucket."""
    app = behind(1)
    found = {
        who(app, STRANGER, f"198.51.100.{n % 250}", **{"X-Real-IP": f"10.0.0.{n % 250}"})
        for n in range(1_000)
    }
    assert found == {STRANGER}


def test_a_stranger_s_claims_do_not_spend_another_s_pace(behind):
    """A-36, T-47: nobody can be locked out by somebody who names their address."""
    app = behind(1, pace_visitors="3/minute")
    for _ in range(5):
        who(app, STRANGER, "198.51.100.1")
    assert who(app, PROXY, "198.51.100.1") == "198.51.100.1"


@pytest.mark.parametrize("hops", [0, 1])
def test_a_forwarded_host_from_outside_makes_no_link(behind, stage, hops):
    """T-5."""
    with stage() as session:
        olga = make_account(session, "Olga")
        exchange = make_exchange(session, people=0, organiser=olga)
    client = browser_of(behind(hops), olga)
    claims = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example",
    }
    page = client.get(f"/exchanges/{exchange.id}", headers=claims, environ_base={"REMOTE_ADDR": STRANGER})
    assert page.status_code == 200
    assert "evil.example" not in page.text
    assert f"http://kinkeeper.test/join/{exchange.slug}" in page.text


def test_a_proxy_that_passes_a_foreign_host_on_is_refused_and_makes_no_link(behind):
    """A-36, T-5: not even the trusted proxy changes where links lead."""
    answer = (
        behind(1)
        .test_client()
        .get("/sign-in", headers={"X-Forwarded-Host": "evil.example"}, environ_base={"REMOTE_ADDR": PROXY})
    )
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_a_proxy_that_was_not_named_is_told_of_once(behind):
    """So that whoever has forgotten the setting learns why all visitors look like one."""
    app = behind(1)
    with capture_logs() as lines:
        for _ in range(3):
            who(app, "10.0.0.5", "198.51.100.1")
    told = [line for line in lines if "trusted proxy" in line["event"]]
    assert [line["peer"] for line in told] == ["10.0.0.5"]
