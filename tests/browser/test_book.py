"""An address book on a phone: people, a home, a child looked after, one entry instead of two, an exchange."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.steps import choose_days, follow, press, set_up


def open_book(house: House, olga: Page) -> None:
    """Find the address book, as somebody does who has not been there."""
    olga.goto(f"{house.address}/circles")
    follow(olga.locator("main").get_by_role("link", name="The Olsens"))
    follow(olga.get_by_role("link", name="Address book"))
    expect(olga.get_by_role("heading", name="Address book")).to_be_visible()


def open_entry(house: House, olga: Page, name: str) -> None:
    """Look at what the book says of somebody."""
    open_book(house, olga)
    follow(olga.locator("main").get_by_role("link", name=name, exact=True))
    expect(olga.get_by_role("heading", name=name, exact=True)).to_be_visible()


def add_people(olga: Page) -> None:
    """Two people and a child, who has no address; and Ana once more, as happens."""
    follow(olga.get_by_role("link", name="Add people"))
    olga.get_by_label("Name", exact=True).fill("Ana")
    olga.get_by_label("E-mail").fill("ana@example.org")
    press(olga.locator("main"))
    lines = ["Ben, ben@example.org", "Tim", "Ana Olsen, ana.olsen@example.org"]
    olga.goto(re.sub(r"/people.*", "/people/add", olga.url))
    olga.get_by_label("A name on each line").fill("\n".join(lines))
    follow(olga.get_by_role("button", name="Put them all in"))


def say_who_lives_together(house: House, olga: Page, name: str, *people: str) -> None:
    """Tick them."""
    open_book(house, olga)
    follow(olga.get_by_role("link", name="Households"))
    follow(olga.get_by_role("link", name="Add a household"))
    olga.get_by_label("What do you call them?").fill(name)
    for one in people:
        olga.get_by_label(re.compile(rf"^{one}(,|$)")).check()
    follow(olga.get_by_role("button", name="Write it down"))
    expect(olga.get_by_text(" and ".join(people))).to_be_visible()


def say_who_looks_after(house: House, olga: Page, child: str, guardian: str) -> None:
    """On the child's own page."""
    open_entry(house, olga, child)
    expect(olga.get_by_text("Nobody yet, so no letter for them goes anywhere.")).to_be_visible()
    follow(olga.get_by_role("link", name=f"Who looks after {child}?"))
    olga.get_by_label(re.compile(rf"^{guardian}(,|$)")).check()
    follow(olga.get_by_role("button", name="Write it down"))
    expect(olga.locator("#guardians").get_by_role("link", name=guardian, exact=True)).to_be_visible()


def make_one(house: House, olga: Page, gone: str, kept: str) -> None:
    """See both beside each other first."""
    open_entry(house, olga, gone)
    follow(olga.get_by_role("link", name="In the address book twice?"))
    follow(olga.locator("main").get_by_role("link", name=kept, exact=True))
    expect(olga.get_by_text("This entry goes")).to_be_visible()
    olga.get_by_label(f"Type “{gone}” to go on").fill(gone)
    follow(olga.get_by_role("button", name="Make them one"))
    expect(olga.get_by_text("They are one entry now.")).to_be_visible()


def pick(house: House, olga: Page, *people: str) -> None:
    """Begin an exchange, and pick who is asked."""
    olga.goto(f"{house.address}/exchanges/new")
    olga.get_by_label("What is it called?").fill("Christmas at the Olsens")
    choose_days(olga)
    press(olga.locator("main"))
    follow(olga.locator("main").get_by_role("link", name=re.compile("Add people")))
    follow(olga.get_by_role("link", name="Pick from the address book"))
    for one in people:
        olga.get_by_label(re.compile(rf"^{one}\b")).check()
    follow(olga.get_by_role("button", name="Put them on the list"))
    expect(olga.get_by_text("They are on the list.")).to_be_visible()


def keep_apart(olga: Page, home: str) -> None:
    """By one press: the book knows who lives there."""
    follow(olga.locator("main").get_by_role("link", name=re.compile("the rules")).first)
    follow(olga.get_by_role("button", name=re.compile(f"^Keep apart.*{home}")))
    expect(olga.locator("#rules").get_by_text("Ana and Tim")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_an_empty_book_to_an_exchange_of_those_in_it(open_house, visitor, sink, script):
    """The child's letter goes to who looks after it, and the entry that went is not there to be picked."""
    url, received = sink
    house = open_house(mail_url=url, mail_from="Kinkeeper <house@example.org>")
    olga = visitor(script=script)
    set_up(house, olga)
    open_book(house, olga)
    add_people(olga)
    say_who_lives_together(house, olga, "The ones from Oak Road", "Ana", "Tim")
    say_who_looks_after(house, olga, "Tim", "Ana")
    make_one(house, olga, "Ana Olsen", "Ana")
    open_book(house, olga)
    expect(olga.get_by_text("looked after by Ana")).to_be_visible()
    expect(olga.get_by_text("Ana Olsen")).to_have_count(0)
    assert olga.evaluate("document.documentElement.scrollWidth") <= olga.viewport_size["width"]
    pick(house, olga, "Ana", "Ben", "Tim")
    for name in ("Ana", "Ben", "Tim"):
        expect(olga.locator("main").get_by_text(name, exact=True).first).to_be_visible()
    keep_apart(olga, "The ones from Oak Road")
    assert received.link("ben@", "Are you in?")
    letters = [received.letter("ana@", "Are you in?", number=number) for number in (1, 2)]
    assert sum("Tim" in letter for letter in letters) == 1
