"""Every page can be used by everybody: axe finds nothing serious, light or dark, on phone or desktop."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kinkeeper.app.demo import EMAIL, PASSWORD
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import follow

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # it is the pages that matter
WEIGHTY = {"serious", "critical"}


def faults_of(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands, in all four of its looks."""
    found = []
    for scheme in ("light", "dark"):
        for screen in (PHONE, DESK):
            # without motion, or colours would be measured half-way from one to the other
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size(screen)
            for fault in Axe().run(page).response["violations"]:
                if fault["impact"] in WEIGHTY:
                    where = "; ".join(str(node["target"]) for node in fault["nodes"])
                    found.append(f"{page.url} {scheme} {screen['width']}: {fault['id']}: {where}")
    return found


@pytest.fixture
def look() -> Callable[..., None]:
    """`look(page, path…)` goes to each path, and looks at the page; without a path at what is there."""
    faults: list[str] = []

    def at(page: Page, *paths: str) -> None:
        for path in paths:
            page.goto(path)
            faults.extend(faults_of(page))
        if not paths:
            faults.extend(faults_of(page))

    yield at
    assert faults == [], "\n".join(faults)


def sign_in(address: str, page: Page) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.locator("main form button.button--primary"))
    expect(page).to_have_url(f"{address}/")


def test_setting_up(open_house, visitor, look):
    house, olga = open_house(), visitor()
    look(olga, f"{house.address}/set-up", house.set_up_link)
    olga.get_by_label("Your name").fill("Olga")
    olga.get_by_label("E-mail").fill("olga@example.org")
    olga.get_by_label("Your family, club or office").fill("The Olsens")
    olga.get_by_label("Password").fill(PASSWORD)
    follow(olga.locator("main form button.button--primary"))
    expect(olga.get_by_text("Your house is ready")).to_be_visible()
    look(olga)
    look(olga, f"{house.address}/exchanges", f"{house.address}/admin/mailbox")


def test_whoever_is_not_signed_in(open_house, visitor, look):
    """Signing in, a forgotten password, and what goes wrong."""
    house, somebody = open_house("--demo"), visitor()
    look(
        somebody,
        *(f"{house.address}{path}" for path in ("/sign-in", "/forgotten", "/forgotten/sent", "/nowhere")),
    )
    somebody.goto(f"{house.address}/sign-in")
    somebody.get_by_label("E-mail").fill(EMAIL)
    somebody.get_by_label("Password").fill("not the password")
    follow(somebody.locator("main form button.button--primary"))
    expect(somebody.get_by_text("is not right")).to_be_visible()
    look(somebody)


def test_the_organiser_and_administrator(open_house, visitor, look):
    house, olga = open_house("--demo"), visitor(screen=DESK)
    sign_in(house.address, olga)
    look(olga)
    look(
        olga,
        *(
            f"{house.address}{path}"
            for path in ("/exchanges", "/exchanges/new", "/account", "/admin/mailbox")
        ),
    )
    for title in ("Christmas at the Olsens", "Midsummer surprise"):
        olga.goto(f"{house.address}/exchanges")
        follow(olga.locator("main").get_by_role("link", name=title).first)
        expect(olga).to_have_url(re.compile(r"/exchanges/[0-9a-f-]{36}$"))
        look(olga)
        look(olga, f"{olga.url}/rules")
    olga.goto(f"{house.address}/account")
    olga.locator("#tokens .fold > summary").click()
    look(olga)
    olga.get_by_label("What is it for?").fill("Backup script")
    olga.get_by_label("Everything that you may do").check()
    follow(olga.locator("form[action$='/account/tokens'] button"))
    expect(olga.get_by_label("Access token", exact=True)).to_have_value(re.compile("^kk_"))
    look(olga)


def test_the_participant(open_house, visitor, look):
    """From the share link to the match, by the letter in the mailbox."""
    house, olga, bjarne = open_house("--demo"), visitor(screen=DESK), visitor()
    sign_in(house.address, olga)
    olga.goto(f"{house.address}/exchanges")
    follow(olga.locator("main").get_by_role("link", name="Christmas at the Olsens").first)
    share = olga.locator("#share-link").input_value()
    look(bjarne, share, f"{share}/sent", f"{share}/again")
    bjarne.goto(share)
    bjarne.get_by_label("Your name").fill("Bjarne")
    bjarne.get_by_label("E-mail").fill("bjarne@nowhere@nowhere")
    bjarne.locator("main form").evaluate("form => { form.noValidate = true }")
    follow(bjarne.locator("main form button.button--primary"))
    expect(bjarne.locator("[aria-invalid=true]").first).to_be_visible()
    look(bjarne)

    link = drawn_letter(house.address, olga)
    look(olga)
    look(bjarne, link)
    follow(bjarne.locator("main form button.button--primary"))
    expect(bjarne).to_have_url(re.compile("/my/"))
    look(bjarne)
    bjarne.locator("details:has(.match__name) > summary").click()
    look(bjarne)
    look(bjarne, f"{house.address}/", link)


def drawn_letter(address: str, olga: Page) -> str:
    """Open a letter that brings a match, and answer where its button leads."""
    subject = "The names are drawn"
    for _ in range(50):
        olga.goto(f"{address}/admin/mailbox")
        letter = olga.locator("main").get_by_role("link").filter(has_text=subject).first
        if letter.count():
            follow(letter)
            return str(olga.frame_locator("iframe").locator("a.button").get_attribute("href"))
        olga.wait_for_timeout(100)
    return pytest.fail(f"no letter “{subject}”")
