"""Whatever people write, no page is wider than the phone that it is read on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import choose_days, follow, link_in_mailbox, press, set_up

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # it is the pages that matter

TITLE = "Weihnachtswichtelgeschenkeaustausch" * 2
SHOP = "https://shop.example.org/" + "kites-and-dragons-" * 20
BUDGET = "twentypoundsorwhateveryoulike" * 2
NAMES = {name: f"{name}{'xyzabcdefg' * 8}"[:80] for name in ("Ana", "Ben", "Cleo")}


@pytest.fixture
def look() -> Iterator[Callable[..., None]]:
    """`look(page, path…)` goes to each path, or stays, and notes a page that can be pushed sideways."""
    wide: list[str] = []

    def at(page: Page, *paths: str) -> None:
        for path in paths or (None,):
            if path is not None:
                page.goto(path)
            width, screen = page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            if width > screen:
                wide.append(f"{page.url}: {width} in {screen}")

    yield at
    assert wide == [], "\n".join(wide)


def test_long_words_on_every_page_of_an_exchange(open_house, visitor, look):
    """A shop's link as a wish, a title of one word, names of eighty letters."""
    house, olga = open_house(), visitor()
    set_up(house, olga)
    share = _begin(house.address, olga)
    exchange = olga.url
    look(
        olga, house.address, exchange, f"{house.address}/exchanges", share, f"{share}/sent", f"{share}/again"
    )
    phones = {name: visitor() for name in NAMES}
    for name, phone in phones.items():
        _join(phone, share, name)
    look(olga, exchange, f"{house.address}/admin/mailbox")
    for name, phone in phones.items():
        link = link_in_mailbox(house, olga, name, "Please confirm")
        look(olga)
        look(phone, link)
        press(phone.locator("main"))
        expect(phone).to_have_url(re.compile("/my/"))
        look(phone)
        look(phone, house.address, link)
    _keep_apart(olga, exchange)
    look(olga)
    olga.goto(exchange)
    follow(olga.locator("form[action$='/close'] button"))
    look(olga)  # these rules leave no way
    olga.goto(f"{exchange}/rules")
    follow(olga.locator("form[action$='/lift'] button").first)
    olga.goto(exchange)
    olga.locator("details:has(form[action$='/draw']) > summary").click()
    follow(olga.locator("form[action$='/draw'] button"))
    look(olga)
    look(olga, exchange, f"{exchange}/rules", house.address, share)
    for phone in phones.values():
        phone.goto(house.address)
        look(phone)
        follow(phone.locator("main a.button").first)
        follow(phone.locator("form[action$='/match'] button"))
        expect(phone.locator(".match__name")).to_be_visible()
        look(phone)


def _begin(address: str, olga: Page) -> str:
    olga.goto(f"{address}/exchanges/new")
    olga.get_by_label("What is it called?").fill(TITLE)
    choose_days(olga)
    olga.locator("[name=budget]").fill(BUDGET)
    olga.locator("[name=description]").fill(SHOP)
    press(olga.locator("main"))
    return olga.locator("#share-link").input_value()


def _join(phone: Page, share: str, name: str) -> None:
    phone.goto(share)
    phone.get_by_label("Your name").fill(NAMES[name])
    phone.get_by_label("E-mail").fill(f"{name.lower()}@example.org")
    phone.locator("[name=wishes]").fill(SHOP)
    press(phone.locator("main"))
    expect(phone).to_have_url(re.compile("/sent$"))


def _keep_apart(olga: Page, exchange: str) -> None:
    """A household of two in three people: nobody is left whom both may draw."""
    olga.goto(f"{exchange}/rules")
    for tick in olga.locator("[name=members]").all()[:2]:
        tick.check()
    olga.locator("#household [name=name]").fill("Home" * 20)
    press(olga.locator("#household"))
