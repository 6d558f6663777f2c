"""Where a group lets everybody check the draw, nobody's match lies open sooner than they were told (G20)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.planning import change_plan
from kinkeeper.features.exchanges.service.telling import PER_EXCHANGE, Telling, charges
from tests.factories import guest, make_exchange

TODAY, BOXING_DAY = date(2026, 12, 1), date(2026, 12, 26)
SOON = {"gifts_on": TODAY, "closes_on": TODAY}


@pytest.fixture
def drawn(stage, olga, now):
    """An exchange whose draw is published, drawn on the first of December for Christmas Eve."""
    with stage() as session:
        found = make_exchange(
            session, people=4, organiser=olga, state=ExchangeState.CLOSED, publishes_draw=True
        )
    draw_names(olga, found.id)
    return found


@pytest.fixture
def look(session, client_of):
    """`look()` answers whether Ana gets the file, and her page."""

    def found() -> tuple[bool, str]:
        seat = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
        client = client_of(guest(session.get_one(Person, seat.person_id)))
        session.commit()
        file = client.get(f"/my/{seat.id}/proof")
        return file.status_code == 200, client.get(f"/my/{seat.id}").text

    return found


def told(outbox) -> set[str]:
    return {one.to.partition("@")[0] for one in outbox() if one.kind == "exchanges.plan_changed"}


def test_moved_forward_the_file_waits_for_the_day_that_stood_at_the_draw(olga, drawn, now, look, outbox):
    """And everybody hears of it, whatever the organiser ticks."""
    change_plan(olga, drawn.id, SOON, telling=Telling.NO)
    assert told(outbox) == {"ana", "ben", "cleo", "dan"}
    now.advance(days=1)
    has_file, page = look()
    assert not has_file
    assert "after Thursday, 24 December 2026, all participants can read here" in page.replace("\u202f", " ")
    now.advance(days=22)
    assert not look()[0], "the eve itself"
    now.advance(days=1)
    assert look()[0]


def test_moved_back_it_waits_for_the_new_day(olga, drawn, now, look, outbox):
    change_plan(olga, drawn.id, {"gifts_on": BOXING_DAY}, telling=Telling.NO)
    assert told(outbox) == set(), "nothing lies open sooner"
    now.advance(days=25)
    assert not look()[0]
    now.advance(days=1)
    assert look()[0]


def test_drawn_again_the_first_day_holds(olga, drawn, now, look):
    change_plan(olga, drawn.id, SOON)
    redraw_names(olga, drawn.id, "A mistake")
    now.advance(days=1)
    assert not look()[0]


def test_the_letter_that_goes_in_any_case_counts_towards_how_many_may(drawn, session):
    """T-9."""
    assert charges(session.get_one(Exchange, drawn.id), SOON, Telling.NO) == ((PER_EXCHANGE, str(drawn.id)),)
