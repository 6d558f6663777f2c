"""Same again next year: the same people and rules in four clicks, and everybody is asked."""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeOrganiser, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.service import again
from kinkeeper.features.exchanges.service.again import a_year_later, begin_again
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ending import NotDrawn, cancel_exchange, complete_exchange
from kinkeeper.features.exchanges.service.inviting import decline
from kinkeeper.features.exchanges.service.joining import enter
from kinkeeper.features.exchanges.service.organising import close_exchange, open_exchange
from kinkeeper.features.exchanges.service.planning import AlreadyPast, change_plan
from kinkeeper.features.exchanges.service.ruling import (
    DrawWishes,
    keep_apart,
    keep_household_apart,
    wish_draw,
)
from kinkeeper.features.exchanges.service.series import AlreadyPlanned
from kinkeeper.features.exchanges.service.wishing import write_wishes
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform.links import UsedLink
from tests.conftest import SERVER
from tests.factories import guest, make_account, make_exchange, make_participant, make_person
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import (
    at_once,
    bearer,
    carry_letters,
    fill_in,
    fingerprint,
    path_in,
    problems_among,
    secret_in,
    without_lock,
)

LEASE = Lease(timedelta(days=14), timedelta(days=90))
WHO = ("ana", "ben", "cleo", "dan")


@pytest.fixture
def drawn(stage, olga):
    """Four people with rules; Zoe never answered; Otto runs it, too."""
    with stage() as session:
        exchange = make_exchange(
            session, people=4, organiser=olga, title="Christmas 2026", keep_days=90, publishes_draw=True
        )
        make_participant(session, exchange, "Zoe", confirmed=False)
        otto = make_account(session, "Otto")
        row = {"exchange_id": exchange.id, "person_id": otto.person_id, "since_at": exchange.created_at}
        session.add(ExchangeOrganiser(**row, hears_of_leaving=True))
    with stage() as session:
        ana, ben, cleo, dan = queries.confirmed_seats(session, exchange.id)
    keep_household_apart(olga, exchange.id, "Oak Road", [ana.id, ben.id])
    keep_apart(olga, exchange.id, cleo.id, dan.id, both_ways=False)
    wish_draw(olga, exchange.id, DrawWishes(Shape.ONE_LOOP, 5, publishes_draw=True))
    close_exchange(olga, exchange.id)
    draw_names(olga, exchange.id)
    return exchange


@pytest.fixture
def letters(outbox):
    def look():
        return {letter.to.partition("@")[0]: letter for letter in outbox() if "invited" in letter.kind}

    return look


def test_a_year_later_is_the_same_day():
    assert a_year_later(date(2026, 12, 24)) == date(2027, 12, 24)
    assert a_year_later(date(2028, 2, 29)) == date(2029, 2, 28)


def test_everything_but_wishes_and_pairs_is_carried_over(olga, drawn, session):
    new = session.get_one(Exchange, begin_again(olga, drawn.id, {}))
    assert new.state is ExchangeState.DRAFT
    assert (new.title, new.gifts_on, new.closes_on) == (
        "Christmas 2027",
        date(2027, 12, 24),
        date(2027, 12, 10),
    )
    assert (new.budget, new.zone, new.keep_days) == ("around £20", "Europe/London", 90)
    assert new.series_id == drawn.series_id
    seats = queries.all_seats(session, new.id)
    assert sorted(seat.name for seat in seats) == ["Ana", "Ben", "Cleo", "Dan"]
    assert not any(seat.is_confirmed or seat.wishes for seat in seats)
    page = queries.rules_in_names(session, olga, new.id)
    assert [(giver.name, receiver.name) for giver, receiver in page.pairs] == [("Cleo", "Dan")]
    assert [(home.name, sorted(home.members)) for home in page.households] == [("Oak Road", ["Ana", "Ben"])]
    assert (new.shape, new.avoid_years) == (Shape.ONE_LOOP, 5)
    assert not new.publishes_draw, "others are asked anew"
    organisers = select(ExchangeOrganiser).where(ExchangeOrganiser.exchange_id == new.id)
    assert sorted(one.hears_of_leaving for one in session.scalars(organisers)) == [False, True]


