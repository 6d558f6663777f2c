"""The home page: what is next for whoever looks."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.holding import hold_place
from kinkeeper.features.exchanges.service.wishing import Wanted, add_wish
from kinkeeper.kernel.actor import SYSTEM, Actor
from tests.factories import make_account, make_exchange, make_participant
from tests.integration.web.support import keep_house


@pytest.fixture
def place_of(stage):
    """`place_of("Ana")` answers who has that place in the one exchange there is."""
    with stage() as session:
        exchange = make_exchange(session, people=0, organiser=keep_house(session))

    def take(name: str):
        with stage() as session:
            participant = make_participant(session, exchange, name)
            take.pages[name] = f"/my/{participant.id}"
            return participant.person_id

    take.pages = {}
    return take


def test_two_places_in_one_exchange_are_told_apart_by_name(place_of, client_of):
    """A parent who followed a child's link sees two cards of one title."""
    both = Actor("Ana", person_id=place_of("Ana"), guest_id=place_of("Ben"))
    page = client_of(both).get("/").text
    assert "The place of Ana" in page
    assert "The place of Ben" in page


def test_a_place_of_one_s_own_needs_no_name(place_of, client_of):
    page = client_of(Actor("Ana", guest_id=place_of("Ana"))).get("/").text
    assert "Where you take part" in page
    assert "The place of" not in page


def test_another_s_place_is_called_theirs_where_somebody_is_signed_in(place_of, client_of, stage):
    """An administrator who pressed the link of Ben's letter sees a card that is not theirs."""
    with stage() as session:
        marta = make_account(session, "Marta")
    client = client_of(replace(marta, guest_id=place_of("Ben")))
    page = client.get("/").text
    assert "Hello, Marta" in page
    assert "The place of Ben" in page
    theirs = "This is the place of Ben, opened by the link in their letter. You are signed in as Marta."
    assert theirs in client.get(place_of.pages["Ben"]).text


def test_one_s_own_place_is_not(place_of, client_of, stage):
    with stage() as staged:
        marta = make_account(staged, "Marta")
    place_of("Marta")
    with stage() as staged:
        staged.scalars(select(Participant)).one().person_id = marta.person_id
    client = client_of(marta)
    assert "Where you take part" in client.get("/").text
    assert "The place of" not in client.get("/").text
    assert "This is the place of" not in client.get(place_of.pages["Marta"]).text


def test_a_guest_s_own_page_needs_no_name(place_of, client_of):
    client = client_of(Actor("Ben", guest_id=place_of("Ben")))
    assert "This is the place of" not in client.get(place_of.pages["Ben"]).text


def test_who_has_no_wishes_is_offered_to_write_them_down(place_of, client_of, stage):
    """Wishes are words, or a list, or both."""
    ana = Actor("Ana", guest_id=place_of("Ana"))
    seat_id = place_of.pages["Ana"].removeprefix("/my/")
    with stage() as session:
        session.scalars(select(Participant)).one().wishes = ""
    page = client_of(ana).get("/").text
    assert "Write down your wishes" in page
    assert f'href="/my/{seat_id}/wishes"' in page
    assert f'href="/my/{seat_id}"' in page
    add_wish(ana, UUID(seat_id), Wanted(text="A kite"))
    page = client_of(ana).get("/").text
    assert "Change your wishes" in page
    assert "Write down your wishes" not in page


def test_a_held_place_is_spoken_of_by_name(place_of, client_of, stage):
    ana = Actor("Ana", guest_id=place_of("Ana"))
    own = UUID(place_of.pages["Ana"].removeprefix("/my/"))
    hold_place(ana, own, "Grandma")
    page = client_of(ana).get("/").text
    assert "Grandma is in. We write to you as soon as the names are drawn." in page
    assert "Write down the wishes of Grandma" in page
    for name in ("Ben", "Cleo"):
        place_of(name)
    with stage() as session:
        exchange = session.scalars(select(Exchange)).one()
        exchange.state = ExchangeState.CLOSED
    draw_names(SYSTEM, exchange.id)
    page = client_of(ana).get("/").text
    assert "See whom Grandma gives to" in page
    assert page.count("See whom you give to") == 1
