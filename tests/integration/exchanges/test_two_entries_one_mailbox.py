"""Whoever moves to an address that another entry of the circle has keeps nothing at the old one (T-7).

Anybody with a share link can put such an entry there. Nobody loses a place by the move, or learns a match.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Guardian, Person
from kinkeeper.features.accounts.service.keeping_accounts import change_account
from kinkeeper.features.accounts.service.merging import merge_people
from kinkeeper.features.accounts.service.moving import ask_to_move, move
from kinkeeper.features.accounts.service.one_mailbox import AnotherEntry
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges.models import ExchangeState, Participant
from kinkeeper.features.exchanges.service import joining
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import Joining, enter
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.platform.jobs.queue import ErrandRow, run_errand
from kinkeeper.platform.links import ExpiredLink
from tests.factories import guest, make_account, make_exchange, make_participant, make_person
from tests.factories.accounts import LONG_AGO, make_grant
from tests.integration.web.support import at_once, carry_letters, fingerprint, problems_among, secret_in

HERE, LEASE = "192.0.2.1", Lease(timedelta(14), timedelta(60))
OLD, NEW = "vera@example.org", "vera.new@example.org"


@pytest.fixture
def vera(stage, admin):
    """Somebody with an account, in the administrator's circle."""
    with stage() as session:
        vera = make_account(session, "Vera", circle=queries.circle_of(session, admin.person_id))
        session.get_one(Person, vera.person_id).confirmed_at = LONG_AGO
    return vera


@pytest.fixture
def entry(stage, admin):
    """`entry("Vera N", email=…)` puts somebody into the book."""

    def make(name, *, email=NEW, is_proved=False):
        with stage() as session:
            circle = queries.circle_of(session, admin.person_id)
            person = make_person(session, name, circle=circle, email=email)
            person.confirmed_at = LONG_AGO if is_proved else None
            return person.id

    return make


@pytest.fixture
def exchange(stage, admin):
    """An exchange that is closed; Ana, Ben, Cleo and Dan are in."""
    with stage() as session:
        return make_exchange(session, people=4, organiser=admin, state=ExchangeState.CLOSED)


@pytest.fixture
def sit(stage, exchange):
    """Give somebody a confirmed place; answers its id."""

    def do(person_id):
        with stage() as session:
            return make_participant(session, exchange, person=session.get_one(Person, person_id)).id

    return do


@pytest.fixture
def newest(outbox):
    """`newest(address)` answers the newest letter of an exchange that goes there."""
    return lambda address: [
        letter for letter in outbox() if letter.to == address and letter.kind.startswith("exchanges.")
    ][-1]


@pytest.fixture
def letter(vera, outbox):
    """The one to the new mailbox by which she moves."""
    ask_to_move(vera, NEW)
    carry_letters()
    return next(one for one in outbox() if one.kind == "accounts.address_wanted")


def go(letter):
    move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)


def come_in(letter, kind):
    return enter(ANONYMOUS, kind, secret_in(letter), address=HERE, lease=LEASE)


def ask(exchange, email, session):
    """Ask for a way in by an address, and have it sent if there is one."""
    joining.ask_for_way_in(ANONYMOUS, exchange.slug, email, address=HERE, browser=b"x" * 32)
    for one in session.scalars(select(ErrandRow.id)).all():
        run_errand(one)
    carry_letters()


def emails_of(session, *ids):
    session.rollback()
    session.expire_all()
    found = dict(session.execute(select(Person.id, Person.email).where(Person.id.in_(ids))).all())
    session.rollback()
    return [found.get(one, "gone") for one in ids]


def test_the_old_mailbox_opens_no_match(vera, entry, exchange, sit, letter, newest, session):
    """SK-6: not by what lies in it, nor by what it asks for; the new one does."""
    other, seat = entry("Vera N"), sit(vera.person_id)
    draw_names(SYSTEM, exchange.id)
    carry_letters()
    before = newest(OLD)
    go(letter)
    assert emails_of(session, vera.person_id, other) == [NEW, None]
    with pytest.raises(ExpiredLink):
        come_in(before, "ready")
    ask(exchange, OLD, session)
    assert newest(OLD).id == before.id
    ask(exchange, NEW, session)
    assert come_in(newest(NEW), "enter")[0] == seat


def test_what_waits_goes_to_the_new_mailbox(vera, entry, exchange, sit, letter, outbox):
    entry("Vera N")
    seat = sit(vera.person_id)
    draw_names(SYSTEM, exchange.id)
    go(letter)
    carry_letters()
    (ready,) = (one for one in outbox() if one.kind == "exchanges.match_ready" and "vera" in one.to)
    assert ready.to == NEW
    assert come_in(ready, "ready")[0] == seat


