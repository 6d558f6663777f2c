"""Keeping the address book: putting people in, one and many, and saying anew what it says of them."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, Guardian, Person, WebSession
from kinkeeper.features.accounts.rules import BadAddress, BadName
from kinkeeper.features.accounts.rules.birthdays import BadBirthday
from kinkeeper.features.accounts.rules.localities import UnknownLanguage, UnknownZone
from kinkeeper.features.accounts.service import book
from kinkeeper.features.accounts.service.book import (
    About,
    AlreadyInBook,
    KeepsOwnEntry,
    LinesRefused,
    PersonExpected,
    TooManyEntries,
    add_people,
    add_person,
    change_person,
    change_profile,
)
from kinkeeper.features.accounts.service.people import forget_strangers, let_go, put_in_book
from kinkeeper.features.exchanges.models import ExchangeState
from kinkeeper.features.exchanges.service.belongings import MatchAtStake
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Forbidden, NotFound, Unauthenticated
from kinkeeper.kernel.work import read_session, transaction
from kinkeeper.platform.audit import AuditEntry
from tests.factories import (
    guest,
    make_account,
    make_circle,
    make_exchange,
    make_organiser,
    make_participant,
    make_person,
)
from tests.factories.accounts import LONG_AGO
from tests.integration.web.support import MISSING, at_once, fingerprint, problems_among

from uuid import UUID  # isort: skip


@pytest.fixture
def scene(stage):
    """Olga keeps the address book of the Olsens, Otto that of the Bergs; Mia is a member of the Olsens."""
    with stage() as session:
        circle, other = make_circle(session), make_circle(session, "The Bergs")
        olga, otto = make_organiser(session, circle=circle), make_organiser(session, "Otto", circle=other)
        mia = make_account(session, "Mia", circle=circle)
        return circle, olga, otto, mia


def change(actor, person_id, **changes):
    change_person(actor, person_id, changes, steps=STEPS.readers, expected=STEPS.expected)


def put(stage, circle, name="Ana", **said):
    with stage() as session:
        return make_person(session, name, circle=circle, **said).id


def test_somebody_is_put_in_with_all_that_is_said_of_them(scene, session, now):
    circle, olga, *_ = scene
    said = About(" Ana  Olsen ", "Ana@Example.org", language="de", zone="Europe/Oslo", birthday="--02-29")
    person = session.get_one(Person, add_person(olga, circle.id, said))
    assert (person.name, person.folded, person.email) == ("Ana Olsen", "ana olsen", "ana@example.org")
    assert (person.language, person.zone, person.birthday) == ("de", "Europe/Oslo", "--02-29")
    assert (person.created_at, person.confirmed_at) == (now(), None)
    assert session.scalars(select(AuditEntry.action)).all() == ["person.added"]


def test_what_is_left_out_is_the_circles_or_nothing(scene, session):
    circle, olga, *_ = scene
    child = session.get_one(Person, add_person(olga, circle.id, About("Tim")))
    assert (child.email, child.language, child.zone, child.birthday) == (None, "en", None, None)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"name": ""}, BadName),
        ({"name": "x" * 81}, BadName),
        ({"name": "buy at evil.example.com"}, BadName),
        ({"email": "nonsense"}, BadAddress),
        ({"language": "xx"}, UnknownLanguage),
        ({"zone": "Mars/Olympus"}, UnknownZone),
        ({"birthday": "1985-02-30"}, BadBirthday),
        ({"birthday": "2026-12-02"}, BadBirthday),
    ],
)
def test_what_cannot_be_meant_is_refused_in_adding_and_in_changing(scene, stage, session, said, problem):
    circle, olga, *_ = scene
    ana = put(stage, circle)
    before = fingerprint(session)
    with pytest.raises(problem):
        add_person(olga, circle.id, About(**{"name": "Ben", **said}))
    with pytest.raises(problem):
        change(olga, ana, **said)
    assert fingerprint(session) == before


def test_an_address_stands_in_a_circle_once(scene, stage, session):
    """SK-4."""
    circle, olga, *_ = scene
    ana, ben = put(stage, circle), put(stage, circle, "Ben")
    with pytest.raises(AlreadyInBook):
        add_person(olga, circle.id, About("Anna", "ANA@example.org"))
    with pytest.raises(AlreadyInBook):
        change(olga, ben, email="ana@example.org")
    assert session.get_one(Person, ana).name == "Ana"


@pytest.mark.parametrize("at_a_time", [1, 8])
def test_the_same_address_added_at_the_same_moment_is_one_person(scene, session, at_a_time):
    """T-56: one is put in, the others are told."""
    circle, olga, *_ = scene
    acts = [lambda: add_person(olga, circle.id, About("Ana", "ana@example.org"))] * at_a_time
    results = at_once(*acts)
    assert problems_among(results) == ["AlreadyInBook"] * (at_a_time - 1)
    found = select(func.count()).where(Person.email == "ana@example.org")
    assert session.scalar(found) == 1


def test_lists_that_overlap_at_the_same_moment_do_not_wait_for_each_other(scene, session):
    """One order of locks, whatever the order of lines."""
    circle, olga, *_ = scene
    names = [About(f"N {at}", f"n{at}@example.org") for at in range(20)]
    results = at_once(
        lambda: add_people(olga, circle.id, names), lambda: add_people(olga, circle.id, names[::-1])
    )
    assert sorted((len(added.ids), added.known) for added in results) == [(0, 20), (20, 0)]
    assert session.scalar(select(func.count()).where(Person.email.like("n%"))) == 20


def test_who_is_in_the_book_already_stays_as_they_are_and_holds_up_nobody(scene, stage, session):
    circle, olga, *_ = scene
    ana = put(stage, circle)
    told = [About("Ben", "ben@example.org"), About("Anna-Maria", "Ana@example.org")]
    added = add_people(olga, circle.id, told)
    assert ([session.get_one(Person, one).name for one in added.ids], added.known) == (["Ben"], 1)
    assert session.get_one(Person, ana).name == "Ana"
    before = fingerprint(session)
    assert add_people(olga, circle.id, told) == ([], 2)
    assert fingerprint(session) == before


def test_of_a_list_all_can_be_meant_or_none_is_added(scene, session):
    circle, olga, *_ = scene
    before = fingerprint(session)
    with pytest.raises(LinesRefused) as refused:
        add_people(olga, circle.id, [About("Ben", "b@example.org"), About(""), About("C", "B@example.org")])
    assert {at: type(why).__name__ for at, why in refused.value.lines.items()} == {
        1: "BadName",
        2: "ToldTwice",
    }
    with pytest.raises(TooManyEntries):
        add_people(olga, circle.id, [About("Ben")] * (book.MOST_AT_ONCE + 1))
    assert fingerprint(session) == before
    added = add_people(olga, circle.id, [About("Tim"), About("Ben", "ben@example.org"), About("Tim")])
    assert [session.get_one(Person, one).name for one in added.ids] == ["Tim", "Ben", "Tim"]


def test_five_hundred_are_added_in_one_go(scene, session):
    circle, olga, *_ = scene
    added = add_people(olga, circle.id, [About(f"P {at}", f"p{at}@example.org") for at in range(500)])
    assert len(set(added.ids)) == 500


def test_nobody_else_changes_an_address_book(scene, stage, session):
    """A-56, T-39: another circle's organiser learns nothing, a member that there is an address book."""
    circle, olga, otto, mia = scene
    ana = put(stage, circle)
    before = fingerprint(session)
    for actor, refusal in ((otto, NotFound), (ANONYMOUS, NotFound), (mia, Forbidden)):
        with pytest.raises(refusal):
            add_person(actor, circle.id, About("Eve"))
    for actor in (otto, mia, ANONYMOUS, guest(session.get_one(Person, ana))):
        with pytest.raises(NotFound):
            change(actor, ana, name="Eve")
        with pytest.raises(NotFound):
            queries.entry_of(read_session(), actor, ana)
    for missing in (
        lambda: add_person(olga, UUID(MISSING), About("Eve")),
        lambda: change(olga, UUID(MISSING), name="E"),
    ):
        with pytest.raises(NotFound):
            missing()
    assert fingerprint(session) == before


