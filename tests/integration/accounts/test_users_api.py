"""/api/v1/users: every account of the house, for those who keep them, and one's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, Circle, Person
from kinkeeper.features.accounts.service import closing_accounts
from kinkeeper.kernel.roles import Role
from kinkeeper.platform import tallies
from kinkeeper.platform.audit import AuditEntry
from tests.factories import grant_to, make_account, make_circle, make_person
from tests.factories.accounts import LONG_AGO, PASSWORD
from tests.integration.web.support import MISSING, carry_letters, fingerprint, path_in

API = "/api/v1/users"


@pytest.fixture
def program(program_of, admin):
    return program_of(admin)


@pytest.fixture
def own(program_of, olga):
    return program_of(olga)


@pytest.fixture
def keeper(program_of, kim):
    return program_of(kim)


def account(session, account_id) -> Account:
    found = select(Account).where(Account.id == account_id)
    return session.scalars(found.execution_options(populate_existing=True)).one()


def code(answer) -> str:
    return answer.json["error"]["code"]


# --- looking


def test_a_page_of_users_has_the_envelope_and_the_fields(program, admin, olga):
    answer = program.get(API)
    assert answer.status_code == 200
    assert [one["name"] for one in answer.json["data"]] == ["Olga", "Ada Admin"]
    first = answer.json["data"][0]
    assert set(first) == {
        "id", "person_id", "circle_id", "username", "email", "name", "language", "zone", "is_active",
        "is_verified", "has_second_factor", "roles", "created_at", "updated_at", "deleted_at",
    }  # fmt: skip
    assert (first["id"], first["email"], first["roles"]) == (
        str(olga.account_id), "olga@example.org", ["member"],
    )  # fmt: skip
    assert answer.json["data"][1]["roles"] == ["administrator", "member"]


def test_nobody_but_who_may_see_them_all_gets_the_list(own, client_of, admin, olga):
    assert (own.get(API).status_code, client_of(None).get(API).status_code) == (403, 401)


def test_everybody_sees_themselves_and_nobody_else(own, admin, olga):
    """T-39: another's account looks as one that never was."""
    assert own.get(f"{API}/{olga.account_id}").json["data"]["name"] == "Olga"
    foreign, missing = own.get(f"{API}/{admin.account_id}"), own.get(f"{API}/{MISSING}")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json["error"] == missing.json["error"]


@pytest.fixture
def crowd(stage, admin):
    with stage() as session:
        circle = make_circle(session, "The Parks")
        names = ("Ana Park", "Anders Lee", "ben annen", "Zoë Ångström", "100% Sure", "A_b")
        actors = {name: make_account(session, name, circle=circle) for name in names}
        session.get_one(Account, actors["ben annen"].account_id).username = "an.other"
        session.get_one(Account, actors["Anders Lee"].account_id).deactivated_at = LONG_AGO
        session.get_one(Account, actors["A_b"].account_id).deleted_at = LONG_AGO
        session.merge(tallies.Tally(name=queries.ACCOUNTS, number=6))
    return actors


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=an", {"Ana Park", "Anders Lee", "ben annen", "Zoë Ångström"}),  # a name, a username, a surname
        ("q=An", {"Ana Park", "Anders Lee", "ben annen", "Zoë Ångström"}),
        ("q=ana%20park", {"Ana Park"}),
        ("q=ana.park@", {"Ana Park"}),
        ("q=Zo%C3%AB", {"Zoë Ångström"}),
        ("q=100%25", {"100% Sure"}),
        ("q=%25", set()),
        ("q=_", set()),
        ("q=A_", set()),
        ("q='", set()),
        ("q=park", {"Ana Park"}),
        ("q=ark", set()),
        ("q=%C3%A5ngstr", {"Zoë Ångström"}),
        ("q=an&is_active=true", {"Ana Park", "ben annen", "Zoë Ångström"}),
        ("q=lee&is_active=true", set()),
        ("deleted=true&q=park", set()),
        ("is_active=false", {"Anders Lee"}),
        ("is_active=true", {"Ana Park", "ben annen", "Zoë Ångström", "100% Sure", "Ada Admin"}),
        ("deleted=true", {"A_b"}),
        ("deleted=true&q=a_", {"A_b"}),
        ("deleted=true&is_active=false", set()),
    ],
)
def test_what_is_looked_for_is_found_and_counted(program, crowd, query, names):
    """A-41: nothing typed is a pattern."""
    answer = program.get(f"{API}?{query}").json
    assert {one["name"] for one in answer["data"]} == names
    assert answer["pagination"]["total_items"] == len(names)


