"""The pages of accounts: looked for, made, let in and out, put into the bin, by whoever keeps them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, CustomRole, Person, RoleGrant
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.platform.audit import AuditEntry
from tests.factories import PASSWORD, make_account, make_circle, make_person, make_token
from tests.factories.accounts import LONG_AGO, give_app, make_grant
from tests.integration.web.support import MISSING, at_once, carry_letters, fill_in, fingerprint, path_in

PAGE = "/admin/users"


@pytest.fixture
def keeper(stage, admin):
    """Somebody who keeps accounts, and may nothing else."""
    rights = ["accounts.see", "accounts.keep"]
    role = CustomRole(name="desk", title="Desk", rights=rights, created_at=LONG_AGO, changed_at=LONG_AGO)
    with stage() as session:
        session.add(role)
        kim = make_account(session, "Kim")
        make_grant(session, session.get_one(Person, kim.person_id), "desk")
    return kim


@pytest.fixture
def looker(stage, admin):
    """Somebody who sees accounts, and keeps none."""
    role = CustomRole(
        name="look", title="Look", rights=["accounts.see"], created_at=LONG_AGO, changed_at=LONG_AGO
    )
    with stage() as session:
        session.add(role)
        lea = make_account(session, "Lea")
        make_grant(session, session.get_one(Person, lea.person_id), "look")
    return lea


def account(session, actor) -> Account:
    found = select(Account).where(Account.id == actor.account_id)
    return session.scalars(found.execution_options(populate_existing=True)).one()


def main_of(answer) -> str:
    return answer.text.partition("<main")[2].partition("</main>")[0]


def act(client, actor, deed: str, **fields):
    return fill_in(client, f"{PAGE}/{actor.account_id}/{deed}", **fields)


# --- looking


@pytest.fixture
def crowd(stage, admin):
    with stage() as session:
        circle = make_circle(session, "The Parks")
        actors = {name: make_account(session, name, circle=circle) for name in ("Ana Park", "Ben", "Cleo")}
        session.get_one(Account, actors["Ben"].account_id).deactivated_at = LONG_AGO
        session.get_one(Account, actors["Cleo"].account_id).deleted_at = LONG_AGO
    return actors


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Ada Admin", "Ana Park", "Ben"}),
        ("?q=an", {"Ana Park"}),
        ("?q=ana.park@", {"Ana Park"}),
        ("?q=%25", set()),
        ("?state=active", {"Ada Admin", "Ana Park"}),
        ("?state=deactivated", {"Ben"}),
        ("?state=bin", {"Cleo"}),
        ("?state=bin&q=cl", {"Cleo"}),
        ("?q=a%00n", {"Ana Park"}),
    ],
)
def test_accounts_are_looked_for_and_filtered(client_of, admin, crowd, query, names):
    """A-41: nothing typed is a pattern."""
    shown = main_of(client_of(admin).get(PAGE + query))
    assert {name for name in ("Ada Admin", "Ana Park", "Ben", "Cleo") if f">{name}</a>" in shown} == names
    assert ("No account fits." in shown) == (not names)


@pytest.mark.parametrize("query", ["?state=nonsense", "?q=" + "x" * 81])
def test_what_cannot_be_asked_for_is_said_in_the_form(client_of, admin, query):
    answer = client_of(admin).get(PAGE + query)
    assert answer.status_code == 422
    assert "form-summary" in answer.text


def test_many_accounts_come_in_pages_for_few_statements(client_of, stage, admin, queries_at_most):
    with stage() as session:
        circle = make_circle(session)
        for number in range(60):
            make_account(session, f"Per {chr(97 + number // 26)}{chr(97 + number % 26)}", circle=circle)
    client = client_of(admin)
    client.get(PAGE)
    with queries_at_most(5):  # session, accounts, roles, count, what roles are called
        page = client.get(f"{PAGE}?q=per")
    assert "Page 1 of 2" in page.text
    assert "page=2&amp;q=per" in page.text
    assert main_of(client.get(f"{PAGE}?q=per&page=2")).count(f'href="{PAGE}/0') == 10


def test_an_account_says_how_it_stands(client_of, stage, admin, olga, queries_at_most):
    """How many devices and programs, never where; roles by their place."""
    make_token(olga, "A script", days=30)
    with stage() as session:
        give_app(session, olga)
        person = session.get_one(Person, olga.person_id)
        make_grant(session, person, Role.ORGANISER, Scope.CIRCLE, person.circle_id)
    client = client_of(admin)
    path = f"{PAGE}/{olga.account_id}"
    client.get(path)
    with queries_at_most(8):
        shown = main_of(client.get(path))
    for fact in ("olga@example.org", "The Olsens", "Organiser", "the circle The Olsens"):
        assert fact in shown
    assert "<dt>Second factor</dt><dd>on</dd>" in shown
    assert "<dt>Programs and access tokens</dt><dd>1</dd>" in shown
    assert f"/people/{olga.person_id}" in shown
    assert "/admin/roles?q=olga@example.org#give" in shown.replace("%40", "@")


def test_the_pages_stand_in_the_menu_of_who_may_open_them(client_of, admin, olga, looker):
    assert f'href="{PAGE}"' in client_of(admin).get("/admin/roles").text
    assert f'href="{PAGE}"' in client_of(looker).get("/").text
    assert PAGE not in client_of(olga).get("/").text


# --- wrong person


def test_nobody_but_who_may_see_accounts_gets_near(client_of, olga, admin, session):
    """T-39: foreign, missing and one's own are the same here; each has a page of their own."""
    client = client_of(olga)
    assert (client.get(PAGE).status_code, client.get(f"{PAGE}/new").status_code) == (403, 403)
    before = fingerprint(session)
    for account_id in (admin.account_id, olga.account_id, MISSING):
        assert client.get(f"{PAGE}/{account_id}").status_code == 404
        assert client.get(f"{PAGE}/{account_id}/delete").status_code == 404
    for deed in ("deactivate", "reactivate", "restore", "invite", "delete"):
        assert act(client, admin, deed, typed="Ada Admin").status_code == 404
    assert fingerprint(session) == before


