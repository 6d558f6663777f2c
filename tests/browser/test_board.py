"""The board of letters, in a real browser: what a real mail server refuses shows without a reload (G11)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import expect

from tests.browser.conftest import DESK, free_port
from tests.browser.steps import follow, join, set_up_and_begin

SOON = 5_000
"""Milliseconds within which a letter's state is to be seen, from the act that causes it."""


class Choosy:
    """A mail server that knows nobody called Zoe."""

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802
        if address.startswith("zoe@"):
            return "550 5.1.1 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, _envelope) -> str:  # noqa: N802
        return "250 taken"


@pytest.fixture
def mail_url() -> Iterator[str]:
    """A real SMTP server on this machine."""
    controller = Controller(Choosy(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}?tls=none"
    controller.stop()


def test_a_refused_letter_shows_by_itself_and_is_sent_again(open_house, visitor, mail_url):
    house = open_house(mail_url=mail_url, mail_from="Kinkeeper <house@example.org>")
    olga = visitor(screen=DESK)
    share = set_up_and_begin(house, olga)
    here = olga.url
    olga.goto(f"{here}/letters")
    expect(olga.get_by_text("No letters yet")).to_be_visible()
    expect(olga.get_by_role("link", name="Look again")).to_be_hidden()
    olga.evaluate("document.body.dataset.same = 'yes'")

    join(visitor(), share, "Ana")
    expect(olga.locator("#sent .row", has_text="Ana")).to_be_visible(timeout=SOON)
    join(visitor(), share, "Zoe")
    zoe = olga.locator("#came-back .row", has_text="Zoe")
    expect(zoe).to_contain_text("There is no such mailbox", timeout=SOON)
    assert olga.evaluate("document.body.dataset.same") == "yes", "without a reload"

    follow(zoe.get_by_role("link"))
    expect(olga.get_by_text("550 5.1.1 no such user here")).to_be_visible()
    letters = olga.url
    follow(olga.get_by_role("link", name="Send a letter again"))
    follow(olga.get_by_role("button", name="Send a letter again"))
    olga.goto(letters)
    expect(olga.locator(".row", has_text="Came back")).to_have_count(2, timeout=SOON)


def test_who_joins_shows_on_the_open_page_of_the_exchange(open_house, visitor, mail_url):
    house = open_house(mail_url=mail_url, mail_from="Kinkeeper <house@example.org>")
    olga = visitor(screen=DESK)
    share = set_up_and_begin(house, olga)
    expect(olga.get_by_role("link", name="Look again")).to_be_hidden()
    join(visitor(), share, "Ana")
    expect(olga.locator(".strip")).to_contain_text("Ana", timeout=SOON)


def test_without_a_script_a_link_looks_again(open_house, visitor, mail_url):
    house = open_house(mail_url=mail_url, mail_from="Kinkeeper <house@example.org>")
    olga = visitor(script=False)
    share = set_up_and_begin(house, olga)
    olga.goto(f"{olga.url}/letters")
    join(visitor(script=False), share, "Ana")
    follow(olga.get_by_role("link", name="Look again"))
    expect(olga.locator(".row", has_text="Ana")).to_be_visible()
