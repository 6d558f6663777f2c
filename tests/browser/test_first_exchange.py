"""The first day: a person starts the house and runs an exchange from the set-up link to the match."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, House
from tests.browser.steps import (
    close_and_draw,
    come_in,
    follow,
    join,
    link_in_mailbox,
    match_on,
    set_up_and_begin,
)

FAMILY = ("Ana", "Ben", "Cleo", "Dan", "Eve")


def test_an_exchange_with_the_built_in_mailbox(open_house, visitor):
    """The newcomer's whole way, all mail read in the built-in mailbox."""
    house = open_house()
    olga = visitor(screen=DESK)
    share = set_up_and_begin(house, olga)
    for name in FAMILY:
        join(visitor(), share, name)

    def link_for(name: str, subject: str) -> str:
        return link_in_mailbox(house, olga, name, subject)

    _confirm_draw_and_look(house, olga, visitor, link_for, script=True)


def test_an_exchange_over_smtp_without_javascript(open_house, visitor, sink):
    """The same with a real mail server, and no script on any page."""
    url, received = sink
    house = open_house(mail_url=url, mail_from="Kinkeeper <house@example.org>")
    olga = visitor(script=False)
    share = set_up_and_begin(house, olga)
    for name in FAMILY:
        join(visitor(script=False), share, name)

    def link_in_letter(name: str, subject: str) -> str:
        return received.link(f"{name.lower()}@", subject)

    _confirm_draw_and_look(house, olga, visitor, link_in_letter, script=False)
    assert len(received.letters) == 2 * len(FAMILY)


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
        come_in(phone, link_for(name, "Please confirm"))

    olga.goto(f"{house.address}/exchanges")
    follow(olga.locator("main").get_by_role("link", name="Christmas at the Olsens").first)
    close_and_draw(olga, olga.url)

    receivers = set()
    for name, phone in phones.items():
        come_in(phone, link_for(name, "The names are drawn"))
        receiver = match_on(phone)
        assert receiver in FAMILY
        assert receiver != name
        expect(phone.get_by_text(f"{receiver} would like a kite")).to_be_visible()
        receivers.add(receiver)
    assert receivers == set(FAMILY)
