"""While rules are edited, the page says who is stuck and what would help (3.6, G4)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from sqlalchemy import insert, select

from kinkeeper.app.features import ERASE_STEPS
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, HouseholdRule, PairRule, Participant
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.ruling import (
    HouseholdTooLarge,
    allow,
    keep_apart,
    keep_household_apart,
)
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import NotFound
from tests.factories import make_account, make_exchange, make_participant
from tests.integration.web.support import fill_in, fingerprint


@pytest.fixture
def page(client_of, olga, closed):
    """`page()` answers the rules page as text."""
    return lambda: client_of(olga).get(f"/exchanges/{closed.id}/rules").text


def only(olga, closed, seat, giver, *receivers):
    """Leave `giver` these receivers."""
    for other in {"Ana", "Ben", "Cleo", "Dan", "Eve", "Finn"} - {giver, *receivers}:
        keep_apart(olga, closed.id, seat(giver), seat(other), both_ways=False)


def test_each_offered_lift_makes_a_draw_possible(client_of, olga, closed, seat, page, session):
    """G4: every listed single fix works."""
    only(olga, closed, seat, "Ana", "Dan")
    only(olga, closed, seat, "Ben", "Dan")
    assert "Ana and Ben can only give to Dan" in page()
    offered = re.findall(r'action="(/exchanges/[^"]+/rules/lift/[^"]+)"', page())
    assert len(offered) == 8, "each of the two to each of the four others"
    for action in offered:
        answer = fill_in(client_of(olga), action)
        assert answer.status_code == 303
        assert "leave no way" not in page()
        giver, receiver = action.split("/")[-2:]
        keep_apart(olga, closed.id, giver_id := _uuid(giver), _uuid(receiver), both_ways=False)
        assert giver_id in {seat("Ana"), seat("Ben")}


def test_where_no_single_one_helps_the_fewest_are_shown(olga, closed, seat, page, client_of):
    for giver in ("Ana", "Ben", "Cleo"):
        only(olga, closed, seat, giver, "Dan")
    text = page()
    assert "It takes 2 of them at least" in text
    offered = re.findall(r'action="(/exchanges/[^"]+/rules/lift/[^"]+)"', text)
    assert len(offered) == 2
    for action in offered:
        fill_in(client_of(olga), action)
    assert "leave no way" not in page()


def test_a_household_of_more_than_half_is_told_as_one(olga, closed, seat, page, session):
    keep_household_apart(olga, closed.id, "The Olsens", [seat(one) for one in ("Ana", "Ben", "Cleo", "Dan")])
    assert "The Olsens are 4 of 6 people, and only 2 live elsewhere." in page()
    assert "It takes 2 of them at least" in page()


def test_one_pair_of_a_household_is_allowed_and_the_rest_stays_apart(olga, closed, seat, session):
    keep_household_apart(olga, closed.id, "The Olsens", [seat(one) for one in ("Ana", "Ben", "Cleo")])
    allow(olga, closed.id, seat("Ana"), seat("Ben"))
    assert session.scalars(select(HouseholdRule)).all() == []
    pairs = {(row.giver_id, row.receiver_id) for row in session.scalars(select(PairRule))}
    home = {seat(one) for one in ("Ana", "Ben", "Cleo")}
    wanted = {(one, other) for one in home for other in home - {one}} - {(seat("Ana"), seat("Ben"))}
    assert pairs == wanted
    draw_names(olga, closed.id)


def test_a_household_that_helps_as_a_whole_is_offered_where_no_pair_does(olga, closed, seat, page, client_of):
    keep_household_apart(olga, closed.id, "The Olsens", [seat(one) for one in ("Ana", "Ben", "Cleo", "Dan")])
    (whole,) = re.findall(
        r'action="(/exchanges/[^"]+/households/[^"]+/lift)"', page().split('id="together"')[0]
    )
    assert "Or pair by pair" in page()
    fill_in(client_of(olga), whole)
    assert "leave a way to draw" in page()


def test_what_is_offered_leads_to_a_draw_step_by_step(olga, closed, seat, page, client_of):
    """G4, T-19: the pair that frees who is stuck is in every draw; the next offer hides it."""
    for giver in ("Ana", "Ben", "Cleo"):
        only(olga, closed, seat, giver, "Dan", "Eve")
    for sentence in ("can only give to", "leave no secret"):
        assert sentence in page()
        offered = re.findall(r'action="(/exchanges/[^"]+/rules/lift/[^"]+)"', page())
        assert fill_in(client_of(olga), offered[0]).status_code == 303
    assert "leave a way to draw" in page()
    draw_names(olga, closed.id)


def test_each_offer_against_a_match_that_is_known_helps(olga, closed, seat, page, client_of):
    """T-19."""
    only(olga, closed, seat, "Ana", "Dan")
    assert "leave no secret" in page()
    offered = re.findall(r'action="(/exchanges/[^"]+/rules/lift/[^"]+)"', page())
    assert offered
    for action in offered:
        fill_in(client_of(olga), action)
        assert "leave a way to draw" in page()
        giver, receiver = action.split("/")[-2:]
        keep_apart(olga, closed.id, _uuid(giver), _uuid(receiver), both_ways=False)


def test_a_large_household_is_lifted_as_a_whole_or_not_at_all(olga, closed, stage, session):
    with stage() as staged:
        ids = [make_participant(staged, closed, f"Q{letter}").id for letter in "abcdefghijklm"]
    keep_household_apart(olga, closed.id, "The Olsens", ids)
    before = fingerprint(session)
    with pytest.raises(HouseholdTooLarge):
        allow(olga, closed.id, ids[0], ids[1])
    assert fingerprint(session) == before


def test_a_long_list_is_cut_and_counted(olga, closed, seat, page):
    for giver in ("Ana", "Ben", "Cleo"):
        only(olga, closed, seat, giver, "Dan", "Eve")
    offered = re.findall(r'action="(/exchanges/[^"]+/rules/lift/[^"]+)"', page())
    assert len(offered) == 9
    only(olga, closed, seat, "Finn", "Dan", "Eve", "Ana")
    assert "Ana, Ben and Cleo can only give to Dan and Eve" in page()
    keep_apart(olga, closed.id, seat("Finn"), seat("Ana"), both_ways=False)
    assert "No single one helps" in page()


def test_strangers_and_foreign_people_are_not_found(olga, closed, seat, stage, session):
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
    with pytest.raises(NotFound):
        allow(stranger, closed.id, seat("Ana"), seat("Ben"))
    with pytest.raises(NotFound):
        allow(olga, closed.id, seat("Ana"), closed.id)


def test_past_one_thousand_the_page_stops_counting(olga, stage, session):
    """A family just past half of many leaves more lifts than anybody reads."""
    with stage() as staged:
        exchange = make_exchange(staged, people=81, organiser=olga, state=ExchangeState.CLOSED)
        ids = [one.id for one in queries.all_seats(staged, exchange.id)]
        rows = [
            {"exchange_id": exchange.id, "giver_id": giver, "receiver_id": receiver}
            for giver, receiver in permutations(ids[:41], 2)
        ]
        staged.execute(insert(PairRule), rows)
    ways = queries.rules_page(session, olga, exchange.id).ways
    assert (len(ways.lifts), ways.more_lifts) == (10, 990)


OFFERED = re.compile(r'action="(/exchanges/[^"]+/rules/(?:lift/[^"]+|households/[^"]+/lift))"')


def offered(page):
    """What the card of ways out offers to press."""
    cards = re.findall(r'id="(?:lifts|together)".*?</section>', page, re.DOTALL)
    return [one for card in cards for one in OFFERED.findall(card)]


@pytest.fixture
def large(stage, olga):
    """`large(25)` answers an exchange of so many, of whom the first 13 are a household."""

    def make(people):
        with stage() as session:
            exchange = make_exchange(session, people=people, organiser=olga, state=ExchangeState.CLOSED)
            ids = [one.id for one in queries.confirmed_seats(session, exchange.id)]
        keep_household_apart(olga, exchange.id, "The Olsens", ids[:13])
        return exchange, ids

    return make


def test_a_large_household_is_offered_as_a_whole_and_each_offer_works(olga, large, client_of):
    """G4: no pair of it can be allowed by itself."""
    exchange, ids = large(25)
    keep_apart(olga, exchange.id, ids[20], ids[21], both_ways=False)
    path, client = f"/exchanges/{exchange.id}/rules", client_of(olga)
    assert "leave no way" in client.get(path).text
    (action,) = offered(client.get(path).text)
    assert fill_in(client, action).status_code == 303
    assert "leave no way" not in client.get(path).text


def test_large_households_and_pairs_are_offered_together_and_all_of_them_work(olga, large, client_of, stage):
    """G4: two of the household are stuck at each other's side, and two others have nobody."""
    exchange, ids = large(24)
    with stage() as staged:
        rows = [
            {"exchange_id": exchange.id, "giver_id": giver, "receiver_id": receiver}
            for giver in ids[20:22]
            for receiver in ids
            if receiver not in {giver, ids[23]}
        ]
        staged.execute(insert(PairRule), rows)
    path, client = f"/exchanges/{exchange.id}/rules", client_of(olga)
    page = client.get(path).text
    assert "All of these together would help" in page
    assert len(offered(page)) == 2
    for action in offered(page):
        assert fill_in(client, action).status_code == 303
    assert "leave no way" not in client.get(path).text


