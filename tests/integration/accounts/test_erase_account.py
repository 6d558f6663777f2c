"""Whoever asks for it themselves is forgotten at once, account and all: nothing rests in the bin (C-12)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from kinkeeper.app.features import ERASE_STEPS, STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.errands import ResetRequest
from kinkeeper.features.accounts.models import Account, Circle, Person
from kinkeeper.features.accounts.service.closing import close_account
from kinkeeper.features.accounts.service.closing_accounts import delete_account
from kinkeeper.features.accounts.service.erasing import AccountInBin, erase_own_account, erase_person
from kinkeeper.features.accounts.service.freshness import ProveAgain
from kinkeeper.features.accounts.service.inviting import invite
from kinkeeper.features.accounts.service.passwords import send_reset
from kinkeeper.features.accounts.service.signing_in import sign_in
from kinkeeper.features.exchanges.models import ExchangeOrganiser, NewAddress, Reveal
from kinkeeper.features.exchanges.queries import all_seats
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.service.adding import Newcomer, add_people
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.features.exchanges.service.hosting import add_organiser
from kinkeeper.features.exchanges.service.leaving import leave
from kinkeeper.features.exchanges.service.organising import close_exchange
from kinkeeper.features.exchanges.service.readdressing import change_address
from kinkeeper.features.exchanges.service.revealing import reveal_match
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import Unauthenticated
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.platform import tallies
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.mail import OutboxLetter
from tests.factories import (
    PASSWORD,
    grant_to,
    guest,
    make_account,
    make_exchange,
    make_grant,
    make_participant,
    make_person,
    make_token,
)
from tests.factories.accounts import LONG_AGO
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.accounts.test_erase_merge_export import everything_in
from tests.integration.web.support import at_once, carry_letters, fill_in, fingerprint

PAGE = "/account/erase"
EMAIL = "olga@example.org"


@pytest.fixture
def leave_traces(olga, stage):
    """Sign Olga in, have letters of hers sent and waiting, and another address at the account."""
    with stage() as staged:
        account = staged.get_one(Account, olga.account_id)
        account.email, account.username = "olga.moved@example.org", "olga"
        grant_to(staged, olga, Role.OBSERVER)
    sign_in(ANONYMOUS, "olga", PASSWORD, address=HERE, browser=BROWSER)
    make_token(olga, "Olga's script", days=30)
    send_reset(SYSTEM, ResetRequest(email="olga.moved@example.org", minutes=10))
    carry_letters()


def test_by_its_page_nothing_is_left(client_of, olga, leave_traces, session):
    """Not in any table: account, entry, letters, roles, sessions, and their name in the audit trail."""
    client, other = client_of(olga), client_of(olga)
    assert "olga" in everything_in(session).lower()
    answer = client.send(PAGE, None, typed="olga.moved@example.org")
    assert answer.location == "/sign-in"
    assert "You are forgotten here" in client.get(answer.location).text
    assert "olga" not in everything_in(session).lower()
    assert other.get("/account").status_code == 302
    assert tallies.number_of(session, queries.ACCOUNTS) == -1  # nobody was counted when the stage was set
    who = select(AuditEntry.actor_name).where(AuditEntry.action == "person.erased")
    assert session.scalars(who).all() == [ANONYMOUS.name]


def test_the_place_of_a_draw_stays_without_the_name(client_of, olga, admin, stage, session):
    with stage() as staged:
        exchange = make_exchange(staged, organiser=admin, people=3)
        make_participant(staged, exchange, person=staged.get_one(Person, olga.person_id))
    close_exchange(admin, exchange.id)
    draw_names(admin, exchange.id)
    client_of(olga).send(PAGE, None, typed=EMAIL)
    names = [seat.name for seat in all_seats(session, exchange.id)]
    assert "Olga" not in names
    assert names.count("Somebody who left") == 1


def run(organiser, exchange, session, *, asking_in) -> None:
    """Put somebody on the list, ask about an address, look a match up, and invite somebody of the circle."""
    invite(organiser, asking_in, is_open=False)
    add_people(organiser, exchange.id, [Newcomer("Neo", "neo@example.org")], language="en")
    ana = next(one.id for one in all_seats(session, exchange.id) if one.name == "Ana")
    session.rollback()
    change_address(organiser, exchange.id, ana, "ana.new@example.org")
    close_exchange(organiser, exchange.id)
    draw_names(organiser, exchange.id)
    reveal_match(organiser, exchange.id, ana, "They asked for it")


@pytest.fixture
def opened(stage, admin):
    """Zelda's exchange, and somebody of the circle who has no account."""
    with stage() as staged:
        circle = staged.get_one(Circle, queries.circle_of(staged, admin.person_id).id)
        zelda = make_account(staged, "Zelda", circle=circle, is_admin=True)
        exchange = make_exchange(staged, people=4, organiser=zelda)
        stranger = make_person(staged, "Stranger", circle=circle).id
    return zelda, exchange, stranger


