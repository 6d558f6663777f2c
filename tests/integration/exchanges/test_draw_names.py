"""Drawing names: everyone gives once, receives once, and is told once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Circle, Guardian, Person
from kinkeeper.features.exchanges.models import Assignment, Draw, Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.organising import AlreadyDrawn
from kinkeeper.features.exchanges.service.refusals import DrawImpossible, StillOpen, TooFewPeople
from kinkeeper.features.exchanges.service.ruling import keep_apart
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.links import Link
from tests.factories import make_account, make_exchange, make_participant, make_person

SEED = bytes(32)


@pytest.fixture
def exchange(stage) -> Exchange:
    with stage() as session:
        return make_exchange(session, people=5, state=ExchangeState.CLOSED)


def pairs(session, exchange) -> dict:
    """Who gives to whom, opened with the keys of the house."""
    seats = {seat.id: seat for seat in session.scalars(select(Participant))}
    return {
        row.giver_id: sealing.unseal(row.draw_id, row.giver_id, seats[row.giver_id].salt, row.receiver_sealed)
        for row in session.scalars(select(Assignment))
    }


def test_everyone_gives_once_and_receives_once(session, exchange, now):
    """SK-67, SK-68."""
    draw_names(SYSTEM, exchange.id)
    drawn = pairs(session, exchange)
    people = set(session.scalars(select(Participant.id)))
    assert set(drawn) == set(drawn.values()) == people
    assert all(giver != receiver for giver, receiver in drawn.items())
    assert session.get_one(Exchange, exchange.id).drawn_at == now()


def test_the_same_seed_gives_the_same_draw(session, stage):
    """SK-76: a draw can be repeated in a test."""
    with stage() as staged:
        first = make_exchange(staged, people=6, state=ExchangeState.CLOSED)
    draw_names(SYSTEM, first.id, seed=SEED)
    seats = [seat.id for seat in session.scalars(select(Participant).order_by(Participant.id))]
    drawn = pairs(session, first)
    assert sorted(seats.index(drawn[seat]) for seat in seats) == list(range(6))


def test_everyone_gets_one_letter_without_a_name_and_the_audit_keeps_the_secret(session, exchange, outbox):
    """T-15: nothing that travels tells the match."""
    draw_names(SYSTEM, exchange.id)
    letters = outbox()
    assert len({letter.to for letter in letters}) == len(letters) == 5
    for letter in letters:
        others = {"Ana", "Ben", "Cleo", "Dan", "Eve"} - {letter.fields["name"]}
        assert not any(other in str(letter.fields) for other in others)
    (details,) = session.scalars(select(AuditEntry.details))
    assert details == {"people": 5, "commitment": session.scalars(select(Draw.commitment)).one()}


def test_too_few_people_changes_nothing(session, stage, outbox):
    """SK-33."""
    with stage() as staged:
        exchange = make_exchange(staged, people=2, state=ExchangeState.CLOSED)
    with pytest.raises(TooFewPeople, match="at least 3 confirmed people; there are 2"):
        draw_names(SYSTEM, exchange.id)
    assert session.get_one(Exchange, exchange.id).state is ExchangeState.CLOSED
    assert outbox() == []


def test_people_who_did_not_confirm_are_left_out(session, stage):
    with stage() as staged:
        exchange = make_exchange(staged, people=4, state=ExchangeState.CLOSED)
        late = make_participant(staged, exchange, "Zoe", confirmed=False)
    draw_names(SYSTEM, exchange.id)
    assert late.id not in pairs(session, exchange)


def test_an_open_exchange_is_closed_first(stage):
    """SK-35."""
    with stage() as staged:
        exchange = make_exchange(staged, state=ExchangeState.OPEN)
    with pytest.raises(StillOpen):
        draw_names(SYSTEM, exchange.id)


def test_rules_that_leave_no_way_are_refused_in_names(session, stage, outbox):
    """SK-72, SK-75: it says who is stuck."""
    with stage() as staged:
        exchange = make_exchange(staged, people=4, state=ExchangeState.CLOSED)
    seats = {seat.name: seat.id for seat in session.scalars(select(Participant))}
    for other in ("Ben", "Cleo", "Dan"):
        keep_apart(SYSTEM, exchange.id, seats["Ana"], seats[other], both_ways=False)
    with pytest.raises(DrawImpossible, match="Ana may give to nobody"):
        draw_names(SYSTEM, exchange.id)
    assert session.get_one(Exchange, exchange.id).state is ExchangeState.CLOSED
    assert outbox() == []


def test_only_the_organiser_may_draw_and_a_stranger_learns_nothing(stage, exchange):
    with stage() as session:
        stranger = make_account(session, "Stranger")
    with pytest.raises(NotFound):
        draw_names(stranger, exchange.id)


def test_a_second_draw_is_a_conflict(exchange):
    draw_names(SYSTEM, exchange.id)
    with pytest.raises(AlreadyDrawn):
        draw_names(SYSTEM, exchange.id)


def test_a_large_draw_says_hardly_more_than_a_small_one(stage, queries_at_most):
    """No statement for each person: the draw holds the only writer's place while it works."""
    with stage() as session:
        small = make_exchange(session, people=5, state=ExchangeState.CLOSED)
        large = make_exchange(
            session, people=60, state=ExchangeState.CLOSED, organiser=make_account(session, "Otto")
        )
    with queries_at_most(40) as few:
        draw_names(SYSTEM, small.id)
    with queries_at_most(len(few) + 2):
        draw_names(SYSTEM, large.id)


def test_both_guardians_of_a_child_get_a_link_that_works(session, stage):
    """A child has no address of its own: the letter goes to those who look after it."""
    with stage() as staged:
        exchange = make_exchange(staged, people=4, state=ExchangeState.CLOSED)
        child = make_participant(staged, exchange, "Kim")
        person = staged.get_one(Person, child.person_id)
        person.email = None
        for name in ("Mo", "Pia"):
            parent = make_person(staged, name, circle=staged.get_one(Circle, exchange.circle_id))
            staged.add(Guardian(ward_id=person.id, guardian_id=parent.id))
    draw_names(SYSTEM, exchange.id)
    links = session.scalars(select(Link).where(Link.subject_id == child.id)).all()
    assert [link.voided_at for link in links] == [None, None]