def test_nobody_loses_a_place_where_both_have_one(vera, entry, exchange, sit, letter, newest, session):
    """A couple shares a mailbox: what its letters open, whoever reads them looks after."""
    uwe = entry("Uwe", is_proved=True)
    hers, his = sit(vera.person_id), sit(uwe)
    draw_names(SYSTEM, exchange.id)
    carry_letters()
    before = newest(NEW)
    go(letter)
    with session.begin():
        seats = [session.get_one(Participant, one) for one in (hers, his)]
        assert [seat.person_id for seat in seats] == [vera.person_id, uwe]
        assert session.scalars(select(Guardian.guardian_id).where(Guardian.ward_id == uwe)).all() == [
            vera.person_id
        ]
    assert emails_of(session, vera.person_id, uwe) == [NEW, None]
    with pytest.raises(ExpiredLink):
        come_in(before, "ready")
    ask(exchange, NEW, session)
    assert come_in(newest(NEW), "enter")[0] == hers


def test_whoever_keeps_the_book_comes_to_no_match(
    vera, entry, exchange, sit, letter, admin, stage, client_of
):
    """SK-6, T-17: who was said to look after somebody with an address does not read by her move."""
    uwe = entry("Uwe", is_proved=True)
    his = sit(uwe)
    with stage() as session:
        session.add(Guardian(ward_id=uwe, guardian_id=admin.person_id))
    draw_names(SYSTEM, exchange.id)
    go(letter)
    assert client_of(admin).get(f"/my/{his}").status_code == 404
    with stage() as session:
        reader = guest(session.get_one(Person, vera.person_id))
    assert client_of(reader).get(f"/my/{his}").status_code == 200


def test_letters_about_whom_the_other_entry_looks_after_go_on(
    vera, entry, exchange, sit, letter, stage, outbox
):
    """Nobody but that mailbox reads them; whoever reads them with it hears of it."""
    other, tim = entry("Vera N", is_proved=True), entry("Tim", email=None)
    gran = entry("Gran", email="gran@example.org", is_proved=True)
    with stage() as session:
        session.add_all(Guardian(ward_id=tim, guardian_id=one) for one in (other, gran))
    his = sit(tim)
    draw_names(SYSTEM, exchange.id)
    go(letter)
    carry_letters()
    ready = [one for one in outbox() if one.kind == "exchanges.match_ready" and one.to == NEW]
    assert come_in(ready[-1], "ready")[0] == his
    told = {one.to: sorted(one.fields["names"]) for one in outbox() if one.kind == "accounts.care_shared"}
    assert told["gran@example.org"] == ["Gran", "Vera"]


@pytest.mark.parametrize("has_left", [True, False])
def test_an_entry_that_anybody_put_there(vera, stage, admin, letter, outbox, session, has_left):
    """By the share link; its place is hers to confirm, as it was the new mailbox's."""
    with stage() as staged:
        easter = make_exchange(staged, people=0, organiser=admin, title="Easter")
    joining.join(
        ANONYMOUS, easter.slug, Joining(name="Vera", email=NEW, wishes="", language="en"), address=HERE
    )
    if has_left:
        carry_letters()
    asked = outbox()[-1]
    go(letter)
    carry_letters()
    if has_left:
        with pytest.raises(ExpiredLink):
            come_in(asked, "confirm")
        ask(easter, NEW, session)
    (last,) = [one for one in outbox() if one.kind == "exchanges.confirm_joining"][-1:]
    seat_id, _ = come_in(last, "confirm")
    assert session.get_one(Participant, seat_id).confirmed_at is not None


def test_they_can_be_made_one_when_it_is_over(vera, entry, exchange, sit, letter, admin, stage, session):
    other = entry("Vera N", is_proved=True)
    seat = sit(other)
    go(letter)
    assert emails_of(session, other) == [None]
    merge_people(admin, other, vera.person_id, steps=STEPS.merge)
    assert emails_of(session, other, vera.person_id) == ["gone", NEW]
    assert session.get_one(Participant, seat).person_id == vera.person_id


def test_what_the_other_entry_may_stays_with_it(vera, entry, letter, stage, session):
    """A-57: a role was given to that entry, and by nobody to her account."""
    other = entry("Vera N")
    with stage() as staged:
        person = staged.get_one(Person, other)
        make_grant(staged, person, Role.OBSERVER, Scope.CIRCLE, person.circle_id)
    go(letter)
    assert emails_of(session, vera.person_id, other) == [NEW, None]


def test_whoever_keeps_accounts_makes_them_one_first(vera, entry, admin, exchange, session):
    """The mailbox is not proved yet: nobody gets the other entry's places by what somebody typed."""
    other = entry("Vera N")
    before = fingerprint(session)
    with pytest.raises(AnotherEntry, match="Vera N"):
        change_account(admin, vera.account_id, {"email": NEW}, steps=STEPS.readers)
    assert fingerprint(session) == before
    merge_people(admin, other, vera.person_id, steps=STEPS.merge)
    change_account(admin, vera.account_id, {"email": NEW}, steps=STEPS.readers)
    assert emails_of(session, other, vera.person_id) == ["gone", NEW]


def test_who_moves_and_who_follows_a_link_to_the_other_entry(
    vera, entry, exchange, sit, letter, newest, admin
):
    """Reliability 3.1: the exchanges of both entries are locked before people; who comes later is told."""
    sit(entry("Vera N", is_proved=True))
    draw_names(SYSTEM, exchange.id)
    carry_letters()
    ready = newest(NEW)
    results = at_once(lambda: go(letter), lambda: come_in(ready, "ready"))
    assert set(problems_among(results)) <= {"ExpiredLink", "Conflict"}