def test_who_only_looks_finds_no_button_and_no_way(client_of, looker, olga, session):
    client = client_of(looker)
    shown = main_of(client.get(f"{PAGE}/{olga.account_id}"))
    assert "olga@example.org" in shown
    assert "<form" not in shown
    assert "Make an account" not in main_of(client.get(PAGE))
    before = fingerprint(session)
    for deed in ("deactivate", "reactivate", "restore", "invite", "delete"):
        assert act(client, olga, deed, typed="Olga").status_code == 403
    assert fingerprint(session) == before


def test_who_keeps_accounts_comes_not_near_an_administrator_s(client_of, keeper, admin, session):
    """Nobody shuts out who may do more than they."""
    client = client_of(keeper)
    assert "<form" not in main_of(client.get(f"{PAGE}/{admin.account_id}"))
    before = fingerprint(session)
    for deed in ("deactivate", "reactivate", "restore", "invite", "delete"):
        assert act(client, admin, deed, typed="Ada Admin").status_code == 403
    assert fingerprint(session) == before


# --- letting in and out


def test_somebody_is_let_out_and_in_again(client_of, admin, olga, session):
    """C-43: at once, wherever they are."""
    client, theirs = client_of(admin), client_of(olga)
    assert act(client, olga, "deactivate").location == f"{PAGE}/{olga.account_id}"
    assert theirs.get("/account").status_code == 302
    shown = main_of(client.get(f"{PAGE}/{olga.account_id}"))
    assert "Deactivated since" in shown
    assert "Let them in again" in shown
    assert act(client, olga, "reactivate").status_code == 303
    assert account(session, olga).deactivated_at is None
    assert client_of(None).send("/sign-in", email="olga@example.org", password=PASSWORD).status_code == 303