def test_a_changed_name_is_found_under_its_new_one(scene, stage):
    circle, olga, *_ = scene
    ana = put(stage, circle)
    change(olga, ana, name="Zoë  Åse")
    found = queries.book_of(read_session(), fresh(olga), circle_id=circle.id, q="zoe")
    assert [line.name for line in found.items] == ["Zoë Åse"]


def fresh(actor):
    """The actor with the grants that hold now, as a request has it."""
    return queries.with_grants(read_session(), actor)


def test_what_is_not_said_stays_and_empty_is_taken_back(scene, stage, session):
    circle, olga, *_ = scene
    ana = put(stage, circle)
    change(olga, ana, birthday="1985-04-12", zone="Europe/Oslo")
    change(olga, ana, zone=None, birthday="")
    person = session.get_one(Person, ana)
    assert (person.name, person.email, person.zone, person.birthday) == ("Ana", "ana@example.org", None, None)


def test_whoever_has_an_account_says_it_themselves(scene, session):
    """Nobody changes another's address, or how they are called."""
    _, olga, _, mia = scene
    for changes in ({"name": "Evil"}, {"email": "olga2@example.org"}, {"birthday": "--01-01"}):
        with pytest.raises(KeepsOwnEntry):
            change(olga, mia.person_id, **changes)
    change_profile(mia, {"name": "Mia B", "language": "de", "email": "evil@example.org"})
    person = session.get_one(Person, mia.person_id)
    assert (person.name, person.language, person.email) == ("Mia B", "de", "mia@example.org")
    assert (
        session.scalar(select(Account.email).where(Account.person_id == mia.person_id)) == "mia@example.org"
    )