def test_where_many_begin_so_no_surname_is_looked_at(program, stage, admin):
    """Else all names would be read for the letter that everybody types first; the pages agree about it."""
    with stage() as session:
        circle = make_circle(session, "The Parks")
        for number in range(queries.FEW):
            make_account(session, f"Park {chr(97 + number)}", circle=circle)
        make_account(session, "Ana Park", circle=circle)
    pages = [program.get(f"{API}?q=park&per_page=15&page={page}").json for page in (1, 2)]
    assert [len(page["data"]) for page in pages] == [15, queries.FEW - 15]
    assert {page["pagination"]["total_items"] for page in pages} == {queries.FEW}
    assert [one["name"] for one in program.get(f"{API}?q=ana%20park").json["data"]] == ["Ana Park"]


@pytest.mark.parametrize("asked", ["/users?q=%00", "/people?circle_id={circle}&q=a%00", "/audit?who=%00"])
def test_what_postgresql_cannot_be_asked_for_is_refused(program, crowd, session, asked):
    circle = session.scalars(select(Circle.id).where(Circle.name == "The Parks")).one()
    answer = program.get(f"/api/v1{asked.format(circle=circle)}")
    assert (answer.status_code, answer.json["error"]["code"]) == (422, "VALIDATION_ERROR")


def test_pages_follow_the_order_that_was_asked_for(program, stage, admin, now):
    with stage() as session:
        circle = make_circle(session)
        for number, name in enumerate(("Al", "Bo", "Cy", "Di", "Ed")):
            actor = make_account(session, name, circle=circle)
            session.get_one(Account, actor.account_id).created_at = now() + timedelta(minutes=number)
        session.merge(tallies.Tally(name=queries.ACCOUNTS, number=6))
    newest = [program.get(f"{API}?per_page=2&page={page}").json["data"] for page in (1, 2, 3)]
    names = [one["name"] for page in newest for one in page]
    assert names == ["Ed", "Di", "Cy", "Bo", "Al", "Ada Admin"]
    oldest = program.get(f"{API}?sort=created_at").json
    assert [one["name"] for one in oldest["data"]] == names[::-1]
    assert oldest["pagination"]["total_items"] == 6


@pytest.mark.parametrize("query", ["sort=name", "is_active=maybe", "deleted=x", "q=" + "x" * 81, "x=y"])
def test_what_cannot_be_asked_for_is_refused(program, query):
    answer = program.get(f"{API}?{query}")
    assert (answer.status_code, code(answer)) == (422, "VALIDATION_ERROR")


@pytest.mark.parametrize("query", ["", "?q=a", "?is_active=false", "?deleted=true"])
def test_a_page_takes_five_statements_however_many_there_are(program, crowd, queries_at_most, query):
    """Token, page, roles, count; one more where who is closed is taken off the tally."""
    program.get(API + query)
    with queries_at_most(5):
        program.get(API + query)


# --- making


def test_an_account_is_made_with_a_password(program, client_of, session, admin):
    new = {"email": "Ana@Example.org", "name": "Ana", "username": "Ana.O", "password": PASSWORD}
    answer = program.post(API, json=new)
    data = answer.json["data"]
    assert (answer.status_code, answer.headers["Location"]) == (201, f"{API}/{data['id']}")
    assert (data["email"], data["username"], data["roles"]) == ("ana@example.org", "ana.o", ["member"])
    assert (data["is_active"], data["is_verified"], data["language"]) == (True, False, "en")
    assert data["circle_id"] == str(session.get_one(Person, admin.person_id).circle_id)
    signed_in = client_of(None).send("/sign-in", email="ana@example.org", password=PASSWORD)
    assert signed_in.status_code == 403  # their mailbox is asked first
    assert tallies.number_of(session, queries.ACCOUNTS) == 1


