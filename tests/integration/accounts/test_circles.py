"""Circles: begun, said anew, ended when nobody is in them, and seen by whom they concern."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, Circle, Person, RoleGrant
from kinkeeper.features.accounts.rules import BadName
from kinkeeper.features.accounts.rules.localities import UnknownLanguage, UnknownZone
from kinkeeper.features.accounts.service import circles
from kinkeeper.features.accounts.service.book import About, add_person
from kinkeeper.features.accounts.service.circles import (
    CircleNameTaken,
    CircleNotEmpty,
    LastCircle,
    change_circle,
    found_circle,
)
from kinkeeper.features.accounts.service.closing_accounts import delete_account
from kinkeeper.features.accounts.service.housing import make_household
from kinkeeper.features.accounts.service.keeping_accounts import NewAccount, create_account
from kinkeeper.features.exchanges.models import Exchange, ExchangeState
from kinkeeper.features.exchanges.service.belongings import CircleHasExchanges
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import Conflict, Forbidden, NotFound
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.kernel.work import along, end_reading, read_session
from kinkeeper.web.json import ChangedMeanwhile
from tests.conftest import SERVER, with_many_writers
from tests.factories import grant_to, make_account, make_circle, make_exchange, make_organiser, make_person
from tests.factories.accounts import LONG_AGO, make_grant, withdraw_grants
from tests.integration.web.support import MISSING, at_once, fingerprint, problems_among

from uuid import UUID  # isort: skip

A_WHILE = 1
"""Seconds for which the first waits for the second, where the first keeps it out of all."""
CLUB = {"language": "de", "zone": "Europe/Berlin"}


@pytest.fixture
def scene(stage):
    """Ada keeps the house, Olga the Olsens, and Mia is one of them; Nobody's has nobody."""
    with stage() as session:
        circle, empty = make_circle(session), make_circle(session, "Nobody's")
        ada = make_account(session, "Ada", is_admin=True, circle=circle)
        olga, mia = make_organiser(session, circle=circle), make_account(session, "Mia", circle=circle)
        return circle, empty, ada, olga, mia


def end(actor, circle_id):
    circles.end_circle(actor, circle_id, steps=STEPS.end_circle)


def seen_by(actor):
    end_reading()
    page = queries.circles_of(read_session(), queries.with_grants(read_session(), actor))
    return [(line.circle.name, line.people) for line in page.items]


def test_an_administrator_founds_a_circle_and_needs_no_role_for_it(scene, session):
    *_, ada, _, _ = scene
    club = session.get_one(Circle, found_circle(ada, " The  Club ", **CLUB))
    assert (club.name, club.language, club.zone) == ("The Club", "de", "Europe/Berlin")
    assert session.scalar(select(RoleGrant.id).where(RoleGrant.scope_id == club.id)) is None


def test_whoever_else_founds_one_runs_it(scene, stage, session):
    """By a role that this house has made up."""
    from kinkeeper.features.accounts.models import CustomRole

    *_, mia = scene
    with stage() as staged:
        staged.add(
            CustomRole(
                name="founder",
                title="Founder",
                rights=["circles.found"],
                created_at=LONG_AGO,
                changed_at=LONG_AGO,
            )
        )
        grant_to(staged, mia, "founder")
    club = found_circle(mia, "The Club", **CLUB)
    grant = session.scalars(select(RoleGrant).where(RoleGrant.scope_id == club)).one()
    assert (grant.person_id, grant.role, grant.scope) == (mia.person_id, Role.ORGANISER, Scope.CIRCLE)
    add_person(mia, club, About("Ana"))


def test_nobody_else_founds_or_ends_one(scene, session):
    circle, empty, _, olga, mia = scene
    before = fingerprint(session)
    for actor in (olga, mia):
        with pytest.raises(Forbidden):
            found_circle(actor, "Mine", **CLUB)
        with pytest.raises(Forbidden):
            end(actor, circle.id)
        with pytest.raises(NotFound):
            end(actor, empty.id)
    assert fingerprint(session) == before


