"""Pages of what cannot be taken back, or gives somebody all there is, ask again who it is (A-54)."""

from __future__ import annotations

import pytest

from kinkeeper.features.accounts.models import Account, CustomRole, Guardian
from kinkeeper.features.exchanges.models import ExchangeOrganiser
from kinkeeper.kernel.roles import Role, Scope
from tests.factories import PASSWORD, grant_to, make_account, make_circle, make_exchange, make_person
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import bearer, fill_in, fingerprint, form_token

LOOKED_AT = [
    "/admin/roles",
    "/admin/roles/post",
    "/circles/{circle}/roles",
    "/people/{ana}/erase",
    "/people/{ana}/merge/{bo}",
    "/circles/{empty}/end",
    "/admin/audit.csv",
    "/admin/audit.json",
    "/exchanges/{exchange}/organisers",
    "/admin/users/{user}/address",
    "/people/{tim}/guardians",
]
SENT = [
    *LOOKED_AT[1:6],
    "/admin/users/{invited}/invite",
    "/admin/users/{user}/address",
    "/admin/roles",
    "/admin/roles/post/delete",
    "/admin/grants",
    "/admin/grants/{grant}/withdraw",
    "/circles/{circle}/roles/{grant}/withdraw",
    "/people/{bo}/invite",
    "/people/{tim}/guardians",
    "/people/{tim}/guardians/{ana}/remove",
    "/exchanges/{exchange}/organisers",
    "/exchanges/{exchange}/organisers/{eva}/remove",
    "/exchanges/{exchange}/helpers",
    "/exchanges/{exchange}/helpers/{finn}/remove",
]
CALLED = [
    ("DELETE", "/users/{user}", {}),
    ("POST", "/users/{user}/deactivate", {}),
    ("PATCH", "/users/{user}", {"email": "elsewhere@example.org"}),
    ("PATCH", "/users/{user}", {"username": "elsewhere"}),
    ("PATCH", "/users/{user}", {"name": "Elsewhere"}),
    ("POST", "/users", {"email": "new@example.org", "name": "New"}),
    ("POST", "/roles/administrator/grants", {"person_id": "{cleo}"}),
    ("DELETE", "/roles/observer/grants/{grant}", {}),
    ("POST", "/roles", {"name": "pets", "title": "Pets", "rights": []}),
    ("PATCH", "/roles/post", {"title": "Keepers"}),
    ("DELETE", "/roles/post", {}),
    ("DELETE", "/people/{ana}", {}),
    ("POST", "/people/{ana}/merge", {"into": "{bo}"}),
    ("POST", "/people/{tim}/guardians", {"guardian_ids": ["{bo}"]}),
    ("DELETE", "/people/{tim}/guardians/{ana}", {}),
    ("DELETE", "/circles/{empty}", {}),
    ("GET", "/audit", {}),
    ("POST", "/exchanges/{exchange}/organisers", {"person_id": "{finn}"}),
    ("POST", "/exchanges/{exchange}/organisers/{eva}/remove", {}),
    ("POST", "/exchanges/{exchange}/helpers", {"person_id": "{finn}", "role": "coordinator"}),
    ("POST", "/exchanges/{exchange}/helpers/{finn}/remove", {}),
]