def test_without_a_password_they_are_invited_to_choose_one(program, client_of, outbox, session):
    answer = program.post(API, json={"email": "ana@example.org", "name": "Ana"})
    assert (answer.status_code, answer.json["data"]["is_verified"]) == (201, False)
    (letter,) = outbox()
    assert (letter.kind, letter.to) == ("accounts.account_invited", "ana@example.org")
    carry_letters()
    assert client_of(None).get(path_in(outbox()[0])).status_code == 200


def test_who_signs_in_with_another_address_gets_no_second_account(program, stage, olga, session):
    """The entry's address is one thing, the account's another."""
    with stage() as staged:
        staged.get_one(Account, olga.account_id).email = "moved@example.org"
    new = {"email": "olga@example.org", "name": "Olga", "circle_id": str(circle_of(session, olga))}
    answer = program.post(API, json=new)
    assert (answer.status_code, code(answer)) == (409, "account.address_taken")


def circle_of(session, actor):
    return session.get_one(Person, actor.person_id).circle_id


def test_somebody_in_the_address_book_keeps_their_entry(program, stage, session, admin):
    with stage() as staged:
        circle = queries.circle_of(staged, admin.person_id)
        ana = make_person(staged, "Ana", circle=circle)
    data = program.post(API, json={"email": "ana@example.org", "name": "Somebody else"}).json["data"]
    assert (data["person_id"], data["name"]) == (str(ana.id), "Ana")


@pytest.mark.parametrize(
    ("new", "status", "said"),
    [
        ({"email": "olga@example.org"}, 409, "account.address_taken"),
        ({"username": "taken"}, 409, "account.username_taken"),
        ({"circle_id": MISSING}, 404, "NOT_FOUND"),
        ({"email": "no address"}, 422, "person.bad_address"),
        ({"name": "https://evil.com"}, 422, "person.bad_name"),
        ({"username": "a b"}, 422, "account.bad_username"),
        ({"username": "x@y.org"}, 422, "account.bad_username"),
        ({"password": "password1234"}, 422, "account.password_too_easy"),
        ({"password": "short"}, 422, "VALIDATION_ERROR"),
        ({"language": "xx"}, 422, "person.unknown_language"),
        ({"zone": "Mars/Olympus"}, 422, "person.unknown_zone"),
        ({"roles": ["administrator"]}, 422, "VALIDATION_ERROR"),
        ({"is_active": False}, 422, "VALIDATION_ERROR"),
        ({"epoch": 7}, 422, "VALIDATION_ERROR"),
        ({"password_hash": "x"}, 422, "VALIDATION_ERROR"),
        ({"email": None}, 422, "VALIDATION_ERROR"),
        ({"name": 7}, 422, "VALIDATION_ERROR"),
        ({"name": "a\0b"}, 422, "VALIDATION_ERROR"),
    ],
)
def test_what_cannot_be_meant_makes_nobody(program, stage, olga, session, new, status, said):
    """A-66: nobody makes themselves more than a member by a field too many."""
    with stage() as staged:
        staged.get_one(Account, olga.account_id).username = "taken"
    before = fingerprint(session, besides=frozenset({"person"}))
    answer = program.post(API, json={"email": "ana@example.org", "name": "Ana", **new})
    assert (answer.status_code, code(answer)) == (status, said)
    assert fingerprint(session, besides=frozenset({"person"})) == before


# --- changing


def test_some_of_it_is_said_anew(program, session, olga, now):
    said = {"name": "Olga Olsen", "username": "olga", "language": "de", "zone": "Europe/Oslo"}
    data = program.patch(f"{API}/{olga.account_id}", json=said).json["data"]
    assert {name: data[name] for name in said} == said
    assert (data["email"], data["updated_at"]) == ("olga@example.org", "2026-12-01T09:00:00Z")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "account.changed")).one()
    assert entry.details == {"changed": ["language", "name", "username", "zone"]}
    assert program.patch(f"{API}/{olga.account_id}", json={"username": None}).json["data"]["username"] is None


def test_all_of_it_is_said_anew(program, olga):
    path = f"{API}/{olga.account_id}"
    whole = {"email": "o@example.org", "name": "O", "username": None, "language": "it", "zone": None}
    answer = program.put(path, json=whole)
    assert {name: answer.json["data"][name] for name in whole} == whole
    for name in whole:
        part = {key: value for key, value in whole.items() if key != name}
        assert program.put(path, json=part).status_code == 422


