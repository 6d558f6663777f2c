"""A season in real browsers, as each of those who are in it goes through; all letters come by SMTP."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, House
from tests.browser.mail import Sink
from tests.browser.steps import (
    close_and_draw,
    come_in,
    draw,
    follow,
    join,
    match_on,
    press,
    put_on_list,
    set_up_and_begin,
)

SOON = 10_000
"""Milliseconds within which an open page shows by itself what became of a letter."""

DRAWN, CHANGED = "The names are drawn", "A few matches have changed"


@pytest.fixture
def mailbox(sink: tuple[str, Sink]) -> Sink:
    """Everybody's mail."""
    return sink[1]


@pytest.fixture
def house(open_house: Callable[..., House], sink: tuple[str, Sink]) -> House:
    """A house that sends its mail out."""
    return open_house(mail_url=sink[0], mail_from="Kinkeeper <house@example.org>")


def at_home(*names: str) -> list[str]:
    """Answer the lines of a list of people."""
    return [f"{name}, {name.lower()}@example.org" for name in names]


def all_say_yes(visitor: Callable[..., Page], mailbox: Sink, *names: str) -> dict[str, Page]:
    """Let everybody whom the organiser has asked say yes, on a phone of their own."""
    phones = {name: visitor() for name in names}
    for name, phone in phones.items():
        come_in(phone, mailbox.link(f"{name.lower()}@", "Are you in?"))
    return phones


def matches_by_letter(phones: Mapping[str, Page], mailbox: Sink, subject: str) -> dict[str, str]:
    """Answer who gives to whom: everybody follows their letter and looks."""
    matches = {}
    for name, phone in phones.items():
        come_in(phone, mailbox.link(f"{name.lower()}@", subject))
        matches[name] = match_on(phone)
    return matches


def everybody_gives_and_gets_once(matches: Mapping[str, str]) -> bool:
    """Tell whether these matches are a draw of exactly these people."""
    return set(matches.values()) == set(matches) and all(giver != to for giver, to in matches.items())


def test_an_organiser_from_the_list_of_people_to_the_last_letter(house, visitor, mailbox):
    """On a desk: a list, a household, another plan, the draw, and what became of the letters (G11)."""
    mailbox.unknown.add("zoe@exmaple.org")
    olga = visitor(screen=DESK)
    set_up_and_begin(house, olga)
    exchange = olga.url
    put_on_list(olga, exchange, [*at_home("Ana", "Ben", "Cleo", "Dan"), "Zoe <zoe@exmaple.org>"])
    phones = all_say_yes(visitor, mailbox, "Ana", "Ben", "Cleo")
    dan = visitor()
    dan.goto(mailbox.link("dan@", "Are you in?"))
    follow(dan.get_by_role("button", name="Not me, take me off"))
    expect(dan.get_by_text("You are off the list.")).to_be_visible()

    olga.goto(f"{exchange}/letters")
    follow(olga.locator("#came-back").get_by_role("link", name="Zoe"))
    follow(olga.get_by_role("link", name="Send a letter again, or change the address"))
    follow(olga.get_by_role("link", name="Change the address"))
    olga.get_by_label("Their new e-mail").fill("zoe@example.org")
    press(olga.locator("main"))
    expect(olga.get_by_text("A letter is on its way to the new address.")).to_be_visible()
    phones |= all_say_yes(visitor, mailbox, "Zoe")

    olga.goto(f"{exchange}/rules")
    expect(olga.get_by_text("These rules leave a way to draw.")).to_be_visible()
    household = olga.locator("#household")
    for name in ("Ana", "Ben"):
        household.get_by_label(name).check()
    household.get_by_label("What do you call them?").fill("Oak Road")
    press(household)
    expect(olga.locator("#rules")).to_contain_text("Ana and Ben")
    expect(olga.get_by_text("These rules leave a way to draw.")).to_be_visible()

    olga.goto(exchange)
    expect(olga.locator("#people")).not_to_contain_text("Dan")
    follow(olga.get_by_role("link", name="Change the plan"))
    olga.get_by_label("About how much to spend").fill("around £15")
    press(olga.locator("main"))
    expect(olga.get_by_text("The plan is changed.")).to_be_visible()
    phones["Ana"].reload()
    expect(phones["Ana"].get_by_text("around £15")).to_be_visible()

    follow(olga.locator("form[action$='/close'] button"))
    mailbox.unknown.add("ben@example.org")
    board = olga.context.new_page()
    board.goto(f"{exchange}/letters")
    expect(board.get_by_role("link", name="Look again")).to_be_hidden()
    board.evaluate("document.body.dataset.same = 'yes'")
    draw(olga)
    ben = board.locator("#came-back .row", has_text="Ben")
    expect(ben).to_contain_text("There is no such mailbox", timeout=SOON)
    expect(board.locator("#sent .row")).to_have_count(3, timeout=SOON)
    assert board.evaluate("document.body.dataset.same") == "yes", "without a reload"

    mailbox.unknown.clear()
    follow(ben.get_by_role("link"))
    follow(board.get_by_role("link", name="Send a letter again, or change the address"))
    follow(board.get_by_role("button", name="Send a letter again"))
    expect(board.get_by_text("The letter is on its way again.")).to_be_visible()
    come_in(phones["Ben"], mailbox.link("ben@", "A new link"))
    matches = {"Ben": match_on(phones.pop("Ben")), **matches_by_letter(phones, mailbox, DRAWN)}
    assert everybody_gives_and_gets_once(matches)
    assert {matches["Ana"], matches["Ben"]} == {"Cleo", "Zoe"}, "a household gives to others"
    board.goto(f"{exchange}/letters")
    expect(board.get_by_text("4 people were here since")).to_be_visible()


