"""Eight draws at the same moment: one wins and seven are told, and without the lock they would not be."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from kinkeeper.features.exchanges.models import Assignment, Draw, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.service import drawing
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.crypto import BrokenSeal
from kinkeeper.platform.mail.outbox import OutboxLetter
from tests.factories import make_account, make_exchange
from tests.integration.web.support import at_once, fill_in, problems_among

AT_ONCE = 8


@pytest.fixture
def exchange(stage):
    with stage() as session:
        return make_exchange(session, people=5, state=ExchangeState.CLOSED)


def test_one_of_eight_wins_and_seven_are_told(exchange, session):
    """A-67, T-56: one whole permutation, one letter each."""
    results = at_once(*(lambda: draw_names(SYSTEM, exchange.id) for _ in range(AT_ONCE)))
    assert results.count(None) == 1
    assert problems_among(results) == ["AlreadyDrawn"] * 7
    assert session.scalar(select(func.count()).select_from(Draw)) == 1
    seats = {seat.id: seat for seat in session.scalars(select(Participant))}
    drawn = {
        row.giver_id: sealing.unseal(row.draw_id, row.giver_id, seats[row.giver_id].salt, row.receiver_sealed)
        for row in session.scalars(select(Assignment))
    }
    assert set(drawn) == set(drawn.values()) == set(seats)
    assert session.scalar(select(func.count()).select_from(OutboxLetter)) == 5


@pytest.mark.usefixtures("without_locks")
def test_without_the_lock_several_would_draw(exchange, session, monkeypatch):
    """A-67, T-56, the control: this test's scene does show the race once the defence is taken out.

    Each draw waits, after it has looked and before it writes, until another has looked as well; with
    the lock no second one could. What then still stops them is the last line, the database itself.
    """
    two_have_looked = threading.Event()
    looked: list[int] = []
    plain = drawing._refuse_unready

    def look_and_wait(*facts):
        plain(*facts)
        looked.append(1)
        if len(looked) > 1:
            two_have_looked.set()
        two_have_looked.wait(10)

    monkeypatch.setattr(drawing, "_refuse_unready", look_and_wait)
    results = at_once(*(lambda: draw_names(SYSTEM, exchange.id) for _ in range(AT_ONCE)))
    assert len(looked) > 1, "two were past the check at the same moment"
    assert problems_among(results) != ["AlreadyDrawn"] * 7
    assert session.scalar(select(func.count()).select_from(Draw)) <= 1


def test_eight_posts_of_the_button_give_one_draw(client_of, stage, session):
    """T-59: the page tells seven of them that it was done."""
    with stage() as staged:
        make_account(staged, "Ada", is_admin=True)
        olga = make_account(staged, "Olga")
        exchange = make_exchange(staged, people=5, organiser=olga, state=ExchangeState.CLOSED)
    clients = [client_of(olga) for _ in range(AT_ONCE)]
    results = at_once(
        *(
            lambda client=client: fill_in(client, f"/exchanges/{exchange.id}/draw").status_code
            for client in clients
        )
    )
    assert sorted(results) == [303] + [409] * 7
    assert session.scalar(select(func.count()).select_from(Draw)) == 1


def test_an_assignment_opens_only_where_it_was_sealed(stage, session):
    """T-50: moved to another giver, another draw, another salt, it tells nothing."""
    with stage() as staged:
        first = make_exchange(staged, people=4, state=ExchangeState.CLOSED)
        other = make_exchange(
            staged, people=4, state=ExchangeState.CLOSED, organiser=make_account(staged, "Otto")
        )
    for one in (first, other):
        draw_names(SYSTEM, one.id)
    salts = {seat.id: seat.salt for seat in session.scalars(select(Participant))}
    rows = list(session.scalars(select(Assignment)))
    for row in rows:
        assert sealing.unseal(row.draw_id, row.giver_id, salts[row.giver_id], row.receiver_sealed)
        for elsewhere in rows:
            if elsewhere is not row:
                with pytest.raises(BrokenSeal):
                    sealing.unseal(
                        elsewhere.draw_id,
                        elsewhere.giver_id,
                        salts[elsewhere.giver_id],
                        row.receiver_sealed,
                    )
        with pytest.raises(BrokenSeal):
            sealing.unseal(row.draw_id, row.giver_id, bytes(16), row.receiver_sealed)


def test_swapped_rows_show_a_page_of_ours_and_no_wrong_name(client_of, stage, session):
    """A-61: whoever edits the database gets an error, not another's match."""
    from kinkeeper.features.accounts.models import Person
    from tests.factories import guest

    with stage() as staged:
        make_account(staged, "Ada", is_admin=True)
        exchange = make_exchange(staged, people=3, state=ExchangeState.CLOSED)
    draw_names(SYSTEM, exchange.id)
    with stage() as staged:
        first, second, *_ = staged.scalars(select(Assignment).order_by(Assignment.giver_id))
        first.receiver_sealed = second.receiver_sealed
        giver_id = first.giver_id
    seat = session.get_one(Participant, giver_id)
    client = client_of(guest(session.get_one(Person, seat.person_id)))
    fill_in(client, f"/my/{giver_id}/match")
    page = client.get(f"/my/{giver_id}")
    assert page.status_code == 503
    assert "cannot be opened" in page.text
    assert "would like a book" not in page.text


def test_nobody_receives_twice_says_the_database(stage, session):
    """3.1: the unique constraints hold what the code promises."""
    from sqlalchemy.exc import IntegrityError

    with stage() as staged:
        exchange = make_exchange(staged, people=3, state=ExchangeState.CLOSED)
    draw_names(SYSTEM, exchange.id)
    with pytest.raises(IntegrityError), stage() as staged:
        first, second, *_ = staged.scalars(select(Assignment))
        first.receiver_mark = second.receiver_mark