@pytest.fixture
def organised(opened, session):
    zelda, exchange, stranger = opened
    run(zelda, exchange, session, asking_in=stranger)
    return zelda, exchange


@pytest.mark.parametrize("way", ["by themselves", "from the bin"])
def test_no_table_names_who_ran_an_exchange(organised, admin, client_of, session, way):
    """Nor any letter, sent or waiting; what they did stays done, by somebody."""
    zelda, exchange = organised
    carry_letters()
    tables = set(re.findall(r"^(\w+): .*zelda", everything_in(session), re.IGNORECASE | re.MULTILINE))
    said = {"exchange_participant", "exchange_new_address", "exchange_reveal", "outbox_letter", "audit_entry"}
    assert said <= tables
    session.rollback()
    if way == "by themselves":
        client_of(zelda).send(PAGE, None, typed="zelda@example.org")
    else:
        delete_account(SYSTEM, zelda.account_id, steps=STEPS.close)
        erase_person(SYSTEM, zelda.person_id, steps=ERASE_STEPS)
    left = [line for line in everything_in(session).splitlines() if "zelda" in line.lower()]
    assert left == []
    page = client_of(admin).get(f"/exchanges/{exchange.id}").text
    assert "Somebody who left looked up whom Ana gives to" in page
    hosts = session.scalars(select(OutboxLetter.fields["host"].as_string())).all()
    assert {*hosts} == {None, "Somebody who left"}


def named(session, exchange) -> list[str]:
    """Who is said to have put others on a list, asked, or looked, or to be the host of letters."""
    session.rollback()
    words = [seat.invited_by for seat in all_seats(session, exchange.id) if seat.invited_by]
    words += session.scalars(select(NewAddress.asked_by)).all()
    words += session.scalars(select(Reveal.by_name).where(Reveal.exchange_id == exchange.id)).all()
    host = OutboxLetter.fields["host"].as_string()
    words += session.scalars(select(host).where(host.is_not(None))).all()
    return words


@pytest.fixture
def namesake(opened, stage):
    """Another Zelda of the circle, with a place in Zelda's exchange."""
    _, exchange, _ = opened
    with stage() as staged:
        other = make_account(staged, "Zed", circle=staged.get_one(Circle, exchange.circle_id))
        person = staged.get_one(Person, other.person_id)
        person.name = "Zelda"
        place = make_participant(staged, exchange, person=person).id
    return replace(other, name="Zelda"), place


@pytest.mark.parametrize("did", ["nothing", "left", "put somebody on another list"])
def test_nobody_takes_the_name_of_somebody_else_along(did, opened, namesake, stage, session):
    """Anybody can join by a share link, call themselves like its organiser, and be forgotten."""
    zelda, exchange, stranger = opened
    other, place = namesake
    with stage() as staged:
        another = make_exchange(staged, people=0, organiser=other, state=ExchangeState.DRAFT)
    if did == "left":
        leave(other, place)
    if did == "put somebody on another list":
        add_people(other, another.id, [Newcomer("Nell", "nell@example.org")], language="en")
    run(zelda, exchange, session, asking_in=stranger)
    before = named(session, exchange)
    assert {*before} == {"Zelda"}
    delete_account(SYSTEM, other.account_id, steps=STEPS.close)
    erase_person(SYSTEM, other.person_id, steps=ERASE_STEPS)
    assert named(session, exchange) == before
    assert "Zelda" not in {seat.invited_by for seat in all_seats(session, another.id)}


