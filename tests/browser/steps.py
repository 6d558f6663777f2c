"""What people do in every journey."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import House
from tests.browser.mail import PATIENCE

PASSWORD = "plum basket seventeen otters"


def set_up(house: House, olga: Page) -> None:
    """Move in, by the link that the house printed."""
    olga.goto(house.address)
    expect(olga).to_have_url(re.compile("/set-up$"))
    olga.goto(house.set_up_link)
    olga.get_by_label("Your name").fill("Olga")
    olga.get_by_label("E-mail").fill("olga@example.org")
    olga.get_by_label("Your family, club or office").fill("The Olsens")
    olga.get_by_label("Password").fill(PASSWORD)
    press(olga.locator("main"))
    expect(olga.get_by_text("Your house is ready")).to_be_visible()


def set_up_and_begin(house: House, olga: Page) -> str:
    """Set the house up, begin an exchange, and answer its share link."""
    set_up(house, olga)
    olga.goto(f"{house.address}/exchanges/new")
    olga.get_by_label("What is it called?").fill("Christmas at the Olsens")
    choose_days(olga)
    press(olga.locator("main"))
    share = olga.locator("#share-link").input_value()
    assert share.startswith(f"{house.address}/join/")
    return share


def choose_days(olga: Page) -> None:
    """Give the gifts at Christmas a year ahead, so that no reminder leaves while one looks."""
    year = datetime.now(UTC).year + 1  # noqa: TID251 - the house's clock is the real one
    olga.get_by_label("When are the gifts given?").fill(f"{year}-12-24")
    olga.get_by_label("People can join until").fill(f"{year}-12-10")


def join(page: Page, share: str, name: str) -> None:
    """Fill in the join form, as everybody who has the link may."""
    page.goto(share)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(f"{name.lower()}@example.org")
    page.get_by_label("What would make you happy?").fill(f"{name} would like a kite")
    press(page.locator("main"))
    expect(page).to_have_url(re.compile("/sent$"))


def put_on_list(olga: Page, exchange: str, lines: Iterable[str]) -> None:
    """Put several people on the list at once, a name and an address to the line."""
    olga.goto(f"{exchange}/people/add")
    several = olga.locator("#several")
    several.get_by_label("A name and an e-mail address on each line").fill("\n".join(lines))
    follow(several.get_by_role("button", name="Put them all on the list"))
    expect(olga.get_by_text("They are on the list.")).to_be_visible()


def come_in(page: Page, link: str) -> None:
    """Open a letter's link, and press the one button of the page that it leads to."""
    page.goto(link)
    press(page.locator("main"))
    expect(page).to_have_url(re.compile("/my/"))


def close_and_draw(olga: Page, exchange: str) -> None:
    """Let nobody else join, and draw the names."""
    olga.goto(exchange)
    follow(olga.locator("form[action$='/close'] button"))
    draw(olga)


def draw(olga: Page) -> None:
    """Draw the names, on the page of an exchange that is closed."""
    olga.locator("details:has(form[action$='/draw']) > summary").click()
    follow(olga.locator("form[action$='/draw'] button"))
    expect(olga.get_by_role("heading", name="The names are drawn")).to_be_visible()


def match_on(page: Page) -> str:
    """Open the tag on somebody's own page, and answer the name in it."""
    ask = page.locator("form[action$='/match'] button")
    match = page.locator(".match__name")
    if ask.is_visible():
        follow(ask)
    else:
        expect(match).to_be_hidden()
        page.locator("details.reveal > summary").click()
    expect(match).to_be_visible()
    return match.inner_text().strip()


def press(where: Locator) -> None:
    """Press the page's primary button."""
    follow(where.locator("form button.button--primary").first)


def follow(way: Locator) -> None:
    """Click a link or a button, and wait for the page that it leads to.

    A click alone does not wait, and going elsewhere at once would take back what a form has sent.
    """
    with way.page.expect_navigation():
        way.click()


def link_in_mailbox(house: House, olga: Page, name: str, subject: str) -> str:
    """Open the letter as the administrator does, and answer where its button leads."""
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        olga.goto(f"{house.address}/admin/mailbox")
        letters = olga.locator("main").get_by_role("link").filter(has_text=subject)
        for number in range(letters.count()):
            follow(letters.nth(number))
            if olga.get_by_text(f"{name.lower()}@example.org").count():
                button = olga.frame_locator("iframe").locator("a.button")
                return str(button.get_attribute("href"))
            olga.go_back()
        time.sleep(0.2)
    return pytest.fail(f"no letter “{subject}” to {name}")
