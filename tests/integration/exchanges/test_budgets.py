"""Acts that write to many have a budget: nobody's mailbox is filled by going round in circles (T-9)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.models import ExchangeOrganiser, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.service.again import begin_again
from kinkeeper.features.exchanges.service.drawing import REDRAWS, redraw_names
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.holding import PER_READER, hold_place, release_held
from kinkeeper.features.exchanges.service.organising import ASKING, JoiningOver, open_exchange
from kinkeeper.features.exchanges.service.planning import BadTitle, change_plan
from kinkeeper.features.exchanges.service.refusals import DrawnMeanwhile, NotInTheDraw
from kinkeeper.features.exchanges.service.revealing import PER_GIVER, reveal_match
from kinkeeper.features.exchanges.service.ruling import DrawWishes, TooLateToName, wish_draw
from kinkeeper.features.exchanges.service.telling import PER_EXCHANGE, Telling
from kinkeeper.kernel.errors import NotFound, TooMany
from kinkeeper.platform.limits import Spending
from tests.factories import guest, make_account, make_exchange, make_participant
from tests.integration.web.support import fill_in


@pytest.fixture
def spent(session):
    """`spent()` answers how many tries have been used up, over all budgets."""

    def look():
        found = sum(session.scalars(select(Spending.spent)))
        session.commit()
        return found

    return look


def refused_after(budget, act):
    for _ in range(budget.amount):
        act()
    with pytest.raises(TooMany):
        act()


def test_all_names_are_drawn_anew_a_few_times_a_day(drawn, olga, client_of, outbox, now):
    """Each time everybody gets a letter; who comes too often is told so in the form, and keeps the reason."""
    refused_after(REDRAWS, lambda: redraw_names(olga, drawn.id, "A mistake"))
    written = len(outbox())
    fields = {"reason": "Once more", "after": "7"}
    page = fill_in(client_of(olga), f"/exchanges/{drawn.id}/redraw", **fields)
    assert (page.status_code, len(outbox())) == (429, written)
    now.advance(days=1)
    redraw_names(olga, drawn.id, "A mistake")


def test_a_redraw_that_fails_costs_nothing(drawn, olga, stage, spent):
    with pytest.raises(DrawnMeanwhile):
        redraw_names(olga, drawn.id, "A mistake", after=7)
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
    with pytest.raises(NotFound):
        redraw_names(stranger, drawn.id, "A mistake")
    assert spent() == 0


def test_a_match_is_looked_up_a_few_times_a_day(drawn, olga, seat, now, stage, spent):
    """The giver gets a letter each time; other givers are looked up all the same."""
    ana, ben = seat("Ana"), seat("Ben")
    with stage() as staged:
        late = make_participant(staged, drawn, "Zoe", confirmed=False)
    with pytest.raises(NotInTheDraw):
        reveal_match(olga, drawn.id, late.id, "She is ill")
    assert spent() == 0
    refused_after(PER_GIVER, lambda: reveal_match(olga, drawn.id, ana, "She is ill"))
    reveal_match(olga, drawn.id, ben, "He is ill")
    now.advance(days=1)
    reveal_match(olga, drawn.id, ana, "She is ill")


def test_the_same_again_is_not_opened_and_called_off_without_end(drawn, olga, outbox, now):
    """Everybody of last year is asked each time, and told that it is called off."""

    def round_trip():
        again = begin_again(olga, drawn.id, {})
        open_exchange(olga, again)
        cancel_exchange(olga, again)

    refused_after(ASKING, round_trip)
    now.advance(days=1)
    open_exchange(olga, begin_again(olga, drawn.id, {"gifts_on": date(2028, 12, 24)}))


def test_an_opening_that_fails_or_writes_to_nobody_costs_nothing(olga, stage, spent):
    with stage() as staged:
        days = {"closes_on": date(2026, 11, 1), "state": ExchangeState.DRAFT}
        late = make_exchange(staged, people=3, organiser=olga, **days)
        closed = make_exchange(staged, people=0, organiser=olga, state=ExchangeState.CLOSED)
    with pytest.raises(JoiningOver):
        open_exchange(olga, late.id)
    open_exchange(olga, closed.id)
    assert spent() == 0


def test_everybody_hears_of_changes_so_often_and_no_more(olga, stage, now):
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga)
    days = iter(range(10_000))

    def move():
        now.advance(minutes=11)
        change_plan(
            olga, exchange.id, {"gifts_on": date.fromordinal(date(2027, 1, 1).toordinal() + next(days))}
        )

    def turn():
        now.advance(minutes=11)
        is_on = next(days) % 4 == 1
        wish_draw(olga, exchange.id, DrawWishes(Shape.ANY, 3, publishes_draw=False, names_in_letters=is_on))

    for _ in range(PER_EXCHANGE.amount // 2):
        move()
        turn()
    for act in (move, turn):
        with pytest.raises(TooMany):
            act()


def test_what_nobody_is_told_of_and_what_is_refused_costs_nothing(olga, stage, spent):
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga)
        closed = make_exchange(staged, people=0, organiser=olga, state=ExchangeState.CLOSED)
    change_plan(olga, exchange.id, {"gifts_on": date(2026, 12, 26)}, telling=Telling.NO)
    change_plan(olga, exchange.id, {"budget": "a penny", "gifts_on": date(2026, 12, 26)})
    wish_draw(olga, exchange.id, DrawWishes(Shape.ONE_LOOP, 3, publishes_draw=False))
    with pytest.raises(BadTitle):
        change_plan(olga, exchange.id, {"title": ""}, telling=Telling.YES)
    with pytest.raises(TooLateToName):
        wish_draw(olga, closed.id, DrawWishes(Shape.ANY, 3, publishes_draw=False, names_in_letters=True))
    assert spent() == 0


def test_nobody_is_put_on_the_list_and_taken_off_without_end(olga, stage, session, outbox):
    """Organisers who asked hear of each."""
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga)
        staged.execute(update(ExchangeOrganiser).values(hears_of_joining=True, hears_of_leaving=True))
        ana = staged.query(Participant).filter_by(name="Ana", exchange_id=exchange.id).one()
        actor, seat_id = guest(staged.get_one(Person, ana.person_id)), ana.id

    def round_trip():
        release_held(actor, hold_place(actor, seat_id, "Mia"))

    refused_after(PER_READER, round_trip)
    assert len(outbox()) == PER_READER.amount, "who is forgotten takes the news of their coming along"