def test_deleting_takes_the_name_and_restoring_gives_no_role_back(client_of, admin, olga, stage, session):
    """C-12, C-43."""
    with stage() as staged:
        make_grant(staged, staged.get_one(Person, olga.person_id), Role.OBSERVER)
    client = client_of(admin)
    for typed in ("", "Olaf"):
        refused = act(client, olga, "delete", typed=typed)
        assert (refused.status_code, account(session, olga).deleted_at) == (422, None)
    assert act(client, olga, "delete", typed="olga").status_code == 303
    shown = main_of(client.get(f"{PAGE}/{olga.account_id}"))
    assert "In the bin since" in shown
    assert "deactivate" not in shown
    assert act(client, olga, "deactivate").status_code == 409
    assert act(client, olga, "restore").status_code == 303
    assert account(session, olga).deleted_at is None
    roles = select(RoleGrant.role).where(RoleGrant.person_id == olga.person_id)
    assert session.scalars(roles).all() == []
    again = act(client, olga, "restore")
    assert (again.status_code, "is not deleted" in again.text) == (409, True)


def test_twice_is_as_once(client_of, admin, olga, session):
    client = client_of(admin)
    for deed in ("deactivate", "reactivate", "delete"):
        assert act(client, olga, deed, typed="Olga").status_code == 303
        before = fingerprint(session)
        assert act(client, olga, deed, typed="Olga").status_code in {303, 409}
        assert fingerprint(session) == before


def test_one_s_own_account_has_no_buttons_here_and_the_last_administrator_stays(client_of, admin, session):
    client = client_of(admin)
    shown = main_of(client.get(f"{PAGE}/{admin.account_id}"))
    assert "This is you." in shown
    assert "<form" not in shown
    for deed in ("deactivate", "delete"):
        refused = act(client, admin, deed, typed="Ada Admin")
        assert (refused.status_code, "there is no other administrator" in refused.text) == (409, True)


def test_of_two_administrators_who_delete_each_other_one_stays(client_of, admin, stage, session):
    with stage() as staged:
        bea = make_account(staged, "Bea", is_admin=True)
    mine, hers = client_of(admin), client_of(bea)
    at_once(
        lambda: act(mine, bea, "delete", typed="Bea"), lambda: act(hers, admin, "delete", typed="Ada Admin")
    )
    gone = [account(session, actor).deleted_at for actor in (admin, bea)]
    assert gone.count(None) == 1


@pytest.mark.parametrize("deed", ["deactivate", "reactivate", "restore", "delete"])
def test_dangerous_acts_ask_again_who_it_is(client_of, admin, olga, session, now, deed):
    """A-54: and lead back to a page that can be looked at."""
    client = client_of(admin)
    now.advance(minutes=16)
    before = fingerprint(session)
    asked = act(client, olga, deed, typed="Olga")
    assert asked.status_code == 303
    way_back = f"{PAGE}/{olga.account_id}" + ("/delete" if deed == "delete" else "")
    assert asked.location == f"/sign-in/again?next={way_back}"
    assert client.get(f"{PAGE}/new").location == f"/sign-in/again?next={PAGE}/new"
    assert fingerprint(session) == before


# --- making and inviting


def new(session, circle_of, **said):
    circle = queries.circle_of(session, circle_of.person_id)
    return {"name": "Nia", "email": "nia@example.org", "language": "de", "circle_id": str(circle.id), **said}


def test_an_account_is_made_and_its_person_chooses_the_password(client_of, admin, session, outbox):
    client = client_of(admin)
    made = fill_in(client, f"{PAGE}/new", **new(session, admin))
    nia = queries.account_by_email(session, "nia@example.org")
    assert (made.status_code, made.location) == (303, f"{PAGE}/{nia.id}")
    assert (nia.password_hash, nia.verified_at) == (None, None)
    assert [(one.kind, one.to) for one in outbox()] == [("accounts.account_invited", "nia@example.org")]
    carry_letters()
    theirs = client_of(None)
    assert theirs.send(path_in(outbox()[0]), password=PASSWORD).status_code == 303
    assert theirs.get("/account").status_code == 200


