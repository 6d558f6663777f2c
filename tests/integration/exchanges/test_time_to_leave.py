"""Nobody is bound by what was chosen after they said yes: they have a day to leave; no names are drawn."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.service.choosing import DrawWaits
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.leaving import TooLateToLeave, leave
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.ruling import DrawWishes, wish_draw
from tests.factories import guest, make_exchange, make_participant
from tests.integration.web.support import bearer, fingerprint

CHOICES = [{"publishes_draw": True}, {"publishes_draw": False, "names_in_letters": True}]


def wish(olga, exchange, **chosen):
    wish_draw(olga, exchange.id, DrawWishes(Shape.ANY, 3, **{"publishes_draw": False, **chosen}))


@pytest.fixture
def exchange(stage, olga, now):
    """Ana, Ben, Cleo, Dan are in; it is open."""
    with stage() as session:
        return make_exchange(session, people=4, organiser=olga)


@pytest.fixture
def ana(exchange, session):
    """Ana's guest session, and her place."""
    seat = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
    found = guest(session.get_one(Person, seat.person_id)), seat.id
    session.commit()
    return found


@pytest.mark.parametrize("chosen", CHOICES)
def test_names_wait_a_day_after_what_people_had_not_agreed_to(
    olga, exchange, now, session, chosen, client_of
):
    """G20, T-15: chosen, closed and drawn within seconds, nobody could have left."""
    wish(olga, exchange, **chosen)
    close_exchange(olga, exchange.id)
    before = fingerprint(session)
    now.advance(hours=23, minutes=59)
    with pytest.raises(DrawWaits) as waits:
        draw_names(olga, exchange.id)
    assert "until 2026-12-02 09:00" in str(waits.value)
    assert fingerprint(session) == before
    page = client_of(olga).get(f"/exchanges/{exchange.id}").text
    assert "The draw waits" in page
    assert "They can leave until 2 Dec 2026, 09:00" in page.replace("\u202f", " ")
    assert "Yes, draw the names" not in page
    answer = client_of(None).post(f"/api/v1/exchanges/{exchange.id}/draw", headers=bearer(olga))
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "exchange.draw_waits")
    now.advance(minutes=1)
    assert "Yes, draw the names" in client_of(olga).get(f"/exchanges/{exchange.id}").text
    draw_names(olga, exchange.id)


def test_what_is_taken_back_holds_nothing_up(olga, exchange):
    wish(olga, exchange, publishes_draw=True, names_in_letters=True)
    close_exchange(olga, exchange.id)
    wish(olga, exchange, publishes_draw=True)
    with pytest.raises(DrawWaits):
        draw_names(olga, exchange.id)
    wish(olga, exchange)
    draw_names(olga, exchange.id)


def test_each_choice_counts_from_its_own_moment(olga, exchange, now, session):
    """One of two days ago holds nothing up, though the other was made and taken back since."""
    wish(olga, exchange, publishes_draw=True)
    now.advance(hours=25)
    wish(olga, exchange, publishes_draw=True, names_in_letters=True)
    wish(olga, exchange, publishes_draw=True)
    assert session.get_one(Exchange, exchange.id).names_in_letters_at is None
    session.commit()
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)


def test_chosen_once_more_it_counts_anew(olga, exchange, now):
    wish(olga, exchange, publishes_draw=True)
    wish(olga, exchange)
    now.advance(hours=25)
    wish(olga, exchange, publishes_draw=True)
    close_exchange(olga, exchange.id)
    with pytest.raises(DrawWaits):
        draw_names(olga, exchange.id)


def test_chosen_before_anybody_said_yes_it_holds_nothing_up(olga, stage, now):
    """Whoever comes then reads of it before."""
    with stage() as session:
        exchange = make_exchange(session, people=0, organiser=olga)
        for name in ("Ana", "Ben", "Cleo"):
            make_participant(session, exchange, name, confirmed=False)
    wish(olga, exchange, publishes_draw=True, names_in_letters=True)
    with stage() as session:
        for seat in session.scalars(select(Participant)):
            seat.confirmed_at = now()
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    redraw_names(olga, exchange.id, "A mistake")


def test_while_the_draw_waits_people_leave_though_the_list_is_closed(olga, exchange, ana, now, client_of):
    """SK-60, G20: what the letter says, that there is a day, holds however soon it is closed."""
    actor, seat_id = ana
    wish(olga, exchange, publishes_draw=True)
    close_exchange(olga, exchange.id)
    now.advance(hours=23)
    page = client_of(actor).get(f"/my/{seat_id}/leave").text
    assert "Yes, I want to leave" in page
    assert "you can join again" not in page
    leave(actor, seat_id)
    assert "Join again" not in client_of(actor).get(f"/my/{seat_id}").text
    now.advance(hours=1)
    draw_names(olga, exchange.id)


@pytest.mark.parametrize(("chosen", "hours"), [({}, 0), ({"publishes_draw": True}, 24)])
def test_closed_and_nothing_new_others_count_on_whoever_is_in(olga, exchange, ana, now, chosen, hours):
    """SK-64."""
    actor, seat_id = ana
    wish(olga, exchange, **chosen)
    close_exchange(olga, exchange.id)
    now.advance(hours=hours)
    with pytest.raises(TooLateToLeave):
        leave(actor, seat_id)
