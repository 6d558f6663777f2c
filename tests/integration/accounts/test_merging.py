"""Two entries are said to be one person: nobody comes by it to what was another's (SK-6, T-17)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Circle, Guardian, Person, RoleGrant, WebSession
from kinkeeper.features.accounts.service.book import About, PersonExpected, add_person
from kinkeeper.features.accounts.service.caring import appoint_guardians, say_child
from kinkeeper.features.accounts.service.granting import MoreThanOwn
from kinkeeper.features.accounts.service.merging import merge_people
from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.exchanges.models import ExchangeState, NewAddress, Participant
from kinkeeper.features.exchanges.service import joining
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.joining import Joining, enter
from kinkeeper.features.exchanges.service.readdressing import change_address
from kinkeeper.features.exchanges.service.renewing import send_again
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.platform.links import ExpiredLink
from tests.factories import (
    grant_to,
    guest,
    make_account,
    make_clerk,
    make_exchange,
    make_participant,
    make_person,
)
from tests.factories.accounts import LONG_AGO, withdraw_grants
from tests.integration.accounts.conftest import HERE
from tests.integration.web.support import carry_letters, fingerprint, secret_in

LEASE = Lease(timedelta(14), timedelta(60))
SECOND = "kim.too@example.net"


def merge(actor, from_id, into_id):
    merge_people(actor, from_id, into_id, steps=STEPS.merge)


def come_in(letter, kind):
    return enter(ANONYMOUS, kind, secret_in(letter), address=HERE, lease=LEASE)


@pytest.fixture
def home(stage, admin):
    """The administrator's circle."""
    with stage() as session:
        return queries.circle_of(session, admin.person_id)


@pytest.fixture
def kim(stage, home):
    """Who keeps its address book, and may nothing else."""
    with stage() as session:
        circle = session.get_one(Circle, home.id)
        kim = make_clerk(session, "Kim", "people.keep", circle=circle)
        withdraw_grants(session, kim)
        grant_to(session, kim, "own", Scope.CIRCLE, circle.id)
    return kim


@pytest.fixture
def vera(stage, home):
    """A member with an account."""
    with stage() as session:
        vera = make_account(session, "Vera", circle=session.get_one(Circle, home.id))
        session.get_one(Person, vera.person_id).confirmed_at = LONG_AGO
    return vera


@pytest.fixture
def exchange(stage, admin):
    """It takes people; Ana, Ben, Cleo and Dan are in."""
    with stage() as session:
        return make_exchange(session, people=4, organiser=admin, state=ExchangeState.OPEN)


@pytest.fixture
def entry(stage, home):
    """`entry("Ana", email=…)` puts somebody into the book, who has proved the address or not."""

    def make(name, *, is_proved=False, **facts):
        with stage() as session:
            person = make_person(session, name, circle=session.get_one(Circle, home.id), **facts)
            person.confirmed_at = LONG_AGO if is_proved else None
            return person.id

    return make


@pytest.fixture
def sit(stage, exchange):
    """Give somebody a confirmed place."""

    def do(person_id):
        with stage() as session:
            return make_participant(session, exchange, person=session.get_one(Person, person_id)).id

    return do


@pytest.fixture
def joined(exchange, outbox, session, stage, admin):
    """`joined()` joins another exchange from Kim's second mailbox; answers the entry, and the letter."""
    with stage() as staged:
        another = make_exchange(staged, people=0, organiser=admin, title="Easter")

    def do(*, has_left=True):
        wanted = Joining(name="Vera", email=SECOND, wishes="", language="en")
        joining.join(ANONYMOUS, another.slug, wanted, address=HERE)
        if has_left:
            carry_letters()
        person_id = session.scalars(select(Person.id).where(Person.email == SECOND)).one()
        session.rollback()
        return person_id, outbox()[-1]

    return do


def close_and_draw(stage, exchange):
    with stage() as session:
        session.get_one(type(exchange), exchange.id).state = ExchangeState.CLOSED
    draw_names(SYSTEM, exchange.id)
    carry_letters()


def test_a_letter_from_before_lets_nobody_in_as_whom_the_entry_is_now(
    kim, vera, exchange, sit, joined, stage, session, outbox
):
    """Kim has a second mailbox join, keeps the letter, and says that it was Vera's, who has a match then."""
    sit(vera.person_id)
    evil, letter = joined()
    merge(kim, evil, vera.person_id)
    close_and_draw(stage, exchange)
    with pytest.raises(ExpiredLink):
        come_in(letter, "confirm")
    assert "vera@example.org" in {one.to for one in outbox() if one.kind == "exchanges.match_ready"}
    assert session.scalar(select(func.count()).where(WebSession.person_id == vera.person_id)) == 0


def test_what_waits_is_written_to_the_mailbox_that_stays(kim, vera, joined, outbox):
    """It had not left: whether the place is meant is asked of who has it now, as they."""
    evil, _ = joined(has_left=False)
    merge(kim, evil, vera.person_id)
    carry_letters()
    (letter,) = (one for one in outbox() if one.kind == "exchanges.confirm_joining")
    assert (letter.to, letter.person_id) == ("vera@example.org", vera.person_id)
    come_in(letter, "confirm")


def test_the_other_mailbox_of_the_entry_that_stays_opens_nothing_either(
    kim, entry, sit, exchange, admin, outbox, client_of, stage, session
):
    """It gets the better mailbox of the entry that goes; what the lesser one holds, and has opened, ends."""
    kept, gone = entry("Ana Too", email=SECOND), entry("Anna", is_proved=True)
    seat_id = sit(kept)
    send_again(admin, exchange.id, seat_id)
    carry_letters()
    letter = outbox()[-1]
    with stage() as staged:
        browser = guest(staged.get_one(Person, kept))
    client_of(browser)
    merge(kim, gone, kept)
    assert session.get_one(Person, kept).email == "anna@example.org"
    assert session.scalar(select(func.count()).where(WebSession.person_id == kept)) == 0
    with pytest.raises(ExpiredLink):
        come_in(letter, "enter")