def running(session, exchange) -> list:
    session.rollback()
    mine = select(ExchangeOrganiser.person_id).where(ExchangeOrganiser.exchange_id == exchange.id)
    return session.scalars(mine).all()


@pytest.fixture
def exchange(olga, stage):
    """What Olga alone organises, and takes part in."""
    with stage() as staged:
        person = staged.get_one(Person, olga.person_id)
        exchange = make_exchange(staged, organiser=olga, people=3)
        make_participant(staged, exchange, person=person)
    return exchange


@pytest.fixture
def hanna(olga, stage):
    """Make somebody who organises Olga's circle."""
    with stage() as staged:
        circle = staged.get_one(Circle, staged.get_one(Person, olga.person_id).circle_id)
        hanna = make_account(staged, "Hanna", circle=circle)
        grant_to(staged, hanna, Role.ORGANISER, Scope.CIRCLE, circle.id)
    return hanna


def test_what_they_alone_organise_goes_to_whoever_may(client_of, olga, hanna, exchange, session):
    """As where an account is only closed; the page says so before (SK-92)."""
    client = client_of(olga)
    assert "Exchanges that nobody else runs go to whoever organises the circle" in client.get(PAGE).text
    assert client.send(PAGE, None, typed=EMAIL).location == "/sign-in"
    assert running(session, exchange) == [hanna.person_id]
    assert "Olga" not in [seat.name for seat in all_seats(session, exchange.id)]
    assert client_of(hanna).get(f"/exchanges/{exchange.id}").status_code == 200
    done = select(AuditEntry.action).where(AuditEntry.subject_id == exchange.id).order_by(AuditEntry.id)
    assert session.scalars(done).all() == ["exchange.organiser_added", "exchange.organiser_removed"]


def test_what_others_organise_too_is_left_to_them(client_of, olga, hanna, exchange, stage, session):
    with stage() as staged:
        otto = make_account(staged, "Otto", circle=staged.get_one(Circle, exchange.circle_id))
    add_organiser(olga, exchange.id, otto.person_id)
    client_of(olga).send(PAGE, None, typed=EMAIL)
    assert running(session, exchange) == [otto.person_id]


def test_whoever_organises_something_that_nobody_may_have_stays(client_of, olga, exchange, stage, session):
    """Whose mailbox has not answered cannot come in: nobody could even look at the exchange."""
    with stage() as staged:
        staged.execute(update(Account).where(Account.id != olga.account_id).values(verified_at=None))
    client = client_of(olga)
    before = fingerprint(session)
    page = client.send(PAGE, None, typed=EMAIL)
    assert page.status_code == 409
    assert "Hand them over first" in page.text
    assert fingerprint(session) == before


def test_of_two_who_go_at_the_same_moment_neither_leaves_it_to_the_other(
    client_of, olga, hanna, exchange, admin, session
):
    """Administrators' roles are locked before anything is handed on, as by whoever closes an account."""
    client = client_of(olga)
    results = at_once(
        lambda: client.send(PAGE, None, typed=EMAIL).status_code,
        lambda: close_account(hanna, steps=STEPS.close),
    )
    assert results == [303, None]
    assert running(session, exchange) == [admin.person_id]


def test_what_was_left_to_a_closed_account_is_handed_on_when_its_person_goes(
    client_of, olga, exchange, admin, stage, session
):
    """Nobody could have it when the account was closed; somebody can now, and the page says so."""
    others = update(Account).where(Account.id != olga.account_id)
    with stage() as staged:
        staged.execute(others.values(deleted_at=LONG_AGO))
    close_account(olga, steps=STEPS.close)
    assert running(session, exchange) == [olga.person_id]
    with stage() as staged:
        staged.execute(others.values(deleted_at=None))
        by_letter = guest(staged.get_one(Person, olga.person_id))
    client = client_of(by_letter)
    assert "Exchanges that nobody else runs go to" in client.get("/my/data").text
    fill_in(client, f"/my/data/{olga.person_id}/erase")
    assert running(session, exchange) == [admin.person_id]