def test_it_takes_three_clicks_from_the_page_of_this_year(client_of, olga, drawn, session, letters):
    """G: at most four. The days are a year later unless somebody says otherwise."""
    client = client_of(olga)
    first = re.search(r'href="([^"]+/again)"', client.get(f"/exchanges/{drawn.id}").text)
    form = client.get(first[1]).text
    fields = dict(re.findall(r'name="(title|gifts_on|closes_on)"[^>]*value="([^"]*)"', form))
    assert fields == {"title": "Christmas 2027", "gifts_on": "2027-12-24", "closes_on": "2027-12-10"}
    second = fill_in(client, first[1], **fields)
    assert second.status_code == 303
    assert "4 people are on the list" in client.get(second.location).text
    assert letters() == {}
    third = fill_in(client, f"{second.location}/open")
    assert third.status_code == 303
    assert set(letters()) == set(WHO)


def test_nobody_who_is_on_a_draft_s_list_knows_of_it(client_of, olga, drawn, session):
    new_id = begin_again(olga, drawn.id, {})
    seat = next(seat for seat in queries.all_seats(session, new_id) if seat.name == "Ana")
    ana = client_of(guest(session.get_one(Person, seat.person_id)))
    session.commit()
    assert "Christmas 2026" in ana.get("/").text
    assert "Christmas 2027" not in ana.get("/").text
    assert ana.get(f"/my/{seat.id}").status_code == 404
    for kept in ("/my/data", "/my/data.json"):
        assert "Christmas 2026" in ana.get(kept).text
        assert "Christmas 2027" not in ana.get(kept).text
    with pytest.raises(NotFound):
        write_wishes(guest(session.get_one(Person, seat.person_id)), seat.id, "coal")
    open_exchange(olga, new_id)
    assert "Christmas 2027" in ana.get("/").text
    assert ana.get(f"/my/{seat.id}").status_code == 200


def test_whoever_was_asked_is_told_when_it_is_called_off(client_of, olga, drawn, letters, outbox):
    """The letter that asked leads to a page that says so, and asks no more."""
    new_id = begin_again(olga, drawn.id, {})
    open_exchange(olga, new_id)
    carry_letters()
    path = path_in(letters()["ana"])
    cancel_exchange(olga, new_id)
    told = [letter.to for letter in outbox() if letter.kind == "exchanges.exchange_cancelled"]
    assert sorted(told) == [f"{name}@example.org" for name in WHO]
    page = client_of(None).get(path).text
    assert "It has been called off" in page
    assert "Yes, I am in" not in page
    assert "decline" not in page
    entered = client_of(None)
    assert "called off" in entered.get(fill_in(entered, path).location).text


def test_whoever_was_not_asked_yet_hears_nothing_of_it(olga, drawn, outbox):
    carry_letters()
    new_id = begin_again(olga, drawn.id, {})
    open_exchange(olga, new_id)
    before = [letter.id for letter in outbox() if "invited" not in letter.kind]
    cancel_exchange(olga, new_id)
    assert [letter.id for letter in outbox()] == before


def test_whoever_says_yes_is_in_and_whoever_says_no_is_not(client_of, olga, drawn, session, letters):
    new_id = begin_again(olga, drawn.id, {})
    open_exchange(olga, new_id)
    carry_letters()
    browser = client_of(None)
    for name in ("ana", "ben"):
        page = browser.get(path_in(letters()[name]))
        assert "Are you in again?" in page.text
    assert fill_in(browser, path_in(letters()["ana"])).status_code == 303
    answer = fill_in(client_of(None), f"{path_in(letters()['ben'])}/decline")
    assert answer.status_code == 303
    left = {seat.name: seat.is_confirmed for seat in queries.all_seats(session, new_id)}
    assert left == {"Ana": True, "Cleo": False, "Dan": False}
    assert session.scalars(select(Person).where(Person.name == "Ben")).one()