def test_its_organiser_says_what_it_is_called_and_where_it_lives(scene, session):
    circle, empty, _, olga, mia = scene
    change_circle(olga, circle.id, {"name": "The Olsen-Bergs", "zone": "Europe/Oslo"})
    now_known = session.get_one(Circle, circle.id)
    assert (now_known.name, now_known.language, now_known.zone) == ("The Olsen-Bergs", "en", "Europe/Oslo")
    with pytest.raises(Forbidden):
        change_circle(mia, circle.id, {"name": "Mine"})
    for nothing in (empty.id, UUID(MISSING)):
        with pytest.raises(NotFound):
            change_circle(olga, nothing, {"name": "Mine"})


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"name": "evil.example.com"}, BadName),
        ({"language": "xx"}, UnknownLanguage),
        ({"zone": "Mars"}, UnknownZone),
    ],
)
def test_what_cannot_be_meant_is_refused(scene, session, said, problem):
    circle, _, ada, *_ = scene
    before = fingerprint(session)
    with pytest.raises(problem):
        found_circle(ada, **{"name": "Club", **CLUB, **said})
    with pytest.raises(problem):
        change_circle(ada, circle.id, said)
    assert fingerprint(session) == before


def test_no_two_have_one_name(scene, session):
    """However it is written: in lists, in choices and on pages they would look alike."""
    circle, empty, ada, olga, _ = scene
    before = fingerprint(session)
    for name in ("The Olsens", " the  OLSENS ", "Thé Olsens"):
        with pytest.raises(CircleNameTaken):
            found_circle(ada, name, **CLUB)
        with pytest.raises(CircleNameTaken):
            change_circle(ada, empty.id, {"name": name})
    assert fingerprint(session) == before
    change_circle(olga, circle.id, {"name": "THE OLSENS"})  # its own, written in another way
    assert session.get_one(Circle, circle.id, populate_existing=True).name == "THE OLSENS"


def test_what_had_one_name_before_keeps_it(scene, stage, session):
    """Nothing else of it is refused for that; it changes its name to one that nobody has."""
    circle, _, ada, *_ = scene
    with stage() as staged:
        twin = make_circle(staged)
    change_circle(ada, twin.id, {"name": "The Olsens", "zone": "Europe/Oslo"})
    assert session.get_one(Circle, twin.id).zone == "Europe/Oslo"
    change_circle(ada, twin.id, {"name": "The other Olsens"})
    with pytest.raises(CircleNameTaken):
        change_circle(ada, twin.id, {"name": circle.name})


def test_of_two_at_the_same_moment_one_has_it(scene, session):
    """Whether it is begun or renamed."""
    circle, empty, ada, olga, _ = scene
    wanted = {"name": "The Club"}
    results = at_once(
        lambda: found_circle(ada, "The Club", **CLUB),
        lambda: found_circle(ada, "the club", **CLUB),
        lambda: change_circle(olga, circle.id, wanted),
        lambda: change_circle(ada, empty.id, wanted),
    )
    assert problems_among(results) == ["CircleNameTaken"] * 3
    assert [name.lower() for name in session.scalars(select(Circle.name))].count("the club") == 1


def test_who_may_not_change_a_circle_keeps_nobody_waiting(scene, monkeypatch):
    """All circles are locked for a name, and for the last one to stay: whoever is refused holds none."""
    circle, empty, _, _, mia = scene
    held = []
    for name in ("circle_names_for_change", "circle_for_change", "circles_for_change"):
        monkeypatch.setattr(queries, name, lambda *facts, name=name: held.append(name))
    for place, refusal in ((circle.id, Forbidden), (empty.id, NotFound), (UUID(MISSING), NotFound)):
        with pytest.raises(refusal):
            change_circle(mia, place, {"name": "Mine"})
        with pytest.raises(refusal):
            end(mia, place)
    assert held == []


