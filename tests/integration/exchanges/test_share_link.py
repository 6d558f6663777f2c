"""The link that the organiser sends round."""

from __future__ import annotations

import pytest

from kinkeeper.app import factory
from kinkeeper.features.exchanges.models import ExchangeState
from kinkeeper.kernel.config import Settings
from tests.factories import make_exchange
from tests.factories.accounts import LONG_AGO, browser_of

WARNING = "This link opens only on this computer."


@pytest.mark.parametrize("state", [ExchangeState.OPEN, ExchangeState.DRAWN])
def test_a_link_that_nobody_else_can_open_says_so(settings, stage, olga, state):
    """A newcomer sends the link of a house on their own laptop, and nobody comes."""
    with stage() as session:
        drawn_at = LONG_AGO if state is ExchangeState.DRAWN else None
        exchange = make_exchange(session, people=0, organiser=olga, state=state, drawn_at=drawn_at)
    pages = [f"/exchanges/{exchange.id}", *(["/"] if state is ExchangeState.OPEN else [])]
    for address, is_warned in {"http://127.0.0.1:8123": True, "https://party.example.org": False}.items():
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