def test_an_answer_is_given_once(client_of, olga, drawn, session, letters):
    """And looking changes nothing (T-1)."""
    open_exchange(olga, begin_again(olga, drawn.id, {}))
    carry_letters()
    secret = secret_in(letters()["ana"])
    before = fingerprint(session)
    assert client_of(None).get(f"/invited/{secret}").status_code == 200
    assert fingerprint(session) == before
    session.commit()
    enter(ANONYMOUS, "invited", secret, address="192.0.2.1", lease=LEASE)
    with pytest.raises(UsedLink):
        decline(ANONYMOUS, secret, address="192.0.2.1")
    assert fill_in(client_of(None), f"/invited/{secret}/decline").status_code == 410
    assert fill_in(client_of(None), f"/invited/{'x' * 43}/decline").status_code == 404


def test_yes_and_no_at_the_same_moment_are_one_answer(olga, drawn, letters):
    open_exchange(olga, begin_again(olga, drawn.id, {}))
    carry_letters()
    secret = secret_in(letters()["ana"])
    results = at_once(
        lambda: enter(ANONYMOUS, "invited", secret, address="192.0.2.1", lease=LEASE),
        lambda: decline(ANONYMOUS, secret, address="192.0.2.1"),
    )
    assert len(problems_among(results)) == 1
    assert problems_among(results)[0] in {"UsedLink", "SeatGone", "UnknownLink"}


def test_one_of_a_year_is_enough(client_of, olga, drawn, session):
    first = begin_again(olga, drawn.id, {})
    before = fingerprint(session)
    with pytest.raises(AlreadyPlanned, match="2027 already: Christmas 2027"):
        begin_again(olga, drawn.id, {})
    assert fingerprint(session) == before
    session.commit()
    page = fill_in(
        client_of(olga),
        f"/exchanges/{drawn.id}/again",
        title="Typed",
        gifts_on="2027-12-25",
        closes_on="2027-12-01",
    )
    assert page.status_code == 409
    assert 'value="Typed"' in page.text
    cancel_exchange(olga, first)
    assert begin_again(olga, drawn.id, {})


def test_no_year_is_moved_to_where_another_one_is(client_of, olga, drawn, session):
    """Past years are remembered by the year; a day of the same year, or a free one, may be chosen."""
    next_year = begin_again(olga, drawn.id, {})
    before = fingerprint(session)
    with pytest.raises(AlreadyPlanned, match="2027 already: Christmas 2027"):
        change_plan(olga, drawn.id, {"gifts_on": date(2027, 1, 6)})
    with pytest.raises(AlreadyPlanned, match="2026 already: Christmas 2026"):
        change_plan(olga, next_year, {"gifts_on": date(2026, 12, 31), "closes_on": date(2026, 12, 20)})
    assert fingerprint(session) == before
    session.commit()
    form = {"title": "Typed", "closes_on": "2026-12-10", "gifts_on": "2027-01-06", "keep_days": "30"}
    page = fill_in(client_of(olga), f"/exchanges/{drawn.id}/change", **form, zone="Europe/London")
    assert page.status_code == 409
    assert 'value="Typed"' in page.text
    change_plan(olga, drawn.id, {"gifts_on": date(2026, 12, 26)})
    change_plan(olga, next_year, {"gifts_on": date(2028, 1, 6)})
    change_plan(olga, drawn.id, {"gifts_on": date(2027, 1, 6)})


@pytest.fixture
def of_two_years(stage, olga, drawn):
    """Two acts that each put 2027 down, from different years of one series."""
    with stage() as session:
        facts = {"state": ExchangeState.COMPLETED, "drawn_at": LONG_AGO, "ended_at": LONG_AGO}
        older = make_exchange(
            session,
            people=0,
            organiser=olga,
            series_id=drawn.series_id,
            closes_on=date(2025, 12, 10),
            gifts_on=date(2025, 12, 24),
            **facts,
        )
    days = {"closes_on": date(2027, 12, 10), "gifts_on": date(2027, 12, 24)}
    return lambda: begin_again(olga, older.id, days), lambda: begin_again(olga, drawn.id, days)


