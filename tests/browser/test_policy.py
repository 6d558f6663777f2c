"""A-25: the policy that pages are sent with lets all of their own through."""

from __future__ import annotations

import pytest

from kinkeeper.app.demo import EMAIL, PASSWORD
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
