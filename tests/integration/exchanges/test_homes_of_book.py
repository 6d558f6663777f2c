"""Rules offer to keep apart who lives together by the address book, to whoever may read it."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Circle, Household, Person
from kinkeeper.features.accounts.queries import with_grants
from kinkeeper.features.accounts.service.housing import end_household, make_household
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeOrganiser, HouseholdRule, Participant
from kinkeeper.features.exchanges.service.ruling import BadRule, keep_home_apart, lift_household
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.kernel.work import end_reading, read_session
from tests.factories import make_account, make_exchange, make_participant, make_person
from tests.factories.accounts import LONG_AGO, make_grant
from tests.integration.web.support import MISSING, at_once, fingerprint, problems_among


@pytest.fixture
def keeper(stage, closed):
    """Kim organises with Olga, and reads the address book besides."""
    with stage() as session:
        kim = make_account(session, "Kim", circle=session.get_one(Circle, closed.circle_id))
        person = session.get_one(Person, kim.person_id)
        make_grant(session, person, Role.ORGANISER, Scope.CIRCLE, closed.circle_id)
        session.add(ExchangeOrganiser(exchange_id=closed.id, person_id=person.id, since_at=LONG_AGO))
    try:
        return with_grants(read_session(), kim)
    finally:
        end_reading()


@pytest.fixture
def home(session, stage, closed):
    """`home("Oak Road", "Ana", "Ben")` lets them live together; "Gran" is somebody who is not in."""

    def make(name, *names):
        with stage() as staged:
            circle = staged.get_one(Circle, closed.circle_id)
            gran = make_person(staged, "Gran", circle=circle, email=None).id if "Gran" in names else None
        here = select(Participant.person_id).where(
            Participant.exchange_id == closed.id, Participant.name.in_(names)
        )
        people = [*session.scalars(here), *([gran] if gran else [])]
        return make_household(SYSTEM, closed.circle_id, name, people)

    return make


def ruled(session):
    return session.scalars(select(HouseholdRule.household_id)).all()


def test_the_page_offers_homes_with_two_people_here_and_one_press_keeps_them_apart(
    client_of, keeper, closed, home, session
):
    oak, elm = home("Oak Road", "Ana", "Ben", "Gran"), home("Elm Street", "Cleo", "Gran")
    client, page = client_of(keeper), f"/exchanges/{closed.id}/rules"
    shown = client.get(page).text
    assert "Ana and Ben" in shown
    assert (f"{oak}/keep" in shown, f"{elm}/keep" in shown, "Gran" in shown) == (True, False, False)
    assert client.send(page, f"{page}/households/{oak}/keep").location == page
    assert ruled(session) == [oak]
    shown = client.get(page).text
    assert (f"{oak}/keep" in shown, f"{oak}/lift" in shown) == (False, True)


def test_it_stays_one_household_and_holds_for_whoever_comes_later(keeper, closed, home, session, stage):
    """No second one is made of those who are here already."""
    oak = home("Oak Road", "Ana", "Ben", "Gran")
    keep_home_apart(keeper, closed.id, oak)
    assert session.scalars(select(Household.id)).all() == [oak]
    with stage() as staged:
        gran = staged.scalars(select(Person).where(Person.name == "Gran")).one()
        make_participant(staged, staged.get_one(Exchange, closed.id), confirmed=True, person=gran)
    (shown,) = queries.rules_in_names(session, keeper, closed.id).households
    assert sorted(shown.members) == ["Ana", "Ben", "Gran"]


def test_who_may_not_read_the_book_is_offered_nothing(client_of, olga, closed, home, session):
    oak = home("Oak Road", "Ana", "Ben")
    assert f"{oak}/keep" not in client_of(olga).get(f"/exchanges/{closed.id}/rules").text
    before = fingerprint(session)
    with pytest.raises(NotFound):
        keep_home_apart(olga, closed.id, oak)
    assert fingerprint(session) == before


def test_homes_that_are_foreign_missing_or_not_here_are_no_rule(keeper, closed, home, session, stage):
    """T-39."""
    with stage() as staged:
        other = make_exchange(staged, people=2, organiser=make_account(staged, "Otto"))
    there = session.scalars(select(Participant.person_id).where(Participant.exchange_id == other.id)).all()
    foreign = make_household(SYSTEM, other.circle_id, "Theirs", there)
    ended = home("Elm Street", "Dan", "Eve")
    end_household(SYSTEM, ended)
    for household_id in (foreign, ended, UUID(MISSING)):
        with pytest.raises(NotFound):
            keep_home_apart(keeper, closed.id, household_id)
    with pytest.raises(BadRule):
        keep_home_apart(keeper, closed.id, home("Elm Street", "Cleo", "Gran"))
    assert ruled(session) == []


def test_saying_it_at_the_same_moment_is_as_once_and_lifting_offers_it_again(keeper, closed, home, session):
    oak = home("Oak Road", "Ana", "Ben")
    results = at_once(*(lambda: keep_home_apart(keeper, closed.id, oak) for _ in range(3)))
    assert problems_among(results) == []
    assert ruled(session) == [oak]
    lift_household(keeper, closed.id, oak)
    named = queries.rules_in_names(session, keeper, closed.id)
    assert [one.name for one in queries.homes_in_book(session, keeper, named)] == ["Oak Road"]