def test_an_erased_place_is_nobody_whom_the_next_draw_could_take(olga, drawn, seat, session):
    """SK-99: it was kept for the draw that was made; the outlook is on the one after it."""
    person_id = session.get_one(Participant, seat("Finn")).person_id
    erase_person(SYSTEM, person_id, steps=ERASE_STEPS)
    page = queries.rules_page(session, olga, drawn.id)
    assert [one.name for one in page.outlook.seats] == ["Ana", "Ben", "Cleo", "Dan", "Eve"]
    keep_household_apart(olga, drawn.id, "The Olsens", [seat(one) for one in ("Ana", "Ben", "Cleo")])
    assert queries.rules_page(session, olga, drawn.id).outlook.stuck is not None


def test_what_was_planned_for_the_end_of_the_calendar_has_its_pages(olga, stage, client_of):
    """Such a day is refused by now; one that is stored must not shut anybody out."""
    last = date(9999, 12, 31)
    with stage() as staged:
        found = make_exchange(staged, people=3, organiser=olga, closes_on=last, gifts_on=last)
    for state in (ExchangeState.OPEN, ExchangeState.CANCELLED, ExchangeState.COMPLETED):
        with stage() as staged:
            row = staged.get_one(Exchange, found.id)
            row.state, is_over = state, state is not ExchangeState.OPEN
            row.ended_at = row.drawn_at = datetime(2026, 11, 1, tzinfo=UTC) if is_over else None
            if state is ExchangeState.CANCELLED:
                row.drawn_at = None
        for page in ("", "/again", "/letters", "/rules"):
            answer = client_of(olga).get(f"/exchanges/{found.id}{page}")
            assert answer.status_code == 200, (state, page)


def _uuid(text):
    from uuid import UUID

    return UUID(text)
