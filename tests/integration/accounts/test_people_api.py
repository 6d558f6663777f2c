"""Circles, households and the address book over the API."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts.models import Circle, Guardian, Household, Person, RoleGrant
from kinkeeper.features.accounts.service.closing_accounts import delete_account, purge_account
from kinkeeper.features.accounts.service.merging import merge_people
from kinkeeper.kernel.actor import SYSTEM
from tests.factories import guest, make_account, make_circle, make_organiser, make_person
from tests.integration.web.support import MISSING, at_once, bearer, fingerprint


@pytest.fixture
def scene(stage, admin):
    """Olga keeps the Olsens' book, in which Ana, Ben, little Tim and Mia are, and Otto the Bergs'."""
    with stage() as session:
        circle, other = make_circle(session), make_circle(session, "The Bergs")
        olga, otto = make_organiser(session, circle=circle), make_organiser(session, "Otto", circle=other)
        mia = make_account(session, "Mia", circle=circle)
        people = {name: make_person(session, name, circle=circle).id for name in ("Ana", "Ben")}
        people["Tim"] = make_person(session, "Tim", circle=circle, email=None).id
        return Scene(circle.id, other.id, olga, otto, mia, people)


class Scene:
    def __init__(self, circle, other, olga, otto, mia, people):
        self.circle, self.other, self.olga, self.otto, self.mia, self.people = (
            *(circle, other, olga, otto, mia),
            people,
        )


@pytest.fixture
def call(app):
    """`call(actor, "PATCH", path, …)` asks as a program of theirs."""
    tokens: dict[str, dict[str, str]] = {}

    def ask(actor, method, path, *, headers=None, **options):
        if actor is not None and actor.name not in tokens:
            tokens[actor.name] = bearer(actor)
        sent = tokens[actor.name] if actor is not None else {}
        client = app.test_client()
        return client.open(
            f"/api/v1{path}",
            method=method,
            base_url="http://kinkeeper.test",
            headers={**sent, **(headers or {})},
            **options,
        )

    return ask


def test_a_circle_from_its_beginning_to_its_end(call, admin, session):
    made = call(admin, "POST", "/circles", json={"name": "The Club", "language": "de"})
    assert made.status_code == 201
    path = f"/circles/{made.json['data']['id']}"
    assert made.location.endswith(path)
    assert made.json["data"] | {"id": 0, "created_at": 0} == {
        "id": 0,
        "created_at": 0,
        "name": "The Club",
        "language": "de",
        "zone": "Europe/London",
    }
    changed = call(admin, "PATCH", path, json={"zone": "Europe/Oslo"})
    assert (changed.json["data"]["name"], changed.json["data"]["zone"]) == ("The Club", "Europe/Oslo")
    assert "The Club" in [one["name"] for one in call(admin, "GET", "/circles").json["data"]]
    assert call(admin, "DELETE", path).status_code == 204
    assert call(admin, "GET", path).status_code == 404
    assert "The Club" not in session.scalars(select(Circle.name)).all()


def test_a_person_is_added_found_changed_and_forgotten(call, scene, session):
    said = {"name": "Zoë", "email": "zoe@example.org", "birthday": "--02-29", "zone": "Europe/Oslo"}
    made = call(scene.olga, "POST", "/people", json={"circle_id": str(scene.circle), **said})
    assert made.status_code == 201
    data = made.json["data"]
    path = f"/people/{data['id']}"
    assert {name: data[name] for name in said} == said
    assert (data["language"], data["has_account"], data["is_confirmed"]) == ("en", False, False)
    found = call(scene.olga, "GET", "/people?q=ZOE").json
    assert ([one["id"] for one in found["data"]], found["pagination"]["total_items"]) == ([data["id"]], 1)
    changed = call(scene.olga, "PATCH", path, json={"name": "Zoé", "birthday": None})
    assert (changed.json["data"]["name"], changed.json["data"]["birthday"]) == ("Zoé", None)
    assert changed.json["data"]["email"] == "zoe@example.org"
    assert call(scene.olga, "DELETE", path).status_code == 204
    assert call(scene.olga, "GET", path).status_code == 404
    assert session.scalar(select(func.count()).where(Person.email == "zoe@example.org")) == 0


def test_guardians_are_appointed_listed_and_removed(call, scene, session):
    path = f"/people/{scene.people['Tim']}/guardians"
    ids = [str(scene.people[name]) for name in ("Ben", "Ana")]
    appointed = call(scene.olga, "POST", path, json={"guardian_ids": ids})
    assert [one["name"] for one in appointed.json["data"]["guardians"]] == ["Ana", "Ben"]
    listed = call(scene.olga, "GET", path).json
    assert [one["id"] for one in listed["data"]] == ids[::-1]
    assert listed["pagination"]["total_items"] == 2
    second = call(scene.olga, "GET", f"{path}?page=2&per_page=1").json
    assert ([one["name"] for one in second["data"]], second["pagination"]["has_next"]) == (["Ben"], False)
    wards = call(scene.olga, "GET", f"/people/{ids[0]}").json["data"]["wards"]
    assert [one["name"] for one in wards] == ["Tim"]
    assert call(scene.olga, "DELETE", f"{path}/{ids[0]}").status_code == 204
    assert session.scalars(select(Guardian.guardian_id)).all() == [scene.people["Ana"]]
    assert call(scene.olga, "DELETE", f"{path}/{ids[0]}").status_code == 404


def test_whoever_keeps_the_book_says_who_is_a_child(call, scene, session):
    """As the page of the entry does; with an account they take part, and begin nothing."""
    path = f"/people/{scene.people['Tim']}"
    assert call(scene.olga, "GET", path).json["data"]["is_child"] is False
    for says in (True, True, False):
        said = call(scene.olga, "PUT", f"{path}/child", json={"is_child": says})
        assert (said.status_code, said.json["data"]["is_child"]) == (200, says)
    call(scene.olga, "PUT", f"{path}/child", json={"is_child": True})
    book = call(scene.olga, "GET", "/people?per_page=100").json["data"]
    assert [one["name"] for one in book if one["is_child"]] == ["Tim"]


def test_a_circle_is_not_called_as_another(call, admin, scene):
    """The API says which field it is, in a problem of its own."""
    begun = call(admin, "POST", "/circles", json={"name": "the olsens"})
    renamed = call(admin, "PATCH", f"/circles/{scene.other}", json={"name": "The Olsens"})
    for refused in (begun, renamed):
        assert (refused.status_code, refused.json["error"]["code"]) == (409, "circle.name_taken")
        assert list(refused.json["error"]["details"]) == ["name"]


def test_two_entries_become_one(call, scene, stage, session):
    with stage() as staged:
        double = make_person(staged, "Anna", circle=staged.get_one(Circle, scene.circle), email=None).id
    merged = call(scene.olga, "POST", f"/people/{double}/merge", json={"into": str(scene.people["Ana"])})
    assert merged.json["data"]["id"] == str(scene.people["Ana"])
    assert call(scene.olga, "GET", f"/people/{double}").status_code == 404
    same = call(scene.olga, "POST", f"/people/{double}/merge", json={"into": str(double)})
    assert same.status_code == 404


@pytest.mark.parametrize("by", ["letting the other go", "waiting"])
def test_an_entry_whose_account_is_in_the_bin_does_not_go_yet(call, scene, admin, now, by):
    """It is closed already: whoever is refused is told what helps, and it does."""
    mia, ana = str(scene.mia.person_id), str(scene.people["Ana"])
    delete_account(admin, scene.mia.account_id, steps=STEPS.close)
    refused = call(scene.olga, "POST", f"/people/{mia}/merge", json={"into": ana})
    error = refused.json["error"]
    assert (refused.status_code, error["code"]) == (409, "person.merged_from_bin")
    assert "Close the account first" not in error["message"]
    assert "let the other go, or wait until the account is gone for good" in error["message"]
    assert call(scene.olga, "GET", f"/people/{mia}").status_code == 200
    if by == "waiting":
        now.advance(days=31)
        purge_account(SYSTEM, scene.mia.account_id)
        merge_people(scene.olga, scene.mia.person_id, scene.people["Ana"], steps=STEPS.merge)
    else:
        assert call(scene.olga, "POST", f"/people/{ana}/merge", json={"into": mia}).status_code == 200


def test_a_household_over_the_api(call, scene, session):
    path = f"/circles/{scene.circle}/households"
    ana, ben, tim = (str(scene.people[name]) for name in ("Ana", "Ben", "Tim"))
    made = call(scene.olga, "POST", path, json={"name": "Oak Road", "person_ids": [ana, ben]})
    assert made.status_code == 201
    home = f"{path}/{made.json['data']['id']}"
    changed = call(scene.olga, "PATCH", home, json={"person_ids": [ana, tim]})
    assert [one["name"] for one in changed.json["data"]["members"]] == ["Ana", "Tim"]
    assert changed.json["data"]["name"] == "Oak Road"
    assert [one["name"] for one in call(scene.olga, "GET", path).json["data"]] == ["Oak Road"]
    elsewhere = home.replace(str(scene.circle), str(scene.other))
    for method in ("GET", "DELETE"):
        assert call(scene.olga, method, elsewhere).status_code == 404
    assert call(scene.olga, "DELETE", home).status_code == 204
    assert session.scalars(select(Household.id)).all() == []


@pytest.mark.parametrize(
    "extra",
    [
        {"id": MISSING},
        {"circle_id": MISSING},
        {"has_account": True},
        {"confirmed_at": "2026-01-01T00:00:00Z"},
        {"is_confirmed": True},
        {"folded": "x"},
        {"created_at": "2026-01-01T00:00:00Z"},
    ],
)
def test_what_nobody_may_say_is_refused(call, scene, session, extra):
    """A-66: mass assignment."""
    before = fingerprint(session, besides=frozenset({"access_token", "audit_entry"}))
    path = f"/people/{scene.people['Ana']}"
    assert call(scene.olga, "PATCH", path, json={"name": "Anna", **extra}).status_code == 422
    if "circle_id" not in extra:
        new = {"circle_id": str(scene.circle), "name": "Eve", **extra}
        assert call(scene.olga, "POST", "/people", json=new).status_code == 422
    assert call(scene.olga, "PATCH", f"/circles/{scene.circle}", json=extra).status_code == 422
    assert fingerprint(session, besides=frozenset({"access_token", "audit_entry"})) == before


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": "buy at evil.example.com"}, "person.bad_name"),
        ({"email": "nonsense"}, "person.bad_address"),
        ({"birthday": "1985-02-30"}, "person.bad_birthday"),
        ({"zone": "Mars"}, "person.unknown_zone"),
        ({"language": "xx"}, "person.unknown_language"),
        ({"name": None}, "VALIDATION_ERROR"),
        ({"name": 7}, "VALIDATION_ERROR"),
        ({"language": None}, "VALIDATION_ERROR"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_code(call, scene, said, code):
    answer = call(scene.olga, "PATCH", f"/people/{scene.people['Ana']}", json=said)
    assert (answer.status_code, answer.json["error"]["code"]) == (422, code)


def calls_on(scene, circle, person, other, household):
    """Every call about something that is there: method, path, body."""
    return [
        ("GET", f"/circles/{circle}", None),
        ("PATCH", f"/circles/{circle}", {"name": "Mine"}),
        ("DELETE", f"/circles/{circle}", None),
        ("GET", f"/circles/{circle}/households", None),
        ("POST", f"/circles/{circle}/households", {"name": "Mine", "person_ids": [person, other]}),
        ("GET", f"/circles/{circle}/households/{household}", None),
        ("PATCH", f"/circles/{circle}/households/{household}", {"name": "Mine"}),
        ("DELETE", f"/circles/{circle}/households/{household}", None),
        ("POST", "/people", {"circle_id": circle, "name": "Eve"}),
        ("GET", f"/people/{person}", None),
        ("PATCH", f"/people/{person}", {"name": "Evil"}),
        ("DELETE", f"/people/{person}", None),
        ("POST", f"/people/{person}/merge", {"into": other}),
        ("PUT", f"/people/{person}/child", {"is_child": True}),
        ("GET", f"/people/{person}/guardians", None),
        ("POST", f"/people/{person}/guardians", {"guardian_ids": [other]}),
        ("DELETE", f"/people/{person}/guardians/{other}", None),
    ]


def test_foreign_and_missing_are_the_same_404_whoever_asks(call, scene, stage, session):
    """T-39: another circle's organiser, a guest, nobody; and a member of this one learns of no person."""
    with stage() as staged:
        home = Household(circle_id=scene.circle, name="Oak Road")
        staged.add(home)
        staged.flush()
        home_id = home.id
    real = [str(one) for one in (scene.circle, scene.people["Tim"], scene.people["Ana"], home_id)]
    call(scene.otto, "GET", "/people"), call(scene.mia, "GET", "/people")  # their tokens are made
    besides = frozenset({"access_token", "web_session"})
    before = fingerprint(session, besides=besides)
    for foreign, missing in zip(
        calls_on(scene, *real), calls_on(scene, MISSING, MISSING, MISSING[:-1] + "1", MISSING), strict=True
    ):
        (method, path, body), (_, nowhere, nothing) = foreign, missing
        options = {} if body is None else {"json": body}
        no_options = {} if nothing is None else {"json": nothing}
        got = call(scene.otto, method, path, **options)
        none = call(scene.otto, method, nowhere, **no_options)
        assert got.status_code == none.status_code == 404, (method, path)
        assert got.json["error"] == none.json["error"], (method, path)
        assert call(None, method, path, **options).status_code == 401
        member = call(scene.mia, method, path, **options).status_code
        knows = path.startswith(f"/circles/{scene.circle}") and "/households/" not in path
        assert member == (
            200
            if (method, path) == ("GET", f"/circles/{real[0]}")
            else 403
            if knows or path == "/people"
            else 404
        ), path
    assert fingerprint(session, besides=besides) == before


