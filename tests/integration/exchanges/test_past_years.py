"""Past years are avoided in silence: nothing that an organiser can try tells who gave to whom (G5, T-14)."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Draw, Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import Shape, sealing
from kinkeeper.features.exchanges.schemas.draws import OutlookOut
from kinkeeper.features.exchanges.service.drawing import draw_names, redraw_names
from kinkeeper.features.exchanges.service.ending import complete_exchange
from kinkeeper.features.exchanges.service.ruling import DrawWishes, keep_apart, lift_pair, wish_draw
from kinkeeper.kernel.db import new_id
from tests.factories import make_exchange


def another_year(stage, olga, before, year):
    """The same people in the same series."""
    with stage() as staged:
        seats = [
            seat.person_id
            for seat in staged.scalars(
                select(Participant).where(Participant.exchange_id == before.id).order_by(Participant.id)
            )
        ]
        exchange = make_exchange(
            staged,
            people=0,
            organiser=olga,
            state=ExchangeState.CLOSED,
            series_id=before.series_id,
            gifts_on=date(year, 12, 24),
            closes_on=date(year, 12, 1),
        )
        for person_id in seats:
            person = staged.get_one(Person, person_id)
            staged.add(
                Participant(
                    id=new_id(),
                    exchange_id=exchange.id,
                    person_id=person_id,
                    name=person.name,
                    wishes="",
                    language="en",
                    salt=new_id().bytes,
                    joined_at=exchange.created_at,
                    confirmed_at=exchange.created_at,
                )
            )
            staged.flush()
    return exchange


def pairs(session, exchange) -> set:
    stood = queries.standing(session, exchange.id)
    name_of = {seat.id: seat.name for seat in stood.seats}
    return {(name_of[giver], name_of[receiver]) for giver, receiver in stood.receivers.items()}


def test_nobody_gives_to_whom_they_gave_to_lately(olga, stage, session, now):
    """G5."""
    with stage() as staged:
        first = make_exchange(staged, people=6, organiser=olga, state=ExchangeState.CLOSED)
    draw_names(olga, first.id)
    now.advance(days=23)
    complete_exchange(olga, first.id)
    second = another_year(stage, olga, first, 2027)
    draw_names(olga, second.id)
    assert not pairs(session, first) & pairs(session, second)


def test_past_years_that_would_tell_every_match_are_let_go_and_the_page_says_so(
    olga, stage, session, client_of, now
):
    """T-19: whoever remembers last Christmas would know the whole draw of three people."""
    with stage() as staged:
        first = make_exchange(staged, people=3, organiser=olga, state=ExchangeState.CLOSED)
    draw_names(olga, first.id)
    now.advance(days=23)
    complete_exchange(olga, first.id)
    second = another_year(stage, olga, first, 2027)
    page = client_of(olga).get(f"/exchanges/{second.id}/rules").text
    assert "let go where somebody would be left just one person" in page
    draw_names(olga, second.id, seed=bytes(32))
    drawn = {frozenset(pairs(session, second))}
    session.commit()
    for seed in range(1, 12):
        now.advance(hours=5)
        redraw_names(olga, second.id, "Try again", seed=bytes([seed]) * 32)
        drawn.add(frozenset(pairs(session, second)))
        session.commit()
    assert len(drawn) == 2, "all that three people can do"


def test_a_draw_to_be_published_avoids_no_past_years_and_tells_none(olga, stage, session, now):
    with stage() as staged:
        first = make_exchange(staged, people=4, organiser=olga, state=ExchangeState.CLOSED)
    draw_names(olga, first.id)
    now.advance(days=23)
    complete_exchange(olga, first.id)
    for publishes in (False, True):
        second = another_year(stage, olga, first, 2027)
        with stage() as staged:
            staged.get_one(Exchange, second.id).publishes_draw = publishes
        draw_names(olga, second.id)
        draw = session.scalars(select(Draw).where(Draw.exchange_id == second.id)).one()
        past = json.loads(sealing.document_of(draw.id, draw.document_sealed))["past"]
        assert [len(year) for year in past] == ([] if publishes else [4, 0, 0])


def test_no_rule_that_is_tried_tells_whom_somebody_gave_to_last_year(olga, stage, session, client_of, now):
    """T-14: leave Ana one receiver after the other, and the outlook is as if there had been no last year."""
    with stage() as staged:
        first = make_exchange(staged, people=5, organiser=olga, state=ExchangeState.CLOSED)
    draw_names(olga, first.id)
    now.advance(days=23)
    complete_exchange(olga, first.id)
    second = another_year(stage, olga, first, 2027)
    ana, *others = [seat.id for seat in queries.confirmed_seats(session, second.id)]
    session.commit()

    def outlook(years):
        wish_draw(olga, second.id, DrawWishes(Shape.ANY, years, publishes_draw=False))
        page = queries.rules_page(session, olga, second.id)
        said = OutlookOut.of(page.outlook, page.ways, "").model_dump()
        session.commit()
        session.expire_all()
        return said

    for left in others:
        barred = [other for other in others if other != left]
        for other in barred:
            keep_apart(olga, second.id, ana, other, both_ways=False)
        assert outlook(3) == outlook(0) == outlook(3)
        assert "past years cannot" not in client_of(olga).get(f"/exchanges/{second.id}/rules").text
        for other in barred:
            lift_pair(olga, second.id, ana, other)