def test_a_participant_on_a_phone_without_javascript(house, visitor, mailbox):
    """By the share link and the typed code, to the wishes, the match, and back by another link."""
    olga = visitor(screen=DESK)
    share = set_up_and_begin(house, olga)
    exchange, givers = olga.url, {}
    for name in ("Ana", "Ben"):
        givers[name] = visitor(script=False)
        join(givers[name], share, name)
        come_in(givers[name], mailbox.link(f"{name.lower()}@", "Please confirm"))
        wish(givers[name], f"A kite for {name}")

    cleo = visitor(script=False)
    join(cleo, share, "Cleo")
    cleo.get_by_label("The code from the letter").fill(mailbox.code("cleo@", "Please confirm").lower())
    press(cleo.locator("main"))
    expect(cleo.get_by_text("You are in", exact=True)).to_be_visible()
    wish(cleo, "A red bicycle bell", link="javascript:alert(1)")
    expect(cleo.get_by_role("link", name="A link to it")).to_be_visible()
    expect(cleo.get_by_label("What would you like?")).to_have_value("A red bicycle bell")
    expect(cleo.get_by_label("A link to it")).to_have_value("javascript:alert(1)")
    expect(cleo.get_by_label("I would love it")).to_be_checked()
    cleo.get_by_label("A link to it").fill("https://shop.example.org/bells/red")
    follow(cleo.get_by_role("button", name="Put it on my list"))
    expect(cleo.get_by_role("link", name="shop.example.org")).to_be_visible()

    close_and_draw(olga, exchange)
    come_in(cleo, mailbox.link("cleo@", DRAWN))
    match = match_on(cleo)
    follow(cleo.get_by_role("button", name=f"I have bought it: A kite for {match}"))
    expect(cleo.get_by_text("You have bought it")).to_be_visible()
    follow(cleo.get_by_role("button", name="My gift is ready"))
    expect(cleo.get_by_role("heading", name="Your gift is ready")).to_be_visible()
    cleo.locator("summary", has_text="Letters that you get").click()
    cleo.get_by_label("Tell me when wishes have changed").uncheck()
    follow(cleo.get_by_role("button", name="Keep it so"))
    cleo.locator("summary", has_text="Letters that you get").click()
    expect(cleo.get_by_label("Tell me when wishes have changed")).not_to_be_checked()
    expect(cleo.get_by_label("Remind me before the day")).to_be_checked()

    tablet = visitor(script=False)
    tablet.goto(share)
    follow(tablet.get_by_role("link", name="I have joined already"))
    tablet.get_by_label("E-mail").fill("cleo@example.org")
    press(tablet.locator("main"))
    come_in(tablet, mailbox.link("cleo@", "Your link"))
    assert match_on(tablet) == match
    expect(tablet.get_by_text("You have bought it")).to_be_visible()
    expect(tablet.get_by_role("heading", name="Your gift is ready")).to_be_visible()

    matches = {"Cleo": match, **matches_by_letter(givers, mailbox, DRAWN)}
    assert everybody_gives_and_gets_once(matches)
    whoever_has_cleo = next(name for name, receiver in matches.items() if receiver == "Cleo")
    tag = givers[whoever_has_cleo].locator("details.reveal")
    expect(tag.get_by_text("Dearest wish")).to_be_visible()
    shop = tag.get_by_role("link", name="shop.example.org")
    expect(shop).to_have_attribute("href", "https://shop.example.org/bells/red")


def wish(phone: Page, words: str, *, link: str = "") -> None:
    """Put one's dearest wish on one's list."""
    follow(phone.get_by_role("link", name=re.compile("my wishes")))
    phone.get_by_label("What would you like?").fill(words)
    phone.get_by_label("A link to it").fill(link)
    phone.get_by_label("I would love it").check()
    follow(phone.get_by_role("button", name="Put it on my list"))


