"""Roles and the audit trail for programs (A-55, A-57, A-66)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Person, RoleGrant
from kinkeeper.features.accounts.service.custom_roles import change_role, delete_role, make_role
from kinkeeper.kernel.roles import Role
from kinkeeper.kernel.work import along
from tests.factories import make_account, make_grant, make_organiser
from tests.integration.web.support import MISSING

ROLES, AUDIT = "/api/v1/roles", "/api/v1/audit"


@pytest.fixture
def olga(stage, circle):
    """She runs the circle."""
    with stage() as session:
        return make_organiser(session, circle=circle)


def test_roles_are_listed_made_changed_and_deleted(program_of, admin):
    program = program_of(admin)
    listed = program.get(f"{ROLES}?per_page=100").json
    assert [role["name"] for role in listed["data"]] == list(Role)
    second = program.get(f"{ROLES}?page=2&per_page=4").json
    assert [role["name"] for role in second["data"]] == list(Role)[4:8]
    assert second["pagination"]["total_items"] == len(Role)
    wanted = {"name": "post-keeper", "title": "Keeper of the post", "rights": ["house.see_letters"]}
    made = program.post(ROLES, json=wanted)
    assert (made.status_code, made.location) == (201, f"{ROLES}/post-keeper")
    assert made.json["data"] == {**wanted, "is_built_in": False}
    path = f"{ROLES}/post-keeper"
    changed = program.patch(path, json={"title": "Postmaster"})
    assert changed.json["data"] == {**wanted, "title": "Postmaster", "is_built_in": False}
    assert program.patch(path, json={"rights": []}).json["data"]["rights"] == []
    assert program.delete(path).status_code == 204
    assert program.get(path).status_code == 404


def test_who_edits_what_has_changed_meanwhile_is_told(program_of, admin):
    program = program_of(admin)
    make_role(admin, "reader", "Reader", [])
    path = f"{ROLES}/reader"
    tag = program.get(path).headers["ETag"]
    assert program.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert program.patch(path, json={"title": "Other"}, headers={"If-Match": tag}).status_code == 200
    for refused in (
        program.patch(path, json={"title": "Mine"}, headers={"If-Match": tag}),
        program.delete(path, headers={"If-Match": tag}),
    ):
        assert (refused.status_code, refused.json["error"]["code"]) == (412, "PRECONDITION_FAILED")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "x", "title": "X", "rights": []}, "VALIDATION_ERROR"),
        ({"name": "organiser", "title": "X", "rights": []}, "role.name_taken"),
        ({"name": "odd", "title": "X", "rights": ["everything"]}, "role.unknown_right"),
        ({"name": "odd", "title": "X", "rights": [], "is_built_in": True}, "VALIDATION_ERROR"),
        ({"name": "odd", "title": "X"}, "VALIDATION_ERROR"),
        ({"name": "odd", "title": "X", "rights": "people.see"}, "VALIDATION_ERROR"),
    ],
)
def test_what_cannot_be_meant_is_refused(program_of, admin, body, code):
    answer = program_of(admin).post(ROLES, json=body)
    assert (answer.status_code in {409, 422}, answer.json["error"]["code"]) == (True, code)


def test_a_role_is_given_for_a_circle_and_taken_back(program_of, olga, ben, circle, session):
    """By the circle's organiser, who keeps no roles of the house."""
    program, path = program_of(olga), f"{ROLES}/observer/grants"
    body = {"person_id": str(ben.person_id), "scope": "circle", "circle_id": str(circle.id)}
    given = program.post(path, json=body)
    assert given.status_code == 201
    assert given.json["data"]["scope_id"] == str(circle.id)
    assert program.get(path).status_code == 403
    gone = f"{path}/{given.json['data']['id']}"
    assert given.location == gone
    assert program.get(given.location).json["data"] == given.json["data"]
    assert program.get(gone.replace("observer", "coordinator")).status_code == 403
    assert program.delete(gone.replace("observer", "coordinator")).status_code == 404
    assert program.delete(gone).status_code == 204
    assert program.delete(gone).status_code == 404
    assert session.scalars(select(RoleGrant.id).where(RoleGrant.person_id == ben.person_id)).all() == []


