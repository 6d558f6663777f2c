"""The hash before the draw says nothing of past years, whatever changes which of them count (G20, T-14)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from kinkeeper.app.features import ERASE_STEPS, STEPS
from kinkeeper.features.accounts.models import Circle, Guardian, Person
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.accounts.service.housing import make_household
from kinkeeper.features.accounts.service.merging import merge_people
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, PairMemory, Participant
from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.rules.remembering import giver_mark, receiver_mark
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import complete_exchange
from kinkeeper.features.exchanges.service.holding import put_on_list
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.planning import change_plan
from kinkeeper.features.exchanges.service.removing import remove_person
from kinkeeper.features.exchanges.service.ruling import DrawWishes, wish_draw
from tests.factories import make_exchange, make_participant, make_person

DAYS = (date(2025, 12, 24), date(2026, 12, 20))
"""Of past gifts; these are given on 24 December 2026, until somebody says that it is the 15th."""


@pytest.fixture
def known(stage, olga):
    """Ana, Ben, Cleo, Dan and a child, Kid, on a closed list; the child is in the book twice."""
    with stage() as session:
        exchange = make_exchange(session, people=4, organiser=olga)
        circle = session.get_one(Circle, exchange.circle_id)
        found = {one.name: one for one in session.scalars(select(Person))}
        for name in ("Kid", "Kid too"):
            found[name] = make_person(session, name, circle=circle, email=None)
            session.add(Guardian(ward_id=found[name].id, guardian_id=found["Ana"].id))
        found["Zoe"] = make_person(session, "Zoe", circle=circle)
        make_participant(session, exchange, person=found["Kid"])
        ids = {name: person.id for name, person in found.items()}
    return {**ids, "exchange": exchange.id, "circle": circle.id}


@pytest.fixture
def remember(stage, known):
    """`remember(True)`: the child gave to Ana in past years; False: to Zoe, who is not on this list."""

    def remember(gave: bool) -> None:
        with stage() as session:
            series = session.get_one(Exchange, known["exchange"]).series_id
            kid, other = (session.get_one(Person, known[one]) for one in ("Kid", "Ana" if gave else "Zoe"))
            marks = {
                "giver_mark": giver_mark(series, kid.id, kid.email),
                "receiver_mark": receiver_mark(series, other.id, other.email),
            }
            session.add_all(PairMemory(series_id=series, gifts_on=day, **marks) for day in DAYS)

    return remember


@pytest.fixture
def promise(session):
    """`promise(exchange_id)` is what stands on everybody's page."""

    def look(exchange_id) -> str | None:
        exchange = session.get_one(Exchange, exchange_id, populate_existing=True)
        said = queries.promise_of(session, exchange)
        session.rollback()
        return said

    return look


def _seat(session, known, name):
    seats = queries.all_seats(session, known["exchange"])
    found = next(one.id for one in seats if one.person_id == known[name])
    session.rollback()
    return found


def _move(stage, known, name):
    with stage() as staged:
        staged.get_one(Person, known[name]).email = "another@example.org"


ACTS = {
    "two entries become one": lambda one: merge_people(
        one.admin, one.known["Kid"], one.known["Kid too"], steps=STEPS.merge
    ),
    "a giver has an address of their own": lambda one: _move(one.stage, one.known, "Kid"),
    "a receiver's address moves": lambda one: _move(one.stage, one.known, "Ana"),
    "somebody is taken off": lambda one: remove_person(
        one.olga, one.known["exchange"], _seat(one.session, one.known, "Ana")
    ),
    "somebody is erased": lambda one: erase_person(one.admin, one.known["Kid"], steps=ERASE_STEPS),
    "fewer years are avoided": lambda one: wish_draw(
        one.olga, one.known["exchange"], DrawWishes(Shape.ANY, 0, publishes_draw=False)
    ),
    "the gifts are given before a day that is remembered": lambda one: change_plan(
        one.olga, one.known["exchange"], {"gifts_on": date(2026, 12, 15)}
    ),
}
KEEPS = {
    "somebody is asked who has not answered": lambda one: put_on_list(
        one.olga, one.known["exchange"], "Pip", one.known["Ben"]
    ),
    "people live together by the book": lambda one: make_household(
        one.admin, one.known["circle"], "Oak Road", [one.known["Kid"], one.known["Ana"]]
    ),
    "the title changes": lambda one: change_plan(one.olga, one.known["exchange"], {"title": "Yule"}),
}


class Scene:
    """All that an act may need."""

    def __init__(self, **things):
        self.__dict__.update(things)


@pytest.mark.parametrize("gave", [True, False], ids=["gave", "did not give"])
@pytest.mark.parametrize(("act", "changes"), [*((a, True) for a in ACTS), *((a, False) for a in KEEPS)])
def test_the_promise_changes_with_an_act_whoever_gave_to_whom(
    stage, admin, olga, session, known, remember, promise, act, changes, gave
):
    close_exchange(olga, known["exchange"])
    remember(gave)
    before = promise(known["exchange"])
    scene = Scene(stage=stage, admin=admin, olga=olga, session=session, known=known)
    (ACTS | KEEPS)[act](scene)
    assert (promise(known["exchange"]) != before) is changes


@pytest.mark.parametrize("gave", [True, False], ids=["gave", "did not give"])
def test_the_end_of_the_year_before_changes_it_as_well(stage, olga, session, promise, now, gave):
    """Its pairs are remembered from then on; of people who were erased since none is, not even a row."""
    with stage() as staged:
        first = make_exchange(staged, people=6, organiser=olga, state=ExchangeState.CLOSED)
    draw_names(olga, first.id)
    now.advance(days=23)
    standing = queries.standing(session, first.id)
    seats = {seat.id: seat.person_id for seat in standing.seats}
    giver, receiver = next(iter(standing.receivers.items()))
    meets = {giver, receiver, next(one for one, to in standing.receivers.items() if to == giver)}
    other = receiver if gave else next(one for one in seats if one not in meets)
    both = [seats[giver], seats[other]]
    session.rollback()
    with stage() as staged:
        facts = {"series_id": first.series_id, "closes_on": date(2027, 12, 1), "gifts_on": date(2027, 12, 24)}
        later = make_exchange(staged, people=0, organiser=olga, **facts)
        for one in both:
            make_participant(staged, later, person=staged.get_one(Person, one))
        if not gave:
            for seat in staged.scalars(select(Participant).where(Participant.exchange_id == first.id)):
                seat.person_id = None
    close_exchange(olga, later.id)
    before = promise(later.id)
    complete_exchange(olga, first.id)
    assert promise(later.id) != before
