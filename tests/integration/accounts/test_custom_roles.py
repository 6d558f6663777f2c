"""Roles that the house makes up: never more than their maker may do, and gone where they are deleted."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import CustomRole, RoleGrant
from kinkeeper.features.accounts.queries import with_grants
from kinkeeper.features.accounts.service.custom_roles import (
    BadRoleName,
    BadRoleTitle,
    RoleNameTaken,
    UnknownRight,
    change_role,
    delete_role,
    make_role,
)
from kinkeeper.features.accounts.service.granting import MoreThanOwn, UnknownRole, grant_role_to
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Forbidden, NotFound
from kinkeeper.kernel.roles import Role
from tests.factories import grant_to, guest, make_account, make_person
from tests.integration.web.support import at_once, fingerprint, problems_among

LETTERS, PEOPLE = "house.see_letters", "people.see"


@pytest.fixture
def rita(stage, admin):
    """Keeps roles, and may read letters: nothing else."""
    make_role(admin, "registrar", "Registrar", ["roles.keep", LETTERS])
    with stage() as session:
        actor = make_account(session, "Rita")
        grant_to(session, actor, "registrar")
        return with_grants(session, actor)


def role_of(session, name):
    return session.get(CustomRole, name, populate_existing=True)


def test_a_role_is_made_and_lets_people_do_what_it_says(admin, ben, session):
    make_role(admin, "post-keeper", "Keeper of the post", [PEOPLE, LETTERS, LETTERS])
    role = role_of(session, "post-keeper")
    assert (role.title, role.rights) == ("Keeper of the post", [LETTERS, PEOPLE])
    grant_role_to(admin, ben.person_id, "post-keeper")
    actor = with_grants(session, ben)
    assert actor.may(LETTERS)
    assert not actor.may("accounts.see")


def test_a_change_holds_at_once_for_everybody_who_has_it(admin, ben, session):
    make_role(admin, "post-keeper", "Keeper of the post", [LETTERS])
    grant_role_to(admin, ben.person_id, "post-keeper")
    change_role(admin, "post-keeper", rights=[PEOPLE])
    actor = with_grants(session, ben)
    assert (actor.may(LETTERS), actor.may(PEOPLE)) == (False, True)
    change_role(admin, "post-keeper", title="Postmaster")
    role = role_of(session, "post-keeper")
    assert (role.title, role.rights) == ("Postmaster", [PEOPLE])


def test_a_deleted_role_s_grants_go_along_and_do_not_come_back(admin, ben, session):
    """Another role of the same name is another role."""
    make_role(admin, "post-keeper", "Keeper of the post", [LETTERS])
    grant_role_to(admin, ben.person_id, "post-keeper")
    delete_role(admin, "post-keeper")
    make_role(admin, "post-keeper", "Keeper of the post", [LETTERS])
    assert not with_grants(session, ben).may(LETTERS)
    assert session.scalars(select(RoleGrant).where(RoleGrant.role == "post-keeper")).all() == []
    with pytest.raises(NotFound):
        delete_role(admin, "no-such-role")


def test_nobody_makes_a_role_of_more_than_they_may(rita, admin, session):
    """A-57: making it, adding to it, and taking away what others were given."""
    make_role(admin, "post-keeper", "Keeper of the post", [PEOPLE])
    before = fingerprint(session)
    for act in (
        lambda: make_role(rita, "stronger", "Stronger", [LETTERS, PEOPLE]),
        lambda: change_role(rita, "registrar", rights=["roles.keep", LETTERS, "accounts.keep"]),
        lambda: change_role(rita, "post-keeper", rights=[]),
        lambda: delete_role(rita, "post-keeper"),
    ):
        with pytest.raises(MoreThanOwn):
            act()
    assert fingerprint(session) == before
    make_role(rita, "reader", "Reader", [LETTERS])
    assert role_of(session, "reader").rights == [LETTERS]


@pytest.mark.parametrize(
    "name", ["", "a", "a" * 41, "Post", "post keeper", "päst", "post_keeper", "a\n", "../a"]
)
def test_names_that_cannot_stand_in_an_address_are_refused(admin, name):
    with pytest.raises(BadRoleName):
        make_role(admin, name, "Title", [])


@pytest.mark.parametrize("name", list(Role))
def test_built_in_roles_are_neither_made_changed_nor_deleted(admin, name):
    with pytest.raises(RoleNameTaken):
        make_role(admin, name, "Title", [])
    with pytest.raises(NotFound):
        change_role(admin, name, rights=[])
    with pytest.raises(NotFound):
        delete_role(admin, name)


def test_rights_that_nobody_knows_and_titles_of_nothing_are_refused(admin, session):
    make_role(admin, "reader", "Reader", [LETTERS])
    before = fingerprint(session)
    for right in ("everything", "*", "exchanges.organise ", ""):
        with pytest.raises(UnknownRight):
            make_role(admin, "odd", "Odd", [LETTERS, right])
        with pytest.raises(UnknownRight):
            change_role(admin, "reader", rights=[right])
    for title in ("", " ", "a" * 81, "\u202eetis"):
        with pytest.raises(BadRoleTitle):
            make_role(admin, "odd", title, [LETTERS])
    assert fingerprint(session) == before


def test_a_right_that_this_version_does_not_know_grants_nothing(stage, admin, ben, session):
    """A role of a later version, or of an earlier one."""
    make_role(admin, "reader", "Reader", [LETTERS])
    grant_role_to(admin, ben.person_id, "reader")
    with stage() as staged:
        staged.get_one(CustomRole, "reader").rights = [LETTERS, "rockets.launch"]
    assert not with_grants(session, ben).may("rockets.launch")


def test_only_who_keeps_roles_keeps_them(stage, admin, ben, session):
    make_role(admin, "reader", "Reader", [LETTERS])
    with stage() as staged:
        olga = make_account(staged, "Olga")
        grant_to(staged, olga, Role.ORGANISER)
        ana = guest(make_person(staged, "Ana"))
    before = fingerprint(session)
    for actor in (ben, olga, ana, ANONYMOUS):
        for act in (
            lambda actor=actor: make_role(actor, "another", "Another", []),
            lambda actor=actor: change_role(actor, "reader", rights=[]),
            lambda actor=actor: delete_role(actor, "reader"),
        ):
            with pytest.raises(Forbidden):
                act()
    assert fingerprint(session) == before


def test_of_eight_who_make_the_same_role_one_does(admin, session):
    results = at_once(*(lambda: make_role(admin, "reader", "Reader", [LETTERS]) for _ in range(8)))
    assert problems_among(results) == ["RoleNameTaken"] * 7


def test_a_role_that_is_deleted_is_given_to_nobody_meanwhile(admin, ben, session):
    """Else the grant would wait for the next role of this name."""
    for _ in range(4):
        make_role(SYSTEM, "reader", "Reader", [LETTERS])
        results = at_once(
            lambda: delete_role(SYSTEM, "reader"), lambda: grant_role_to(admin, ben.person_id, "reader")
        )
        assert set(problems_among(results)) <= {"UnknownRole"}
        assert session.scalars(select(RoleGrant.id).where(RoleGrant.role == "reader")).all() == []
    with pytest.raises(UnknownRole):
        grant_role_to(admin, ben.person_id, "reader")
