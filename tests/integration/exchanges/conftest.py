"""Scenes that tests of exchanges begin with."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service import belongings
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.repairing import add_late
from tests.factories import guest, make_account, make_answer, make_exchange
from tests.integration.web.support import bearer, keep_house, without_lock


@pytest.fixture
def admin(stage):
    """The administrator, so that pages do not lead to set-up."""
    with stage() as session:
        return keep_house(session)


@pytest.fixture
def olga(stage, admin):
    """She organises."""
    with stage() as session:
        return make_account(session, "Olga")


@pytest.fixture
def program(client_of, olga):
    """A client that sends Olga's token with everything."""
    client = client_of(None)
    client.environ_base["HTTP_AUTHORIZATION"] = bearer(olga)["Authorization"]
    return client


@pytest.fixture
def exchange(stage, olga):
    """Olga's exchange, which takes people; Ana, Ben, Cleo and Dan are in."""
    with stage() as session:
        return make_exchange(session, people=4, organiser=olga)


@pytest.fixture
def place(session, exchange):
    """`place("Ben")` answers his place in it as it is now; nobody's is Ana's."""

    def find(name="Ana"):
        named = select(Participant).where(Participant.exchange_id == exchange.id, Participant.name == name)
        return session.scalars(named.execution_options(populate_existing=True)).one()

    return find


@pytest.fixture
def ana(session, place):
    """Ana's browser, let in by a link to the address that she has."""
    return guest(session.get_one(Person, place().person_id))


@pytest.fixture
def closed(stage, olga):
    """Olga's exchange; Ana, Ben, Cleo, Dan, Eve and Finn are in, and nothing is drawn."""
    with stage() as session:
        return make_exchange(session, people=6, organiser=olga, state=ExchangeState.CLOSED)


@pytest.fixture
def drawn(olga, closed):
    """The same, once the names are drawn."""
    draw_names(olga, closed.id)
    return closed


@pytest.fixture
def seat(session, closed):
    """`seat("Ana")` answers her place's id, also of those who came late."""

    def find(name):
        named = select(Participant.id).where(Participant.exchange_id == closed.id, Participant.name == name)
        return session.scalars(named).one()

    return find


@pytest.fixture
def come_late(stage, olga):
    """`come_late(exchange.id, joining)` puts somebody on the list, who says yes; answers their place."""

    def come(exchange_id, joining, apart_from=()):
        seat_id = add_late(olga, exchange_id, joining, apart_from)
        with stage() as session:
            make_answer(session, seat_id)
        return seat_id

    return come


@pytest.fixture
def without_locks(engine, monkeypatch):
    """Neither the lock of exchanges nor that of whoever is erased or merged."""
    monkeypatch.setattr(belongings, "_hold", lambda _work, *_person_ids, **_along: None)
    with without_lock(monkeypatch, queries, "exchange_for_change", Exchange):
        yield
