"""Drafts, and changing what was said of an exchange (SK-29, SK-32)."""

from __future__ import annotations

from datetime import date

import pytest

from kinkeeper.features.exchanges.jobs import close_in_time
from kinkeeper.features.exchanges.models import Exchange, ExchangeState
from kinkeeper.features.exchanges.service.ending import cancel_exchange
from kinkeeper.features.exchanges.service.joining import Joining, RegistrationClosed, join
from kinkeeper.features.exchanges.service.organising import (
    AlreadyOver,
    JoiningOver,
    StillDraft,
    close_exchange,
    open_exchange,
)
from kinkeeper.features.exchanges.service.planning import (
    AlreadyPast,
    BadKeeping,
    BadTitle,
    ClosesAfterGifts,
    GiftsAlreadyPast,
    TooFarAhead,
    TooFewPlaces,
    UnknownZone,
    change_plan,
)
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import NotFound
from tests.factories import guest, make_account, make_exchange, make_person
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import bearer, fill_in, fingerprint

API = "/api/v1/exchanges"
NEW = {"title": "Christmas", "closes_on": "2026-12-10", "gifts_on": "2026-12-24", "zone": "Europe/London"}
FORM = {**NEW, "budget": "a penny", "description": "", "most_people": "", "keep_days": "60"}


def anew(session, exchange) -> Exchange:
    return session.get_one(Exchange, exchange.id, populate_existing=True)


def test_a_draft_takes_nobody_until_it_is_opened(client_of, olga, session):
    client = client_of(olga)
    answer = fill_in(client, "/exchanges/new", **FORM, as_draft="yes")
    row = session.query(Exchange).one()
    assert answer.location == f"/exchanges/{row.id}"
    assert row.state is ExchangeState.DRAFT
    assert "Only you see it so far" in client.get(answer.location).text
    zoe = Joining(name="Zoe", email="zoe@example.org", wishes="", language="en")
    with pytest.raises(RegistrationClosed):
        join(ANONYMOUS, row.slug, zoe, address="192.0.2.1")
    with pytest.raises(StillDraft):
        close_exchange(olga, row.id)
    assert fill_in(client, f"{answer.location}/open").status_code == 303
    assert anew(session, row).state is ExchangeState.OPEN
    join(ANONYMOUS, row.slug, zoe, address="192.0.2.1")


def test_a_program_begins_a_draft_and_opens_it(client_of, olga):
    program = client_of(None)
    program.environ_base["HTTP_AUTHORIZATION"] = bearer(olga)["Authorization"]
    draft = program.post(API, json={**NEW, "open": False}).json["data"]
    assert draft["state"] == "draft"
    opened = program.post(f"{API}/{draft['id']}/open")
    assert (opened.status_code, opened.json["data"]["state"]) == (200, "open")
    assert program.post(f"{API}/{draft['id']}/open").status_code == 409


def test_a_program_changes_what_it_names_and_nothing_else(client_of, olga, exchange, session):
    program = client_of(None)
    program.environ_base["HTTP_AUTHORIZATION"] = bearer(olga)["Authorization"]
    changed = program.patch(f"{API}/{exchange.id}", json={"title": "New Year", "most_people": None})
    assert changed.status_code == 200
    assert changed.json["data"]["title"] == "New Year"
    row = anew(session, exchange)
    assert (row.title, row.budget, row.closes_on) == ("New Year", "around £20", date(2026, 12, 10))
    before = fingerprint(session)
    bad = ({"title": ""}, {"keep_days": 6}, {"state": "drawn"}, {"gifts_on": "soon"}, {"closes_on": None})
    for body in bad:
        assert program.patch(f"{API}/{exchange.id}", json=body).status_code == 422, body
    assert fingerprint(session) == before


def test_a_day_that_nobody_can_mean_stops_nobody_s_purge(client_of, olga, exchange, session):
    """SK-98: the page says so, and so does the API, whose document proposes no such day."""
    far = {**FORM, "gifts_on": "9999-12-31"}
    for path in ("/exchanges/new", f"/exchanges/{exchange.id}/change"):
        refused = fill_in(client_of(olga), path, **far)
        assert refused.status_code == 422, path
        assert "in the next 10 years" in refused.text
    change_plan(olga, exchange.id, {"gifts_on": date(2036, 11, 30)})
    document = client_of(olga).get("/api/v1/openapi.json").json["components"]["schemas"]
    for said in ("ChangedExchange", "AnotherYear"):
        fields = document[said]["properties"]
        assert {name for name, field in fields.items() if "default" in field} <= {"telling"}, said
        assert "required" not in document[said]