@pytest.fixture
def there(stage):
    """Fill an address of people of a circle, accounts, roles, and an exchange with a helper."""
    with stage() as session:
        circle = make_circle(session)
        people = {name: make_person(session, name.title(), circle=circle) for name in ("ana", "bo")}
        people["tim"] = make_person(session, "Tim", circle=circle, email=None)
        session.add(Guardian(ward_id=people["tim"].id, guardian_id=people["ana"].id))
        cleo = make_account(session, "Cleo", circle=circle)
        ids = {name: person.id for name, person in people.items()}
        grant = grant_to(session, cleo, Role.OBSERVER)
        session.add(
            CustomRole(name="post", title="Post", rights=[], created_at=LONG_AGO, changed_at=LONG_AGO)
        )
        session.flush()
        ids |= {"circle": circle.id, "cleo": cleo.person_id, "user": cleo.account_id, "grant": grant.id}
        dan = make_account(session, "Dan", circle=circle)
        session.get_one(Account, dan.account_id).password_hash = None
        ids |= {"empty": make_circle(session, "Nobody").id, "invited": dan.account_id}
        eva, finn = (make_account(session, name, circle=circle) for name in ("Eva", "Finn"))
        exchange = make_exchange(session, people=0, organiser=cleo)
        exchange.organisers.append(ExchangeOrganiser(person_id=eva.person_id, since_at=LONG_AGO))
        grant_to(session, finn, Role.OBSERVER, Scope.OCCASION, exchange.id)
        ids |= {"exchange": exchange.id, "eva": eva.person_id, "finn": finn.person_id}
    return lambda path: path.format(**ids)


def told_there(there, value):
    return [there(one) for one in value] if isinstance(value, list) else there(value)


@pytest.mark.parametrize("path", LOOKED_AT)
def test_a_page_is_shown_to_who_showed_lately_that_it_is_them(client_of, admin, there, now, path):
    client = client_of(admin)
    assert client.get(there(path)).status_code == 200
    now.advance(minutes=16)
    assert client.get(there(path)).location == f"/sign-in/again?next={there(path)}"


@pytest.mark.parametrize("path", SENT)
def test_nothing_is_done_for_anybody_else(client_of, admin, there, session, now, path):
    client = client_of(admin)
    now.advance(minutes=16)
    before = fingerprint(session)
    typed = "Nobody" if "{empty}" in path else "Ana"
    answer = fill_in(
        client, there(path), typed=typed, role="administrator", place="house", email="elsewhere@example.org"
    )
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in/again")
    assert fingerprint(session) == before


@pytest.mark.parametrize(("method", "path", "said"), CALLED)
def test_a_browser_that_calls_is_asked_like_its_pages(
    client_of, admin, there, session, now, method, path, said
):
    """A-54: else whoever finds it open would call what the pages refuse."""
    client = client_of(admin)
    header = {"X-CSRF-Token": form_token(client)}
    now.advance(minutes=16)
    before = fingerprint(session)
    told = {name: told_there(there, value) for name, value in said.items()}
    answer = client.open(f"/api/v1{there(path)}", method=method, json=told or None, headers=header)
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "account.prove_again")
    assert fingerprint(session) == before
    client.send("/sign-in/again", present=PASSWORD)
    header = {"X-CSRF-Token": form_token(client)}
    answer = client.open(f"/api/v1{there(path)}", method=method, json=told or None, headers=header)
    assert answer.status_code < 300


def test_a_program_is_not_asked(client_of, admin, there, now):
    """Nobody walks up to one: neither with an access token, nor where it signed in (ADR 21)."""
    program, by_token = client_of(None), bearer(admin)
    signed_in = {"email": "ada.admin@example.org", "password": PASSWORD}
    held = program.post("/auth/login", json=signed_in).json["data"]
    now.advance(minutes=16)
    held = program.post("/auth/refresh", json={"refresh_token": held["refresh_token"]}).json["data"]
    by_session = {"Authorization": f"Bearer {held['access_token']}"}
    for path, header in ((there("/users/{user}"), by_token), (there("/people/{ana}"), by_session)):
        assert program.delete(f"/api/v1{path}", headers=header).status_code == 204


def test_what_one_says_of_oneself_is_not_asked_for(client_of, admin, now):
    """As on the page of one's own account."""
    client = client_of(admin)
    header = {"X-CSRF-Token": form_token(client)}
    now.advance(minutes=16)
    path, said = f"/api/v1/users/{admin.account_id}", {"name": "Ada A", "username": "ada.a"}
    assert client.patch(path, json=said, headers=header).status_code == 200