def test_another_address_has_to_be_verified_and_ends_what_was_open(program, own, session, olga, client_of):
    browser = client_of(olga)
    answer = program.patch(f"{API}/{olga.account_id}", json={"email": "new@example.org"})
    assert (answer.json["data"]["email"], answer.json["data"]["is_verified"]) == ("new@example.org", False)
    assert own.get(f"{API}/{olga.account_id}").status_code == 401
    assert browser.get("/account").status_code == 302


def test_everybody_changes_themselves_but_for_the_address(own, program, olga, admin, session):
    """T-7: a stolen token of one's own moves no account."""
    path = f"{API}/{olga.account_id}"
    assert own.patch(path, json={"name": "Olga Olsen", "email": "olga@example.org"}).status_code == 200
    assert own.patch(path, json={"email": "thief@example.org"}).status_code == 403
    answer = program.patch(f"{API}/{admin.account_id}", json={"email": "thief@example.org"})
    assert (answer.status_code, code(answer)) == (409, "account.own_address")
    assert own.patch(f"{API}/{admin.account_id}", json={"name": "x"}).status_code == 404


def test_a_username_is_taken_once(program, stage, olga, admin):
    with stage() as staged:
        staged.get_one(Account, admin.account_id).username = "ada"
    answer = program.patch(f"{API}/{olga.account_id}", json={"username": "ADA"})
    assert (answer.status_code, code(answer)) == (409, "account.username_taken")
    answer = program.patch(f"{API}/{olga.account_id}", json={"email": "ada.admin@example.org"})
    assert (answer.status_code, code(answer)) == (409, "account.address_taken")


def test_who_keeps_accounts_does_not_come_near_an_administrator_s(keeper, admin, olga):
    """An address that one can change is a way in."""
    path = f"{API}/{admin.account_id}"
    assert keeper.get(path).status_code == 200
    for answer in (
        keeper.patch(path, json={"email": "thief@example.org"}),
        keeper.patch(path, json={"name": "x"}),
        keeper.post(f"{path}/deactivate"),
        keeper.post(f"{path}/reactivate"),
        keeper.post(f"{path}/restore"),
        keeper.delete(path),
    ):
        assert (answer.status_code, code(answer)) == (403, "FORBIDDEN")
    assert keeper.patch(f"{API}/{olga.account_id}", json={"name": "Olga O."}).status_code == 200


def test_only_an_administrator_moves_another_s_account_to_another_address(keeper, program, olga):
    """T-17: whoever could would come in as they, and read what is theirs alone."""
    path = f"{API}/{olga.account_id}"
    assert code(keeper.patch(path, json={"email": "o@example.org"})) == "FORBIDDEN"
    assert program.patch(path, json={"email": "o@example.org"}).status_code == 200


def test_nobody_chooses_a_password_for_whoever_is_in_the_address_book(program, stage, admin, session):
    """T-17: with it they would come in as somebody who takes part already."""
    with stage() as staged:
        make_person(staged, "Ana", circle=queries.circle_of(staged, admin.person_id))
    new = {"email": "ana@example.org", "name": "Ana", "password": PASSWORD}
    assert code(program.post(API, json=new)) == "account.known_entry"
    assert session.scalar(select(func.count()).select_from(Account)) == 1


# --- closing


def test_who_is_deactivated_can_do_nothing_at_once(program, own, olga, client_of, session):
    """C-43, A-57."""
    browser = client_of(olga)
    answer = program.post(f"{API}/{olga.account_id}/deactivate")
    assert (answer.status_code, answer.json["data"]["is_active"]) == (200, False)
    assert own.get(f"{API}/{olga.account_id}").status_code == 401
    assert browser.get("/account").status_code == 302
    assert client_of(None).send("/sign-in", email="olga@example.org", password=PASSWORD).status_code == 422
    again = program.post(f"{API}/{olga.account_id}/reactivate")
    assert again.json["data"]["is_active"] is True
    assert own.get(f"{API}/{olga.account_id}").status_code == 401  # what ended has ended
    assert client_of(None).send("/sign-in", email="olga@example.org", password=PASSWORD).status_code == 303


def test_closing_twice_is_as_once(program, olga, session):
    path = f"{API}/{olga.account_id}"
    for act in (lambda: program.post(f"{path}/deactivate"), lambda: program.delete(path)):
        assert act().status_code in {200, 204}
        before = fingerprint(session)
        assert act().status_code in {200, 204}
        assert fingerprint(session) == before