def test_a_new_address_that_a_place_was_to_go_by_is_asked_for_anew(
    vera, entry, sit, exchange, admin, outbox, stage, session
):
    """It was asked of another mailbox than the one that has the place now."""
    gone = entry("Vera B")
    seat_id = sit(gone)
    change_address(admin, exchange.id, seat_id, "vera.c@example.org")
    with stage() as staged:
        now = staged.get_one(Participant, seat_id).joined_at
        staged.merge(NewAddress(participant_id=seat_id, email=SECOND, asked_by="Ada", asked_at=now))
    merge(admin, session.get_one(Participant, seat_id).person_id, vera.person_id)
    assert session.scalars(select(NewAddress)).all() == []


@pytest.mark.parametrize("stays", ["an entry", "an account"])
def test_nobody_s_confirmed_place_goes_to_another_mailbox(kim, vera, entry, sit, exchange, session, stays):
    """ADR 23, T-17: as if Kim had written another address for Ben; else Ben would hear nothing any more."""
    ben, other = entry("Benno", is_proved=True), entry("Ben", email=SECOND, is_proved=True)
    sit(ben)
    before = fingerprint(session)
    with pytest.raises(PersonExpected, match="Christmas"):
        merge(kim, ben, other if stays == "an entry" else vera.person_id)
    assert fingerprint(session) == before


def test_nor_does_the_place_of_whom_they_look_after(kim, vera, entry, sit, stage):
    """SK-6."""
    ben, tim = entry("Benno", is_proved=True), entry("Tim", email=None)
    with stage() as session:
        session.add(Guardian(ward_id=tim, guardian_id=ben))
    sit(tim)
    with pytest.raises(PersonExpected, match="Christmas"):
        merge(kim, ben, vera.person_id)
    with pytest.raises(PersonExpected, match="Christmas"):
        merge(kim, tim, vera.person_id)


def test_two_addresses_of_one_mailbox_are_one(kim, vera, entry, sit, exchange, session):
    """Nobody has shown that they read the other one, or it stays: there is nobody to be passed over."""
    unproved, proved = entry("Ana A"), entry("Ana B", is_proved=True)
    sit(unproved)
    merge(kim, unproved, vera.person_id)
    nameless = entry("Ana C", email=None)
    sit(proved)
    merge(kim, proved, nameless)
    assert session.get_one(Person, nameless).email == "ana.b@example.org"


def test_a_proved_mailbox_that_nobody_counts_on_is_told(kim, vera, entry, outbox):
    """T-7: nobody is moved silently."""
    merge(kim, entry("Benno", is_proved=True), vera.person_id)
    assert [(one.kind, one.to) for one in outbox()] == [("accounts.entry_moved", "benno@example.org")]


def test_nobody_is_made_a_child_by_merging_who_could_not_be_called_one(kim, vera, admin, stage, session):
    """A-57: what `say_child` refuses has no detour by an entry that is a child's."""
    with stage() as staged:
        grant_to(staged, vera, Role.ORGANISER, Scope.CIRCLE, staged.get_one(Person, vera.person_id).circle_id)
    with pytest.raises(MoreThanOwn):
        say_child(kim, vera.person_id, is_child=True)
    tim = add_person(kim, queries.circle_of(session, vera.person_id).id, About("Tim"))
    say_child(kim, tim, is_child=True)
    session.rollback()
    before = fingerprint(session)
    with pytest.raises(MoreThanOwn):
        merge(kim, tim, vera.person_id)
    assert fingerprint(session) == before
    merge(admin, tim, vera.person_id)
    session.rollback()
    mine = select(RoleGrant.role).where(RoleGrant.person_id == vera.person_id)
    assert Role.CHILD in session.scalars(mine).all()


def test_nobody_looks_after_an_account_by_merging(kim, vera, exchange, sit, stage, client_of):
    """SK-6: who looks after an entry without an address does not look after an account."""
    seat_id = sit(vera.person_id)
    with stage() as session:
        circle_id = session.get_one(Person, vera.person_id).circle_id
    ward = add_person(kim, circle_id, About("Vera"))
    appoint_guardians(kim, ward, [kim.person_id], steps=STEPS.readers)
    merge(kim, ward, vera.person_id)
    close_and_draw(stage, exchange)
    assert client_of(kim).get(f"/my/{seat_id}").status_code == 404


@pytest.mark.parametrize("how", ["as a ward", "as a guardian"])
def test_whoever_comes_to_look_after_somebody_by_merging_is_told_of(kim, entry, stage, outbox, how):
    """ADR 23: nobody comes to read a child's letters behind the backs of those who do."""
    pa, tim, other = entry("Pa", is_proved=True), entry("Tim", email=None), entry("Unknown", email=None)
    with stage() as session:
        session.add(Guardian(ward_id=tim, guardian_id=pa))
        session.flush()
        as_ward = Guardian(ward_id=other, guardian_id=kim.person_id)
        session.add(as_ward if how == "as a ward" else Guardian(ward_id=tim, guardian_id=other))
    if how == "as a ward":
        merge(kim, other, tim)
    else:
        merge(kim, other, kim.person_id)
    told = [(one.kind, one.to, sorted(one.fields["names"])) for one in outbox()]
    assert told == [("accounts.care_shared", "pa@example.org", ["Kim", "Pa"])]
