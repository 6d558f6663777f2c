"""What the house keeps of somebody: to see, to take along, to erase."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.app.features import ERASE_STEPS
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.service.people import HasAccount, erase_oneself
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform.audit import AuditEntry
from tests.factories import guest, make_account, make_exchange
from tests.integration.web.support import MISSING, fill_in, fingerprint, keep_house


@pytest.fixture
def olga(stage):
    with stage() as session:
        keep_house(session)
        return make_account(session, "Olga")


@pytest.fixture
def exchange(stage, olga):
    with stage() as session:
        return make_exchange(session, people=4, organiser=olga)


@pytest.fixture
def ana(session, exchange):
    person = session.scalars(select(Person).where(Person.name == "Ana")).one()
    session.commit()
    return guest(person)


def test_a_guest_sees_and_takes_along_what_is_kept(client_of, ana):
    client = client_of(ana)
    page = client.get("/my/data").text
    assert "ana@example.org" in page
    assert "Ana would like a book" in page
    (kept,) = client.get("/my/data.json").json
    assert kept["accounts"]["email"] == "ana@example.org"
    assert kept["exchanges"]["exchanges"][0]["wishes"] == "Ana would like a book"


def test_nobody_s_wishes_but_one_s_own(client_of, ana, olga, exchange):
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    said = client_of(ana).get("/my/data.json").text
    assert said.count("would like") == 1


def test_whoever_asks_is_forgotten_at_once(client_of, ana, session, exchange):
    client = client_of(ana)
    answer = fill_in(client, f"/my/data/{ana.guest_id}/erase")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "You are forgotten here" in client.get(answer.location).text
    assert session.scalars(select(Person).where(Person.name == "Ana")).all() == []
    assert "Ana" not in [seat.name for seat in queries.all_seats(session, exchange.id)]
    names = session.scalars(select(AuditEntry.actor_name).where(AuditEntry.action == "person.erased"))
    assert list(names) == ["somebody"]
    assert client.get("/my/data").status_code == 302


def test_after_the_draw_the_place_stays_without_the_name(client_of, ana, olga, session, exchange):
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    fill_in(client_of(ana), f"/my/data/{ana.guest_id}/erase")
    seats = queries.all_seats(session, exchange.id)
    assert sorted(seat.name for seat in seats) == ["Ben", "Cleo", "Dan", "Somebody who left"]


def test_an_account_is_not_erased_by_a_click(client_of, olga, session):
    assert "an administrator has to erase you" in client_of(olga).get("/my/data").text
    before = fingerprint(session)
    with pytest.raises(HasAccount):
        erase_oneself(olga, olga.person_id, steps=ERASE_STEPS)
    assert fingerprint(session) == before


def test_nobody_erases_anybody_else(client_of, ana, olga, session, exchange):
    """T-39: foreign and missing are the same."""
    ben = session.scalars(select(Person.id).where(Person.name == "Ben")).one()
    session.commit()
    browser = client_of(ana)
    before = fingerprint(session)
    for actor in (ana, olga, ANONYMOUS):
        with pytest.raises(NotFound):
            erase_oneself(actor, ben, steps=ERASE_STEPS)
    for person_id in (ben, MISSING):
        assert fill_in(browser, f"/my/data/{person_id}/erase").status_code == 404
    assert fingerprint(session) == before