def test_whoever_is_in_the_address_book_keeps_their_entry(client_of, admin, stage, session):
    with stage() as staged:
        ana = make_person(staged, "Ana", circle=queries.circle_of(staged, admin.person_id))
    said = new(session, admin, name="Somebody else", email="ana@example.org")
    assert fill_in(client_of(admin), f"{PAGE}/new", **said).status_code == 303
    assert queries.account_of(session, ana.id).email == "ana@example.org"
    assert session.get_one(Person, ana.id).name == "Ana"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"email": "olga@example.org"}, 409),
        ({"email": "no address"}, 422),
        ({"email": ""}, 422),
        ({"name": ""}, 422),
        ({"name": "https://evil.com"}, 422),
        ({"language": "xx"}, 422),
        ({"circle_id": MISSING}, 422),
        ({"circle_id": "x"}, 422),
    ],
)
def test_what_cannot_be_meant_makes_nobody(client_of, admin, olga, session, said, status):
    client, wanted = client_of(admin), new(session, admin, **said)
    before = fingerprint(session)
    answer = fill_in(client, f"{PAGE}/new", **wanted)
    assert (answer.status_code, "form-summary" in answer.text) == (status, True)
    assert fingerprint(session) == before


def test_who_has_no_password_yet_is_invited_again(client_of, admin, session, outbox):
    """The letter before it does not work any more."""
    client = client_of(admin)
    path = fill_in(client, f"{PAGE}/new", **new(session, admin)).location
    carry_letters()
    assert "Invite again" in main_of(client.get(path))
    assert fill_in(client, f"{path}/invite").status_code == 303
    carry_letters()
    first, second = outbox()
    assert (first.kind, second.kind) == ("accounts.account_invited",) * 2
    assert client_of(None).get(path_in(first)).status_code == 410
    assert client_of(None).send(path_in(second), password=PASSWORD).status_code == 303
    assert "account.invited_again" in session.scalars(select(AuditEntry.action)).all()
    used = fill_in(client, f"{path}/invite")
    assert (used.status_code, "has an account already" in used.text) == (409, True)
    assert "Invite again" not in main_of(client.get(path))


def test_nobody_in_the_bin_is_invited(client_of, admin, olga, stage, outbox):
    with stage() as staged:
        theirs = staged.get_one(Account, olga.account_id)
        theirs.deleted_at, theirs.password_hash = LONG_AGO, None
    assert act(client_of(admin), olga, "invite").status_code == 409
    assert outbox() == []


def test_somebody_of_the_address_book_is_invited_from_their_page(client_of, admin, stage, outbox):
    with stage() as staged:
        circle = queries.circle_of(staged, admin.person_id)
        ana = make_person(staged, "Ana", circle=circle)
        tim = make_person(staged, "Tim", circle=circle, email=None)
    client = client_of(admin)
    shown = main_of(client.get(f"/people/{ana.id}"))
    assert f'action="/people/{ana.id}/invite"' in shown
    assert "/invite" not in main_of(client.get(f"/people/{tim.id}"))
    done = fill_in(client, f"/people/{ana.id}/invite", next=f"/people/{ana.id}")
    assert (done.status_code, done.location) == (303, f"/people/{ana.id}")
    assert [one.to for one in outbox()] == ["ana@example.org"]


def test_in_a_closed_house_no_organiser_is_offered_to_invite(client_of, admin, olga, stage):
    """Registration is closed unless somebody opens it."""
    with stage() as staged:
        person = staged.get_one(Person, olga.person_id)
        make_grant(staged, person, Role.ORGANISER, Scope.CIRCLE, person.circle_id)
        ana = make_person(staged, "Ana", circle=queries.circle_of(staged, olga.person_id))
    client = client_of(olga)
    assert "/invite" not in main_of(client.get(f"/people/{ana.id}"))
    assert fill_in(client, f"/people/{ana.id}/invite").status_code in {403, 404}
