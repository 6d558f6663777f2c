"""What the pages of an exchange say fits what people have done."""

from __future__ import annotations

import html
from datetime import UTC, datetime

import pytest

from kinkeeper.features.exchanges.models import ExchangeState, Participant
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import Joining, join
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.platform.mail import letters
from tests.factories import make_exchange, make_participant

STEPS = ("People join", "Names are drawn", "Gifts")


def main_of(answer) -> str:
    assert answer.status_code == 200
    return html.unescape(answer.text).partition("<main")[2].partition("</main>")[0]


def test_whoever_is_invited_reads_by_whom(stage, olga, client_of):
    with stage() as session:
        exchange = make_exchange(session, people=0, organiser=olga)
    page = main_of(client_of(None).get(f"/join/{exchange.slug}"))
    assert "Olga (The Olsens) invites you to" in page
    with stage() as session:
        session.get_one(type(exchange), exchange.id).state = ExchangeState.CLOSED
    assert "A gift exchange of The Olsens" in main_of(client_of(None).get(f"/join/{exchange.slug}"))


def test_an_organiser_who_is_in_is_not_asked_to_join(stage, olga, client_of):
    with stage() as session:
        exchange = make_exchange(session, people=2, organiser=olga)
    client, here = client_of(olga), f"/exchanges/{exchange.id}"
    assert "Join yourself" in main_of(client.get(here))
    with stage() as session:
        own = make_participant(session, exchange, "Olga the second")
        session.get_one(Participant, own.id).person_id = olga.person_id
    assert "Join yourself" not in main_of(client.get(here))


def test_after_the_draw_nobody_is_missing_any_more(stage, olga, client_of):
    """They did not confirm, and that is that: there is nobody to wait for."""
    with stage() as session:
        exchange = make_exchange(session, people=3, organiser=olga, state=ExchangeState.CLOSED)
        make_participant(session, exchange, "Late", confirmed=False)
    client, here = client_of(olga), f"/exchanges/{exchange.id}"
    page = main_of(client.get(here))
    assert "1 is missing" in page
    draw_names(olga, exchange.id)
    page = main_of(client.get(here))
    assert "is missing" not in page
    assert "1 did not confirm and is left out" in page


@pytest.mark.parametrize(("state", "step"), [("open", 0), ("closed", 1), ("drawn", 2)])
def test_the_steps_are_the_same_on_every_page(stage, olga, client_of, state, step):
    with stage() as session:
        drawn_at = datetime(2026, 11, 30, tzinfo=UTC) if state == "drawn" else None
        exchange = make_exchange(
            session, people=3, organiser=olga, state=ExchangeState(state), drawn_at=drawn_at
        )
    client = client_of(olga)
    for path in (f"/exchanges/{exchange.id}", *(["/"] if state != "drawn" else [])):
        page = main_of(client.get(path))
        names = page.partition('class="stepper"')[2].partition("</ol>")[0]
        found = [part for part in STEPS if part in names]
        assert found == list(STEPS)
        assert STEPS[step] in names.partition("aria-current")[2].partition("</li>")[0]


def test_letters_say_what_their_readers_did_and_where_to_go_on(stage, olga, outbox):
    with stage() as session:
        exchange = make_exchange(session, people=3, organiser=olga)
    join(
        ANONYMOUS,
        exchange.slug,
        Joining(name="Zoe", email="zoe@example.org", wishes="", language="en"),
        address="192.0.2.1",
    )
    with stage() as session:
        session.get_one(type(exchange), exchange.id).state = ExchangeState.CLOSED
    draw_names(olga, exchange.id)
    asked, *ready = [letters.render(letters.unpack(row.kind, row.fields), "LINK") for row in outbox()]
    assert "your name was put down for Christmas" in asked.text
    assert len(ready) == 3
    for letter in ready:
        for text in (letter.text, letter.html):
            assert f"http://kinkeeper.test/join/{exchange.slug}/again" in text
