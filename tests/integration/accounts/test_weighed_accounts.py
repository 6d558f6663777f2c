"""Keeping accounts is no way to come by what one may not do: all that their owners may is weighed (A-57)."""

from __future__ import annotations

import pytest

from kinkeeper.features.accounts.models import Account, CustomRole, Person
from kinkeeper.features.accounts.service.closing_accounts import deactivate_account, delete_account
from kinkeeper.features.accounts.service.keeping_accounts import change_account
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.roles import HOUSE, Role, Scope
from tests.factories import make_account, make_circle, make_grant
from tests.factories.accounts import LONG_AGO

RIGHTS = ["accounts.see", "accounts.keep"]


@pytest.fixture
def kim(stage, admin):
    """Somebody who keeps accounts, and may nothing else."""
    with stage() as session:
        role = CustomRole(name="desk", title="Desk", rights=RIGHTS, created_at=LONG_AGO, changed_at=LONG_AGO)
        session.add(role)
        kim = make_account(session, "Kim")
        make_grant(session, session.get_one(Person, kim.person_id), "desk")
    return kim


@pytest.fixture
def somebody(stage):
    """Make an account of somebody with a role for the house, a circle, or an exchange."""

    def make(role, scope=Scope.HOUSE):
        with stage() as session:
            circle = make_circle(session, "The Browns")
            hanna = make_account(session, "Hanna", circle=circle)
            places = {Scope.HOUSE: HOUSE, Scope.CIRCLE: circle.id, Scope.OCCASION: new_id()}
            if role:
                make_grant(session, session.get_one(Person, hanna.person_id), role, scope, places[scope])
        return hanna

    return make


def move(actor, account_id):
    change_account(actor, account_id, {"email": "thief@example.org"})


def rename(actor, account_id):
    change_account(actor, account_id, {"name": "Somebody else"})


@pytest.mark.parametrize("act", [move, rename, deactivate_account, delete_account])
@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.ADMINISTRATOR, Scope.HOUSE),
        (Role.OBSERVER, Scope.HOUSE),
        (Role.ORGANISER, Scope.CIRCLE),
        (Role.COORDINATOR, Scope.OCCASION),
    ],
)
def test_nobody_touches_the_account_of_who_may_more_anywhere(kim, somebody, session, act, role, scope):
    hanna = somebody(role, scope)
    with pytest.raises(Forbidden):
        act(kim, hanna.account_id)
    assert session.get_one(Account, hanna.account_id).email == "hanna@example.org"


@pytest.mark.parametrize("role", [None, "desk", Role.CHILD])
def test_who_may_as_much_or_less_is_kept(kim, somebody, session, role):
    """What everybody may in their own circle does not count."""
    hanna = somebody(role, Scope.CIRCLE if role == Role.CHILD else Scope.HOUSE)
    move(kim, hanna.account_id)
    assert session.get_one(Account, hanna.account_id).email == "thief@example.org"


def test_who_has_as_much_in_the_same_place_is_nobody_s_better(kim, somebody, stage, session):
    hanna = somebody(Role.ORGANISER, Scope.CIRCLE)
    with stage() as staged:
        circle_id = staged.get_one(Person, hanna.person_id).circle_id
        keeper = staged.get_one(Person, kim.person_id)
        make_grant(staged, keeper, Role.ORGANISER, Scope.CIRCLE, circle_id)
    move(kim, hanna.account_id)
    assert session.get_one(Account, hanna.account_id).email == "thief@example.org"


def test_an_administrator_keeps_everybody_s(admin, somebody, session):
    hanna = somebody(Role.ORGANISER, Scope.CIRCLE)
    move(admin, hanna.account_id)
    assert session.get_one(Account, hanna.account_id).email == "thief@example.org"
