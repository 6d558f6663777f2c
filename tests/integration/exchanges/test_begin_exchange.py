"""Beginning an exchange: what an organiser says of it, and what cannot be meant."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeOrganiser, ExchangeState
from kinkeeper.features.exchanges.service import planning
from kinkeeper.features.exchanges.service.planning import (
    AlreadyPast,
    BadBudget,
    BadTitle,
    ClosesAfterGifts,
    Plan,
    TooLong,
    TooSmall,
    UnknownZone,
    begin_exchange,
)
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import NotFound, Unauthenticated
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.platform.audit import AuditEntry
from tests.factories import guest, make_circle, make_exchange, make_grant, make_participant, make_person
from tests.integration.web.support import at_once, bearer, fill_in

FORM = {
    "title": "Christmas",
    "gifts_on": "2026-12-24",
    "closes_on": "2026-12-10",
    "budget": "around £20",
    "description": "",
    "most_people": "",
    "zone": "Europe/London",
}


def plan(**facts) -> Plan:
    defaults = {
        "title": "Christmas",
        "closes_on": date(2026, 12, 10),
        "gifts_on": date(2026, 12, 24),
        "zone": "Europe/London",
    }
    return Plan(**{**defaults, **facts})


def count(session) -> int:
    return session.scalar(select(func.count()).select_from(Exchange))


def test_a_page_of_many_exchanges_counts_the_people_of_those_on_it_only(
    stage, olga, session, queries_at_most
):
    """Sixty years of Christmases must not be counted to show the next twenty."""
    with stage() as staged:
        for year in range(2027, 2032):
            day = date(year, 12, 24)
            exchange = make_exchange(staged, people=0, organiser=olga, gifts_on=day, closes_on=day)
            for number in range(year - 2026):
                name = f"A{'b' * number}c{'d' * (year - 2026)}"  # an address of their own
                make_participant(staged, exchange, name, confirmed=number > 0)
    with queries_at_most(3) as said:
        page = queries.organised_by(session, olga, today=date(2026, 12, 1), page=2, per_page=2)
    assert [(line.exchange.gifts_on.year, line.people, line.confirmed) for line in page.items] == [
        (2029, 3, 2),
        (2030, 4, 3),
    ]
    assert page.total_items == 5
    counting = said[-1]
    assert counting.index("LIMIT") < counting.index("GROUP BY"), "the page is cut out before counting"


def test_it_takes_people_at_once_under_a_link_of_twelve_random_characters(olga, session):
    """SK-20, SK-21."""
    exchange = session.get_one(Exchange, begin_exchange(olga, plan()))
    assert exchange.state is ExchangeState.OPEN
    assert session.scalars(select(ExchangeOrganiser.person_id)).all() == [olga.person_id]
    assert len(exchange.slug) == 12
    assert set(exchange.slug) <= set(planning.SLUG_LETTERS)
    assert session.scalars(select(AuditEntry.action)).all() == ["exchange.begun"]


def test_the_page_leads_to_the_new_exchange_and_its_link(client_of, olga, session):
    """SK-28."""
    client = client_of(olga)
    assert client.get("/exchanges/new").status_code == 200
    answer = fill_in(client, "/exchanges/new", **FORM)
    exchange = session.scalars(select(Exchange)).one()
    assert (answer.status_code, answer.location) == (303, f"/exchanges/{exchange.id}")
    page = client.get(answer.location)
    assert f"http://kinkeeper.test/join/{exchange.slug}" in page.text
    assert "Send the link" in page.text


def test_nobody_without_an_account_begins_one(stage, session):
    """SK-3: participants have no account, and organise nothing."""
    with stage() as staged:
        ana = guest(make_person(staged, "Ana"))
    for actor in (ana, ANONYMOUS):
        with pytest.raises(Unauthenticated):
            begin_exchange(actor, plan())
    assert count(session) == 0


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"title": ""}, BadTitle),
        ({"title": "   "}, BadTitle),
        ({"title": "x" * 81}, BadTitle),
        ({"title": "Win at prizes.example.com"}, BadTitle),
        ({"title": "https://evil.example"}, BadTitle),
        ({"title": "Write to ana@evil.com"}, BadTitle),
        ({"title": "Yule @ evil.com"}, BadTitle),
        ({"budget": "See evil.com/money"}, BadBudget),
        ({"title": "Christ\x00mas"}, BadTitle),
        ({"title": "Christ\x07mas"}, BadTitle),
        ({"title": "\u202esamtsirhC"}, BadTitle),
        ({"description": "x" * 5001}, TooLong),
        ({"budget": "x" * 81}, BadBudget),
        ({"budget": "£20\u202e"}, BadBudget),
        ({"title": "Christ\u200bmas"}, BadTitle),
        ({"zone": "Mars/Base"}, UnknownZone),
        ({"zone": ""}, UnknownZone),
        ({"zone": "../../etc/passwd"}, UnknownZone),
        ({"closes_on": date(2026, 12, 25)}, ClosesAfterGifts),
        ({"most_people": 2}, TooSmall),
        ({"most_people": 0}, TooSmall),
        ({"most_people": -3}, TooSmall),
        ({"closes_on": date(2026, 11, 30)}, AlreadyPast),
    ],
)
def test_what_cannot_be_meant_is_named(olga, session, facts, problem):
    """SK-22, SK-23, SK-33, SK-34."""
    with pytest.raises(problem):
        begin_exchange(olga, plan(**facts))
    assert count(session) == 0


def test_more_people_than_a_draw_can_hold_are_refused_with_that_reason(olga):
    with pytest.raises(planning.TooLarge, match="5000 people at most"):
        begin_exchange(olga, plan(most_people=5001))


def test_what_only_reminds_of_an_address_may_stand_in_a_title(olga, session):
    """T-32: nothing of it becomes a link."""
    exchange_id = begin_exchange(olga, plan(title="Yule @ Gran's, St.Mary's Rd.", budget="max. 20.50 \u20ac"))
    assert session.get_one(Exchange, exchange_id).title == "Yule @ Gran's, St.Mary's Rd."


def test_a_line_break_in_a_title_is_a_space_and_no_new_header(olga, session):
    """T-31: titles stand in subjects."""
    exchange_id = begin_exchange(olga, plan(title="Christmas\r\nBcc: all"))
    assert session.get_one(Exchange, exchange_id).title == "Christmas Bcc: all"


def test_a_family_of_joined_emoji_may_stand_in_a_title(olga, session):
    """T-32: what is refused is what nobody sees, not what a telephone's keyboard offers."""
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    exchange_id = begin_exchange(olga, plan(title=f"Christmas {family}", budget="about 20 \u20ac \U0001f381"))
    assert session.get_one(Exchange, exchange_id).title == f"Christmas {family}"


