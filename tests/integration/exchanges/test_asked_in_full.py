"""Whoever is asked, or told of a change, learns what they need, and finds the way in without a share link."""

from __future__ import annotations

import html
from datetime import date

import pytest

from kinkeeper.features.exchanges.models import Exchange, ExchangeState
from kinkeeper.features.exchanges.service.adding import Newcomer, add_people
from kinkeeper.features.exchanges.service.again import begin_again
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.ending import complete_exchange
from kinkeeper.features.exchanges.service.organising import open_exchange
from kinkeeper.features.exchanges.service.planning import change_plan
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.revealing import reveal_match
from kinkeeper.kernel.work import read_session
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.mail import letters
from kinkeeper.platform.mail.delivery import code_of
from tests.factories import make_exchange
from tests.integration.exchanges.support import Scene
from tests.integration.web.support import carry_letters, fill_in, path_in

NEW_YEAR = date(2026, 12, 31)


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        found = make_exchange(session, people=4, organiser=olga)
        found.description = "Home-made is welcome."
    return found


def put_on_the_list(olga, exchange):
    add_people(olga, exchange.id, [Newcomer("Zoe", "zoe@example.org")], language="en")


def texts(row) -> tuple[str, str]:
    written = letters.render(letters.unpack(row.kind, row.fields), "LINK")
    return written.text, html.unescape(written.html)


def page_behind(client, letter) -> str:
    answer = client.get(path_in(letter))
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_whoever_is_put_on_the_list_reads_the_plan_before_they_answer(exchange, olga, outbox, client_of):
    """Who invites, when the gifts are, until when others can join, what to spend: page and letter say it."""
    put_on_the_list(olga, exchange)
    carry_letters()
    (letter,) = outbox()
    page = page_behind(client_of(None), letter)
    for said in ("Olga has put you on the list", "24 December 2026", "10 December 2026", "around £20"):
        assert said in page
    assert "Home-made is welcome." in page
    for text in texts(letter):
        for said in ("Olga has put you on the list", "24 December 2026", "10 December 2026", "around £20"):
            assert said in text


def test_no_day_for_joining_is_named_once_it_is_closed(exchange, olga, outbox, stage):
    with stage() as session:
        session.get_one(Exchange, exchange.id).state = ExchangeState.CLOSED
    put_on_the_list(olga, exchange)
    for text in texts(outbox()[0]):
        assert "10 December 2026" not in text


def test_whoever_is_asked_again_reads_who_organises_it(exchange, olga, outbox, client_of, now, stage):
    with stage() as session:
        session.get_one(Exchange, exchange.id).state = ExchangeState.CLOSED
    draw_names(olga, exchange.id)
    now.moment = now.moment.replace(year=2027, month=1, day=10)
    complete_exchange(olga, exchange.id)
    plan = {"title": "Yule", "gifts_on": date(2027, 12, 24), "closes_on": date(2027, 12, 10)}
    open_exchange(olga, begin_again(olga, exchange.id, plan))
    carry_letters()
    asked = [letter for letter in outbox() if letter.kind == "exchanges.invited_again"]
    page = page_behind(client_of(None), asked[0])
    assert "Olga organises it." in page
    assert "24 December 2027" in page
    for text in texts(asked[0]):
        assert "Olga organises it." in text


def test_the_letter_names_where_a_code_is_to_be_had(exchange, olga, outbox, client_of, session):
    """A scanner may use up the link of a letter that nobody waits for; who asks gets a code (T-1)."""
    put_on_the_list(olga, exchange)
    again = f"/join/{exchange.slug}/again"
    for text in texts(outbox()[0]):
        assert f"http://kinkeeper.test{again}" in text
    browser = client_of(None)
    assert fill_in(browser, again, email="zoe@example.org").location == f"/join/{exchange.slug}/sent"
    run_errand(session.query(ErrandRow).one().id)
    carry_letters()
    answer = fill_in(browser, f"/join/{exchange.slug}/sent", code=code_of(outbox()[-1]))
    assert answer.location == f"/my/{Scene(read_session(), exchange).seat('Zoe').id}"


def test_every_letter_of_a_change_names_where_to_ask_for_a_way_in(drawn, olga, outbox, seat):
    """Whoever was put on the list has never seen the page where others joined."""
    change_plan(olga, drawn.id, {"gifts_on": NEW_YEAR})
    reveal_match(olga, drawn.id, seat("Ana"), "She is ill")
    drop_out(olga, drawn.id, seat("Finn"))
    redraw_names(olga, drawn.id, "A new start")
    wanted = {"plan_changed", "match_seen", "draw_changed", "drawn_again"}
    for row in outbox():
        if row.kind.removeprefix("exchanges.") in wanted:
            for text in texts(row):
                assert f"http://kinkeeper.test/join/{drawn.slug}/again" in text
                assert "where you joined" not in text
    assert wanted <= {row.kind.removeprefix("exchanges.") for row in outbox()}
