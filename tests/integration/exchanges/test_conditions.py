"""What the organiser's page says of a draw's rules is true of the draw, and tells nothing of it (ADR 14)."""

from __future__ import annotations

import html

import pytest
from sqlalchemy import select

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Draw, Exchange, ExchangeState
from kinkeeper.features.exchanges.rules import Quality, Shape
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import complete_exchange
from kinkeeper.features.exchanges.service.repairing import drop_out
from kinkeeper.features.exchanges.service.ruling import keep_apart, keep_household_apart, lift_pair
from tests.factories import make_exchange
from tests.integration.exchanges.test_past_years import another_year

NONE_WERE, EVEN = "There were none: anybody could draw anybody.", "All draws that were possible were equally"


@pytest.fixture
def said(client_of, olga):
    """`said(exchange)` answers what stands under "Rules of the draw" on the organiser's page."""

    def look(exchange) -> str:
        page = html.unescape(client_of(olga).get(f"/exchanges/{exchange.id}").text)
        return page.partition("<span>Rules of the draw</span>")[2].partition("</section>")[0]

    return look


def set_on(stage, exchange, **said):
    with stage() as session:
        for name, value in said.items():
            setattr(session.get_one(Exchange, exchange.id), name, value)


def test_without_any_rule_anybody_could_draw_anybody(said, drawn):
    assert NONE_WERE in said(drawn)
    assert EVEN in said(drawn)


@pytest.mark.parametrize(
    ("shape", "before", "after"),
    [
        (Shape.ONE_LOOP, "The gifts are to go round in one big loop.", "go round in one big loop."),
        (Shape.NO_MUTUAL, "No two people are to give to each other.", "so that no two people give to each"),
    ],
)
def test_a_shape_is_told_of_before_and_after(said, stage, olga, closed, shape, before, after):
    set_on(stage, closed, shape=shape)
    assert before in said(closed)
    draw_names(olga, closed.id)
    assert NONE_WERE not in said(closed)
    assert "No rule kept anybody apart." in said(closed)
    assert after in said(closed)


def test_rules_are_those_that_the_names_were_drawn_by(said, olga, closed, seat):
    keep_apart(olga, closed.id, seat("Ana"), seat("Ben"), both_ways=False)
    keep_household_apart(olga, closed.id, "Oak Road", [seat("Cleo"), seat("Dan")])
    assert "2 rules keep people apart." in said(closed)
    draw_names(olga, closed.id)
    lift_pair(olga, closed.id, seat("Ana"), seat("Ben"))
    assert "2 rules kept people apart." in said(closed)


def test_past_years_are_named_and_then_nothing_is_said_of_chances(said, stage, olga, now, session):
    """How even they were would follow past pairs, and tell them to who tries one rule after the other."""
    with stage() as staged:
        first = make_exchange(staged, people=6, organiser=olga, state=ExchangeState.CLOSED)
    assert "past years" not in said(first), "there are none"
    draw_names(olga, first.id)
    now.advance(days=24)
    complete_exchange(olga, first.id)
    second = another_year(stage, olga, first, 2027)
    assert "Pairs of past years are avoided" in said(second)
    draw_names(olga, second.id)
    assert "Pairs of past years were avoided as far as that could be." in said(second)
    for quality in Quality:
        with stage() as staged:
            for draw in staged.scalars(select(Draw).where(Draw.exchange_id == second.id)):
                draw.quality = quality
        if quality is Quality.EXACT:
            shown = said(second)
        assert said(second) == shown


def test_who_avoids_no_past_years_reads_how_even_the_chances_were(said, stage, drawn, session):
    shown = set()
    for quality in Quality:
        with stage() as staged:
            staged.scalars(select(Draw).where(Draw.exchange_id == drawn.id)).one().quality = quality
        shown.add(said(drawn))
    assert len(shown) == len(Quality)
    with stage() as staged:
        staged.scalars(select(Draw).where(Draw.exchange_id == drawn.id)).one().quality = Quality.CAPPED
    assert "It cannot be said that all possible draws were equally likely." in said(drawn)


def test_a_repair_changes_nothing_of_what_is_said(said, stage, olga, drawn, seat, session):
    """How it was made depends on who gives to whom (T-14)."""
    before = said(drawn)
    drop_out(olga, drawn.id, seat("Finn"))
    with stage() as staged:
        staged.scalars(select(Draw).where(Draw.version == 2)).one().quality = Quality.CAPPED
    assert said(drawn) == before
    assert queries.newest_draw(session, drawn.id).quality is Quality.CAPPED
