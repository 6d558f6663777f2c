"""Past years: who gave to whom is known again, and read by nobody (G5)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.jobs import complete_in_time, purge_in_time
from kinkeeper.features.exchanges.models import Exchange, PairMemory
from kinkeeper.features.exchanges.queries import past_pairs, sealed_pairs
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import cancel_exchange, complete_exchange
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.kernel.actor import SYSTEM
from tests.factories import make_exchange, make_participant


@pytest.fixture
def drawn(stage, olga):
    """Five people are drawn, one of them without an address."""
    with stage() as session:
        today = date(2026, 12, 1)
        exchange = make_exchange(session, people=5, organiser=olga, closes_on=today, gifts_on=today)
        session.query(Person).filter_by(name="Eve").one().email = None
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    return exchange


def pairs_in_names(session, exchange) -> set[tuple[str, str]]:
    seats = {seat.id: seat for seat in queries.all_seats(session, exchange.id)}
    found = set()
    for row in sealed_pairs(session, exchange.id):
        giver = seats[row.giver_id]
        receiver_id = sealing.unseal(row.draw_id, giver.id, giver.salt, row.receiver_sealed)
        found.add((giver.name, seats[receiver_id].name))
    return found


def next_year(stage, olga, before, *, years=1, names=("Eve", "Dan", "Cleo", "Ben", "Ana")) -> Exchange:
    """The same people, in another order, some years later."""
    with stage() as session:
        day = date(2026 + years, 12, 24)
        exchange = make_exchange(
            session, people=0, organiser=olga, closes_on=day, gifts_on=day, series_id=before.series_id
        )
        for name in names:
            person = session.query(Person).filter_by(name=name).one()
            make_participant(session, exchange, f"New {name}").person_id = person.id
    return exchange


def remembered(session, exchange, *, years=3) -> set[tuple[str, str, int]]:
    seats = queries.all_seats(session, exchange.id)
    names = [seat.name.removeprefix("New ") for seat in seats]
    found = past_pairs(session, exchange, seats, years)
    return {(names[giver], names[receiver], ago) for giver, receiver, ago in found}


def test_a_year_that_is_over_is_known_again(stage, olga, drawn, session):
    gave = pairs_in_names(session, drawn)
    session.commit()
    complete_exchange(olga, drawn.id)
    later = next_year(stage, olga, drawn, years=2)
    assert remembered(session, later) == {(giver, receiver, 1) for giver, receiver in gave}


@pytest.mark.parametrize(("day", "ago"), [(date(2026, 12, 2), 1), (date(2026, 12, 1), None)])
def test_years_are_counted_by_days_of_gifts_not_by_the_calendar(stage, olga, drawn, session, day, ago):
    """Gifts that were moved past New Year, and those of the next December, fall into one calendar year."""
    gave = pairs_in_names(session, drawn)
    session.commit()
    complete_exchange(olga, drawn.id)
    later = next_year(stage, olga, drawn)
    with stage() as staged:
        moved = staged.get_one(Exchange, later.id)
        moved.closes_on = moved.gifts_on = day
    wanted = {(giver, receiver, ago) for giver, receiver in gave} if ago else set()
    assert remembered(session, session.get_one(Exchange, later.id)) == wanted


def test_years_that_are_too_long_ago_do_not_count(stage, olga, drawn, session):
    complete_exchange(olga, drawn.id)
    between = date(2027, 12, 24)
    with stage() as staged:
        marks = {"giver_mark": bytes(32), "receiver_mark": bytes(32)}
        staged.add(PairMemory(series_id=drawn.series_id, gifts_on=between, **marks))
    later = next_year(stage, olga, drawn, years=2)
    assert {ago for _, _, ago in remembered(session, later, years=2)} == {2}
    session.commit()
    assert remembered(session, later, years=1) == set()


def test_what_was_not_given_is_not_remembered(stage, olga, drawn, session):
    """Called off; and before it is over."""
    assert session.scalars(select(PairMemory)).all() == []
    session.commit()
    cancel_exchange(olga, drawn.id)
    assert session.scalars(select(PairMemory)).all() == []


def test_another_series_remembers_nothing_of_it(stage, olga, drawn, session):
    complete_exchange(olga, drawn.id)
    later = next_year(stage, olga, drawn)
    with stage() as staged:
        staged.get_one(Exchange, later.id).series_id = later.id
    assert remembered(session, session.get_one(Exchange, later.id)) == set()


def test_no_two_marks_are_alike_and_none_tells_anything(olga, drawn, session):
    """A person's mark as a giver is not theirs as a receiver."""
    complete_exchange(olga, drawn.id)
    rows = session.scalars(select(PairMemory)).all()
    marks = [mark for row in rows for mark in (row.giver_mark, row.receiver_mark)]
    assert len(set(marks)) == 10
    assert {len(mark) for mark in marks} == {32}
    assert {row.gifts_on for row in rows} == {date(2026, 12, 1)}


def test_it_outlives_the_purge_by_the_address(stage, olga, drawn, session, now):
    """Everybody without a log-in is forgotten meanwhile, and comes back as somebody new."""
    gave = {pair for pair in pairs_in_names(session, drawn) if "Eve" not in pair}
    session.commit()
    now.advance(days=24)
    complete_in_time.run(SYSTEM)
    now.advance(days=31)
    purge_in_time.run(SYSTEM)
    assert session.scalars(select(Person).where(Person.name == "Ana")).all() == []
    session.commit()
    with stage() as staged:
        day = date(2027, 12, 24)
        later = make_exchange(
            staged, people=4, organiser=olga, closes_on=day, gifts_on=day, series_id=drawn.series_id
        )
    assert remembered(session, later) == {(giver, receiver, 1) for giver, receiver in gave}


def test_whoever_was_erased_is_not_remembered(olga, drawn, session):
    from kinkeeper.app.features import ERASE_STEPS
    from kinkeeper.features.accounts.service.erasing import erase_person

    ana = session.scalars(select(Person).where(Person.name == "Ana")).one()
    session.commit()
    erase_person(SYSTEM, ana.id, steps=ERASE_STEPS)
    complete_exchange(olga, drawn.id)
    assert len(session.scalars(select(PairMemory)).all()) == 3


def test_five_hundred_people_take_one_statement_for_the_past(stage, olga, session, queries_at_most):
    with stage() as staged:
        exchange = make_exchange(staged, people=500, organiser=olga)
    seats = queries.all_seats(session, exchange.id)
    with queries_at_most(2):
        assert past_pairs(session, exchange, seats, 10) == []