@pytest.mark.parametrize("ends", [True, False])
def test_what_changed_before_the_lock_is_seen_under_it(scene, ends):
    """If-Match holds (C-37): who may is asked before. On SQLite the other one waits."""
    _, empty, ada, *_ = scene
    seen = []
    other = threading.Thread(target=lambda: at_once(lambda: change_circle(ada, empty.id, {"zone": "UTC"})))

    def compare(work):
        seen.append(work.session.get_one(Circle, empty.id).zone)
        if len(seen) == 1:
            other.start()
            other.join(A_WHILE)
        if seen[-1] != seen[0]:
            raise ChangedMeanwhile

    def act():
        with along(compare, is_comparison=True):
            end(ada, empty.id) if ends else change_circle(ada, empty.id, {"name": "Somebody's"})

    (result,) = at_once(act)
    other.join(30)
    assert len(seen) == 2
    assert isinstance(result, ChangedMeanwhile) == (seen[0] != seen[1]) == bool(SERVER)


def test_each_sees_the_circles_that_concern_them(scene, stage):
    _, empty, ada, olga, mia = scene
    assert seen_by(ada) == [("Nobody's", 0), ("The Olsens", 3)]
    assert seen_by(olga) == seen_by(mia) == [("The Olsens", 3)]
    with stage() as staged:
        grant_to(staged, mia, Role.OBSERVER, Scope.CIRCLE, empty.id)
    assert seen_by(mia) == [("Nobody's", 0), ("The Olsens", 3)]
    with stage() as staged:
        withdraw_grants(staged, mia)
    assert seen_by(mia) == [("The Olsens", 3)]


def test_an_empty_circle_ends_and_roles_for_it_with_it(scene, stage, session):
    _, empty, ada, _, mia = scene
    with stage() as staged:
        grant_to(staged, mia, Role.OBSERVER, Scope.CIRCLE, empty.id)
    end(ada, empty.id)
    assert session.get(Circle, empty.id) is None
    assert session.scalars(select(RoleGrant.scope_id).where(RoleGrant.scope_id == empty.id)).all() == []
    with pytest.raises(NotFound):
        end(ada, empty.id)


def test_nobody_is_forgotten_by_the_way(scene, stage, session):
    circle, empty, ada, *_ = scene
    with stage() as staged:
        child = make_person(staged, "Tim", circle=empty, email=None)
    for full in (circle, empty):
        with pytest.raises(CircleNotEmpty):
            end(ada, full.id)
    assert session.get(Person, child.id) is not None


def test_a_circle_with_exchanges_stays_until_they_are_forgotten(scene, stage, session):
    _, empty, ada, *_ = scene
    with stage() as staged:
        exchange = make_exchange(staged, people=0, organiser=ada, state=ExchangeState.OPEN)
        staged.get_one(Exchange, exchange.id).circle_id = empty.id
    with pytest.raises(CircleHasExchanges):
        end(ada, empty.id)
    assert session.get(Exchange, exchange.id) is not None


def test_the_last_circle_stays_even_if_two_end_at_the_same_moment(stage, session):
    """T-56: each would find the other left."""
    with stage() as staged:
        ada = make_account(staged, "Ada", is_admin=True)
        home = staged.get_one(Person, ada.person_id).circle_id
        others = [make_circle(staged, name).id for name in ("One", "Two")]
    results = at_once(*(lambda one=one: end(ada, one) for one in (home, *others)))
    assert problems_among(results) == ["CircleNotEmpty"]
    assert session.scalars(select(Circle.id)).all() == [home]


def test_the_only_circle_stays(stage, engine):
    from kinkeeper.kernel.actor import SYSTEM

    with stage() as staged:
        only = make_circle(staged)
    with pytest.raises(LastCircle):
        end(SYSTEM, only.id)


