"""Acts that lock the same rows do so in one order: one after the other, and no deadlock (reliability 3.1).

And the twin of each with the order that it had, which must deadlock: else the proof proves nothing.
"""

from __future__ import annotations

import re
import threading
from uuid import UUID

import pytest
from sqlalchemy import event, func, select

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.errands import LinkRequest
from kinkeeper.features.accounts.models import Account, Guardian, WebSession
from kinkeeper.features.accounts.service import housing, inviting, keeping_accounts, merging
from kinkeeper.features.accounts.service.closing import close_account
from kinkeeper.features.accounts.service.closing_accounts import delete_account
from kinkeeper.features.accounts.service.erasing import erase_person
from kinkeeper.features.accounts.service.housing import change_household, end_household, make_household
from kinkeeper.features.accounts.service.inviting import accept_invitation, invite
from kinkeeper.features.accounts.service.keeping_accounts import NewAccount, change_account
from kinkeeper.features.accounts.service.mailed_link import send_link, sign_in_by_link
from kinkeeper.features.accounts.service.merging import merge_in_circle, merge_people
from kinkeeper.features.accounts.service.people import let_go, live_alike
from kinkeeper.features.exchanges.service.helping import add_helper
from kinkeeper.features.exchanges.service.hosting import add_organiser
from kinkeeper.features.exchanges.service.organising import organised_to_change
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Unavailable
from kinkeeper.kernel.roles import Role
from kinkeeper.kernel.work import transaction
from kinkeeper.platform.links import ExpiredLink
from tests.conftest import with_many_writers
from tests.factories import make_account, make_circle, make_exchange, make_person
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import at_once, carry_letters, problems_among, secret_in

EMAIL, MOVED = "carol@example.org", "carol.moved@example.org"
LOCKS = re.compile(r"FROM (account|person|household|exchange)\b.*FOR UPDATE", re.DOTALL)
LONG = 30
A_WHILE = 1
"""Seconds for which the first waits for the second to hold a lock, where the first keeps it out of all."""


@pytest.fixture
def carol(admin):
    """Somebody who was invited and has not come yet; whoever keeps accounts has made theirs."""
    return keeping_accounts.create_account(admin, NewAccount(EMAIL, "Carol", "en"))


@pytest.fixture
def accept(carol, outbox):
    """Take up the invitation."""
    carry_letters()
    token = secret_in(outbox()[-1])
    return lambda: accept_invitation(
        ANONYMOUS, token, "crooked violin under a lamp", "", address=HERE, browser=BROWSER
    )


@pytest.fixture
def move(admin, carol):
    return lambda: change_account(admin, carol, {"email": MOVED}, steps=())


@pytest.fixture
def enter(carol, accept, outbox):
    """Sign in by a mailed link, which needs no password."""
    send_link(SYSTEM, LinkRequest(email=EMAIL, minutes=10, browser=""))
    carry_letters()
    token = secret_in(outbox()[-1])
    return lambda: sign_in_by_link(ANONYMOUS, token, address=HERE, browser=BROWSER, asked_by=b"")


@pytest.fixture
def meet(engine):
    """Let the second act begin once the first holds a row, and the first go on once the second holds one."""
    turns, who = (threading.Event(), threading.Event()), threading.local()

    def meet(first, second, patience):
        def begin():
            who.turn = 0
            return first()

        def come():
            turns[0].wait(patience)
            who.turn = 1
            return second()

        def wait(_connection, _cursor, statement, *_facts):
            turn = getattr(who, "turn", None)
            if turn is None or turns[turn].is_set() or not LOCKS.search(statement):
                return
            turns[turn].set()
            if turn == 0:
                turns[1].wait(patience)

        event.listen(engine, "after_cursor_execute", wait)
        try:
            return at_once(begin, come)
        finally:
            event.remove(engine, "after_cursor_execute", wait)

    return meet


def assert_deadlock(results):
    (sent_away,) = [one for one in results if isinstance(one, Exception)]
    assert isinstance(sent_away, Unavailable)
    assert sent_away.__cause__.orig.sqlstate == "40P01"  # deadlock_detected


@pytest.mark.parametrize("other", ["move", "enter"])
def test_taking_up_an_invitation_waits_for_nobody_who_waits_for_it(
    accept, other, meet, session, carol, request
):
    """Reliability 3.1: nobody is sent away because two acts lock the same rows in two orders."""
    results = meet(accept, request.getfixturevalue(other), A_WHILE)
    assert set(problems_among(results)) <= {"ExpiredLink"}  # on SQLite the move may have been first
    account = session.get_one(Account, carol)
    assert (account.password_hash is None) == isinstance(results[0], ExpiredLink)
    assert account.email == (MOVED if other == "move" else EMAIL)
    if other == "enter":
        assert session.scalar(select(func.count()).select_from(WebSession)) == len(results)


