"""A page keeps itself up to date in a real browser: by a stream, by looking now and then, or by a link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import live
from kinkeeper.platform.limits import Spending
from tests.browser.steps import follow
from tests.integration.web.support import keep_house
from tests.integration.web.test_live import Served, cookie_of


@pytest.fixture
def arrive(now, stage, settings, client_of, tmp_path, visitor):
    """`arrive(streams=…)` answers the sample page in a browser that is signed in."""
    now.moment = datetime.now(UTC) - timedelta(minutes=1)  # noqa: TID251 - the server's clock is the real one
    with stage() as session:
        admin = keep_house(session)
    served, contexts = [], []

    def start(*, streams: int = 10, script: bool = True):
        house = Served(settings, tmp_path / "served", KINKEEPER_STREAMS=str(streams))
        served.append(house)
        page = visitor(script=script)
        contexts.append(page.context)
        name, _, value = cookie_of(client_of(admin)).partition("=")
        address = f"http://127.0.0.1:{house.port}"
        page.context.add_cookies([{"name": name, "value": value, "url": address}])
        if script:
            page.clock.install()
        page.goto(f"{address}/sample/toys")
        expect(page.get_by_text("Count 0")).to_be_visible()
        return page

    yield start
    for context in contexts:
        context.close()  # it would come back to a house that is closed, and complain
    for house in served:
        house.stop()


def change(count: int = 1) -> None:
    with transaction(SYSTEM) as work:
        work.session.add(Spending(key=b"%d" % count, ends_at=work.now, spent=1))
        live.tell(work, "toys", "toy.found", count=1)


def test_a_change_shows_by_itself(arrive):
    page = arrive()
    expect(page.get_by_role("link", name="Look again")).to_be_hidden()
    change()
    expect(page.get_by_text("Count 1")).to_be_visible()
    expect(page.get_by_role("link", name="Look again")).to_be_hidden()


def test_an_open_fold_stays_open_and_what_is_in_it_is_up_to_date(arrive):
    page = arrive()
    expect(page.get_by_role("link", name="Look again")).to_be_hidden()
    page.get_by_text("More").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Unfolded 0")).to_be_visible()
    change()
    expect(page.get_by_text("Count 1")).to_be_visible()
    expect(page.get_by_text("Unfolded 1")).to_be_visible()
    expect(page.get_by_text("More")).to_be_focused()
    page.keyboard.press("Enter")
    change(2)
    expect(page.get_by_text("Count 2")).to_be_visible()
    expect(page.get_by_text("Unfolded 2")).to_be_hidden()


def test_where_there_is_no_place_for_a_stream_the_page_looks_now_and_then(arrive):
    page = arrive(streams=0)
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    page.wait_for_load_state("networkidle")  # the stream was refused
    change()
    page.clock.fast_forward(21_000)
    expect(page.get_by_text("Count 1")).to_be_visible()


@pytest.mark.parametrize("status", [503, 429, 408])
def test_a_look_that_fails_is_repeated(arrive, status):
    page = arrive()
    expect(page.get_by_role("link", name="Look again")).to_be_hidden()
    with page.expect_response(lambda answer: answer.status == status):
        page.route(page.url, lambda look: look.fulfill(status=status), times=1)
        change()
        page.clock.run_for(1_000)
    page.clock.fast_forward(21_000)
    expect(page.get_by_text("Count 1")).to_be_visible()


def test_the_first_of_four_windows_looks_now_and_then_and_leaves_the_streams_to_the_others(arrive):
    """Were it to ask for a stream again, another one would be sent away, and so on for ever."""
    first = arrive()
    expect(first.get_by_role("link", name="Look again")).to_be_hidden()
    asked = []
    first.on("request", lambda request: asked.append(request.url))
    others = [first.context.new_page() for _ in range(3)]
    for other in others:
        other.goto(first.url)
        expect(other.get_by_role("link", name="Look again")).to_be_hidden()
    expect(first.get_by_role("link", name="Look again")).to_be_visible()
    for count in (1, 2):
        change(count)
        for other in others:
            expect(other.get_by_text(f"Count {count}")).to_be_visible()
        first.clock.fast_forward(21_000)
        expect(first.get_by_text(f"Count {count}")).to_be_visible()
    assert set(asked) == {first.url}


def test_without_a_script_the_link_looks(arrive):
    page = arrive(script=False)
    change()
    follow(page.get_by_role("link", name="Look again"))
    expect(page.get_by_text("Count 1")).to_be_visible()
