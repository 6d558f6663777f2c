"""Erasing or merging people while names are drawn: before or after, and without the lock in between."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from kinkeeper.app.features import ERASE_STEPS, STEPS
from kinkeeper.features.accounts.models import Circle, Person
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.accounts.service.merging import merge_people
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Assignment, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.service import belongings, drawing
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import Joining, join
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Conflict
from kinkeeper.platform.mail.outbox import OutboxLetter
from tests.factories import make_account, make_exchange
from tests.integration.web.support import at_once, fingerprint, problems_among

LONG = 10
"""Seconds after which a test gives up waiting for the other thread."""


@pytest.fixture
def exchange(stage):
    with stage() as session:
        return make_exchange(session, people=5, state=ExchangeState.CLOSED)


@pytest.fixture
def person(session, exchange):
    """`person("Ana")` answers her id in the address book."""
    ids = {seat.name: seat.person_id for seat in session.scalars(select(Participant))}
    return ids.__getitem__


def erase(person_id):
    erase_person(SYSTEM, person_id, steps=ERASE_STEPS)


def merge(from_id, into_id):
    merge_people(SYSTEM, from_id, into_id, steps=STEPS.merge)


class Moment:
    """Lets one thread go on only when the other has come so far."""

    def __init__(self) -> None:
        self.first_is_in = threading.Event()
        self.second_comes = threading.Event()

    def pause(self, plain):
        """Do as before, and then let the other thread come."""

        def paused(*facts, **named):
            answer = plain(*facts, **named)
            self.first_is_in.set()
            assert self.second_comes.wait(LONG)
            return answer

        return paused

    def second(self, act):
        """Act once the first is in the middle."""

        def come():
            assert self.first_is_in.wait(LONG)
            self.second_comes.set()
            return act()

        return come


def is_whole(session) -> bool:
    """Whether all who give have receivers who are there, each once, and letters if they are here still."""
    seats = {seat.id: seat for seat in session.scalars(select(Participant))}
    drawn = {
        row.giver_id: sealing.unseal(row.draw_id, row.giver_id, seats[row.giver_id].salt, row.receiver_sealed)
        for row in session.scalars(select(Assignment))
    }
    letters = session.scalar(select(func.count()).select_from(OutboxLetter))
    here = [seat for seat in seats.values() if seat.person_id is not None]
    return set(drawn) == set(drawn.values()) == set(seats) and letters == len(here)


def test_who_is_erased_while_names_are_drawn_leaves_a_drawn_place(exchange, person, session, monkeypatch):
    """The draw has looked; the erasure waits for it."""
    moment, ana = Moment(), person("Ana")
    monkeypatch.setattr(drawing, "_refuse_unready", moment.pause(drawing._refuse_unready))
    results = at_once(lambda: draw_names(SYSTEM, exchange.id), moment.second(lambda: erase(ana)))
    assert results == [None, None]
    assert is_whole(session)
    assert session.scalar(select(func.count()).select_from(Assignment)) == 5
    assert session.scalar(select(func.count()).where(Participant.person_id.is_(None))) == 1


def test_names_drawn_while_somebody_is_erased_are_drawn_without_them(exchange, person, session, monkeypatch):
    """The erasure holds the exchange; the draw waits for it."""
    moment, ana = Moment(), person("Ana")
    monkeypatch.setattr(belongings, "_hold", moment.pause(belongings._hold))
    results = at_once(lambda: erase(ana), moment.second(lambda: draw_names(SYSTEM, exchange.id)))
    assert results == [None, None]
    assert is_whole(session)
    assert session.scalar(select(func.count()).select_from(Assignment)) == 4


@pytest.mark.usefixtures("without_locks")
def test_without_the_lock_somebody_leaves_in_the_middle_of_a_draw(exchange, person, session, monkeypatch):
    """The control: the scene does show the race; what then holds is the last line, the database itself."""
    ana, looked, gone = person("Ana"), threading.Event(), threading.Event()
    plain = drawing._refuse_unready

    def look_and_wait(*facts):
        plain(*facts)
        looked.set()
        assert gone.wait(LONG)

    def leave():
        assert looked.wait(LONG)
        try:
            erase(ana)
        finally:
            gone.set()

    monkeypatch.setattr(drawing, "_refuse_unready", look_and_wait)
    session.close()
    results = at_once(lambda: draw_names(SYSTEM, exchange.id), leave)
    # The draw stumbles over the missing place where it looks at it, or the database does at the end.
    assert problems_among(results) in (["KeyError"], ["IntegrityError"], ["Unavailable"])


@pytest.mark.parametrize("merge_first", [True, False])
def test_two_entries_are_merged_before_or_after_the_draw(exchange, person, session, monkeypatch, merge_first):
    """Before it they are one giver; after it they stay two, lest one read the other's match."""
    moment, ana, ben = Moment(), person("Ana"), person("Ben")
    acts = [lambda: merge(ana, ben), lambda: draw_names(SYSTEM, exchange.id)]
    if merge_first:
        monkeypatch.setattr(belongings, "_hold", moment.pause(belongings._hold))
        results = at_once(acts[0], moment.second(acts[1]))
    else:
        monkeypatch.setattr(drawing, "_refuse_unready", moment.pause(drawing._refuse_unready))
        results = at_once(moment.second(acts[0]), acts[1])
    assert problems_among(results) == ([] if merge_first else ["MatchAtStake"])
    assert is_whole(session)
    assert session.scalar(select(func.count()).select_from(Assignment)) == (4 if merge_first else 5)


def test_who_comes_back_while_being_erased_is_forgotten_or_new(stage, person, session, exchange):
    """Joining locks the exchange and then the person: the same order, so no deadlock."""
    with stage() as staged:
        otto = make_account(staged, "Otto", circle=staged.get_one(Circle, exchange.circle_id))
        another = make_exchange(staged, people=0, organiser=otto)
    ana = person("Ana")
    form = Joining(name="Ana", email="ana@example.org", wishes="", language="en")
    results = at_once(lambda: erase(ana), lambda: join(ANONYMOUS, another.slug, form, address="192.0.2.1"))
    assert problems_among(results) in ([], ["Conflict"])
    entries = session.scalars(select(Person.id).where(Person.email == "ana@example.org")).all()
    places = session.scalars(select(Participant.person_id).where(Participant.exchange_id == another.id)).all()
    assert len(entries) <= 1
    assert set(places) <= set(entries)


def test_who_came_into_another_exchange_meanwhile_is_not_erased_by_halves(person, session, monkeypatch):
    """What was not locked is not touched: the administrator looks again."""
    answers = iter([set(), {object()}])
    monkeypatch.setattr(queries, "exchanges_of", lambda *_facts: next(answers))
    before = fingerprint(session)
    with pytest.raises(Conflict):
        erase(person("Ana"))
    assert fingerprint(session) == before


def test_many_are_erased_and_merged_at_the_same_moment(exchange, person, session):
    """No deadlock among them, whatever they share."""
    results = at_once(
        lambda: erase(person("Ana")),
        lambda: merge(person("Ben"), person("Cleo")),
        lambda: merge(person("Cleo"), person("Ben")),
        lambda: erase(person("Dan")),
    )
    assert problems_among(results) == ["NotFound"]
    assert len(session.scalars(select(Participant.name)).all()) == 2
