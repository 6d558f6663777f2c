"""How an exchange ends: completed after its day, or called off (SK-36)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.jobs import complete_in_time
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import (
    NotDrawn,
    NotYetGiven,
    cancel_exchange,
    complete_exchange,
)
from kinkeeper.features.exchanges.service.organising import AlreadyOver, close_exchange, open_exchange
from kinkeeper.features.exchanges.service.wishing import write_wishes
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound
from tests.factories import guest, make_account, make_exchange, make_participant, make_person
from tests.integration.web.support import (
    at_once,
    bearer,
    carry_letters,
    fill_in,
    fingerprint,
    path_in,
    problems_among,
)


@pytest.fixture
def drawn(stage, olga):
    with stage() as session:
        exchange = make_exchange(session, people=4, organiser=olga)
        make_participant(session, exchange, "Zoe", confirmed=False)
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    return exchange


def state(session, exchange) -> ExchangeState:
    return session.get_one(Exchange, exchange.id, populate_existing=True).state


def test_an_organiser_says_that_the_gifts_are_given(client_of, olga, drawn, session, now):
    now.advance(days=23)
    client, path = client_of(olga), f"/exchanges/{drawn.id}"
    assert f"{path}/complete" in client.get(path).text
    assert fill_in(client, f"{path}/complete").status_code == 303
    page = client.get(path).text
    assert "It is over" in page
    assert "/cancel" not in page
    row = session.get_one(Exchange, drawn.id, populate_existing=True)
    assert (row.state, row.ended_at is not None) == (ExchangeState.COMPLETED, True)


def test_nothing_is_over_before_the_day_of_its_gifts_in_its_zone(client_of, olga, drawn, session, now):
    """SK-36, SK-98: the purge would count from a day before anybody has given anything."""
    now.advance(days=22, hours=14, minutes=59)
    before = fingerprint(session)
    with pytest.raises(NotYetGiven):
        complete_exchange(olga, drawn.id)
    assert fingerprint(session) == before
    client, path = client_of(olga), f"/exchanges/{drawn.id}"
    assert f"{path}/complete" not in client.get(path).text
    refused = fill_in(client, f"{path}/complete")
    assert refused.status_code == 409
    assert "Until then it cannot be over" in refused.text
    now.advance(minutes=1)
    complete_exchange(olga, drawn.id)
    assert state(session, drawn) is ExchangeState.COMPLETED


def test_what_was_never_drawn_is_not_completed(stage, olga, session):
    for state_then in (ExchangeState.DRAFT, ExchangeState.OPEN, ExchangeState.CLOSED):
        with stage() as staged:
            exchange = make_exchange(staged, people=0, organiser=olga, state=state_then)
        with pytest.raises(NotDrawn):
            complete_exchange(olga, exchange.id)
        assert state(session, exchange) is state_then


def test_it_is_completed_by_itself_on_the_day_after_in_its_zone(olga, drawn, session, now):
    """SK-36: the clock of London stands; it is the first of December, nine in the morning."""
    now.advance(days=23, hours=14)
    complete_in_time.run(SYSTEM)
    assert state(session, drawn) is ExchangeState.DRAWN
    now.advance(hours=1, minutes=1)
    complete_in_time.run(SYSTEM)
    assert state(session, drawn) is ExchangeState.COMPLETED


def test_givers_still_see_their_match_when_it_is_over(client_of, olga, drawn, session, now):
    from kinkeeper.features.accounts.models import Person
    from kinkeeper.features.exchanges.models import Participant

    now.advance(days=23)
    complete_exchange(olga, drawn.id)
    ana = session.query(Participant).filter_by(name="Ana").one()
    client = client_of(guest(session.get_one(Person, ana.person_id)))
    page = client.get(fill_in(client, f"/my/{ana.id}/match").location)
    assert "You give to" in page.text
    assert "Write my wishes down" not in page.text


def test_calling_it_off_tells_everybody_who_was_in_once(client_of, olga, drawn, session, outbox):
    """From the page; Zoe never confirmed, and so counted on nothing."""
    carry_letters()
    before = len(outbox())
    path = f"/exchanges/{drawn.id}"
    assert fill_in(client_of(olga), f"{path}/cancel").status_code == 303
    letters = outbox()[before:]
    assert {letter.kind for letter in letters} == {"exchanges.exchange_cancelled"}
    assert sorted(letter.to for letter in letters) == [
        f"{name}@example.org" for name in ("ana", "ben", "cleo", "dan")
    ]
    assert "It does not take place" in client_of(olga).get(path).text


def test_what_waits_when_it_is_called_off_never_goes(client_of, olga, drawn, outbox):
    """The mail server was out of order: nobody hears of a match that binds nobody, and all hear the end."""
    assert {letter.kind for letter in outbox()} == {"exchanges.match_ready"}
    cancel_exchange(olga, drawn.id)
    assert carry_letters() == 4
    assert {letter.kind for letter in outbox()} == {"exchanges.exchange_cancelled"}


def test_a_link_that_has_left_leads_to_the_news(client_of, olga, drawn, outbox):
    carry_letters()
    path = path_in(outbox()[0])
    cancel_exchange(olga, drawn.id)
    client = client_of(None)
    page = client.get(path).text
    assert "It has been called off" in page
    assert "The names are drawn" not in page
    assert "called off" in client.get(fill_in(client, path).location).text


def test_after_it_was_called_off_nobody_is_told_a_match(client_of, olga, drawn, session):
    from kinkeeper.features.accounts.models import Person
    from kinkeeper.features.exchanges.models import Participant

    cancel_exchange(olga, drawn.id)
    ana = session.query(Participant).filter_by(name="Ana").one()
    page = client_of(guest(session.get_one(Person, ana.person_id))).get(f"/my/{ana.id}")
    assert "called off" in page.text
    assert "You give to" not in page.text


@pytest.mark.parametrize("then", [ExchangeState.DRAFT, ExchangeState.OPEN, ExchangeState.CLOSED])
def test_it_is_called_off_from_every_state(stage, olga, session, then):
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga, state=then)
    cancel_exchange(olga, exchange.id)
    assert state(session, exchange) is ExchangeState.CANCELLED


def test_what_is_over_changes_no_more(olga, drawn, session):
    cancel_exchange(olga, drawn.id)
    before = fingerprint(session)
    for verb in (open_exchange, close_exchange, cancel_exchange, complete_exchange):
        with pytest.raises(AlreadyOver):
            verb(olga, drawn.id)
    ana = session.scalars(select(Participant).where(Participant.name == "Ana")).one()
    with pytest.raises(AlreadyOver):
        write_wishes(guest(session.get_one(Person, ana.person_id)), ana.id, "coal")
    assert fingerprint(session) == before


def test_of_two_who_end_it_at_the_same_moment_one_does(olga, drawn):
    results = at_once(*(lambda: cancel_exchange(olga, drawn.id) for _ in range(4)))
    assert problems_among(results) == ["AlreadyOver"] * 3


def test_strangers_and_participants_end_nothing(stage, drawn, session):
    """T-39."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ana = guest(make_person(staged, "Ana"))
    before = fingerprint(session)
    for actor in (stranger, ana, ANONYMOUS):
        for verb in (complete_exchange, cancel_exchange):
            with pytest.raises(NotFound):
                verb(actor, drawn.id)
    assert fingerprint(session) == before