def test_lists_hold_what_one_may_see_and_no_more(call, scene, stage, admin):
    names = lambda answer: sorted(one["name"] for one in answer.json["data"])  # noqa: E731 - said often here
    assert names(call(scene.olga, "GET", "/people")) == ["Ana", "Ben", "Mia", "Olga", "Tim"]
    assert names(call(scene.otto, "GET", "/people")) == ["Otto"]
    assert names(call(scene.mia, "GET", "/people")) == []
    assert names(call(scene.olga, "GET", f"/people?circle_id={scene.other}")) == []
    assert names(call(admin, "GET", f"/people?circle_id={scene.other}")) == ["Otto"]
    assert names(call(scene.mia, "GET", "/circles")) == ["The Olsens"]
    with stage() as staged:
        for grant in staged.scalars(select(RoleGrant).where(RoleGrant.person_id == scene.olga.person_id)):
            staged.delete(grant)
    assert names(call(scene.olga, "GET", "/people")) == []


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "per_page=101", "circle_id=7", "nonsense=1", "q=" + "x" * 255]
)
def test_a_question_that_cannot_be_meant(call, scene, query):
    assert call(scene.olga, "GET", f"/people?{query}").status_code == 422


def test_a_guest_has_no_address_book(scene, client_of, session):
    """D-1."""
    ana = session.get_one(Person, scene.people["Ana"])
    assert client_of(guest(ana)).get("/api/v1/people").status_code == 401
    assert client_of(guest(ana)).get("/api/v1/circles").status_code == 401


