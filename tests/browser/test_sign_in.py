"""Coming in, in a real browser: by password, by mail, with an app's code, with a recovery code, by reset."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, House
from tests.browser.steps import PASSWORD, follow, press, set_up

NEW = "nineteen herons paint fences"
SENDER = "Kinkeeper <house@example.org>"


def sign_out(page: Page) -> None:
    """Leave, and be where one comes in."""
    follow(page.get_by_role("button", name="Sign out", exact=True))
    expect(page).to_have_url(re.compile("/sign-in$"))


def sign_in(house: House, page: Page, name: str = "olga@example.org", password: str = PASSWORD) -> None:
    """Fill in the first page."""
    page.goto(f"{house.address}/sign-in")
    page.get_by_label("E-mail or username").fill(name)
    page.get_by_label("Password").fill(password)
    press(page.locator("main"))


def type_code(page: Page, code: str) -> None:
    """Fill in the second page."""
    expect(page).to_have_url(re.compile("/sign-in/code$"))
    page.get_by_label("Code").fill(code)
    press(page.locator("main"))


def expect_inside(page: Page) -> None:
    """See one's own name."""
    expect(page.get_by_role("link", name="Your account")).to_be_visible()


def next_code(app: pyotp.TOTP) -> str:
    """Answer the code that the app shows next: the present one was taken, and a phone may be ahead."""
    moment = datetime.now(UTC)  # noqa: TID251 - the house's clock is the real one
    return app.at(moment + timedelta(seconds=30))


def set_up_app(house: House, olga: Page) -> tuple[pyotp.TOTP, list[str]]:
    """Switch the second step on; answers the app, and the recovery codes."""
    olga.goto(f"{house.address}/account/second-factor")
    press(olga.locator("main"))
    app = pyotp.TOTP(olga.locator("#app-key").input_value().replace(" ", ""))
    olga.get_by_role("textbox", name="Code").fill(app.now())
    follow(olga.get_by_role("button", name="Switch it on"))
    codes = olga.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    return app, codes


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_every_way_in(open_house, visitor, sink, script):
    """Password, username, letter, code of the letter, app, recovery code and reset, one after the other."""
    url, received = sink
    house = open_house(mail_url=url, mail_from=SENDER)
    olga = visitor(script=script)
    set_up(house, olga)
    olga.goto(f"{house.address}/account/username")
    olga.get_by_label("Username").fill("olga.o")
    press(olga.locator("main"))
    sign_out(olga)
    for name in ("olga@example.org", "olga.o"):
        sign_in(house, olga, name)
        expect_inside(olga)
        sign_out(olga)
    follow(olga.get_by_role("link", name="Sign in by mail"))
    olga.get_by_label("E-mail").fill("olga@example.org")
    press(olga.locator("main"))
    expect(olga.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    olga.goto(received.link("olga@", "Your way into Kinkeeper"))
    press(olga.locator("main"))
    expect_inside(olga)
    app, codes = set_up_app(house, olga)
    sign_out(olga)
    sign_in(house, olga)
    type_code(olga, next_code(app))
    expect_inside(olga)
    sign_out(olga)
    sign_in(house, olga)
    type_code(olga, "000000")
    expect(olga.get_by_text("does not fit").first).to_be_visible()
    type_code(olga, codes[0])
    expect_inside(olga)
    sign_out(olga)
    follow(olga.get_by_role("link", name="Forgotten your password?"))
    olga.get_by_label("E-mail").fill("olga@example.org")
    press(olga.locator("main"))
    olga.goto(received.link("olga@", "A new password"))
    olga.get_by_label("New password").fill(NEW)
    press(olga.locator("main"))
    type_code(olga, codes[1])
    expect_inside(olga)
    sign_out(olga)
    sign_in(house, olga, password=PASSWORD)
    expect(olga.get_by_text("That is not right").first).to_be_visible()


def test_an_account_of_ones_own(open_house, visitor, sink):
    """Asked for, followed, and organising a circle of one's own; then closed."""
    url, received = sink
    house = open_house(mail_url=url, mail_from=SENDER, registration="open")
    set_up(house, visitor(screen=DESK))
    nia = visitor()
    nia.goto(f"{house.address}/sign-in")
    follow(nia.get_by_role("link", name="Ask for an account"))
    nia.get_by_label("Your name").fill("Nia")
    nia.get_by_label("Your family, club or office").fill("The News")
    nia.get_by_label("E-mail").fill("nia@example.org")
    press(nia.locator("main"))
    expect(nia.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    nia.goto(received.link("nia@", "Your account at Kinkeeper"))
    nia.get_by_label("Password").fill(NEW)
    press(nia.locator("main"))
    expect(nia.get_by_text("Welcome, Nia.")).to_be_visible()
    nia.goto(f"{house.address}/account/devices")
    expect(nia.get_by_text("This browser")).to_be_visible()
    nia.goto(f"{house.address}/account/close")
    nia.get_by_label("Type “nia@example.org” to go on").fill("nia@example.org")
    follow(nia.get_by_role("button", name="Close my account"))
    sign_in(house, nia, "nia@example.org", NEW)
    expect(nia.get_by_text("That is not right").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_page_that_was_open_while_another_tab_signed_out_leads_back_to_itself(open_house, visitor, script):
    """What it sends is refused; one button leads through the door to the page, and there it is taken."""
    house = open_house()
    olga = visitor(script=script)
    set_up(house, olga)
    olga.goto(f"{house.address}/account/username")
    other = olga.context.new_page()
    other.goto(house.address)
    sign_out(other)
    choose_username(olga)
    expect(olga.get_by_text("You are signed out by now")).to_be_visible()
    follow(olga.locator("main").get_by_role("link", name="Sign in"))
    olga.get_by_label("E-mail or username").fill("olga@example.org")
    olga.get_by_label("Password").fill(PASSWORD)
    press(olga.locator("main"))
    expect(olga).to_have_url(re.compile("/account/username$"))
    choose_username(olga)
    expect(olga.get_by_text("Kept.")).to_be_visible()
    sign_out(olga)
    olga.go_back()
    expect(olga).to_have_url(re.compile(r"/sign-in\?next="))


def choose_username(page: Page) -> None:
    """Fill in the page of the username, and send it."""
    page.get_by_label("Username").fill("olga.o")
    press(page.locator("main"))