@with_many_writers
@pytest.mark.parametrize("other", ["move", "enter"])
def test_with_the_person_locked_first_one_of_the_two_is_sent_away(accept, other, meet, monkeypatch, request):
    """The twin: the order that taking up an invitation had."""

    def lock_person_first(work, person_id):
        person = queries.people_for_change(work.session, [person_id])[person_id]
        return person, queries.account_of_for_change(work.session, person_id)

    monkeypatch.setattr(inviting, "_lock", lock_person_first)
    results = meet(accept, request.getfixturevalue(other), LONG)
    assert_deadlock(results)


def test_an_account_that_is_made_in_between_has_its_own_way_in(
    admin, stage, outbox, monkeypatch, session, now
):
    """Locking it after its person would be the other order again."""
    with stage() as staged:
        dan = make_person(staged, "Dan", circle=make_circle(staged))
    invite(admin, dan.id, is_open=True)
    carry_letters()
    token = secret_in(outbox()[-1])
    with stage() as staged:
        staged.add(Account(person_id=dan.id, email=dan.email, created_at=now(), changed_at=now()))
    monkeypatch.setattr(queries, "account_of_for_change", lambda *_facts: None)  # it was not there yet
    with pytest.raises(ExpiredLink):
        accept_invitation(ANONYMOUS, token, "crooked violin under a lamp", "", address=HERE, browser=BROWSER)
    assert session.scalars(select(Account.password_hash).where(Account.person_id == dan.id)).one() is None


@pytest.fixture
def home(admin, stage):
    """A household, and acts that change it and people who live there."""
    with stage() as staged:
        circle = make_circle(staged)
        ana, bo, di = (make_person(staged, name, circle=circle).id for name in ("Ana", "Bo", "Di"))
    oak = make_household(admin, circle.id, "Oak Road", [ana, bo])

    def move_a_place():
        """As an exchange does where a place goes by another address: Di lives where Ana does."""
        with transaction(SYSTEM) as work:
            queries.people_for_change(work.session, [ana, di])
            live_alike(work, ana, di)

    def forget():
        """As an exchange does when it is purged: Bo goes, and one alone is no household."""
        with transaction(SYSTEM) as work:
            queries.people_for_change(work.session, [bo])
            let_go(work, [bo])

    return {
        "change": lambda: change_household(admin, oak, person_ids=[ana, di]),
        "end": lambda: end_household(admin, oak),
        "move a place": move_a_place,
        "forget": forget,
    }


CROSSING = [("change", "move a place"), ("change", "forget"), ("end", "forget")]


@pytest.mark.parametrize(("act", "other"), CROSSING)
def test_changing_a_household_waits_for_nobody_who_waits_for_it(home, act, other, meet):
    """Whoever holds the people of a household may go on to the household, so nobody holds it before them."""
    assert problems_among(meet(home[act], home[other], A_WHILE)) == []


@with_many_writers
def test_with_the_household_locked_first_one_of_the_two_is_sent_away(home, meet, monkeypatch):
    """The twin: the order that changing a household had."""

    def lock_household_first(work, household_id, _circle_id, *, along=()):
        household = queries.household_for_change(work.session, household_id)
        work.authorize(housing.may_keep_people, household)
        return household, queries.people_for_change(work.session, along)

    monkeypatch.setattr(housing, "_to_change", lock_household_first)
    assert_deadlock(meet(home["change"], home["move a place"], LONG))


@pytest.fixture
def occasion(stage, admin, client_of):
    """An exchange that Olga runs together with Otto, who goes; and acts that name Otto."""
    with stage() as staged:
        circle = make_circle(staged)
        olga, otto = (make_account(staged, name, circle=circle) for name in ("Olga", "Otto"))
        exchange = make_exchange(staged, organiser=olga)
    add_organiser(olga, exchange.id, otto.person_id)

    def add_in_the_other_order():
        with transaction(olga) as work:
            organised_to_change(work, exchange.id)
            queries.account_of_for_change(work.session, otto.person_id)

    def have_oneself_forgotten():
        answer = client_of(otto).send("/account/erase", None, typed="otto@example.org")
        assert answer.status_code == 303

    return {
        "close": lambda: close_account(otto, steps=STEPS.close),
        "erase": have_oneself_forgotten,
        "run": lambda: add_organiser(olga, exchange.id, otto.person_id),
        "help": lambda: add_helper(olga, exchange.id, otto.person_id, Role.OBSERVER),
        "other order": add_in_the_other_order,
    }


