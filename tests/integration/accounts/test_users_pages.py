"""The pages of accounts: looked for, made, let in and out, put into the bin, by whoever keeps them."""

from __future__ import annotations

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from kinkeeper.app import factory
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, Person, RoleGrant
from kinkeeper.features.exchanges.models import ExchangeState
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.platform.audit import AuditEntry
from tests.factories import (
    PASSWORD,
    grant_to,
    make_account,
    make_circle,
    make_clerk,
    make_exchange,
    make_organiser,
    make_participant,
    make_person,
    make_token,
)
from tests.factories.accounts import LONG_AGO, browser_of, give_app, make_grant
from tests.integration.web.support import MISSING, at_once, carry_letters, fill_in, fingerprint, path_in

PAGE = "/admin/users"


@pytest.fixture
def looker(stage, admin):
    """Somebody who sees accounts, and keeps none."""
    with stage() as session:
        return make_clerk(session, "Lea", "accounts.see")


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
        ("?q=PARK", {"Ana Park"}),
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
    for deed in ("deactivate", "reactivate", "restore", "invite", "delete", "address"):
        assert act(client, admin, deed, typed="Ada Admin").status_code == 404
    assert fingerprint(session) == before


def test_who_only_looks_finds_no_button_and_no_way(client_of, looker, olga, session):
    client = client_of(looker)
    shown = main_of(client.get(f"{PAGE}/{olga.account_id}"))
    assert "olga@example.org" in shown
    assert "<form" not in shown
    assert "Make an account" not in main_of(client.get(PAGE))
    before = fingerprint(session)
    for deed in ("deactivate", "reactivate", "restore", "invite", "delete", "address"):
        assert act(client, olga, deed, typed="Olga").status_code == 403
    assert fingerprint(session) == before


def test_who_keeps_accounts_comes_not_near_an_administrator_s(client_of, kim, admin, session):
    """Nobody shuts out who may do more than they."""
    client = client_of(kim)
    assert "<form" not in main_of(client.get(f"{PAGE}/{admin.account_id}"))
    before = fingerprint(session)
    for deed in ("deactivate", "reactivate", "restore", "invite", "delete", "address"):
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
        grant_to(staged, olga, Role.OBSERVER)
    client = client_of(admin)
    for typed in ("", "Olaf"):
        refused = act(client, olga, "delete", typed=typed)
        assert (refused.status_code, account(session, olga).deleted_at) == (422, None)
    assert act(client, olga, "delete", typed="olga").status_code == 303
    shown = main_of(client.get(f"{PAGE}/{olga.account_id}"))
    assert "In the bin since" in shown
    assert "deactivate" not in shown
    assert act(client, olga, "deactivate").status_code == 409
    assert "Give them a role" not in shown, "it could not be given"
    assert act(client, olga, "restore").status_code == 303
    assert "Restored, without roles: give them anew." in client.get(f"{PAGE}/{olga.account_id}").text
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


@pytest.mark.parametrize("deed", ["deactivate", "reactivate", "restore", "delete", "address"])
def test_dangerous_acts_ask_again_who_it_is(client_of, admin, olga, session, now, deed):
    """A-54: and lead back to a page that can be looked at."""
    client = client_of(admin)
    now.advance(minutes=16)
    before = fingerprint(session)
    asked = act(client, olga, deed, typed="Olga")
    assert asked.status_code == 303
    way_back = f"{PAGE}/{olga.account_id}" + (f"/{deed}" if deed in {"delete", "address"} else "")
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


def test_where_no_letter_leaves_the_account_is_said_to_be_made_first(settings, admin, session):
    stays = factory.create_app(settings.model_copy(update={"mail_url": SecretStr("mailbox:")}))
    browser = browser_of(stays, admin)
    page = browser.get(fill_in(browser, f"{PAGE}/new", **new(session, admin)).location).text
    assert 0 < page.index("The account is there.") < page.index("Nobody gets mail from here yet")


def test_whoever_is_in_the_address_book_keeps_their_entry(client_of, admin, stage, session):
    with stage() as staged:
        ana = make_person(staged, "Ana", circle=queries.circle_of(staged, admin.person_id))
    said = new(session, admin, name="Somebody else", email="ana@example.org")
    assert fill_in(client_of(admin), f"{PAGE}/new", **said).status_code == 303
    assert queries.account_of(session, ana.id).email == "ana@example.org"
    assert session.get_one(Person, ana.id).name == "Ana"


def test_the_form_begins_with_one_s_own_address_book(client_of, admin, stage, session):
    with stage() as staged:
        make_circle(staged, "Aardvarks")  # the first by the alphabet
    page = client_of(admin).get("/admin/users/new").text
    own = session.get_one(Person, admin.person_id).circle_id
    assert f'<option selected value="{own}">' in page


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


# --- mending an address


