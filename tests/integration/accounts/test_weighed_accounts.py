"""Keeping accounts is no way to come by what one may not do: all that their owners may is weighed (A-57)."""

from __future__ import annotations

from functools import partial

import pytest

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts.models import Account, Person
from kinkeeper.features.accounts.service.caring import say_child
from kinkeeper.features.accounts.service.closing_accounts import deactivate_account, delete_account
from kinkeeper.features.accounts.service.granting import MoreThanOwn
from kinkeeper.features.accounts.service.keeping_accounts import change_account
from kinkeeper.features.accounts.service.keeping_second_factor import end_second_factor_of
from kinkeeper.features.exchanges.models import ExchangeOrganiser
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.roles import HOUSE, Role, Scope
from tests.factories import grant_to, make_account, make_circle, make_clerk, make_exchange, make_grant
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import fingerprint

RIGHTS = ["accounts.see", "accounts.keep"]


@pytest.fixture
def somebody(stage):
    """Make an account of somebody with a role for the house, a circle, or an exchange."""

    def make(role, scope=Scope.HOUSE):
        with stage() as session:
            circle = make_circle(session, "The Browns")
            hanna = make_account(session, "Hanna", circle=circle)
            places = {Scope.HOUSE: HOUSE, Scope.CIRCLE: circle.id, Scope.OCCASION: new_id()}
            if role:
                grant_to(session, hanna, role, scope, places[scope])
        return hanna

    return make


def move(actor, account_id):
    change_account(actor, account_id, {"email": "thief@example.org"}, steps=())


def rename(actor, account_id):
    change_account(actor, account_id, {"name": "Somebody else"}, steps=())


ACTS = [move, rename, deactivate_account, partial(delete_account, steps=STEPS.close)]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.ADMINISTRATOR, Scope.HOUSE),
        (Role.OBSERVER, Scope.HOUSE),
        (Role.ORGANISER, Scope.CIRCLE),
        (Role.COORDINATOR, Scope.OCCASION),
        (Role.MEMBER, Scope.HOUSE),
    ],
)
def test_nobody_touches_the_account_of_who_may_more_anywhere(kim, somebody, session, act, role, scope):
    hanna = somebody(role, scope)
    with pytest.raises(Forbidden):
        act(kim, hanna.account_id)
    assert session.get_one(Account, hanna.account_id).email == "hanna@example.org"


@pytest.fixture
def member_elsewhere(stage, somebody):
    """Somebody who was let into a circle that is not their own, and that circle."""
    hanna = somebody(None)
    with stage() as session:
        smiths = make_circle(session, "The Smiths")
        grant_to(session, hanna, Role.MEMBER, Scope.CIRCLE, smiths.id)
    return hanna, smiths


@pytest.mark.parametrize("act", ACTS)
def test_membership_of_another_circle_was_granted_and_counts(kim, member_elsewhere, session, act):
    """A-57: whoever came in as they could begin exchanges among people whom the keeper has no part with."""
    hanna, _ = member_elsewhere
    with pytest.raises(Forbidden):
        act(kim, hanna.account_id)
    assert session.get_one(Account, hanna.account_id).email == "hanna@example.org"


def test_the_page_offers_nothing_of_who_is_a_member_elsewhere(kim, member_elsewhere, somebody, client_of):
    hanna, _ = member_elsewhere
    page = client_of(kim).get(f"/admin/users/{hanna.account_id}")
    assert page.status_code == 200
    assert "/delete" not in page.text


def test_who_is_a_member_of_that_circle_too_may_as_much(kim, member_elsewhere, stage, session):
    hanna, smiths = member_elsewhere
    with stage() as staged:
        keeper = staged.get_one(Person, kim.person_id)
        make_grant(staged, keeper, Role.MEMBER, Scope.CIRCLE, smiths.id)
    rename(kim, hanna.account_id)
    assert session.get_one(Person, hanna.person_id).name == "Somebody else"


@pytest.mark.parametrize("role", [None, "desk", Role.CHILD])
def test_who_may_as_much_or_less_is_kept(kim, somebody, session, role):
    """What everybody may in their own circle does not count."""
    hanna = somebody(role, Scope.CIRCLE if role == Role.CHILD else Scope.HOUSE)
    rename(kim, hanna.account_id)
    assert session.get_one(Person, hanna.person_id).name == "Somebody else"


def test_who_has_as_much_in_the_same_place_is_nobody_s_better(kim, somebody, stage, session):
    hanna = somebody(Role.ORGANISER, Scope.CIRCLE)
    with stage() as staged:
        circle_id = staged.get_one(Person, hanna.person_id).circle_id
        keeper = staged.get_one(Person, kim.person_id)
        make_grant(staged, keeper, Role.ORGANISER, Scope.CIRCLE, circle_id)
    rename(kim, hanna.account_id)
    assert session.get_one(Person, hanna.person_id).name == "Somebody else"


@pytest.fixture
def organiser(stage, somebody):
    """Somebody who runs an exchange and has no role at all, and the exchange."""
    hanna = somebody(None)
    with stage() as session:
        return hanna, make_exchange(session, people=0, organiser=hanna)


@pytest.mark.parametrize("act", [*ACTS, end_second_factor_of])
def test_who_runs_an_exchange_may_more(kim, organiser, session, act):
    """A-57: a list says so, and no role; it lets them do as much as a role for the exchange would."""
    hanna, _ = organiser
    before = fingerprint(session)
    with pytest.raises(Forbidden):
        act(kim, hanna.account_id)
    assert fingerprint(session) == before


def test_the_page_offers_nothing_of_who_runs_an_exchange(kim, organiser, client_of):
    hanna, _ = organiser
    page = client_of(kim).get(f"/admin/users/{hanna.account_id}")
    assert page.status_code == 200
    assert "/delete" not in page.text


@pytest.mark.parametrize("scope", [None, Scope.CIRCLE, Scope.HOUSE])
def test_who_could_run_it_too_may_as_much(kim, organiser, stage, session, scope):
    """Because they do already, or by a role for the circle or the house."""
    hanna, exchange = organiser
    with stage() as staged:
        if scope is None:
            both = {"exchange_id": exchange.id, "person_id": kim.person_id}
            staged.add(ExchangeOrganiser(**both, since_at=LONG_AGO))
        else:
            place = {Scope.CIRCLE: exchange.circle_id, Scope.HOUSE: HOUSE}[scope]
            grant_to(staged, kim, Role.ORGANISER, scope, place)
    rename(kim, hanna.account_id)
    assert session.get_one(Person, hanna.person_id).name == "Somebody else"


def test_nobody_says_of_who_runs_more_that_they_are_a_child(stage, organiser):
    hanna, _ = organiser
    with stage() as session:
        keeper = make_clerk(session, "Leo", "people.see", "people.keep", "exchanges.begin")
    with pytest.raises(MoreThanOwn):
        say_child(keeper, hanna.person_id, is_child=True)


def test_an_administrator_keeps_everybody_s(admin, somebody, session):
    hanna = somebody(Role.ORGANISER, Scope.CIRCLE)
    move(admin, hanna.account_id)
    assert session.get_one(Account, hanna.account_id).email == "thief@example.org"
