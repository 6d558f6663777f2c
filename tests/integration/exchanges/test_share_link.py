"""The link that the organiser sends round."""

from __future__ import annotations

import pytest

from kinkeeper.app import factory
from kinkeeper.features.exchanges.models import ExchangeState
from kinkeeper.kernel.config import Settings
from tests.factories import make_exchange
from tests.factories.accounts import LONG_AGO, browser_of

HERE = "http://127.0.0.1:8123"
WARNING = "This link opens only on this computer."


@pytest.mark.parametrize("state", [ExchangeState.OPEN, ExchangeState.DRAWN])
def test_a_link_that_nobody_else_can_open_says_so(settings, stage, olga, state):
    """A newcomer sends the link of a house on their own laptop, and nobody comes."""
    with stage() as session:
        drawn_at = LONG_AGO if state is ExchangeState.DRAWN else None
        exchange = make_exchange(session, people=0, organiser=olga, state=state, drawn_at=drawn_at)
    pages = [f"/exchanges/{exchange.id}", *(["/"] if state is ExchangeState.OPEN else [])]
    for address, is_warned in {HERE: True, "https://party.example.org": False}.items():
        app = factory.create_app(settings.model_copy(update={"base_url": address}))
        client = browser_of(app, olga)
        for cookie in ("kk_account", "kk_guest"):
            if (held := client.get_cookie(cookie, domain="kinkeeper.test")) is not None:
                client.set_cookie(f"__Host-{cookie}", held.value, domain="party.example.org", secure=True)
                client.set_cookie(cookie, held.value, domain="127.0.0.1")
        for page in pages:
            answer = client.get(page, base_url=address)
            assert answer.status_code == 200
            assert (WARNING in answer.text) is is_warned, (address, page)


def test_several_links_say_it_once(settings, stage, olga):
    """The home page of somebody who begins two exchanges; on the one that is drawn nothing is handed on."""
    with stage() as session:
        for _ in range(2):
            make_exchange(session, people=0, organiser=olga)
        make_exchange(session, people=0, organiser=olga, state=ExchangeState.DRAWN, drawn_at=LONG_AGO)
    app = factory.create_app(settings.model_copy(update={"base_url": HERE}))
    client = browser_of(app, olga)
    client.set_cookie(
        "kk_account", client.get_cookie("kk_account", domain="kinkeeper.test").value, domain="127.0.0.1"
    )
    home = client.get("/", base_url=HERE).text
    assert home.count("Share the link") == 2
    assert home.count(WARNING) == 1


@pytest.mark.parametrize(
    ("address", "only_here"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.1.1", True),
        ("http://[::1]:8000", True),
        ("http://0.0.0.0:8000", True),
        ("http://192.168.1.20:8000", False),
        ("http://kinkeeper.local", False),
        ("https://127.example.org", False),
    ],
)
def test_which_addresses_lead_nobody_else_here(address, only_here):
    assert Settings(base_url=address).opens_only_here is only_here