def test_what_was_changed_meanwhile_is_not_overwritten(call, scene, session):
    """ETag and If-Match (RFC 9110, 13.1.1)."""
    for path, said in (
        (f"/people/{scene.people['Ana']}", {"name": "Anna"}),
        (f"/circles/{scene.circle}", {"name": "The Olsen-Bergs"}),
    ):
        tag = call(scene.olga, "GET", path).headers["ETag"]
        assert call(scene.olga, "GET", path, headers={"If-None-Match": tag}).status_code == 304
        match = {"If-Match": tag}
        assert call(scene.olga, "PATCH", path, json=said, headers=match).status_code == 200
        assert call(scene.olga, "PATCH", path, json={"name": "Later"}, headers=match).status_code == 412
    assert session.get_one(Person, scene.people["Ana"]).name == "Anna"


@pytest.mark.parametrize("said", ["name", "email"])
def test_of_two_who_change_the_same_entry_one_is_told(call, scene, session, said):
    """T-57: also where the entry goes by another address, for which exchanges are locked first."""
    path = f"/people/{scene.people['Ana']}"
    match = {"If-Match": call(scene.olga, "GET", path).headers["ETag"]}
    values = ["one@example.org", "two@example.org"] if said == "email" else ["One", "Two"]
    results = at_once(
        *(
            lambda value=value: call(scene.olga, "PATCH", path, json={said: value}, headers=match).status_code
            for value in values
        )
    )
    assert sorted(results) in ([200, 409], [200, 412])