@pytest.mark.parametrize("goes", ["close", "erase"])
@pytest.mark.parametrize("act", ["run", "help"])
def test_letting_somebody_run_it_waits_for_nobody_who_waits_for_it(occasion, act, goes, meet):
    """Whoever closes an account goes on to what its owner runs, so nobody holds that before the account.

    Nor before one that is erased.
    """
    results = meet(occasion[goes], occasion[act], A_WHILE)
    assert set(problems_among(results)) <= {"NotFound", "RunsItAlready"}
    assert results[0] is None


@with_many_writers
def test_with_the_exchange_locked_first_one_of_the_two_is_sent_away(occasion, meet):
    """The twin: the order that adding somebody had."""
    assert_deadlock(meet(occasion["close"], occasion["other order"], LONG))


@pytest.fixture
def family(admin, stage):
    """Ana, who looks after Tim as one of his two entries has it; and acts that name them."""
    with stage() as staged:
        circle = make_circle(staged)
        ana, bo = (make_person(staged, name, circle=circle).id for name in ("Ana", "Bo"))
        twice, tim = (make_person(staged, "Tim", circle=circle, email=None).id for _ in range(2))
        staged.add(Guardian(ward_id=twice, guardian_id=ana))
    return {
        "merge": lambda: merge_people(admin, twice, tim, steps=[merge_in_circle]),
        "merge everywhere": lambda: merge_people(admin, twice, tim, steps=STEPS.merge),
        "house": lambda: make_household(admin, circle.id, "Oak Road", [ana, bo, tim]),
    }


def test_merging_waits_for_nobody_who_waits_for_it(family, meet):
    """Whoever looks after the one is to look after the other, so they are locked like both, in one order."""
    assert problems_among(meet(family["merge"], family["house"], A_WHILE)) == []


@with_many_writers
def test_with_the_guardian_locked_last_one_of_the_two_is_sent_away(family, meet, monkeypatch):
    """The twin: the order that merging had."""
    monkeypatch.setattr(
        merging, "_lock", lambda work, *both: queries.people_for_change(work.session, list(both))
    )
    assert_deadlock(meet(family["merge"], family["house"], A_WHILE))


@pytest.fixture
def waves(engine):
    """Which people are locked, statement by statement."""
    waves = []

    def note(_connection, _cursor, statement, said, *_facts):
        if LOCKS.search(statement) and "FROM person" in statement:
            waves.append({one for one in said.values() if isinstance(one, UUID)})

    event.listen(engine, "after_cursor_execute", note)
    yield waves
    event.remove(engine, "after_cursor_execute", note)


@with_many_writers
def test_whom_erasing_locks_it_locks_at_once(admin, client_of, stage, waves):
    """Whoever runs it from then on is named by a row, which would wait for whoever holds them."""
    with stage() as staged:
        otto = make_account(staged, "Otto")
        make_exchange(staged, organiser=otto)
    client_of(otto).send("/account/erase", None, typed="otto@example.org")
    assert waves[0] == {otto.person_id, admin.person_id}
    assert set().union(*waves) == waves[0]


@with_many_writers
def test_whom_merging_locks_it_locks_at_once(family, waves):
    """Exchanges hand theirs over first, so that they lock everybody whom a later step needs."""
    waves.clear()
    family["merge everywhere"]()
    assert len(waves[0]) == len(["the one", "the other", "who looks after them"])
    assert set().union(*waves) == waves[0]


@with_many_writers
@pytest.mark.parametrize("act", ["make", "move"])
def test_an_address_that_is_taken_is_not_waited_for(admin, olga, carol, act):
    """Whoever erases that account holds it, and goes on to people and exchanges that are locked here."""
    acts = {
        "make": lambda: keeping_accounts.create_account(admin, NewAccount(EMAIL, "Carol", "en")),
        "move": lambda: change_account(admin, olga.account_id, {"email": EMAIL}, steps=()),
    }
    with transaction(SYSTEM) as work:
        work.session.delete(queries.account_for_change(work.session, carol))
        work.session.flush()
        assert problems_among(at_once(acts[act])) == ["AddressTaken"]


@with_many_writers
def test_what_is_erased_is_there_until_all_is_locked(admin, olga, stage):
    """Whoever wants the username of a row that goes waits, and may hold what features are about to lock."""
    with stage() as staged:
        staged.get_one(Account, olga.account_id).username = "olga"
    delete_account(admin, olga.account_id, steps=STEPS.close)
    refused = []

    def meanwhile(*_facts):
        wanted = {"username": "olga"}
        taken = at_once(lambda: change_account(admin, admin.account_id, wanted, steps=()))
        refused.extend(problems_among(taken))

    erase_person(admin, olga.person_id, steps=[*STEPS.erase, meanwhile])
    assert refused == ["UsernameTaken"]
