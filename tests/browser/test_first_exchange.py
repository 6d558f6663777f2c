"""The first day: a person starts the house and runs an exchange from the set-up link to the match."""

from __future__ import annotations

import email
import re
import time
from collections.abc import Callable, Iterator
from email import policy

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, House, free_port

FAMILY = ("Ana", "Ben", "Cleo", "Dan", "Eve")
PASSWORD = "plum basket seventeen otters"


class Sink:
    """A mail server that keeps what it is handed."""

    def __init__(self) -> None:
        self.letters: list[email.message.EmailMessage] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


@pytest.fixture
def sink() -> Iterator[tuple[str, Sink]]:
    """A real SMTP server on this machine."""
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}?tls=none", handler
    controller.stop()


def test_an_exchange_with_the_built_in_mailbox(open_house, visitor):
    """The newcomer's whole way, all mail read in the built-in mailbox."""
    house = open_house()
    olga = visitor(screen=DESK)
    share = _set_up_and_begin(house, olga)
    for name in FAMILY:
        _join(visitor(), share, name)

    def link_in_mailbox(name: str, subject: str) -> str:
        return _link_in_mailbox(house, olga, name, subject)

    _confirm_draw_and_look(house, olga, visitor, link_in_mailbox, script=True)


def test_an_exchange_over_smtp_without_javascript(open_house, visitor, sink):
    """The same with a real mail server, and no script on any page."""
    url, received = sink
    house = open_house(mail_url=url, mail_from="Kinkeeper <house@example.org>")
    olga = visitor(script=False)
    share = _set_up_and_begin(house, olga)
    for name in FAMILY:
        _join(visitor(script=False), share, name)

    def link_in_letter(name: str, subject: str) -> str:
        return _link_in_letter(received, name, subject)

    _confirm_draw_and_look(house, olga, visitor, link_in_letter, script=False)
    assert len(received.letters) == 2 * len(FAMILY)


def _set_up_and_begin(house: House, olga: Page) -> str:
    """Set the house up, begin an exchange, and answer its share link."""
    olga.goto(house.address)
    expect(olga).to_have_url(re.compile("/set-up$"))
    olga.goto(house.set_up_link)
    olga.get_by_label("Your name").fill("Olga")
    olga.get_by_label("E-mail").fill("olga@example.org")
    olga.get_by_label("Your family, club or office").fill("The Olsens")
    olga.get_by_label("Password").fill(PASSWORD)
    _press(olga.locator("main"))
    expect(olga.get_by_text("Your house is ready")).to_be_visible()

    olga.goto(f"{house.address}/exchanges/new")
    olga.get_by_label("What is it called?").fill("Christmas at the Olsens")
    olga.get_by_label("When are the gifts given?").fill("2099-12-24")
    olga.get_by_label("People can join until").fill("2099-12-10")
    _press(olga.locator("main"))
    share = olga.locator("#share-link").input_value()
    assert share.startswith(f"{house.address}/join/")
    return share


def _join(page: Page, share: str, name: str) -> None:
    page.goto(share)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(f"{name.lower()}@example.org")
    page.get_by_label("What would make you happy?").fill(f"{name} would like a kite")
    _press(page.locator("main"))
    expect(page).to_have_url(re.compile("/sent$"))


def _confirm_draw_and_look(
    house: House,
    olga: Page,
    visitor: Callable[..., Page],
    link_for: Callable[[str, str], str],
    *,
    script: bool,
) -> None:
    phones = {name: visitor(script=script) for name in FAMILY}
    for name, phone in phones.items():
        phone.goto(link_for(name, "Please confirm"))
        _press(phone.locator("main"))
        expect(phone).to_have_url(re.compile("/my/"))

    olga.goto(f"{house.address}/exchanges")
    olga.locator("main").get_by_role("link", name="Christmas at the Olsens").first.click()
    olga.locator("form[action$='/close'] button").click()
    draw = olga.locator("form[action$='/draw'] button")
    if not draw.is_visible():
        olga.locator("details:has(form[action$='/draw']) > summary").click()
    draw.click()
    expect(olga.get_by_text("The names are drawn").first).to_be_visible()

    receivers = set()
    for name, phone in phones.items():
        phone.goto(link_for(name, "The names are drawn"))
        _press(phone.locator("main"))
        match = phone.locator(".match__name")
        expect(match).to_be_hidden()
        phone.locator("details:has(.match__name) > summary").click()
        expect(match).to_be_visible()
        receiver = match.inner_text().strip()
        assert receiver in FAMILY
        assert receiver != name
        expect(phone.get_by_text(f"{receiver} would like a kite")).to_be_visible()
        receivers.add(receiver)
    assert receivers == set(FAMILY)


def _press(where: object) -> None:
    """Press the page's primary button."""
    where.locator("form button.button--primary").first.click()  # type: ignore[attr-defined]


def _link_in_mailbox(house: House, olga: Page, name: str, subject: str) -> str:
    """Open the letter as the administrator does, and answer where its button leads."""
    patience = time.monotonic() + 15
    while time.monotonic() < patience:
        olga.goto(f"{house.address}/admin/mailbox")
        letters = olga.locator("main").get_by_role("link").filter(has_text=subject)
        for number in range(letters.count()):
            letters.nth(number).click()
            if olga.get_by_text(f"{name.lower()}@example.org").count():
                button = olga.frame_locator("iframe").locator("a.button")
                return str(button.get_attribute("href"))
            olga.go_back()
        time.sleep(0.2)
    return pytest.fail(f"no letter “{subject}” to {name}")


def _link_in_letter(received: Sink, name: str, subject: str) -> str:
    """Wait for the letter and answer the link of its text part."""
    patience = time.monotonic() + 15
    while time.monotonic() < patience:
        for letter in received.letters:
            if f"{name.lower()}@" in letter["To"] and subject in letter["Subject"]:
                text = letter.get_body(("plain",)).get_content()
                return re.search(r"http://\S+/(?:confirm|ready)/\S+", text)[0]
        time.sleep(0.1)
    return pytest.fail(f"no letter “{subject}” to {name}")
