"""Whoever moves to another mailbox leaves nothing in the old one that opens a place of theirs (T-7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Guardian, Person
from kinkeeper.features.accounts.service.book import change_person
from kinkeeper.features.accounts.service.keeping_accounts import change_account
from kinkeeper.features.accounts.service.moving import ask_to_move, move
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service import joining
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.entering import enter_by_code
from kinkeeper.features.exchanges.service.joining import Joining, SeatGone, enter
from kinkeeper.features.exchanges.service.organising import open_exchange
from kinkeeper.features.exchanges.service.planning import change_plan
from kinkeeper.features.exchanges.service.readdressing import answer_address, change_address, confirm_address
from kinkeeper.features.exchanges.service.renewing import send_again
from kinkeeper.features.exchanges.service.telling import Telling
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.platform.codes import WrongCode
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.links import ExpiredLink
from kinkeeper.platform.mail.delivery import code_of
from tests.factories import guest, make_account, make_exchange, make_participant, make_person
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import at_once, carry_letters, problems_among, secret_in

HERE, LEASE = "192.0.2.1", Lease(timedelta(14), timedelta(60))
OLD, NEW, OTHER = "vera@example.org", "vera.new@example.org", "other@example.net"


@pytest.fixture
def vera(stage, admin):
    """Somebody with an account, in the administrator's circle."""
    with stage() as session:
        vera = make_account(session, "Vera", circle=queries.circle_of(session, admin.person_id))
        session.get_one(Person, vera.person_id).confirmed_at = LONG_AGO
    return vera


@pytest.fixture
def exchange(stage, admin):
    """An exchange that is closed; Ana, Ben, Cleo and Dan are in."""
    with stage() as session:
        return make_exchange(session, people=4, organiser=admin, state=ExchangeState.CLOSED)


@pytest.fixture
def seat(stage, exchange, vera):
    """Vera's place in it."""
    with stage() as session:
        return make_participant(session, exchange, person=session.get_one(Person, vera.person_id))


@pytest.fixture
def last_to(outbox):
    """`last_to(address)` answers the newest letter that goes there."""
    return lambda address: [letter for letter in outbox() if letter.to == address][-1]


@pytest.fixture
def moves(vera, last_to):
    """Vera asks to move, has something happen, and moves."""

    def do(act=lambda: None):
        ask_to_move(vera, NEW)
        carry_letters()
        letter = last_to(NEW)
        act()
        move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)

    return do


def come_in(letter, kind="ready"):
    return enter(ANONYMOUS, kind, secret_in(letter), address=HERE, lease=LEASE)


def sent(outbox, kind):
    return [one.to for one in outbox() if one.kind == f"exchanges.{kind}" and "vera" in one.to]


def test_a_link_to_a_match_ends_with_the_mailbox_that_it_went_to(exchange, seat, moves, last_to):
    """SK-6: the old mailbox may be an employer's, and is why she moves."""
    draw_names(SYSTEM, exchange.id)
    carry_letters()
    before = last_to(OLD)
    moves()
    with pytest.raises(ExpiredLink):
        come_in(before)


def test_a_letter_about_a_match_that_waits_goes_to_the_new_mailbox(
    exchange, seat, moves, vera, last_to, outbox, session
):
    """T-7: it had not left, and nobody at the old address is to read it; she is not to miss it."""
    moves(act=lambda: draw_names(SYSTEM, exchange.id))
    carry_letters()
    assert sent(outbox, "match_ready") == [NEW]
    opened, _ = come_in(last_to(NEW))
    assert opened == seat.id
    assert {row.person_id for row in outbox() if row.to == NEW} == {vera.person_id}


def test_news_without_a_link_goes_along_when_it_is_due(exchange, seat, moves, admin, outbox, session, now):
    plan = {"budget": "around £30"}

    def act():
        carry_letters()
        change_plan(admin, exchange.id, plan, telling=Telling.YES)

    moves(act)
    carry_letters()
    assert sent(outbox, "plan_changed") == [NEW]
    (letter,) = (one for one in outbox() if one.kind == "exchanges.plan_changed" and one.to == NEW)
    assert letter.sent_at is None
    now.advance(minutes=11)
    carry_letters()
    assert letter.id in {one.id for one in outbox() if one.sent_at is not None}


def test_so_it_does_where_whoever_keeps_accounts_moves_somebody(exchange, seat, admin, vera, last_to):
    """T-17: before the draw they may, and what lies in the old mailbox would open the match after it."""
    send_again(admin, exchange.id, seat.id)
    carry_letters()
    before = last_to(OLD)
    change_account(admin, vera.account_id, {"email": NEW}, steps=STEPS.readers)
    with pytest.raises(ExpiredLink):
        come_in(before, "enter")