def test_a_mailed_link_does_not_open_the_profile(scene, stage, session):
    """D-1."""
    circle, *_ = scene
    ana = session.get_one(Person, put(stage, circle))
    for nobody in (guest(ana), ANONYMOUS):
        with pytest.raises(Unauthenticated):
            change_profile(nobody, {"name": "Evil"})


def test_a_moved_address_is_unproved_and_its_old_mailbox_is_told(scene, stage, session, outbox, client_of):
    """T-7: what the old mailbox opened is shut."""
    circle, olga, *_ = scene
    ana = put(stage, circle)
    with stage() as staged:
        staged.get_one(Person, ana).confirmed_at = LONG_AGO
    client_of(guest(session.get_one(Person, ana)))
    change(olga, ana, email="ana.olsen@example.org")
    person = session.get_one(Person, ana, populate_existing=True)
    assert (person.email, person.confirmed_at) == ("ana.olsen@example.org", None)
    assert [(letter.kind, letter.to) for letter in outbox()] == [("accounts.entry_moved", "ana@example.org")]
    assert session.scalar(select(func.count()).select_from(WebSession)) == 0


def test_a_mistyped_address_is_mended_without_a_word(scene, stage, session, outbox):
    circle, olga, *_ = scene
    change(olga, put(stage, circle), email="ana.olsen@example.org")
    assert outbox() == []


@pytest.mark.parametrize("state", [ExchangeState.DRAFT, ExchangeState.OPEN, ExchangeState.CLOSED])
def test_an_address_stays_while_somebody_counts_on_it(scene, stage, session, state):
    """T-17: the place has a way of its own to go by another address, which asks whoever holds it."""
    circle, olga, *_ = scene
    with stage() as staged:
        ana = make_person(staged, "Ana", circle=circle)
        exchange = make_exchange(staged, people=0, organiser=olga, state=state, title="Yule")
        make_participant(staged, exchange, person=ana)
    for email in ("olgas.other@example.org", None):
        with pytest.raises(PersonExpected):
            change(olga, ana.id, email=email)
    change(olga, ana.id, name="Ana O")
    assert session.get_one(Person, ana.id).email == "ana@example.org"


def test_nobody_comes_to_a_match_by_the_address_book(scene, stage, session):
    """SK-6: neither for a giver, nor for a child whom they look after."""
    circle, olga, *_ = scene
    with stage() as staged:
        ana, tim = (
            make_person(staged, name, circle=circle, email=email)
            for name, email in (("Una", ""), ("Tim", None))
        )
        exchange = make_exchange(staged, people=3, organiser=olga, state=ExchangeState.CLOSED)
        make_participant(staged, exchange, person=tim)
        staged.add(Guardian(ward_id=tim.id, guardian_id=ana.id))
    draw_names(SYSTEM, exchange.id)
    for person_id in (ana.id, tim.id):
        with pytest.raises(MatchAtStake):
            change(olga, person_id, email="olgas.other@example.org")
    assert session.get_one(Person, tim.id).email is None


def test_an_administrator_keeps_every_book(scene, stage, session):
    circle, *_ = scene
    with stage() as staged:
        ada = make_account(staged, "Ada", is_admin=True)
    ana = add_person(ada, circle.id, About("Ana"))
    change(ada, ana, name="Anna")
    assert session.get_one(Person, ana).name == "Anna"


def test_whom_a_keeper_put_in_stays_when_others_are_forgotten(scene, session):
    """An exchange that is purged, or that nobody answers to, takes along who came by it, and nobody else."""
    circle, olga, *_ = scene
    kept = add_person(olga, circle.id, About("Ana", "ana@example.org"))
    with transaction(SYSTEM) as work:
        came = {
            put_in_book(work, circle.id, name=f"P {at}", email=f"p{at}@example.org", language="en").id
            for at in range(3)
        }
    mended, *gone = came
    change(olga, mended, name="Mended")
    with transaction(SYSTEM) as work:
        forget_strangers(work, [kept, mended, gone[0]])
        let_go(work, [kept, mended, gone[1]])
    left = set(session.scalars(select(Person.name).where(Person.email.is_not(None))))
    assert left == {"Ana", "Mended", "Olga", "Otto", "Mia"}