def test_a_program_completes_and_cancels(client_of, stage, olga, drawn, now):
    now.advance(days=23)
    program = client_of(None)
    program.environ_base["HTTP_AUTHORIZATION"] = bearer(olga)["Authorization"]
    completed = program.post(f"/api/v1/exchanges/{drawn.id}/complete").json["data"]
    assert completed["state"] == "completed"
    assert completed["ended_at"]
    assert program.post(f"/api/v1/exchanges/{drawn.id}/cancel").status_code == 409
    with stage() as session:
        other = make_exchange(session, people=0, organiser=olga)
    cancelled = program.post(f"/api/v1/exchanges/{other.id}/cancel")
    assert cancelled.json["data"]["state"] == "cancelled"


@pytest.mark.parametrize("then", list(ExchangeState)[:-1])
def test_each_state_has_its_pages(client_of, stage, olga, then):
    """The organiser's, the share link's, the lists."""
    from kinkeeper.features.accounts.models import Person
    from tests.factories.accounts import LONG_AGO

    facts = {}
    if then in {ExchangeState.DRAWN, ExchangeState.COMPLETED}:
        facts["drawn_at"] = LONG_AGO
    if then in {ExchangeState.COMPLETED, ExchangeState.CANCELLED}:
        facts["ended_at"] = LONG_AGO
    with stage() as session:
        exchange = make_exchange(session, people=3, organiser=olga, state=then, **facts)
        seat = make_participant(session, exchange, "Hana")
        hana = guest(session.get_one(Person, seat.person_id))
        left = make_participant(session, exchange, "Ida")
        left.withdrawn_at = LONG_AGO
        ida = guest(session.get_one(Person, left.person_id))
    for path in ("/", "/exchanges", f"/exchanges/{exchange.id}", f"/exchanges/{exchange.id}/rules"):
        assert client_of(olga).get(path).status_code == 200, path
    for path in ("/", f"/join/{exchange.slug}"):
        assert client_of(hana).get(path).status_code == 200, path
    home = client_of(ida).get("/").text
    assert "before you confirmed" not in home
    assert ("You are no longer in." in home) is (then is ExchangeState.DRAWN)
    own = client_of(hana).get(f"/my/{seat.id}")
    assert own.status_code == (404 if then is ExchangeState.DRAFT else 200), "a draft is its organisers' own"


def test_what_is_purged_is_found_by_nobody(client_of, stage, olga):
    """SK-98: not by its organiser either."""
    from tests.factories.accounts import LONG_AGO

    with stage() as session:
        gone = make_exchange(
            session, people=0, organiser=olga, title="", state=ExchangeState.PURGED, ended_at=LONG_AGO
        )
    client = client_of(olga)
    for path in (f"/exchanges/{gone.id}", f"/join/{gone.slug}", f"/api/v1/exchanges/{gone.id}"):
        assert client.get(path).status_code == 404, path
    assert str(gone.id) not in client.get("/exchanges").text
