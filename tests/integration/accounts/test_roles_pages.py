"""The pages of roles: the matrix, roles of the house's own, and who has which."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, CustomRole, Guardian, Person, RoleGrant
from kinkeeper.features.accounts.service.custom_roles import make_role
from kinkeeper.features.accounts.service.granting import grant_role_to, withdraw_grant
from kinkeeper.kernel import roles
from kinkeeper.kernel.roles import HOUSE, Role, Scope
from tests.factories import grant_to, make_account, make_circle, make_grant, make_organiser, make_person
from tests.integration.web.support import MISSING, fill_in


@pytest.fixture
def olga(stage, circle, admin):
    """She runs the circle."""
    with stage() as session:
        return make_organiser(session, circle=circle)


def grant_of(session, actor, role):
    own = select(RoleGrant.id).where(RoleGrant.person_id == actor.person_id, RoleGrant.role == role)
    return session.scalars(own).one()


def grants_of(session, actor):
    session.rollback()
    own = select(RoleGrant.role, RoleGrant.scope_id).where(RoleGrant.person_id == actor.person_id)
    return {tuple(row) for row in session.execute(own)}


def test_the_matrix_says_what_the_code_says(client_of, admin):
    """A row for each right, a column for each role, a tick where the role has it."""
    make_role(admin, "post-keeper", "Keeper of the post", ["house.see_letters"])
    page = client_of(admin).get("/admin/roles").text
    table = page.partition("<table>")[2].partition("</table>")[0]
    head, *rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    assert len(re.findall("<th", head)) == 1 + len(Role) + 1
    assert "Keeper of the post" in head
    assert len(rows) == len(roles.all_rights())
    for right, row in zip(roles.all_rights().values(), rows, strict=True):
        ticks = ["icon--check" in cell for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)]
        own = [right.name == "house.see_letters"]
        assert ticks == [right.name in roles.rights_of(role) for role in Role] + own


def test_a_role_is_made_changed_and_deleted(client_of, admin, session):
    client = client_of(admin)
    made = fill_in(
        client, "/admin/roles", title="Keeper of the post", name="post-keeper", rights=["house.see_letters"]
    )
    assert made.status_code == 303
    path = "/admin/roles/post-keeper"
    assert fill_in(client, path, title="Postmaster", rights=["people.see"]).status_code == 303
    role = session.get(CustomRole, "post-keeper", populate_existing=True)
    assert (role.title, role.rights) == ("Postmaster", ["people.see"])
    assert re.search(r'value="people.see"[^>]*checked|checked[^>]*value="people.see"', client.get(path).text)
    session.rollback()
    assert fill_in(client, f"{path}/delete").status_code == 303
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "x", "title": "X"},
        {"name": "Organiser", "title": "X"},
        {"name": "organiser", "title": "X"},
        {"name": "fine", "title": ""},
        {"name": "fine", "title": "X", "rights": ["everything"]},
        {},
    ],
)
def test_what_cannot_be_meant_comes_back_into_the_form(client_of, admin, session, fields):
    answer = fill_in(client_of(admin), "/admin/roles", **fields)
    assert answer.status_code in {409, 422}
    assert "form-summary" in answer.text
    assert session.scalars(select(CustomRole)).all() == []


def test_somebody_is_found_and_given_a_role(client_of, admin, ben, session, circle):
    client = client_of(admin)
    assert "Nobody with an account is called that." in client.get("/admin/roles?q=zzz").text
    page = client.get("/admin/roles?q=be").text
    assert "Ben, ben@example.org (The Olsens)" in page
    wanted = {"q": "be", "person": str(ben.person_id), "role": "organiser"}
    places = page.partition('name="place"')[2].partition("</select>")[0]
    assert re.findall(r'value="(\w*)"', places) == ["", "circle", "house"]  # not the widest of itself
    assert fill_in(client, "/admin/grants", **wanted, place="").status_code == 422
    assert grants_of(session, ben) == set()
    assert fill_in(client, "/admin/grants", **wanted, place="circle").status_code == 303
    assert fill_in(client, "/admin/grants", **wanted, place="house").status_code == 303
    assert grants_of(session, ben) == {("organiser", circle.id), ("organiser", HOUSE)}
    assert "the circle The Olsens" in client.get("/admin/roles").text
    assert fill_in(client, "/admin/grants", **{**wanted, "q": "zz"}, place="house").status_code == 422


@pytest.mark.parametrize("asked", ["Özl", "özlem y", "ÖZLEM", "ozlem", "o.y@", "Yil"])
def test_somebody_is_found_however_their_name_is_written(client_of, admin, stage, circle, asked):
    """ADR 23: by name, address and username, without accents and in any case, alike on both databases."""
    with stage() as session:
        actor = make_account(session, "Özlem Yilmaz", circle=circle)
        account = session.get_one(Account, actor.account_id)
        account.email, account.username = "o.y@example.org", "yilmaz"
    for path in ("/admin/roles", f"/circles/{circle.id}/roles"):
        page = client_of(admin).get(path, query_string={"q": asked}).text
        assert "Özlem Yilmaz, o.y@example.org (The Olsens)" in page


def test_everybody_stands_where_the_address_book_has_them(admin, stage, circle, session):
    """ADR 23: one alphabet for all lists of people."""
    alphabet = ["Anna", "Özlem", "Zoe"]
    with stage() as staged:
        for name in reversed(alphabet):
            person_id = make_account(staged, name, circle=circle).person_id
            make_grant(staged, staged.get_one(Person, person_id), Role.OBSERVER)
            ward = make_person(staged, f"{name}’s child", circle=circle, email=None)
            staged.add(Guardian(ward_id=ward.id, guardian_id=person_id))
        guardians = staged.scalars(select(Guardian.guardian_id)).all()
    assert list(queries.members_with_account(session, circle.id).values()) == alphabet
    lines = queries.all_grants(session, admin, role=Role.OBSERVER, page=1).items
    assert [line.person for line in lines] == alphabet
    assert list(queries.wards_of(session, guardians).values()) == [f"{name}’s child" for name in alphabet]


def test_somebody_is_found_by_their_surname_in_the_house_and_in_a_circle(
    client_of, stage, admin, olga, circle
):
    """As in the address book, without accents; whose name begins like it comes first."""
    with stage() as staged:
        for name, where in (("Zoë Müller", circle), ("Max Mullers", make_circle(staged, "The Browns"))):
            make_account(staged, name, circle=where)
        make_account(staged, "Müllerin", circle=circle)
    page = client_of(admin).get("/admin/roles?q=muller").text
    assert re.findall(r"(Müllerin|Zoë Müller|Max Mullers), ", page) == [
        "Müllerin",
        "Max Mullers",
        "Zoë Müller",
    ]
    own = client_of(olga).get(f"/circles/{circle.id}/roles?q=MÜLLER").text
    assert re.findall(r"(Müllerin|Zoë Müller|Max Mullers), ", own) == ["Müllerin", "Zoë Müller"]


def test_the_last_administrator_is_told_why_they_stay(client_of, admin, session):
    grant_id = grant_of(session, admin, Role.ADMINISTRATOR)
    answer = fill_in(client_of(admin), f"/admin/grants/{grant_id}/withdraw")
    assert answer.status_code == 409
    assert "there is no other administrator" in answer.text


def test_an_organiser_gives_roles_in_their_circle_only(client_of, stage, olga, ben, session, circle):
    with stage() as staged:
        make_account(staged, "Bea", circle=make_circle(staged, "The Browns"))
    client, path = client_of(olga), f"/circles/{circle.id}/roles"
    page = client.get(f"{path}?q=be").text
    assert "ben@example.org" in page
    assert "bea@example.org" not in page
    assert "Administrator" not in page.partition("<main")[2]
    wanted = {"q": "be", "person": str(ben.person_id), "role": "observer", "place": "circle"}
    assert fill_in(client, path, **wanted).status_code == 303
    assert fill_in(client, path, **{**wanted, "role": "administrator"}).status_code == 422
    assert fill_in(client, f"{path}/{grant_of(session, ben, 'observer')}/withdraw").status_code == 303
    assert client.get("/admin/roles").status_code == 403


def test_a_foreign_circle_is_as_missing_as_one_that_never_was(client_of, stage, olga, ben, session):
    """T-39."""
    with stage() as staged:
        other = make_circle(staged, "The Browns")
        otto = make_account(staged, "Otto", circle=other)
        grant_to(staged, otto, Role.ORGANISER, Scope.CIRCLE, other.id)
    foreign = grant_of(session, otto, "organiser")
    for client in (client_of(olga), client_of(ben)):
        for circle_id in (other.id, MISSING):
            assert client.get(f"/circles/{circle_id}/roles").status_code == 404
            assert fill_in(client, f"/circles/{circle_id}/roles/{foreign}/withdraw").status_code == 404
        assert fill_in(client, f"/admin/grants/{foreign}/withdraw").status_code == 404


@pytest.mark.parametrize("asked", ["%", "_", "\\", "' OR 1=1 --", "\0", "a" * 500, "<script>"])
def test_a_search_is_text_and_nothing_else(client_of, admin, ben, asked):
    answer = client_of(admin).get("/admin/roles", query_string={"q": asked})
    assert answer.status_code == 200
    assert "ben@example.org" not in answer.text
    assert "<script>" not in answer.text.partition("<main")[2]


def test_a_role_holds_from_the_next_request_on_and_no_longer(client_of, admin, ben, session):
    """3.1: rights are read at each request."""
    client = client_of(ben)
    assert client.get("/admin/roles").status_code == 403
    grant_role_to(admin, ben.person_id, Role.ADMINISTRATOR)
    assert client.get("/admin/roles").status_code == 200
    withdraw_grant(admin, grant_of(session, ben, Role.ADMINISTRATOR))
    assert client.get("/admin/roles").status_code == 403
    assert fill_in(client, f"/admin/grants/{MISSING}/withdraw").status_code == 404


def test_many_grants_take_few_statements(client_of, stage, admin, queries_at_most):
    with stage() as session:
        circle = make_circle(session)
        for number in range(60):
            name = f"Per {chr(97 + number // 26)}{chr(97 + number % 26)}"
            actor = make_account(session, name, circle=circle)
            grant_to(session, actor, Role.OBSERVER)
    client = client_of(admin)
    client.get("/admin/roles")
    with queries_at_most(7):  # one of them asks when a password was last given
        page = client.get("/admin/roles?q=per").text
    assert "Page 1 of 2" in page


def test_the_circles_page_leads_whoever_gives_roles_to_them(client_of, olga, ben, admin, circle):
    """And nobody else, who would be refused there."""
    way = f'href="/circles/{circle.id}/roles"'
    page = client_of(olga).get(f"/circles/{circle.id}").text
    assert way in page
    assert "Olga" in page
    assert way in client_of(admin).get(f"/circles/{circle.id}").text
    assert way not in client_of(ben).get(f"/circles/{circle.id}").text


def test_whoever_gives_roles_sees_who_has_one_without_reading_the_address_book(
    client_of, admin, stage, ben, olga, circle
):
    make_role(admin, "giver", "Giver", ["roles.grant"])
    with stage() as session:
        grant_to(session, ben, "giver", Scope.CIRCLE, circle.id)
    page = client_of(ben).get(f"/circles/{circle.id}").text
    assert "Olga" in page
    assert f"/people/{olga.person_id}" not in page


def test_roles_of_the_house_lead_to_where_they_change(client_of, admin):
    assert 'id="own"' not in client_of(admin).get("/admin/roles").text
    make_role(admin, "post-keeper", "Keeper of the post", ["house.see_letters"])
    card = client_of(admin).get("/admin/roles").text.partition('id="own"')[2].partition("</section>")[0]
    assert 'href="/admin/roles/post-keeper">Keeper of the post<' in card
    assert "lets people do 1 thing" in card


@pytest.mark.parametrize("path", ["/admin/mailbox", "/admin/roles", "/admin/audit"])
def test_the_way_to_the_houses_pages_has_one_name_on_all_of_them(client_of, admin, path):
    nav = client_of(admin).get(path).text.partition('<nav class="nav"')[2].partition("</nav>")[0]
    assert re.findall(r'aria-current="page"><svg.*?</svg><span>(.*?)</span>', nav, re.DOTALL) == ["House"]


def test_a_role_without_a_name_gets_one_from_its_title(client_of, admin, session):
    client = client_of(admin)
    assert fill_in(client, "/admin/roles", title="Hüterin der Post!", name="").status_code == 303
    assert session.scalars(select(CustomRole.name)).all() == ["huterin-der-post"]
    assert fill_in(client, "/admin/roles", title="Huterin  der Post", name="").status_code == 409
    assert fill_in(client, "/admin/roles", title="邮", name="").status_code == 422


def test_a_role_is_taken_back_after_a_question(client_of, stage, admin, ben, session):
    """One's own most of all: nobody can give it back to themselves."""
    grant_role_to(admin, ben.person_id, Role.ADMINISTRATOR)
    page = client_of(admin).get("/admin/roles").text
    rows = dict(
        re.findall(r'<span class="row__title">([\w ]+)</span>.*?<details(.*?)</details>', page, re.DOTALL)
    )
    assert "This is a role of your own" in rows["Ada Admin"]
    assert "What it lets Ben do ends at once." in rows["Ben"]
    assert all("<form" in row for row in rows.values())