def test_a_mistyped_address_is_mended_where_the_account_is_kept(client_of, admin, session, outbox):
    """SK-6: the invitation goes to the new mailbox, and opens nothing from the old one."""
    client = client_of(admin)
    path = fill_in(client, f"{PAGE}/new", **new(session, admin, email="nia@wrong.example")).location
    carry_letters()
    assert f'action="{path}/address"' in main_of(client.get(path))
    done = fill_in(client, f"{path}/address", email="Nia@example.org")
    assert (done.status_code, done.location) == (303, path)
    assert "The address is changed" in client.get(path).text
    carry_letters()
    assert [(one.kind, one.to) for one in outbox()] == [
        ("accounts.account_invited", "nia@wrong.example"),
        ("accounts.account_invited", "nia@example.org"),
    ]
    wrong, right = (path_in(one) for one in outbox())
    assert client_of(None).get(wrong).status_code == 410
    assert client_of(None).send(right, password=PASSWORD).status_code == 303
    assert queries.account_by_email(session, "nia@example.org").verified_at is not None


def test_where_somebody_reads_already_the_old_mailbox_is_told(client_of, admin, olga, session, outbox):
    """ASVS 6.3.7, A-53: what was signed in with the old address is out at once."""
    theirs = client_of(olga)
    assert act(client_of(admin), olga, "address", email="olga@new.example").status_code == 303
    assert account(session, olga).email == "olga@new.example"
    assert [(one.kind, one.to) for one in outbox()] == [("accounts.address_moving", "olga@example.org")]
    assert theirs.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("email", "status", "why"),
    [
        ("", 422, "This field is required."),
        ("no address", 422, "form-summary"),
        ("ada.admin@example.org", 409, "form-summary"),
    ],
)
def test_an_address_that_cannot_be_comes_back_as_it_was_typed(
    client_of, admin, olga, session, email, status, why
):
    client = client_of(admin)
    before = fingerprint(session)
    answer = act(client, olga, "address", email=email)
    assert (answer.status_code, why in answer.text) == (status, True)
    assert f'value="{email}"' in main_of(answer)
    assert '<details class="fold" id="address" open>' in answer.text
    assert fingerprint(session) == before


def test_the_address_that_they_have_already_changes_nothing(client_of, admin, olga, session):
    client = client_of(admin)
    before = fingerprint(session)
    answer = act(client, olga, "address", email="OLGA@example.org")
    assert (answer.status_code, "That is their address already." in answer.text) == (422, True)
    assert fingerprint(session) == before


def test_nobody_is_moved_who_has_a_match_to_read(client_of, admin, olga, stage, session):
    """T-17: the new mailbox would open it."""
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=admin, state=ExchangeState.CLOSED)
        make_participant(staged, exchange, person=staged.get_one(Person, olga.person_id))
    draw_names(SYSTEM, exchange.id)
    answer = act(client_of(admin), olga, "address", email="olga@new.example")
    assert (answer.status_code, "form-summary" in answer.text) == (409, True)
    assert account(session, olga).email == "olga@example.org"


def test_only_an_administrator_is_offered_another_s_address(client_of, admin, kim, olga, session):
    """T-17: whoever could change it would come in as they. One's own moves by a link (T-7)."""
    kims, admins = client_of(kim), client_of(admin)
    before = fingerprint(session)
    for client, whose in ((kims, olga), (kims, admin), (admins, admin)):
        assert "/address" not in main_of(client.get(f"{PAGE}/{whose.account_id}"))
        assert act(client, whose, "address", email="thief@example.org").status_code == 403
    assert fingerprint(session) == before


def test_in_the_bin_no_address_is_mended(client_of, admin, olga, stage):
    with stage() as staged:
        staged.get_one(Account, olga.account_id).deleted_at = LONG_AGO
    client = client_of(admin)
    assert "/address" not in main_of(client.get(f"{PAGE}/{olga.account_id}"))
    assert act(client, olga, "address", email="olga@new.example").status_code == 409


# --- an account in the bin, as its address book shows it


@pytest.fixture
def in_the_bin(stage, olga):
    """Olga's closed account; Ana and a keeper stand in the same address book."""
    with stage() as staged:
        staged.get_one(Account, olga.account_id).deleted_at = LONG_AGO
        circle = queries.circle_of(staged, olga.person_id)
        keeper = make_organiser(staged, "Otto", circle=circle)
        ana = make_person(staged, "Ana", circle=circle)
    return circle, keeper, ana


def test_the_address_book_says_that_an_account_is_in_the_bin(client_of, admin, olga, in_the_bin):
    """Whoever looks after the house is led to where it is restored; others read who can."""
    circle, keeper, _ = in_the_bin
    way = f"{PAGE}/{olga.account_id}#acts"
    for actor, may in ((admin, True), (keeper, False)):
        client = client_of(actor)
        book = main_of(client.get(f"/circles/{circle.id}/people"))
        row = book.partition(">Olga<")[2].partition("</li>")[0]
        assert "Account in the bin" in row
        page = main_of(client.get(f"/people/{olga.person_id}"))
        assert "Account in the bin" in page
        assert "says such things themselves" not in page
        assert (way in page, f"/people/{olga.person_id}/erase" in page) == (may, may)
        assert ("Whoever looks after the house can restore it" in page) == (not may)


def test_merging_asks_nobody_to_close_what_is_closed(client_of, olga, in_the_bin):
    _, keeper, ana = in_the_bin
    page = main_of(client_of(keeper).get(f"/people/{olga.person_id}/merge/{ana.id}"))
    assert "is closed, and can still be restored" in page
    assert "Close the account first" not in page
    assert f"/people/{ana.id}/merge/{olga.person_id}" in page
