"""A-25, C-8: the policy that pages are sent with lets all of their own through, and tells of all else."""

from __future__ import annotations

import json
import time

import pytest

from kinkeeper.app.demo import EMAIL, PASSWORD
from tests.browser.conftest import House
from tests.browser.mail import PATIENCE
from tests.browser.steps import follow

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # it is the pages that matter
PATHS = (
    "/",
    "/exchanges",
    "/exchanges/new",
    "/account",
    "/my/data",
    "/admin/mailbox",
    "/admin/users",
    "/admin/users/new",
    "/api/docs",
    "/nowhere",
)


def test_a_walk_through_the_main_pages_refuses_nothing(open_house, visitor):
    """0 violations: a browser writes each into its console, and `visitor` fails where it complains."""
    house, olga = open_house("--demo"), visitor()
    olga.goto(f"{house.address}/sign-in")
    olga.get_by_label("E-mail").fill(EMAIL)
    olga.get_by_label("Password").fill(PASSWORD)
    follow(olga.locator("main form button.button--primary"))
    for path in PATHS:
        olga.goto(f"{house.address}{path}")
    olga.goto(f"{house.address}/exchanges")
    follow(olga.locator("main .rows a, main a.row__title").first)


INJECTED = """() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.head.append(script);
    return window.ran === true;
}"""


def test_what_a_real_browser_refuses_reaches_the_log(open_house, chromium):
    """C-8, T-6: a script that somebody got into a page does not run, and the log tells of it."""
    house, context = open_house("--demo"), chromium.new_context()
    page = context.new_page()
    page.goto(f"{house.address}/sign-in?next=/secret")
    assert page.evaluate(INJECTED) is False
    told = report_in(house)
    context.close()
    assert told == {
        "page": f"{house.address}/sign-in", "directive": "script-src-elem", "refused": "inline",
    }  # fmt: skip


def report_in(house: House) -> dict[str, str]:
    """Wait for a report in the log, and answer it."""
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        for line in house.output.read_text().splitlines():
            if "Content refused by a browser" in line:
                return dict(json.loads(line)["extra"])
        time.sleep(0.1)
    return pytest.fail("the browser has reported nothing")