@pytest.fixture
def things(call, scene, session):
    """Each thing that two can edit: its path, what is said of it, and all that can be done about it."""
    ana, ben, tim = (scene.people[name] for name in ("Ana", "Ben", "Tim"))
    call(scene.olga, "POST", f"/people/{tim}/guardians", json={"guardian_ids": [str(ana), str(ben)]})
    homes = f"/circles/{scene.circle}/households"
    together = {"name": "Oak Road", "person_ids": [str(ana), str(tim)]}
    home = f"{homes}/{call(scene.olga, 'POST', homes, json=together).json['data']['id']}"
    change = ("PATCH", "", {"name": "Somebody else"})
    delete = ("DELETE", "", None)
    return {
        f"/people/{ben}": [
            change,
            delete,
            ("POST", "/merge", {"into": str(ana)}),
            ("PUT", "/child", {"is_child": True}),
        ],
        f"/people/{tim}": [
            change,
            delete,
            ("POST", "/guardians", {"guardian_ids": [str(ben)]}),
            ("DELETE", f"/guardians/{ben}", None),
        ],
        f"/circles/{scene.circle}": [change, delete],
        home: [change, delete],
    }


def test_whoever_has_seen_an_older_state_does_nothing_about_it(call, admin, things, session):
    """If-Match (RFC 9110, 13.1.1), on everything that changes or deletes."""
    for path, acts in things.items():
        stale = call(admin, "GET", path).headers["ETag"]
        assert call(admin, "PATCH", path, json={"name": "Said anew"}).status_code == 200
        before = fingerprint(session)
        for method, below, said in acts:
            refused = call(admin, method, path + below, json=said, headers={"If-Match": stale})
            told = (refused.status_code, refused.json["error"]["code"])
            assert told == (412, "PRECONDITION_FAILED"), (method, path, below)
        assert fingerprint(session) == before


