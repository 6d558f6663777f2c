"""Closing and opening again: only the organiser, only where it fits (SK-25, SK-30, SK-31)."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import Joining, join
from kinkeeper.features.exchanges.service.organising import (
    AlreadyClosed,
    AlreadyDrawn,
    AlreadyOpen,
    close_exchange,
    open_exchange,
)
from kinkeeper.features.exchanges.service.refusals import StillOpen
from kinkeeper.features.exchanges.service.ruling import keep_apart
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import NotFound
from tests.factories import guest, make_account, make_exchange, make_person
from tests.integration.web.support import MISSING, at_once, fill_in, fingerprint, problems_among


def state(session, exchange) -> ExchangeState:
    return session.get_one(Exchange, exchange.id, populate_existing=True).state


def test_closed_and_open_again_as_often_as_one_likes(olga, exchange, session):
    for _ in range(2):
        close_exchange(olga, exchange.id)
        assert state(session, exchange) is ExchangeState.CLOSED
        open_exchange(olga, exchange.id)
        assert state(session, exchange) is ExchangeState.OPEN


def test_the_page_does_it_and_says_so(client_of, olga, exchange, session):
    client, path = client_of(olga), f"/exchanges/{exchange.id}"
    answer = fill_in(client, f"{path}/close")
    assert (answer.status_code, answer.location) == (303, path)
    assert "Nobody else can join now" in client.get(path).text
    assert fill_in(client, f"{path}/open").status_code == 303
    assert state(session, exchange) is ExchangeState.OPEN


def test_doing_it_twice_is_a_conflict(client_of, olga, exchange, session):
    """SK-25."""
    with pytest.raises(AlreadyOpen):
        open_exchange(olga, exchange.id)
    close_exchange(olga, exchange.id)
    with pytest.raises(AlreadyClosed):
        close_exchange(olga, exchange.id)
    page = fill_in(client_of(olga), f"/exchanges/{exchange.id}/close")
    assert page.status_code == 409
    assert "closed already" in page.text


def test_of_many_at_the_same_moment_one_closes(olga, exchange):
    results = at_once(*(lambda: close_exchange(olga, exchange.id) for _ in range(6)))
    assert problems_among(results) == ["AlreadyClosed"] * 5


def test_what_is_drawn_stays_drawn(olga, exchange, session):
    """SK-31."""
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    before = fingerprint(session)
    for verb in (close_exchange, open_exchange, draw_names):
        with pytest.raises(AlreadyDrawn):
            verb(olga, exchange.id)
    assert fingerprint(session) == before


def test_strangers_participants_and_nobody_find_nothing(stage, exchange, session):
    """T-39: the same as for an exchange that is not there."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ana = guest(make_person(staged, "Ana"))
    before = fingerprint(session)
    for actor in (stranger, ana, ANONYMOUS):
        for verb in (close_exchange, open_exchange, draw_names):
            for exchange_id in (exchange.id, UUID(MISSING)):
                with pytest.raises(NotFound):
                    verb(actor, exchange_id)
    assert fingerprint(session) == before


def test_the_administrator_may(admin, exchange, session):
    """SK-1."""
    close_exchange(admin, exchange.id)
    assert state(session, exchange) is ExchangeState.CLOSED


def test_joining_while_it_is_closed_or_drawn_is_before_or_after(olga, exchange, session):
    """T-56: nobody slips into an exchange between its closing and its draw."""

    def close_and_draw():
        close_exchange(olga, exchange.id)
        draw_names(olga, exchange.id)

    def come(number):
        wanted = Joining(name=f"Z{'o' * number}e", email=f"z{number}@example.org", wishes="", language="en")
        join(ANONYMOUS, exchange.slug, wanted, address=f"192.0.2.{number}")

    results = at_once(close_and_draw, *(lambda n=n: come(n) for n in range(1, 6)))
    assert set(problems_among(results)) <= {"RegistrationClosed"}
    assert results[0] is None
    row = session.get_one(Exchange, exchange.id, populate_existing=True)
    from sqlalchemy import select

    from kinkeeper.features.exchanges.models import Assignment, Participant

    seats = list(session.scalars(select(Participant)))
    assert len(seats) == 4 + results.count(None) - 1
    drawn = set(session.scalars(select(Assignment.giver_id)))
    assert drawn == {seat.id for seat in seats if seat.confirmed_at is not None}
    assert row.state is ExchangeState.DRAWN


def test_an_open_exchange_is_not_drawn_by_the_page_either(client_of, olga, exchange, session):
    """SK-35: the refusal says what to do."""
    with pytest.raises(StillOpen):
        draw_names(olga, exchange.id)
    page = fill_in(client_of(olga), f"/exchanges/{exchange.id}/draw")
    assert page.status_code == 409
    assert "still open" in page.text
    assert state(session, exchange) is ExchangeState.OPEN


def test_the_organiser_s_page_takes_few_statements_however_many_are_in(
    client_of, stage, session, olga, queries_at_most
):
    with stage() as staged:
        exchange = make_exchange(staged, people=40, organiser=olga)
    client = client_of(olga)
    with queries_at_most(10):
        assert client.get(f"/exchanges/{exchange.id}").status_code == 200
    first, second = session.scalars(select(Participant.id).limit(2))
    keep_apart(olga, exchange.id, first, second, both_ways=True)
    with queries_at_most(18):  # and whether the rules leave a way
        assert client.get(f"/exchanges/{exchange.id}").status_code == 200
