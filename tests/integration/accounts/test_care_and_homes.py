"""Who looks after whom, who lives with whom, and who is a child, as the address book says it."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import (
    Guardian,
    Household,
    HouseholdMember,
    Person,
    RoleGrant,
)
from kinkeeper.features.accounts.service import caring
from kinkeeper.features.accounts.service.caring import (
    MOST_GUARDIANS,
    CannotGuard,
    HasOwnAddress,
    LastGuardian,
    TooManyGuardians,
    say_child,
)
from kinkeeper.features.accounts.service.granting import MoreThanOwn, grant_role_to, withdraw_grant
from kinkeeper.features.accounts.service.housing import (
    TooFewTogether,
    change_household,
    end_household,
    make_household,
)
from kinkeeper.features.exchanges.models import ExchangeState
from kinkeeper.features.exchanges.permissions import may_begin_exchange
from kinkeeper.features.exchanges.service.belongings import MatchAtStake
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform.audit import AuditEntry
from tests.factories import (
    make_account,
    make_circle,
    make_clerk,
    make_exchange,
    make_organiser,
    make_participant,
    make_person,
)
from tests.integration.web.support import MISSING, at_once, fingerprint, problems_among, without_lock

from uuid import UUID  # isort: skip


@pytest.fixture
def scene(stage):
    """Olga keeps the book in which Una, Vic and little Tim are; Otto keeps another, with Zed in it."""
    with stage() as session:
        circle, other = make_circle(session), make_circle(session, "The Bergs")
        olga, otto = make_organiser(session, circle=circle), make_organiser(session, "Otto", circle=other)
        people = {name: make_person(session, name, circle=circle).id for name in ("Una", "Vic")}
        people["Tim"] = make_person(session, "Tim", circle=circle, email=None).id
        people["Zed"] = make_person(session, "Zed", circle=other).id
        return circle, olga, otto, people


def appoint(actor, ward_id, *guardian_ids):
    caring.appoint_guardians(actor, ward_id, guardian_ids, steps=STEPS.readers)


def remove(actor, ward_id, guardian_id):
    caring.remove_guardian(actor, ward_id, guardian_id, expected=STEPS.expected)


def test_several_look_after_somebody_and_hear_of_each_other(scene, session, outbox):
    _, olga, _, people = scene
    appoint(olga, people["Tim"], people["Una"])
    appoint(olga, people["Tim"], people["Una"], people["Vic"], olga.person_id)
    assert queries.guardians_of(session, [people["Tim"]]) == {people["Una"], people["Vic"], olga.person_id}
    told = [(letter.to, letter.fields["names"]) for letter in outbox()]
    everybody = ["Olga", "Una", "Vic"]
    assert told[0] == ("una@example.org", ["Una"])
    assert sorted(told[1:]) == [("una@example.org", everybody), ("vic@example.org", everybody)]


def test_said_twice_it_is_the_same_and_nobody_hears_of_it_again(scene, outbox):
    _, olga, _, people = scene
    for _ in range(2):
        appoint(olga, people["Tim"], people["Una"])
    assert len(outbox()) == 1


def test_who_cannot_be_a_guardian(scene, stage, session):
    circle, olga, otto, people = scene
    with stage() as staged:
        kit = make_person(staged, "Kit", circle=circle, email=None).id
        many = [
            make_person(staged, f"G {at}", circle=circle, email=f"g{at}@example.org").id for at in range(9)
        ]
    before = fingerprint(session)
    for ward, guardians, refusal in (
        (people["Tim"], [kit], CannotGuard),
        (people["Tim"], [people["Tim"]], CannotGuard),
        (people["Tim"], [people["Zed"]], NotFound),
        (people["Tim"], [UUID(MISSING)], NotFound),
        (people["Una"], [people["Vic"]], HasOwnAddress),
        (people["Tim"], many[: MOST_GUARDIANS + 1], TooManyGuardians),
    ):
        with pytest.raises(refusal):
            appoint(olga, ward, *guardians)
    with pytest.raises(NotFound):
        appoint(otto, people["Tim"], people["Una"])
    assert fingerprint(session) == before


def test_nobody_is_appointed_to_a_match(scene, stage, session):
    """SK-6, T-17: else whoever keeps the book would read whom a child gives to."""
    _, olga, _, people = scene
    with stage() as staged:
        exchange = make_exchange(staged, people=3, organiser=olga, state=ExchangeState.CLOSED)
        make_participant(staged, exchange, person=staged.get_one(Person, people["Tim"]))
        staged.add(Guardian(ward_id=people["Tim"], guardian_id=people["Una"]))
    draw_names(SYSTEM, exchange.id)
    with pytest.raises(MatchAtStake):
        appoint(olga, people["Tim"], olga.person_id)
    assert queries.guardians_of(session, [people["Tim"]]) == {people["Una"]}


def test_the_last_guardian_stays_while_somebody_counts_on_the_child(scene, stage, session):
    _, olga, _, people = scene
    with stage() as staged:
        exchange = make_exchange(staged, people=1, organiser=olga, state=ExchangeState.OPEN)
        make_participant(staged, exchange, person=staged.get_one(Person, people["Tim"]))
    appoint(olga, people["Tim"], people["Una"], people["Vic"])
    remove(olga, people["Tim"], people["Vic"])
    with pytest.raises(LastGuardian):
        remove(olga, people["Tim"], people["Una"])
    assert queries.guardians_of(session, [people["Tim"]]) == {people["Una"]}


def test_of_whom_nobody_counts_on_the_last_one_may_go(scene, session):
    _, olga, otto, people = scene
    appoint(olga, people["Tim"], people["Una"])
    with pytest.raises(NotFound):
        remove(otto, people["Tim"], people["Una"])
    with pytest.raises(NotFound):
        remove(olga, people["Tim"], people["Vic"])
    remove(olga, people["Tim"], people["Una"])
    assert queries.guardians_of(session, [people["Tim"]]) == set()


def test_two_who_go_at_the_same_moment_do_not_leave_a_child_alone(scene, stage, session):
    _, olga, _, people = scene
    with stage() as staged:
        exchange = make_exchange(staged, people=1, organiser=olga, state=ExchangeState.OPEN)
        make_participant(staged, exchange, person=staged.get_one(Person, people["Tim"]))
    appoint(olga, people["Tim"], people["Una"], people["Vic"])
    results = at_once(*(lambda one=one: remove(olga, people["Tim"], people[one]) for one in ("Una", "Vic")))
    assert problems_among(results) == ["LastGuardian"]
    assert len(queries.guardians_of(session, [people["Tim"]])) == 1


def test_without_the_lock_they_would(scene, stage, session, monkeypatch):
    """T-56, the control: each has seen that the other is left, and with the lock no second one could."""
    _, olga, _, people = scene
    with stage() as staged:
        exchange = make_exchange(staged, people=1, organiser=olga, state=ExchangeState.OPEN)
        make_participant(staged, exchange, person=staged.get_one(Person, people["Tim"]))
    appoint(olga, people["Tim"], people["Una"], people["Vic"])
    both_have_looked = threading.Barrier(2)
    plain = queries.mailboxes

    def look_and_wait(*facts):
        found = plain(*facts)
        both_have_looked.wait(10)
        return found

    monkeypatch.setattr(queries, "mailboxes", look_and_wait)

    def unlocked(session, ids):
        return {one.id: one for one in session.scalars(select(Person).where(Person.id.in_(ids)))}

    monkeypatch.setattr(queries, "people_left_for_change", unlocked)
    with without_lock(monkeypatch, queries, "household_for_change", Household):
        results = at_once(
            *(lambda one=one: remove(olga, people["Tim"], people[one]) for one in ("Una", "Vic"))
        )
    assert "LastGuardian" not in problems_among(results)


def test_a_child_with_an_account_takes_part_and_begins_nothing(scene, stage):
    circle, olga, otto, _ = scene
    with stage() as staged:
        kim = make_account(staged, "Kim", circle=circle)
    may = []
    for is_child in (True, False):
        say_child(olga, kim.person_id, is_child=is_child)
        end_reading()
        may.append(may_begin_exchange(queries.with_grants(read_session(), kim), circle.id))
    assert may == [False, True]
    with pytest.raises(NotFound):
        say_child(otto, kim.person_id, is_child=True)


@pytest.fixture
def keeper(scene, stage):
    """Make somebody of the circle who only keeps its book, or gives roles."""
    circle, *_ = scene

    def make(*rights):
        with stage() as staged:
            return make_clerk(staged, "Kim", *rights, circle=circle)

    return make


def test_nobody_says_of_themselves_that_they_are_a_child_or_none_any_more(scene, keeper, session):
    """A-57: a child who keeps the address book would come by what members may."""
    circle, olga, *_ = scene
    kim = keeper("people.see", "people.keep", "roles.keep")
    say_child(SYSTEM, kim.person_id, is_child=True)
    grant = session.scalar(select(RoleGrant).where(RoleGrant.role == Role.CHILD))
    for act in (
        lambda: say_child(kim, kim.person_id, is_child=False),
        lambda: withdraw_grant(kim, grant.id),
        lambda: say_child(olga, olga.person_id, is_child=True),
    ):
        with pytest.raises(MoreThanOwn):
            act()
    end_reading()
    assert not may_begin_exchange(queries.with_grants(read_session(), kim), circle.id)


@pytest.mark.parametrize("by_role", [True, False])
def test_nobody_makes_a_child_of_whoever_may_do_more(scene, keeper, stage, session, by_role):
    """A-57: it takes away what members may, from an administrator, too."""
    circle, *_ = scene
    kim = keeper("people.see", "people.keep", "roles.keep")
    with stage() as staged:
        ada = make_account(staged, "Ada", is_admin=True, circle=circle)
    with pytest.raises(MoreThanOwn):
        if by_role:
            grant_role_to(kim, ada.person_id, Role.CHILD, scope=Scope.CIRCLE, scope_id=circle.id)
        else:
            say_child(kim, ada.person_id, is_child=True)
    assert Role.CHILD not in session.scalars(select(RoleGrant.role)).all()


def test_a_household_is_made_changed_and_ended(scene, session):
    circle, olga, _, people = scene
    home = make_household(olga, circle.id, "Oak Road", [people["Una"], people["Vic"]])
    assert make_household(olga, circle.id, "Oak Lane", [people["Vic"], people["Una"]]) == home
    change_household(olga, home, name="Elm Street", person_ids=[people["Una"], people["Tim"]])
    assert session.scalars(select(Household.name)).all() == ["Elm Street"]
    members = set(session.scalars(select(HouseholdMember.person_id)))
    assert members == {people["Una"], people["Tim"]}
    end_household(olga, home)
    assert (
        session.scalars(select(Household.id)).all()
        == session.scalars(select(HouseholdMember.person_id)).all()
        == []
    )


def test_the_trail_says_made_of_what_was_made(scene, session):
    """Said again it is changed, if that, and only by a name that is another."""
    circle, olga, _, people = scene
    for name in ("Oak Road", " Oak  Road ", "Oak Lane"):
        home = make_household(olga, circle.id, name, [people["Una"], people["Vic"]])
    said = select(AuditEntry.action).where(AuditEntry.subject_id == home).order_by(AuditEntry.id)
    assert session.scalars(said).all() == ["household.made", "household.changed"]


def test_who_cannot_live_together(scene, session):
    circle, olga, otto, people = scene
    home = make_household(olga, circle.id, "Oak Road", [people["Una"], people["Vic"]])
    before = fingerprint(session)
    with pytest.raises(TooFewTogether):
        make_household(olga, circle.id, "Alone", [people["Una"], people["Una"]])
    with pytest.raises(TooFewTogether):
        change_household(olga, home, person_ids=[people["Una"]])
    for strange in (people["Zed"], UUID(MISSING)):
        with pytest.raises(NotFound):
            make_household(olga, circle.id, "Strange", [people["Una"], strange])
        with pytest.raises(NotFound):
            change_household(olga, home, person_ids=[people["Una"], strange])
    for act in (
        lambda: make_household(otto, circle.id, "Mine", [people["Una"], people["Vic"]]),
        lambda: change_household(otto, home, name="Mine"),
        lambda: end_household(otto, home),
        lambda: end_household(olga, UUID(MISSING)),
    ):
        with pytest.raises(NotFound):
            act()
    assert fingerprint(session) == before