def test_a_code_ends_as_the_link_does(exchange, seat, moves, last_to, session):
    """T-1, T-7: who asked for it in their own browser still has the old mailbox."""
    browser, typed = b"x" * 32, []

    def act():
        joining.ask_for_way_in(ANONYMOUS, exchange.slug, OLD, address=HERE, browser=browser)
        run_errand(session.scalars(select(ErrandRow.id)).one())
        carry_letters()
        typed.append(code_of(last_to(OLD)))

    moves(act)
    with pytest.raises(WrongCode):
        enter_by_code(ANONYMOUS, typed[0], browser=browser, address=HERE, lease=LEASE)


@pytest.fixture
def tim(stage, exchange, vera):
    """A child's place; Vera and Gran look after him."""
    with stage() as session:
        circle = queries.circle_of(session, vera.person_id)
        tim, gran = (
            make_person(session, "Tim", circle=circle, email=None),
            make_person(session, "Gran", circle=circle),
        )
        session.add_all(Guardian(ward_id=tim.id, guardian_id=one) for one in (vera.person_id, gran.id))
        return make_participant(session, exchange, person=tim)


@pytest.mark.parametrize("has_left", [True, False])
def test_letters_about_a_child_move_with_who_looks_after_it(exchange, tim, moves, last_to, outbox, has_left):
    """Of two guardians one moves: the other's link goes on working."""

    def act():
        draw_names(SYSTEM, exchange.id)
        if has_left:
            carry_letters()

    moves(act)
    carry_letters()
    if has_left:
        with pytest.raises(ExpiredLink):
            come_in(last_to(OLD) if last_to(OLD).kind == "exchanges.match_ready" else _ready(outbox, OLD))
    else:
        assert sent(outbox, "match_ready") == [NEW]
        assert come_in(last_to(NEW))[0] == tim.id
    assert come_in(last_to("gran@example.org"))[0] == tim.id


def _ready(outbox, address):
    (letter,) = (one for one in outbox() if one.kind == "exchanges.match_ready" and one.to == address)
    return letter


def test_what_the_old_mailbox_has_agreed_to_ends_with_it(
    exchange, seat, admin, vera, moves, last_to, session
):
    """T-17: her place was to go by yet another address, on the word of whoever reads the old one."""
    draw_names(SYSTEM, exchange.id)
    change_address(admin, exchange.id, seat.id, OTHER)
    answer_address(guest(session.get_one(Person, vera.person_id)), seat.id, agrees=True)
    carry_letters()
    asked = last_to(OTHER)
    moves()
    with pytest.raises(ExpiredLink):
        confirm_address(ANONYMOUS, secret_in(asked), address=HERE, lease=LEASE)


def test_an_entry_that_moves_leaves_nothing_behind(exchange, admin, stage, last_to, session):
    """Nobody counts on Ida since it was called off, so her entry may move; the next exchange is not open."""
    open_exchange(admin, exchange.id)
    wanted = Joining(name="Ida", email=OTHER, wishes="", language="en")
    joining.join(ANONYMOUS, session.get_one(Exchange, exchange.id).slug, wanted, address=HERE)
    carry_letters()
    before = last_to(OTHER)
    cancel_exchange(admin, exchange.id)
    ida = session.scalars(select(Person.id).where(Person.email == OTHER)).one()
    session.rollback()
    ways = {"steps": STEPS.readers, "expected": STEPS.expected}
    change_person(admin, ida, {"email": "ida@example.org"}, **ways)
    with pytest.raises(ExpiredLink):
        come_in(before, "confirm")


def test_a_letter_lets_in_nobody_but_whom_it_was_written_to(exchange, seat, stage, last_to):
    """SK-6, T-17: whatever hands a place on, a letter to who had it before does not open it."""
    draw_names(SYSTEM, exchange.id)
    carry_letters()
    with stage() as session:
        heir = make_person(session, "Heir", circle=queries.circle_of(session, seat.person_id))
        session.execute(update(Participant).where(Participant.id == seat.id).values(person_id=heir.id))
    with pytest.raises(SeatGone):
        come_in(last_to(OLD))


def test_who_moves_and_who_follows_a_link_wait_for_nobody_who_waits_for_them(
    exchange, seat, vera, last_to, monkeypatch
):
    """Reliability 3.1: the exchange is locked before the person, as by who follows a link."""
    draw_names(SYSTEM, exchange.id)
    carry_letters()
    ready = last_to(OLD)
    ask_to_move(vera, NEW)
    carry_letters()
    letter = last_to(NEW)
    results = at_once(
        lambda: move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS),
        lambda: come_in(ready),
    )
    assert set(problems_among(results)) <= {"ExpiredLink", "Conflict"}