def test_a_guardian_of_two_children(house, visitor, mailbox):
    """A letter for each of them, and a page for each, one tap from one's own (G15)."""
    olga = visitor(screen=DESK)
    share = set_up_and_begin(house, olga)
    exchange = olga.url
    put_on_list(olga, exchange, at_home("Ana"))
    phones = all_say_yes(visitor, mailbox, "Ana")
    gerda = visitor()
    join(gerda, share, "Gerda")
    come_in(gerda, mailbox.link("gerda@", "Please confirm"))
    follow(gerda.get_by_role("link", name="Add a child, or someone without e-mail"))
    for child in ("Mia", "Tim"):
        gerda.get_by_label("Their name").fill(child)
        press(gerda.locator("main"))
        expect(gerda.get_by_text(f"{child} is in.")).to_be_visible()

    close_and_draw(olga, exchange)
    come_in(gerda, mailbox.link("gerda@", "Mia’s match is ready"))
    expect(gerda.get_by_text("The names are drawn, for Mia too.")).to_be_visible()
    matches = {"Mia": match_on(gerda)}
    for hat in ("Tim", "Gerda"):
        put_on_hat(gerda, hat)
        matches[hat] = match_on(gerda)
    put_on_hat(gerda, "Mia")
    assert match_on(gerda) == matches["Mia"]
    assert everybody_gives_and_gets_once(matches | matches_by_letter(phones, mailbox, DRAWN))
    mailbox.letter("gerda@", "Tim’s match is ready")
    mailbox.letter("gerda@", DRAWN)
    assert len(mailbox.letters_to("gerda@", "match is ready")) == 2


def put_on_hat(page: Page, name: str) -> None:
    """Go to somebody else's page by the switch above one's own."""
    hats = page.get_by_role("navigation", name="Whose page?")
    follow(hats.get_by_role("link", name=name))
    expect(hats.locator("[aria-current]")).to_have_text(re.compile(name))


def test_somebody_comes_late(house, visitor, mailbox):
    """After the draw Eve is put on the list and let in; everybody hears of it, and the draw is whole (G6)."""
    olga = visitor(screen=DESK)
    set_up_and_begin(house, olga)
    exchange = olga.url
    put_on_list(olga, exchange, at_home("Ana", "Ben", "Cleo", "Dan"))
    phones = all_say_yes(visitor, mailbox, "Ana", "Ben", "Cleo", "Dan")
    close_and_draw(olga, exchange)
    before = matches_by_letter(phones, mailbox, DRAWN)
    assert everybody_gives_and_gets_once(before)

    follow(olga.get_by_role("link", name="Change the draw"))
    late = olga.locator("#late")
    late.get_by_label("Their name").fill("Eve")
    late.get_by_label("Their e-mail").fill("eve@example.org")
    follow(late.get_by_role("button", name="Put them on the list"))
    expect(olga.get_by_role("heading", name="Let Eve in?")).to_be_visible()
    expect(olga.get_by_text("Eve has not said yet whether they want to be in.")).to_be_visible()
    eve = all_say_yes(visitor, mailbox, "Eve")
    olga.reload()
    press(olga.locator("main"))
    expect(olga.get_by_text("They are in. Everybody gets a letter to look again.")).to_be_visible()

    after = matches_by_letter(eve, mailbox, DRAWN)
    after |= matches_by_letter(phones, mailbox, CHANGED)
    assert everybody_gives_and_gets_once(after)
    assert sum(before[name] != after[name] for name in before) == 1, "Eve slips in between two"
    phones["Ana"].locator("#log summary").click()
    expect(phones["Ana"].locator("#log")).to_contain_text("Eve came late")


def test_one_leaves_and_comes_back_and_one_is_taken_out(house, visitor, mailbox):
    """Ben changes his mind twice before the names are drawn (SK-60, SK-63); Dan cannot after all (G6)."""
    olga = visitor(screen=DESK)
    share = set_up_and_begin(house, olga)
    exchange = olga.url
    put_on_list(olga, exchange, at_home("Ana", "Ben", "Cleo", "Dan"))
    phones = all_say_yes(visitor, mailbox, "Ana", "Ben", "Cleo", "Dan")
    ben = phones["Ben"]
    follow(ben.get_by_role("link", name="I cannot take part after all"))
    ben.get_by_label("Yes, I want to leave").check()
    follow(ben.get_by_role("button", name="Leave"))
    expect(ben.get_by_text("You are out, and get a letter that says so.")).to_be_visible()
    mailbox.letter("ben@", "You have left")
    phones["Ana"].reload()
    expect(phones["Ana"].get_by_text("3 are in")).to_be_visible()
    join(ben, share, "Ben")
    come_in(ben, mailbox.link("ben@", "Please confirm"))

    close_and_draw(olga, exchange)
    assert everybody_gives_and_gets_once(matches_by_letter(phones, mailbox, DRAWN))
    follow(olga.get_by_role("link", name="Change the draw"))
    follow(olga.locator("#leave .row", has_text="Dan").get_by_role("link"))
    follow(olga.get_by_role("button", name="Take them out"))
    expect(olga.get_by_text("They are out. Everybody gets a letter to look again.")).to_be_visible()

    dan = phones.pop("Dan")
    mailbox.letter("dan@", "You are no longer in")
    dan.reload()
    expect(dan.get_by_text("Hello Dan. You are no longer in.")).to_be_visible()
    assert everybody_gives_and_gets_once(matches_by_letter(phones, mailbox, CHANGED))
    for phone in phones.values():
        phone.locator("#log summary").click()
        expect(phone.locator("#log")).to_contain_text("Dan left")