def test_a_budget_is_one_line(olga, session):
    """It stands in letters."""
    exchange_id = begin_exchange(olga, plan(budget="  about\n\u00a320 "))
    assert session.get_one(Exchange, exchange_id).budget == "about \u00a320"


def test_it_may_close_and_be_given_today(olga, now):
    begin_exchange(olga, plan(closes_on=date(2026, 12, 1), gifts_on=date(2026, 12, 1)))


@pytest.mark.parametrize(
    ("zone", "moment_hours", "allowed"),
    [("Pacific/Auckland", 2, False), ("Pacific/Auckland", 1.9, True), ("Pacific/Honolulu", 24.9, True)],
)
def test_today_is_today_where_the_exchange_is(olga, now, zone, moment_hours, allowed):
    """2.4: 1 December begins and ends at different moments around the world."""
    now.advance(hours=moment_hours)
    if allowed:
        begin_exchange(olga, plan(zone=zone, closes_on=date(2026, 12, 1)))
    else:
        with pytest.raises(AlreadyPast):
            begin_exchange(olga, plan(zone=zone, closes_on=date(2026, 12, 1)))


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "x" * 81},
        {"gifts_on": "tomorrow"},
        {"gifts_on": ""},
        {"closes_on": "2026-13-45"},
        {"closes_on": "2026-12-25"},
        {"closes_on": "2020-01-01"},
        {"most_people": "2"},
        {"most_people": "many"},
        {"most_people": "9" * 30},
        {"zone": "Mars/Base"},
        {"description": "x" * 5001},
    ],
)
def test_the_form_comes_back_with_what_was_typed(client_of, olga, session, fields):
    """Nothing is lost by a mistake."""
    page = fill_in(client_of(olga), "/exchanges/new", **{**FORM, "budget": "a goat", **fields})
    assert page.status_code == 422
    assert 'value="a goat"' in page.text
    assert count(session) == 0


def test_a_nul_in_a_form_is_no_error_of_ours(client_of, olga, session):
    """PostgreSQL takes none."""
    fields = {**FORM, "title": "Christ\x00mas", "description": "a\x00b", "budget": "\x00"}
    assert fill_in(client_of(olga), "/exchanges/new", **fields).status_code in {303, 422}


def test_two_of_the_same_name_are_two(olga, session):
    """Each its own link, also at the same moment."""
    results = at_once(*(lambda: begin_exchange(olga, plan()) for _ in range(4)))
    assert len(set(results)) == 4
    assert len(set(session.scalars(select(Exchange.slug)))) == 4


# --- in another circle than one's own


@pytest.fixture
def office(stage, olga):
    """A circle that is not Olga's, in which she organises."""
    with stage() as staged:
        circle = make_circle(staged, "The Office")
        make_grant(staged, staged.get_one(Person, olga.person_id), Role.ORGANISER, Scope.CIRCLE, circle.id)
        return circle


def test_whoever_may_begin_one_in_several_circles_says_in_which(client_of, olga, office, session):
    client = client_of(olga)
    assert "For which circle?" in client.get("/exchanges/new").text
    assert fill_in(client, "/exchanges/new", **FORM, circle=str(office.id)).status_code == 303
    assert session.scalars(select(Exchange.circle_id)).one() == office.id


def test_whoever_has_one_circle_is_not_asked(client_of, olga, session):
    client = client_of(olga)
    assert "For which circle?" not in client.get("/exchanges/new").text
    assert fill_in(client, "/exchanges/new", **FORM).status_code == 303
    own = session.get_one(Person, olga.person_id).circle_id
    assert session.scalars(select(Exchange.circle_id)).one() == own


def test_a_circle_of_others_is_as_missing_as_one_that_never_was(stage, olga, session):
    with stage() as staged:
        foreign = make_circle(staged, "The Bergs").id
    for circle_id in (foreign, UUID(int=7)):
        with pytest.raises(NotFound):
            begin_exchange(olga, plan(), circle_id=circle_id)
    assert count(session) == 0


def test_a_program_says_in_which_circle(client_of, olga, office, session):
    said = {"title": "Christmas", "closes_on": "2026-12-10", "gifts_on": "2026-12-24"}
    answer = client_of(None).post(
        "/api/v1/exchanges", json={**said, "circle_id": str(office.id)}, headers=bearer(olga)
    )
    assert answer.status_code == 201
    assert session.scalars(select(Exchange.circle_id)).one() == office.id