def test_the_page_shows_what_was_said_and_keeps_what_is_typed(client_of, olga, exchange, session):
    client, path = client_of(olga), f"/exchanges/{exchange.id}/change"
    assert 'value="around £20"' in client.get(path).text
    assert fill_in(client, path, **FORM).status_code == 303
    row = anew(session, exchange)
    assert (row.budget, row.keep_days) == ("a penny", 60)
    before = fingerprint(session)
    refused = fill_in(client, path, **{**FORM, "budget": "two pennies", "closes_on": "2026-12-25"})
    assert refused.status_code == 422
    assert 'value="two pennies"' in refused.text
    assert "until the day of the gifts" in refused.text
    assert fingerprint(session) == before


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"title": " "}, BadTitle),
        ({"zone": "Europe/Atlantis"}, UnknownZone),
        ({"closes_on": date(2026, 12, 25)}, ClosesAfterGifts),
        ({"closes_on": date(2026, 11, 30)}, AlreadyPast),
        ({"gifts_on": date(9999, 12, 31)}, TooFarAhead),
        ({"gifts_on": date(2036, 12, 9)}, TooFarAhead),
        ({"most_people": 3}, TooFewPlaces),
        ({"keep_days": 6}, BadKeeping),
        ({"keep_days": 366}, BadKeeping),
    ],
)
def test_what_cannot_be_meant_changes_nothing(olga, exchange, session, changes, problem):
    before = fingerprint(session)
    with pytest.raises(problem):
        change_plan(olga, exchange.id, changes)
    assert fingerprint(session) == before


def test_days_that_are_over_may_stay_but_not_be_chosen(stage, olga, session, now):
    with stage() as staged:
        drawn = make_exchange(staged, organiser=olga, state=ExchangeState.DRAWN, drawn_at=LONG_AGO)
    now.advance(days=12)
    change_plan(olga, drawn.id, {"gifts_on": date(2026, 12, 26), "title": "Boxing Day"})
    assert anew(session, drawn).gifts_on == date(2026, 12, 26)
    with pytest.raises(GiftsAlreadyPast):
        change_plan(olga, drawn.id, {"gifts_on": date(2026, 12, 12)})


def test_what_is_over_stays_as_it_was(olga, exchange, session):
    cancel_exchange(olga, exchange.id)
    before = fingerprint(session)
    with pytest.raises(AlreadyOver):
        change_plan(olga, exchange.id, {"title": "Anew"})
    assert fingerprint(session) == before


def test_only_organisers_change_it(stage, exchange, session):
    """T-39."""
    with stage() as staged:
        stranger = make_account(staged, "Stranger")
        ana = guest(make_person(staged, "Ana"))
    before = fingerprint(session)
    for actor in (stranger, ana, ANONYMOUS):
        with pytest.raises(NotFound):
            change_plan(actor, exchange.id, {"title": "Mine"})
    assert fingerprint(session) == before


def test_it_closes_by_itself_after_its_day_by_the_clock_of_its_zone(stage, olga, session, now):
    """SK-30: midnight in London is not midnight in Auckland or Honolulu."""
    zones = ("Pacific/Auckland", "Europe/London", "Pacific/Honolulu")
    with stage() as staged:
        rows = [make_exchange(staged, people=0, organiser=olga, zone=zone) for zone in zones]
        draft = make_exchange(staged, people=0, organiser=olga, state=ExchangeState.DRAFT)
    for advance, closed in ((9 * 24 + 1, 0), (2, 1), (13, 2), (10, 3)):
        now.advance(hours=advance)
        close_in_time.run(SYSTEM)
        states = [anew(session, row).state for row in rows]
        assert states == [ExchangeState.CLOSED] * closed + [ExchangeState.OPEN] * (3 - closed), now()
    assert anew(session, draft).state is ExchangeState.DRAFT


def test_opening_again_needs_a_day_that_is_not_over(client_of, olga, exchange, session, now):
    close_exchange(olga, exchange.id)
    now.advance(days=10)
    with pytest.raises(JoiningOver):
        open_exchange(olga, exchange.id)
    page = fill_in(client_of(olga), f"/exchanges/{exchange.id}/open")
    assert page.status_code == 409
    assert "choose a later day" in page.text
    change_plan(olga, exchange.id, {"closes_on": date(2026, 12, 20)})
    open_exchange(olga, exchange.id)
    assert anew(session, exchange).state is ExchangeState.OPEN


@pytest.mark.parametrize("day", [0, "0", "1796115600", "2026-12-24T00:00:00", "20261224", True, None])
def test_a_day_is_nothing_but_a_day(client_of, olga, exchange, session, day):
    """A-66: 0 is a moment to a clock, and was taken for a day of 1970."""
    sent = {"json": {"gifts_on": day}, "headers": bearer(olga)}
    answer = client_of(None).patch(f"{API}/{exchange.id}", **sent)
    assert answer.status_code == 422
    assert list(answer.json["error"]["details"]) == ["gifts_on"]
    assert anew(session, exchange).gifts_on == exchange.gifts_on