def test_nobody_gives_more_than_they_have_nor_learns_of_others(program_of, olga, ben, admin, circle):
    """A-57, T-39."""
    program = program_of(olga)
    here = {"scope": "circle", "circle_id": str(circle.id)}
    for role, body, status in (
        ("administrator", {"person_id": str(olga.person_id)}, 403),
        ("organiser", {"person_id": str(olga.person_id)}, 403),
        ("administrator", {"person_id": str(olga.person_id), **here}, 403),
        ("observer", {"person_id": str(admin.person_id), **here}, 404),
        ("observer", {"person_id": MISSING, **here}, 404),
        ("observer", {"person_id": str(ben.person_id), **here, "circle_id": MISSING}, 404),
        ("no-such-role", {"person_id": str(ben.person_id), **here}, 422),
    ):
        assert program.post(f"{ROLES}/{role}/grants", json=body).status_code == status, (role, body)
    assert program.post(ROLES, json={"name": "mine", "title": "Mine", "rights": []}).status_code == 403


def test_who_has_a_role_is_listed_in_pages(program_of, stage, admin, circle):
    with stage() as session:
        for name in ("Una", "Vic", "Wim"):
            person = session.get_one(Person, make_account(session, name, circle=circle).person_id)
            make_grant(session, person, Role.OBSERVER)
    answer = program_of(admin).get(f"{ROLES}/observer/grants?per_page=2").json
    assert [line["name"] for line in answer["data"]] == ["Una", "Vic"]
    assert answer["pagination"]["total_items"] == 3


def test_the_trail_is_read_by_whoever_may(program_of, admin, olga, ben):
    make_role(admin, "reader", "Reader", [])
    program = program_of(admin)
    (entry,) = program.get(f"{AUDIT}?group=role").json["data"]
    told = ("Ada Admin made up a role.", "Ada Admin", "role.made")
    assert (entry["says"], entry["actor"], entry["action"]) == told
    assert (
        program.get(f"{AUDIT}?actor_id={admin.account_id}&per_page=1").json["pagination"]["total_items"] >= 1
    )
    assert program.get(f"{AUDIT}?subject_id={MISSING}").json["data"] == []
    for wrong in ("group=x", "since=yesterday", "actor_id=x", "who=" + "x" * 81, "unknown=1", "page=0"):
        assert program.get(f"{AUDIT}?{wrong}").status_code == 422, wrong
    for method in ("post", "put", "patch", "delete"):
        assert getattr(program, method)(AUDIT, json={}).status_code == 405
    for actor in (olga, ben):
        assert program_of(actor).get(AUDIT).status_code == 403


def test_who_keeps_no_roles_is_told_neither_of_roles_nor_of_people(program_of, admin, ben):
    """T-39: what is there is answered as what is not."""
    make_role(admin, "desk", "Desk", [])
    program = program_of(ben)
    grant = {"person_id": str(ben.person_id), "scope": "house"}

    def answers(name):
        yield program.get(f"{ROLES}/{name}")
        yield program.patch(f"{ROLES}/{name}", json={"title": "x"})
        yield program.delete(f"{ROLES}/{name}")
        yield program.post(f"{ROLES}/{name}/grants", json=grant)
        yield program.post(f"{ROLES}/{name}/grants", json={**grant, "person_id": MISSING})

    for answer in (*answers("desk"), *answers("nope")):
        assert (answer.status_code, answer.json["error"]["code"]) == (403, "FORBIDDEN")
    inside = {**grant, "scope": "circle", "circle_id": MISSING}
    for name, person_id in (("desk", str(ben.person_id)), ("nope", MISSING)):
        answer = program.post(f"{ROLES}/{name}/grants", json={**inside, "person_id": person_id})
        assert answer.status_code == 404


def test_a_role_that_was_changed_before_the_lock_is_seen_under_it(admin):
    """If-Match is compared once more when the row is held (C-37)."""
    make_role(admin, "desk", "Desk", [])
    looks = []
    with along(looks.append, is_comparison=True):
        change_role(admin, "desk", title="Front desk")
    with along(looks.append, is_comparison=True):
        delete_role(admin, "desk")
    assert len(looks) == 4