def test_nobody_comes_into_a_circle_that_ends(scene, session):
    """Whoever is first: either the person is there, or the circle is gone."""
    _, empty, ada, *_ = scene
    results = at_once(lambda: end(ada, empty.id), lambda: add_person(ada, empty.id, About("Ana")))
    raised = [result for result in results if isinstance(result, Exception)]
    assert [isinstance(one, Conflict | NotFound) for one in raised] == [True]
    there = session.get(Circle, empty.id) is not None
    assert there == bool(session.scalar(select(Person.id).where(Person.circle_id == empty.id)))


@pytest.fixture
def meanwhile(scene, monkeypatch):
    """Let the empty circle be ended right after whoever makes an account has looked for it."""
    _, empty, ada, *_ = scene
    plain, ended = queries.circle_to_fill, []
    other = threading.Thread(target=lambda: ended.extend(at_once(lambda: end(ada, empty.id))))

    def meanwhile(look=plain):
        def looked(session, circle_id):
            found = look(session, circle_id)
            other.start()
            other.join(A_WHILE)
            return found

        monkeypatch.setattr(queries, "circle_to_fill", looked)
        (made,) = at_once(
            lambda: create_account(ada, NewAccount("z@example.org", "Zed", "en", circle_id=empty.id))
        )
        other.join(30)
        return made, ended[0]

    return meanwhile


def test_nobody_gets_an_account_in_a_circle_that_ends(meanwhile, scene, session):
    """It cannot end before they stand in it, and then it is not empty."""
    made, ended = meanwhile()
    assert isinstance(ended, CircleNotEmpty)
    home = select(Person.circle_id).join(Account, Account.person_id == Person.id).where(Account.id == made)
    assert session.scalars(home).one() == scene[1].id


@with_many_writers
def test_without_the_lock_the_circle_would_be_gone(meanwhile):
    """The twin."""
    made, ended = meanwhile(lambda session, circle_id: session.get_one(Circle, circle_id))
    assert (type(made), ended) == (IntegrityError, None)


def test_what_pages_show_of_a_circle_is_read_for_somebody(scene, stage, session):
    """T-39: a face that forgot to ask would show nothing, whoever looks."""
    circle, empty, ada, olga, _ = scene
    with stage() as staged:
        twins = [make_person(staged, "Tim", circle=circle, email=None) for _ in range(2)]
        make_grant(staged, twins[0], Role.CHILD, Scope.CIRCLE, circle.id)
        stranger = make_account(staged, "Stranger", circle=empty)
    make_household(olga, circle.id, "Oak Road", [one.id for one in twins])

    def shown_to(actor):
        return (
            [home.name for home in queries.households_in(session, actor, circle.id).items],
            {one.name for one in queries.named(session, actor, circle.id, most=9)},
            len(queries.likely_duplicates(session, actor, circle.id)),
            [one.person for one in queries.granted_in(session, actor, circle)],
        )

    for actor in (ada, queries.with_grants(session, olga)):
        assert shown_to(actor) == (["Oak Road"], {"Ada", "Mia", "Olga", "Tim"}, 1, ["Olga"])
    for actor in (stranger, ANONYMOUS):
        assert shown_to(actor) == ([], set(), 0, [])


@pytest.mark.parametrize("name", ["granted_in", "grants_for", "roles_for"])
def test_who_has_a_role_is_said_in_one_way(scene, stage, session, name):
    """Without an account that is there, a role is worth nothing, on whichever page."""
    circle, _, ada, olga, mia = scene
    with stage() as staged:
        for person_id in (mia.person_id, make_person(staged, "Tim", circle=circle, email=None).id):
            make_grant(staged, staged.get_one(Person, person_id), Role.CHILD, Scope.CIRCLE, circle.id)
    delete_account(ada, mia.account_id, steps=STEPS.close)
    if name == "granted_in":
        lines = queries.granted_in(session, ada, circle)
    elif name == "grants_for":
        page = queries.grants_for(session, ada, circle.id, page=1)
        lines = page.items
        assert page.total_items == 1
    else:
        lines = queries.roles_for(session, circle.id)
    assert [(line.person_id, line.role) for line in lines] == [(olga.person_id, "organiser")]