def test_whoever_organises_a_circle_alone_is_warned(client_of, olga, stage):
    with stage() as staged:
        person = staged.get_one(Person, olga.person_id)
        make_grant(staged, person, Role.ORGANISER, Scope.CIRCLE, person.circle_id)
    assert "Nobody else organises" in client_of(olga).get(PAGE).text


def test_the_last_administrator_stays(client_of, admin, session):
    page = client_of(admin).send(PAGE, None, typed="ada.admin@example.org")
    assert page.status_code == 409
    assert session.get(Account, admin.account_id) is not None


def test_of_two_administrators_who_go_at_the_same_moment_one_stays(client_of, admin, stage, session):
    with stage() as staged:
        bea = make_account(staged, "Bea", is_admin=True)
    ada_s, bea_s = client_of(admin), client_of(bea)
    results = at_once(
        lambda: ada_s.send(PAGE, None, typed="ada.admin@example.org").status_code,
        lambda: bea_s.send(PAGE, None, typed="bea@example.org").status_code,
    )
    assert sorted(results) == [303, 409]
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_it_is_not_done_by_the_way(client_of, olga, session):
    """What cannot be undone at all is typed, by whoever showed a moment ago that it is them (A-54)."""
    client = client_of(olga)
    assert client.send(PAGE, None, typed="ben@example.org").status_code == 422
    with pytest.raises(ProveAgain):
        erase_own_account(olga, steps=ERASE_STEPS)  # a session that was proved nowhere
    with pytest.raises(Unauthenticated):
        erase_own_account(ANONYMOUS, steps=ERASE_STEPS)
    assert session.get(Account, olga.account_id) is not None


def test_people_find_it_where_they_look(client_of, olga, stage):
    for path in ("/account", "/my/data"):
        assert f'href="{PAGE}"' in client_of(olga).get(path).text
    with stage() as staged:
        by_letter = guest(staged.get_one(Person, olga.person_id))
    assert "Sign in, and you can have yourself forgotten" in client_of(by_letter).get("/my/data").text


def test_whoever_closed_their_account_is_forgotten_by_a_mailed_link(client_of, olga, stage, session):
    """The bin keeps nobody who asks to be forgotten."""
    close_account(olga, steps=STEPS.close)
    with stage() as staged:
        by_letter = guest(staged.get_one(Person, olga.person_id))
    client = client_of(by_letter)
    assert "Yes, forget me" in client.get("/my/data").text
    assert fill_in(client, f"/my/data/{olga.person_id}/erase").location == "/sign-in"
    assert "olga" not in everything_in(session).lower()
    assert tallies.number_of(session, queries.ACCOUNTS) == -1


def test_whoever_may_restore_an_account_may_have_its_person_forgotten(client_of, olga, admin, stage, session):
    """From the address book; whoever only keeps that is told why they cannot."""
    delete_account(admin, olga.account_id, steps=STEPS.close)
    with stage() as staged:
        circle_id = staged.get_one(Person, olga.person_id).circle_id
        kim = make_account(staged, "Kim")
        grant_to(staged, kim, Role.ORGANISER, Scope.CIRCLE, circle_id)
    page, link = f"/people/{olga.person_id}", f"/people/{olga.person_id}/erase"
    assert (link in client_of(kim).get(page).text, link in client_of(admin).get(page).text) == (False, True)
    with pytest.raises(AccountInBin):
        erase_person(kim, olga.person_id, steps=ERASE_STEPS)
    erase_person(admin, olga.person_id, steps=ERASE_STEPS)
    assert session.get(Account, olga.account_id) is None
    assert tallies.number_of(session, queries.ACCOUNTS) == -1