def test_a_deleted_account_lies_in_the_bin_and_comes_back_without_its_roles(program, stage, olga, session):
    """C-12, C-43; RS-144."""
    with stage() as staged:
        grant_to(staged, olga, Role.OBSERVER)
        staged.merge(tallies.Tally(name=queries.ACCOUNTS, number=2))
    path = f"{API}/{olga.account_id}"
    assert program.delete(path).status_code == 204
    gone = program.get(path).json["data"]
    assert (gone["deleted_at"], gone["is_active"]) == ("2026-12-01T09:00:00Z", False)
    assert [one["name"] for one in program.get(API).json["data"]] == ["Ada Admin"]
    assert tallies.number_of(session, queries.ACCOUNTS) == 1
    for answer in (program.patch(path, json={"name": "x"}), program.post(f"{path}/deactivate")):
        assert (answer.status_code, code(answer)) == (409, "account.in_the_bin")
    back = program.post(f"{path}/restore").json["data"]
    assert (back["deleted_at"], back["is_active"], back["roles"]) == (None, True, ["member"])
    session.expire_all()
    assert tallies.number_of(session, queries.ACCOUNTS) == 2
    assert code(program.post(f"{path}/restore")) == "account.not_in_the_bin"


def test_after_a_month_it_is_forgotten_and_the_person_stays(program, stage, olga, session, now):
    from kinkeeper.features.accounts.jobs import purge_accounts
    from kinkeeper.kernel.actor import SYSTEM

    program.delete(f"{API}/{olga.account_id}")
    now.advance(days=29)
    purge_accounts.run(SYSTEM)
    assert session.get(Account, olga.account_id) is not None
    now.advance(days=2)
    purge_accounts.run(SYSTEM)
    session.expire_all()
    assert session.get(Account, olga.account_id) is None
    assert session.get_one(Person, olga.person_id).name == "Olga"
    theirs = select(AuditEntry.actor_name).where(AuditEntry.actor_id == olga.account_id)
    assert set(session.scalars(theirs)) <= {"somebody"}


def test_one_who_was_restored_meanwhile_is_not_purged(stage, olga, session, now, admin):
    from kinkeeper.kernel.actor import SYSTEM

    closing_accounts.delete_account(admin, olga.account_id, steps=STEPS.close)
    now.advance(days=31)
    closing_accounts.restore_account(SYSTEM, olga.account_id)
    closing_accounts.purge_account(SYSTEM, olga.account_id)
    assert session.get(Account, olga.account_id) is not None


def test_the_last_administrator_stays(program, admin, olga):
    path = f"{API}/{admin.account_id}"
    for answer in (program.post(f"{path}/deactivate"), program.delete(path)):
        assert (answer.status_code, code(answer)) == (409, "account.last_administrator")
    assert program.get(path).json["data"]["is_active"] is True


def test_letters_that_would_open_it_again_never_go(program, olga, client_of, outbox):
    """C-43: queued letters with a way in."""
    from kinkeeper.features.accounts.errands import ResetRequest
    from kinkeeper.features.accounts.service.passwords import send_reset
    from kinkeeper.kernel.actor import SYSTEM

    send_reset(SYSTEM, ResetRequest(email="olga@example.org", minutes=10))
    assert len(outbox()) == 1
    program.post(f"{API}/{olga.account_id}/deactivate")
    assert outbox() == []


# --- two who edit


def test_who_says_what_they_have_seen_does_not_overwrite_another_s_change(program, olga, session):
    path = f"{API}/{olga.account_id}"
    tag = program.get(path).headers["ETag"]
    program.patch(path, json={"name": "Olga Olsen"})
    acts = (
        lambda: program.patch(path, json={"name": "x"}, headers={"If-Match": tag}),
        lambda: program.post(f"{path}/deactivate", headers={"If-Match": tag}),
        lambda: program.delete(path, headers={"If-Match": tag}),
    )
    for act in acts:
        assert (act().status_code, code(act())) == (412, "PRECONDITION_FAILED")
    tag = program.get(path).headers["ETag"]
    assert program.delete(path, headers={"If-Match": tag}).status_code == 204
