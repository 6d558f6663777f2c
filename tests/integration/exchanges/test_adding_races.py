"""Lists of people and other acts at the same moment: one order of locks, and what happens without it."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.models import Circle, Person
from kinkeeper.features.accounts.service.people import put_all_in_book, put_in_book
from kinkeeper.features.exchanges.models import Participant
from kinkeeper.features.exchanges.service import adding, readdressing
from kinkeeper.features.exchanges.service.adding import Newcomer, add_people
from kinkeeper.features.exchanges.service.readdressing import change_address
from kinkeeper.features.exchanges.service.removing import forget_unanswered
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import transaction
from tests.conftest import with_many_writers
from tests.factories import make_exchange
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import at_once, problems_among

pytestmark = with_many_writers

LONG = 10
"""Seconds after which a test gives up waiting for the other thread."""

ADAM, ZOE = Newcomer("Adam", "adam@example.org"), Newcomer("Zoe", "zoe@example.org")


@pytest.fixture
def last_year(stage, olga, exchange):
    """Zoe and Adam never answered; she came first into the address book, and he is first in the alphabet."""
    with stage() as session:
        circle = session.get_one(Circle, exchange.circle_id)
        known = [
            Person(circle_id=circle.id, name=one.name, email=one.email, language="en", created_at=LONG_AGO)
            for one in (ZOE, ADAM)
        ]
        for person in known:
            session.add(person)
            session.flush()
        assert known[0].id < known[1].id
        days = {"closes_on": date(2025, 12, 1), "gifts_on": date(2025, 12, 24)}
        over = make_exchange(session, people=0, organiser=olga, **days)
        for person in known:
            session.add(_unanswered(over.id, person))
        return over


def _unanswered(exchange_id, person) -> Participant:
    facts = {"name": person.name, "wishes": "", "language": "en", "salt": b"s" * 16, "joined_at": LONG_AGO}
    return Participant(id=new_id(), exchange_id=exchange_id, person_id=person.id, **facts)


def add_both(olga, exchange, _session):
    """A list of the two, for this year."""
    return adding, lambda: add_people(olga, exchange.id, [ADAM, ZOE], language="en")


def move_her_place(olga, exchange, session):
    """Her place of this year goes by his address."""
    zoe = session.scalars(select(Person).where(Person.email == ZOE.email)).one()
    with transaction(SYSTEM) as work:
        work.session.add(place := _unanswered(exchange.id, zoe))
    return readdressing, lambda: change_address(olga, exchange.id, place.id, ADAM.email)


@pytest.fixture(params=[add_both, move_her_place])
def both(request, olga, exchange, last_year, session, monkeypatch):
    """Both at once: the forgetting holds its first person, and the other act has come to people."""
    module, do = request.param(olga, exchange, session)
    plain = people.people_for_change
    holds_one, other_is_there = threading.Event(), threading.Event()

    def in_two_steps(work_s, ids):
        first, *others = sorted(ids)
        known = plain(work_s, [first])
        holds_one.set()
        assert other_is_there.wait(LONG)
        return known | plain(work_s, others)

    def act(put):
        def come(*facts, **more):
            assert holds_one.wait(LONG)
            return put(other_is_there, *facts, **more)

        monkeypatch.setattr(people, "people_for_change", in_two_steps)
        monkeypatch.setattr(module, "put_all_in_book", come)
        return problems_among(at_once(lambda: forget_unanswered(SYSTEM, last_year.id), do))

    return act


def test_people_are_asked_while_they_are_about_to_be_forgotten(both, session, exchange):
    """All lock people in the order of their ids, so that neither waits for the other for ever."""

    def put(is_there, *facts, **more):
        is_there.set()
        return put_all_in_book(*facts, **more)

    assert both(put) == []
    here = select(Person.email).join(Participant, Participant.person_id == Person.id)
    assert ADAM.email in session.scalars(here.where(Participant.exchange_id == exchange.id)).all()


def test_without_the_one_order_the_two_wait_for_each_other(both):
    """The control: one after the other, those with an address by the alphabet."""

    def put(is_there, work, circle_id, entries, along=()):
        found = {}
        for one in sorted(entries, key=lambda entry: entry.email):
            person = put_in_book(work, circle_id, name=one.name, email=one.email, language=one.language)
            found[one.email] = person
            is_there.set()
        people.people_left_for_change(work.session, along)
        return found

    assert both(put) == ["Unavailable"]