def both_look_first(monkeypatch, wait: float) -> None:
    """Let each go on when both have found no exchange of that year, or after a while."""
    refuse, both = again.refuse_second, threading.Barrier(2)

    def look(*facts):
        refuse(*facts)
        with suppress(threading.BrokenBarrierError):
            both.wait(wait)

    monkeypatch.setattr(again, "refuse_second", look)


def test_begun_again_from_two_years_at_the_same_moment_one_is_put_down(of_two_years, monkeypatch):
    both_look_first(monkeypatch, wait=0.5)
    assert problems_among(at_once(*of_two_years)) == ["AlreadyPlanned"]


def test_without_the_lock_of_the_series_both_are_put_down(of_two_years, olga, engine, monkeypatch):
    """The control; SQLite refuses the second to write after the first has."""
    both_look_first(monkeypatch, wait=10)
    look, plainly = (
        "exchange_in_series_for_change",
        lambda session, one: queries.exchange_of(session, olga, one),
    )
    with without_lock(monkeypatch, queries, look, Exchange):
        monkeypatch.setattr(queries, look, plainly)  # with its organisers
        results = at_once(*of_two_years)
    assert problems_among(results) == ([] if SERVER else ["Unavailable"])


def test_of_many_at_the_same_moment_one_is_put_down(olga, drawn):
    results = at_once(*(lambda: begin_again(olga, drawn.id, {}) for _ in range(4)))
    assert problems_among(results) == ["AlreadyPlanned"] * 3


def test_also_after_it_is_over_but_not_before_it_is_drawn(stage, olga, drawn, now):
    now.advance(days=23)
    complete_exchange(olga, drawn.id)
    assert begin_again(olga, drawn.id, {})
    with stage() as session:
        undrawn = make_exchange(session, people=0, organiser=olga)
    with pytest.raises(NotDrawn):
        begin_again(olga, undrawn.id, {})


def test_days_that_cannot_be_meant_change_nothing(olga, drawn, session):
    before = fingerprint(session)
    with pytest.raises(AlreadyPast):
        begin_again(olga, drawn.id, {"gifts_on": date(2025, 12, 24), "closes_on": date(2025, 12, 1)})
    assert fingerprint(session) == before


def test_a_third_year_begins_with_the_second(stage, olga, drawn, session):
    """Whoever said yes is carried on; the series stays."""
    second = begin_again(olga, drawn.id, {})
    with stage() as staged:
        for seat in queries.all_seats(staged, second)[:3]:
            seat.confirmed_at = seat.joined_at
        make_participant(staged, staged.get_one(Exchange, second), "Eve")
    change_plan(olga, second, {"title": "No year in it"})
    open_exchange(olga, second)
    close_exchange(olga, second)
    draw_names(olga, second)
    third = session.get_one(Exchange, begin_again(olga, second, {}))
    assert (third.title, third.series_id) == ("No year in it", drawn.series_id)
    names = select(Participant.name).where(Participant.exchange_id == third.id).order_by(Participant.name)
    assert list(session.scalars(names)) == ["Ana", "Ben", "Cleo", "Eve"]


def test_strangers_and_participants_begin_nothing(stage, drawn, session):
    """T-39."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ana = guest(make_person(staged, "Ana"))
    before = fingerprint(session)
    for actor in (stranger, ana, ANONYMOUS):
        with pytest.raises(NotFound):
            begin_again(actor, drawn.id, {})
    assert fingerprint(session) == before


def test_a_program_begins_again(client_of, olga, drawn):
    program = client_of(None)
    program.environ_base["HTTP_AUTHORIZATION"] = bearer(olga)["Authorization"]
    path = f"/api/v1/exchanges/{drawn.id}/again"
    answer = program.post(path, json={"gifts_on": "2027-12-26"})
    assert answer.status_code == 201
    data = answer.json["data"]
    assert (data["gifts_on"], data["closes_on"], data["people"]) == ("2027-12-26", "2027-12-10", 4)
    assert program.post(path, json={}).status_code == 409