def test_whoever_has_seen_the_present_state_may_go_on(call, admin, things):
    """A star is any state that there is (RFC 9110, 13.1.1)."""
    for path in (*list(things)[3:], *list(things)[1:2]):  # a home ends with who lives there
        tag = call(admin, "GET", path).headers["ETag"]
        changed = call(admin, "PATCH", path, json={"name": "Said anew"}, headers={"If-Match": tag})
        assert changed.status_code == 200
        fresh = {"If-Match": changed.headers["ETag"]}
        assert call(admin, "DELETE", path, headers=fresh).status_code == 204
    assert (
        call(admin, "PATCH", next(iter(things)), json={"name": "B"}, headers={"If-Match": "*"}).status_code
        == 200
    )


def test_a_state_that_was_seen_tells_nobody_what_is_there(call, scene, things):
    """T-39: foreign and missing are refused before anything is compared."""
    for path, acts in things.items():
        for method, below, said in acts:
            for headers in ({"If-Match": '"x"'}, {"If-Match": "*"}):
                refused = call(scene.otto, method, path + below, json=said, headers=headers)
                assert refused.status_code == 404, (method, path, below)


def test_pages_of_a_hundred_take_few_statements(call, scene, stage, queries_at_most):
    with stage() as session:
        circle = session.get_one(Circle, scene.circle)
        for at in range(120):
            person = make_person(session, f"P {at}", circle=circle, email=f"p{at}@example.org")
            ward = make_person(session, f"W {at}", circle=circle, email=None)
            session.add(Guardian(ward_id=ward.id, guardian_id=person.id))
    call(scene.olga, "GET", "/people")
    for path, most in (("/people?per_page=100", 6), ("/people?per_page=100&q=p", 6), ("/circles", 4)):
        with queries_at_most(most):
            assert call(scene.olga, "GET", path).status_code == 200
