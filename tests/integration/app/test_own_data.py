"""What the house keeps of somebody: to see, to take along, to erase."""

from __future__ import annotations

import html
from datetime import datetime

import pytest
from sqlalchemy import select

from kinkeeper.app.features import ERASE_STEPS
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.service.erasing import erase_oneself
from kinkeeper.features.accounts.service.people import HasAccount
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.features.exchanges.rules.wishing import Priority
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.holding import hold_place
from kinkeeper.features.exchanges.service.opening import open_match
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.wishing import Wanted, add_wish
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
    assert "Yes, forget me" not in client_of(olga).get("/my/data").text
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


def leaves(kept, *, path=""):
    """Every piece of text in the download, with where it stands."""
    if isinstance(kept, dict):
        for name, inner in kept.items():
            yield from leaves(inner, path=f"{path}.{name}")
    elif isinstance(kept, list):
        for inner in kept:
            yield from leaves(inner, path=path)
    elif kept is not None:
        yield path, kept


@pytest.mark.parametrize("who", ["ana", "olga"])
def test_the_page_says_all_that_the_download_says(client_of, ana, olga, exchange, session, stage, who):
    """Names and words as they are; days and moments written out, and what is one of a few in words."""
    seat = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
    add_wish(ana, seat.id, Wanted(text="A kite", url="https://shop.example.org/kite", priority=Priority.LOVE))
    hold_place(ana, seat.id, "Wilhelmina")
    with stage() as staged:
        staged.get_one(Exchange, exchange.id).description = "Home-made is welcome."
        staged.get_one(Participant, seat.id).invited_by = "Olga"
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    open_match(ana, seat.id)
    client = client_of({"ana": ana, "olga": olga}[who])
    page = html.unescape(client.get("/my/data").text)
    in_words = ("language", "state", "priority", "zone")
    for path, said in leaves(client.get("/my/data.json").json):
        if isinstance(said, bool) or path.endswith(in_words):
            continue
        try:
            moment = datetime.fromisoformat(str(said))
        except ValueError:
            assert str(said) in page, path
        else:
            assert f"{moment.day} {moment:%b}" in page, path
    if who == "ana":
        assert "I would love it" in page
        assert "Reminders" in page


def test_the_match_waits_behind_a_click(client_of, ana, olga, exchange, session):
    """Somebody may read over a shoulder; and before it was asked for, it is not there (SK-6)."""
    seat = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    assert "Whom do you give to?" not in client_of(ana).get("/my/data").text
    open_match(ana, seat.id)
    page = client_of(ana).get("/my/data").text
    kept = client_of(ana).get("/my/data.json").json
    receiver = kept[0]["exchanges"]["exchanges"][0]["gives_to"]
    asked = page.partition("Whom do you give to?")
    assert receiver not in asked[0].partition("<main")[2]
    assert receiver in asked[2]
