"""The pages of circles and address books: what they do, for whom, and with what people type."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts.models import Circle, Guardian, Household, Person, RoleGrant
from kinkeeper.features.exchanges.models import ExchangeState
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.roles import Role, Scope
from tests.factories import (
    grant_to,
    guest,
    make_account,
    make_circle,
    make_exchange,
    make_grant,
    make_organiser,
    make_participant,
    make_person,
)
from tests.integration.web.support import MISSING, fill_in, fingerprint

from uuid import UUID  # isort: skip

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "%(name)s",
    "%",
    "_",
    "' OR 1=1 --",
    "\\",
    "\u202egnirts",
    "a\r\nBcc: evil",
    "\0",
    "😀" * 30,
    "x" * 300,
)


@pytest.fixture
def scene(stage, admin):
    """Olga keeps the Olsens' book, in which Ana, Ben, little Tim and Mia are, and Otto the Bergs'."""
    with stage() as session:
        circle, other = make_circle(session), make_circle(session, "The Bergs")
        olga, otto = make_organiser(session, circle=circle), make_organiser(session, "Otto", circle=other)
        mia = make_account(session, "Mia", circle=circle)
        people = {name: make_person(session, name, circle=circle).id for name in ("Ana", "Ben")}
        people["Tim"] = make_person(session, "Tim", circle=circle, email=None).id
        home = Household(circle_id=circle.id, name="Oak Road")
        session.add(home)
        session.flush()
        return Scene(circle, other, olga, otto, mia, people, home.id)


class Scene:
    def __init__(self, circle, other, olga, otto, mia, people, home):
        self.circle, self.other, self.olga, self.otto, self.mia = circle.id, other.id, olga, otto, mia
        self.people, self.home = people, home
        self.book = f"/circles/{circle.id}/people"


def person_of(session, name):
    return session.scalars(select(Person).where(Person.name == name)).one()


def test_one_person_is_added_and_found(scene, client_of, session):
    client = client_of(scene.olga)
    said = {"name": "Zoë Åse", "email": "zoe@example.org", "language": "de", "zone": "Europe/London"}
    added = client.send(f"{scene.book}/add", None, **said, day="29", month="2", year="")
    assert added.location == scene.book
    zoe = person_of(session, "Zoë Åse")
    assert (zoe.birthday, zoe.language, zoe.zone) == ("--02-29", "de", None)
    for q, is_found in (
        ("ZOE", True),
        ("åse", True),
        ("zoe@ex", True),
        ("%", False),
        ("_", False),
        ("xyz", False),
    ):
        assert ("Zoë Åse" in client.get(scene.book, query_string={"q": q}).text) == is_found, q
    page = client.get(f"/people/{zoe.id}").text
    assert "29 February" in page
    assert "Deutsch" in page


def test_a_child_is_added_and_the_next_page_asks_who_looks_after_them(scene, client_of, session):
    client = client_of(scene.olga)
    added = client.send(f"{scene.book}/add", None, name="Kit", email="", language="en", zone="Europe/London")
    kit = person_of(session, "Kit")
    assert added.location == f"/people/{kit.id}/guardians"
    assert "Who else" not in client.get(added.location).text, "nobody does yet"
    client.send(added.location, None, guardian=[str(scene.people["Ana"]), str(scene.people["Ben"])])
    page = client.get(f"/people/{kit.id}").text
    assert page.index("Ana") < page.index("Ben")
    assert "the letter waits in the house’s own mailbox" in page, "in a house that sends none"
    assert "They are told by letter" not in page
    client.send(f"/people/{kit.id}", f"/people/{kit.id}/guardians/{scene.people['Ana']}/remove")
    assert session.scalars(select(Guardian.guardian_id)).all() == [scene.people["Ben"]]


def test_a_list_is_added_or_each_wrong_line_is_named(scene, client_of, session):
    client, add = client_of(scene.olga), f"{scene.book}/add"
    refused = client.send(
        add, None, people="Name;E-Mail\nEva <eva@example.org>\n\nX, ana@example.org\nevil.com"
    )
    assert refused.status_code == 422
    assert "Line 5" in refused.text
    assert "Line 4" not in refused.text, "whoever is there already is nothing to mend"
    assert "Eva &lt;eva@example.org&gt;" in refused.text, "what was typed stays"
    assert client.send(add, None, people="Name;E-Mail\nEva;eva@example.org\nLittle Lu").location == scene.book
    assert person_of(session, "Eva").email == "eva@example.org"
    assert person_of(session, "Little Lu").email is None


def test_of_a_list_it_is_said_how_many_were_added(scene, client_of):
    client = client_of(scene.olga)
    for people, told in (("Eva", "1 person was added."), ("1. Lu\n2. Kit", "2 people were added.")):
        client.send(f"{scene.book}/add", None, people=people)
        assert told in client.get(scene.book).text


def test_a_birthday_in_a_name_is_refused_beside_its_line_as_it_was_written(scene, client_of, session):
    said = "Eva\nLea <b> 03.04.2016\nevil.com"
    refused = client_of(scene.olga).send(f"{scene.book}/add", None, people=said)
    assert refused.status_code == 422
    told = "Line 2: “Lea &lt;b&gt; 03.04.2016”. There is a number in the name: please take it out."
    assert told in refused.text
    assert "Line 3: “evil.com”. Please give a name" in refused.text, "all at once"
    assert not session.scalars(select(Person).where(Person.name == "Eva")).all()


def test_of_a_list_who_is_there_already_is_skipped_and_said_so(scene, client_of, session):
    client, add = client_of(scene.olga), f"{scene.book}/add"
    assert client.send(add, None, people="Eva <eva@example.org>\nX, ana@example.org").location == scene.book
    assert "Added: 1. In the address book already, and as they were: 1." in client.get(scene.book).text
    client.send(add, None, people="Eva, eva@example.org\nX, ana@example.org")
    assert "Added: 0. In the address book already, and as they were: 2." in client.get(scene.book).text


def test_two_of_one_name_are_told_apart_wherever_they_are_chosen(scene, client_of, session):
    client, ana = client_of(scene.olga), scene.people["Ana"]
    facts = {"name": "Ana", "language": "en", "zone": "Europe/London"}
    client.send(f"{scene.book}/add", None, email="other@example.org", **facts)
    client.send(f"{scene.book}/add", None, email="", day="3", month="5", year="2015", **facts)
    child = session.scalars(select(Person.id).where(Person.birthday == "2015-05-03")).one()
    homes = f"/circles/{scene.circle}/households"
    client.send(f"{homes}/new", None, name="Oak Road", person_ids=[str(child), str(scene.people["Ben"])])
    page = client.get(f"{homes}/new").text
    for told in ("Ana, ana@example.org", "Ana, other@example.org", "Ana, 3 May 2015, Oak Road"):
        assert told in page
    page = client.get(f"/people/{child}/guardians").text
    assert "Ana, ana@example.org" in page
    assert "Ana, other@example.org" in page
    page = client.get(f"/people/{ana}/merge").text
    assert "other@example.org" in page
    assert "3 May 2015, Oak Road" in page


@pytest.mark.parametrize("into", ["Ana", "Kit"])
def test_before_two_become_one_it_is_said_who_looks_after_them_and_what_stays(
    scene, client_of, session, into
):
    """Where the one that is left has an address, whoever looked after the other gets no letter any more."""
    client = client_of(scene.olga)
    for name, email in (("Ana Kit", "kit@example.org"), ("Kit", "")):
        facts = {"name": name, "email": email, "language": "en", "zone": "Europe/London"}
        client.send(
            f"{scene.book}/add", None, **facts, day="3" if email else "", month="5" if email else "", year=""
        )
    kit = person_of(session, "Kit").id
    client.send(f"/people/{kit}/guardians", None, guardian=[str(scene.people["Ben"])])
    session.rollback()
    other = scene.people["Tim"] if into == "Kit" else person_of(session, "Ana Kit").id
    said = client.get(f"/people/{kit}/merge/{other}").text
    told = "nobody looks after it any more: not Ben" if into == "Ana" else "It is looked after by Ben."
    assert told in said
    assert "a birthday or time zone that it does not say comes from the other" in said


def test_a_name_is_mended_and_half_a_birthday_is_not_taken(scene, client_of, session):
    client, path = client_of(scene.olga), f"/people/{scene.people['Ana']}/change"
    said = {"name": "Anna", "email": "ana@example.org", "language": "en", "zone": "Europe/Oslo"}
    for half in (
        {"day": "3", "month": "", "year": ""},
        {"day": "31", "month": "6", "year": ""},
        {"day": "3", "month": "June", "year": ""},
        {"day": "", "month": "", "year": "1990"},
    ):
        refused = client.send(path, None, **said, **half)
        assert refused.status_code == 422
        assert "please give a day that there is, its month," in refused.text
    assert client.send(path, None, **said, day="3", month="6", year="1990").status_code == 303
    anna = person_of(session, "Anna")
    assert (anna.birthday, anna.zone) == ("1990-06-03", "Europe/Oslo")
    page = client.get(path).text
    assert re.search(r'<option selected value="6">June', page)


def test_a_household_is_made_changed_and_ended(scene, client_of, session):
    client, path = client_of(scene.olga), f"/circles/{scene.circle}/households"
    ana, ben, tim = (str(scene.people[name]) for name in ("Ana", "Ben", "Tim"))
    assert client.send(f"{path}/new", None, name="Elm Street", person_ids=[ana]).status_code == 422
    assert client.send(f"{path}/new", None, name="Elm Street", person_ids=[ana, ben]).location == path
    elm = session.scalars(select(Household).where(Household.name == "Elm Street")).one()
    assert "Ana and Ben" in client.get(path).text
    page = client.get(f"/households/{elm.id}").text
    ticked = re.findall(r'<input checked [^>]*value="([^"]+)"', page)
    assert ticked == [ana, ben], "who lives there stays, unless their tick is taken away"
    client.send(f"/households/{elm.id}", None, name="Elm Lane", person_ids=[ana, tim])
    assert "Ana and Tim" in client.get(path).text
    client.send(f"/households/{elm.id}", f"/households/{elm.id}/end")
    assert "Elm" not in client.get(path).text


def test_two_entries_are_compared_and_become_one(scene, client_of, session, stage):
    with stage() as staged:
        double = make_person(staged, "ana", circle=staged.get_one(Circle, scene.circle), email=None).id
    client = client_of(scene.olga)
    proposed = client.get(f"/circles/{scene.circle}/duplicates").text
    path = f"/people/{double}/merge/{scene.people['Ana']}"
    assert path in proposed
    assert path in client.get(f"/people/{double}/merge?q=ana").text
    assert "Letters go to ana@example.org" in client.get(path).text
    assert client.send(path, None, typed="Ben").status_code == 422
    assert session.get(Person, double) is not None
    session.expire_all()
    assert client.send(path, None, typed="ANA").location == f"/people/{scene.people['Ana']}"
    assert session.get(Person, double, populate_existing=True) is None


def test_namesakes_are_told_apart_by_who_looks_after_them(scene, client_of, stage):
    """Two children called Kit, without an address: whose is which?"""
    with stage() as staged:
        circle = staged.get_one(Circle, scene.circle)
        kits = [make_person(staged, "Kit", circle=circle, email=None) for _ in range(2)]
        for kit, guardian in zip(kits, ("Ana", "Ben"), strict=True):
            staged.add(Guardian(ward_id=kit.id, guardian_id=scene.people[guardian]))
        make_grant(staged, kits[1], Role.CHILD, Scope.CIRCLE, circle.id)
    client = client_of(scene.olga)
    proposed = client.get(f"/circles/{scene.circle}/duplicates").text
    assert "looked after by Ana" in proposed
    assert "looked after by Ben" in proposed
    assert proposed.count(">Child</span>") == 1
    assert client.get(f"/people/{kits[1].id}/merge/{kits[0].id}").text.count(">Child</span>") == 1


def test_a_match_at_stake_is_told_before_and_after_the_button(scene, client_of, session, stage):
    """T-17."""
    with stage() as staged:
        circle = staged.get_one(Circle, scene.circle)
        drawn = make_person(staged, "Dora", circle=circle)
        exchange = make_exchange(
            staged, people=0, organiser=scene.olga, state=ExchangeState.CLOSED, title="Yule"
        )
        for one in (drawn, *(staged.get_one(Person, scene.people[name]) for name in ("Ana", "Ben"))):
            make_participant(staged, exchange, person=one)
    draw_names(SYSTEM, exchange.id)
    client, path = client_of(scene.olga), f"/people/{scene.people['Tim']}/merge/{drawn.id}"
    assert "the names for Yule are drawn" in client.get(path).text
    refused = fill_in(client, path, typed="Tim")
    assert refused.status_code == 409
    assert "could read the other’s match" in refused.text
    assert session.get(Person, scene.people["Tim"]) is not None


def test_somebody_is_forgotten_when_their_name_is_typed(scene, client_of, session):
    client, path = client_of(scene.olga), f"/people/{scene.people['Ana']}/erase"
    assert client.send(path, None, typed="").status_code == 422
    assert client.send(path, None, typed="ana").location == scene.book
    assert session.get(Person, scene.people["Ana"]) is None


def test_nobody_is_asked_whether_they_are_a_child_themselves_nor_of_whoever_may_do_more(
    scene, client_of, stage
):
    """A-57: what the page offers is not refused, and what would be refused is not offered."""
    client = client_of(scene.olga)
    with stage() as session:
        kim = make_account(session, "Kim", circle=session.get_one(Circle, scene.circle))
        grant_to(session, kim, Role.ADMINISTRATOR)
    for person_id, offers in (
        (scene.mia.person_id, True),
        (scene.people["Ana"], True),
        (scene.olga.person_id, False),
        (kim.person_id, False),
    ):
        path = f"/people/{person_id}"
        assert (f"{path}/child" in client.get(path).text) is offers
        assert (client.send(path, f"{path}/child").status_code == 303) is offers


def test_one_s_own_entry_leads_to_where_one_changes_it(scene, client_of):
    main = client_of(scene.olga).get(f"/people/{scene.olga.person_id}").text.partition("<main")[2]
    assert 'href="/account/profile"' in main
    assert "says such things themselves" not in main
    main = client_of(scene.olga).get(f"/people/{scene.mia.person_id}").text.partition("<main")[2]
    assert 'href="/account/profile"' not in main
    assert "says such things themselves" in main


def test_a_child_with_an_account(scene, client_of, session):
    client, path = client_of(scene.olga), f"/people/{scene.mia.person_id}"
    client.send(path, f"{path}/child", is_child="y")
    assert session.scalars(
        select(RoleGrant.role).where(RoleGrant.person_id == scene.mia.person_id)
    ).all() == ["child"]
    client.send(path, f"{path}/child")
    assert (
        session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == scene.mia.person_id)).all() == []
    )


def test_a_circle_is_begun_changed_and_ended(client_of, admin, session):
    client = client_of(admin)
    said = {"name": "The Club", "language": "de", "zone": "Europe/Berlin"}
    path = client.send("/circles/new", None, **said).location
    again = client.send("/circles/new", None, **said)
    assert (again.status_code, "There is a circle called The Club here" in again.text) == (409, True)
    client.send(f"{path}/change", None, **said | {"name": "The Old Club"})
    assert "The Old Club" in client.get("/circles").text
    assert client.send(f"{path}/end", None, typed="the club").status_code == 422
    assert client.send(f"{path}/end", None, typed="the old club").location == "/circles"
    assert "The Old Club" not in session.scalars(select(Circle.name)).all()


def test_the_profile_says_who_one_is_and_this_browser_follows(scene, client_of, session):
    """A-66: what is not in the form is not taken."""
    client = client_of(scene.mia)
    said = {
        "name": "Mia B",
        "language": "de",
        "zone": "Europe/London",
        "day": "1",
        "month": "5",
        "year": "1990",
    }
    client.send("/account/profile", None, **said, email="evil@example.org", circle_id=str(scene.other))
    mia = session.get_one(Person, scene.mia.person_id)
    assert (mia.name, mia.language, mia.birthday) == ("Mia B", "de", "1990-05-01")
    assert (mia.email, mia.circle_id, mia.zone) == ("mia@example.org", scene.circle, None)
    assert '<html lang="de"' in client.get("/account/profile").text


def test_an_account_reads_its_own_language_until_the_browser_chooses(scene, client_of, stage, session):
    with stage() as staged:
        staged.get_one(Person, scene.mia.person_id).language = "it"
    client = client_of(scene.mia)
    assert '<html lang="it"' in client.get("/exchanges", headers={"Accept-Language": "de"}).text
    fill_in(client, "/language", language="en")
    assert '<html lang="en"' in client.get("/exchanges", headers={"Accept-Language": "de"}).text


PAGES = (
    "/circles/{circle}/people",
    "/circles/{circle}/people/add",
    "/circles/{circle}/duplicates",
    "/circles/{circle}/households",
    "/circles/{circle}/households/new",
    "/circles/{circle}/change",
    "/people/{ana}",
    "/people/{ana}/change",
    "/people/{tim}/guardians",
    "/people/{ana}/erase",
    "/people/{ana}/merge",
    "/people/{ana}/merge/{ben}",
    "/households/{home}",
)


@pytest.mark.parametrize("page", PAGES)
def test_who_may_look_at_what(scene, client_of, session, admin, stage, page):
    """A-56: nobody but who keeps this book; whoever kept it once no more, and foreign is as missing."""
    gaps = {
        "circle": scene.circle,
        "ana": scene.people["Ana"],
        "ben": scene.people["Ben"],
        "home": scene.home,
    }
    path = page.format(**gaps, tim=scene.people["Tim"])
    nothing = page.format(**dict.fromkeys((*gaps, "tim"), MISSING))
    ana = session.get_one(Person, scene.people["Ana"])
    expected = {
        "keeper": (scene.olga, 200),
        "administrator": (admin, 200),
        "another circle's": (scene.otto, 404),
        "member": (scene.mia, 403 if page.startswith("/circles") else 404),
        "guest": (guest(ana), 303),
        "nobody": (None, 303),
    }
    got = {who: client_of(actor).get(path).status_code for who, (actor, _) in expected.items()}
    assert {who: 303 if 300 <= code < 400 else code for who, code in got.items()} == {
        who: code for who, (_, code) in expected.items()
    }
    assert client_of(scene.olga).get(nothing).status_code == 404
    with stage() as staged:
        for grant in staged.scalars(select(RoleGrant).where(RoleGrant.person_id == scene.olga.person_id)):
            staged.delete(grant)
    assert client_of(scene.olga).get(path).status_code == (403 if page.startswith("/circles") else 404)


POSTS = {
    "/circles/{circle}/people/add": {"name": "Eve", "language": "en", "zone": "Europe/London"},
    "/circles/{circle}/households/new": {"name": "Elm", "person_ids": ["{ana}", "{ben}"]},
    "/circles/{circle}/change": {"name": "Mine", "language": "en", "zone": "Europe/London"},
    "/circles/{circle}/end": {"typed": "The Olsens"},
    "/circles/new": {"name": "Mine", "language": "en", "zone": "Europe/London"},
    "/people/{ana}/change": {"name": "Evil", "language": "en", "zone": "Europe/London"},
    "/people/{ana}/child": {"is_child": "y"},
    "/people/{tim}/guardians": {"guardian": ["{ana}"]},
    "/people/{tim}/guardians/{ana}/remove": {},
    "/people/{ana}/erase": {"typed": "Ana"},
    "/people/{tim}/merge/{ana}": {"typed": "Tim"},
    "/households/{home}": {"name": "Mine", "person_ids": ["{ana}", "{ben}"]},
    "/households/{home}/end": {},
}


@pytest.mark.parametrize("page", POSTS)
def test_nobody_else_changes_anything(scene, client_of, session, stage, page):
    """A-56, T-39."""
    with stage() as staged:
        staged.add(Guardian(ward_id=scene.people["Tim"], guardian_id=scene.people["Ana"]))
    gaps = {
        "circle": scene.circle,
        "ana": scene.people["Ana"],
        "ben": scene.people["Ben"],
        "home": scene.home,
    }
    gaps["tim"] = scene.people["Tim"]

    def filled(said):
        return [one.format(**gaps) for one in said] if isinstance(said, list) else said

    fields = {name: filled(said) for name, said in POSTS[page].items()}
    ana = session.get_one(Person, scene.people["Ana"])
    clients = [client_of(actor) for actor in (scene.otto, scene.mia, guest(ana), None)]
    session.rollback()
    before = fingerprint(session)
    for client in clients:
        answer = fill_in(client, page.format(**gaps), **fields)
        assert answer.status_code in {401, 403, 404}
    assert fingerprint(session) == before


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_refused_or_shown_as_it_is(scene, client_of, session, text):
    """A-1…A-6: no page breaks, nothing of it runs, nothing is searched but itself."""
    client = client_of(scene.olga)
    common = {"language": "en", "zone": "Europe/London"}
    posts = {
        f"{scene.book}/add": {"name": text, "email": "", **common},
        f"/people/{scene.people['Ana']}/change": {
            "name": text,
            "email": text,
            **common,
            "day": text,
            "month": text,
        },
        f"/circles/{scene.circle}/change": {"name": text, "language": text, "zone": text},
        f"/circles/{scene.circle}/households/new": {"name": text, "person_ids": [text]},
        f"/people/{scene.people['Tim']}/guardians": {"guardian": [text]},
        f"/people/{scene.people['Ben']}/erase": {"typed": text},
        "/account/profile": {"name": text, **common},
    }
    for path, fields in posts.items():
        answer = fill_in(client, path, **fields)
        assert answer.status_code in {303, 422}, path
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
    fill_in(client, f"{scene.book}/add", people=text)
    for path in (
        scene.book,
        f"/people/{scene.people['Tim']}/guardians",
        f"/circles/{scene.circle}/households/new",
    ):
        page = client.get(path, query_string={"q": text})
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert ">49<" not in page.text


def test_pages_of_a_full_book_take_few_statements(scene, client_of, stage, queries_at_most):
    with stage() as session:
        circle = session.get_one(Circle, scene.circle)
        for at in range(60):
            person = make_person(session, f"P {at}", circle=circle, email=f"p{at}@example.org")
            ward = make_person(session, f"W {at}", circle=circle, email=None)
            session.add(Guardian(ward_id=ward.id, guardian_id=person.id))
    client = client_of(scene.olga)
    for path, most in (
        (scene.book, 8),
        ("/circles", 6),
        (f"/people/{scene.people['Ana']}", 9),
        (f"/circles/{scene.circle}/duplicates", 10),  # three of them ask for ties, of however many
    ):
        client.get(path)
        with queries_at_most(most):
            assert client.get(path).status_code == 200


def test_the_way_to_the_address_book_is_shown_to_who_may_read_it(scene, client_of, admin):
    assert client_of(scene.olga).get("/people").location == scene.book
    assert 'href="/people"' in client_of(scene.olga).get("/exchanges").text
    assert client_of(admin).get("/people").location == "/circles"
    assert 'href="/people"' not in client_of(scene.mia).get("/exchanges").text
    assert client_of(scene.mia).get("/people").location == "/circles"


def test_a_page_of_a_person_who_is_in_no_circle_of_mine_is_missing(scene, client_of):
    assert client_of(scene.otto).get(f"/people/{UUID(MISSING)}").status_code == 404


def test_what_is_wrong_in_a_fold_is_seen(scene, client_of):
    """Half a birthday stands where nobody would look."""
    client = client_of(scene.olga)
    path = f"{scene.book}/add"
    assert '<details class="fold">' in client.get(path).text
    refused = fill_in(client, path, name="Zoë", email="", language="en", day="29")
    assert refused.status_code == 422
    assert '<details class="fold" open>' in refused.text
    unnamed = fill_in(client, path, name="", email="", language="en")
    assert '<details class="fold">' in unnamed.text


def test_somebody_else_is_asked_for_only_where_there_is_somebody(scene, client_of, stage):
    client, path = client_of(scene.olga), f"/people/{scene.people['Tim']}"
    assert "Who looks after Tim?" in client.get(path).text
    with stage() as session:
        session.add(Guardian(ward_id=scene.people["Tim"], guardian_id=scene.people["Ana"]))
    assert "Who else looks after Tim?" in client.get(path).text


def test_whoever_is_a_child_is_said_before_they_have_an_account(scene, client_of):
    client, path = client_of(scene.olga), f"/people/{scene.people['Tim']}"
    assert "once Tim has an account" in client.get(path).text
    client.send(path, f"{path}/child", is_child="y")
    assert ">Child</span>" in client.get(path).text
    assert "once Mia has" not in client.get(f"/people/{scene.mia.person_id}").text


def test_what_was_to_be_an_address_is_called_one(scene, client_of):
    """Not a part of the name, which then would be the one to be refused."""
    said = "Zoe, zoe@example.org\nYann, broken@\nKim @example.org"
    page = fill_in(client_of(scene.olga), f"{scene.book}/add", people=said).text
    assert "Line 2: “Yann, broken@”. This does not look like an e-mail address." in page
    assert "Line 3: “Kim @example.org”. This does not look like an e-mail address." in page
    assert "Please give a name" not in page


def test_an_entry_with_an_account_finds_its_double_and_stays(scene, client_of, stage, session):
    with stage() as staged:
        double = make_person(
            staged, "Mia", circle=staged.get_one(Circle, scene.circle), email="m@example.net"
        )
    client, mia = client_of(scene.olga), scene.mia.person_id
    assert f'href="/people/{mia}/merge"' in client.get(f"/people/{mia}").text
    path = f"/people/{double.id}/merge/{mia}"
    assert path in client.get(f"/people/{mia}/merge").text
    page = client.get(path).text
    for told in ("has one", "not confirmed", "English", "as the circle"):
        assert told in page
    assert fill_in(client, path, typed="Mia").location == f"/people/{mia}"


def version_on(page):
    return re.search(r'name="version" value="([0-9a-f]+)"', page)[1]


@pytest.mark.parametrize("email", ["ana@example.org", "ana@example.net"])
def test_of_two_tabs_the_later_undoes_nothing_silently(scene, client_of, session, email):
    """C-37: what was typed stays in the form, and counts once it is sent again."""
    client, ana = client_of(scene.olga), scene.people["Ana"]
    path = f"/people/{ana}/change"
    seen = version_on(client.get(path).text)
    first = {"name": "Ana Lind", "email": "ana@example.org", "language": "de", "version": seen}
    assert fill_in(client, path, **first).status_code == 303
    before = fingerprint(session)
    later = {"name": "Anna", "email": email, "language": "it", "version": seen}
    wrong = fill_in(client, path, **later | {"name": ""})
    assert (wrong.status_code, version_on(wrong.text)) == (422, seen), "another mistake tells nobody"
    refused = fill_in(client, path, **later)
    assert (refused.status_code, "was changed since you opened its form" in refused.text) == (409, True)
    assert 'value="Anna"' in refused.text
    assert fingerprint(session) == before
    again = fill_in(client, path, **later | {"version": version_on(refused.text)})
    assert again.status_code == 303
    session.expire_all()
    assert (session.get_one(Person, ana).name, session.get_one(Person, ana).language) == ("Anna", "it")
