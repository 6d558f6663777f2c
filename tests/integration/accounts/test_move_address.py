"""Signing in with another address: the new mailbox answers, the old one is told, everything older ends."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts.errands import LinkRequest
from kinkeeper.features.accounts.models import Account, Circle, Device, Person, WebSession
from kinkeeper.features.accounts.rules import BadAddress
from kinkeeper.features.accounts.service.mailed_link import send_link, sign_in_by_link
from kinkeeper.features.accounts.service.moving import ask_to_move, move, stay
from kinkeeper.features.accounts.service.one_mailbox import AnotherEntry
from kinkeeper.features.accounts.service.opening import AddressTaken
from kinkeeper.features.accounts.service.signing_in import sign_in
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import TooMany, Unauthenticated
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.platform.links import ExpiredLink, UnknownLink, UsedLink
from tests.factories import PASSWORD, guest, make_account, make_person
from tests.factories.accounts import LONG_AGO
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import (
    at_once,
    carry_letters,
    fill_in,
    fingerprint,
    path_in,
    problems_among,
    secret_in,
)

NEW = "olga.new@example.org"


@pytest.fixture
def letter(olga, outbox):
    """The letter to the new address, handed over."""
    ask_to_move(olga, " Olga.New@Example.org")
    carry_letters()
    return next(letter for letter in outbox() if letter.to == NEW)


def last_to(outbox, address):
    return [letter for letter in outbox() if letter.to == address][-1]


def email_of(session, olga):
    session.expire_all()
    return session.get_one(Account, olga.account_id).email


def test_the_whole_way_by_its_pages(client_of, olga, outbox, session):
    client, other = client_of(olga), client_of(olga)
    assert client.send("/account/email", email=NEW).location == "/account"
    carry_letters()
    assert {(letter.kind, letter.to) for letter in outbox()} == {
        ("accounts.address_wanted", NEW),
        ("accounts.address_moving", "olga@example.org"),
    }
    assert email_of(session, olga) == "olga@example.org"
    way = path_in(next(letter for letter in outbox() if letter.to == NEW))
    before = fingerprint(session)
    assert client.get(way).status_code == 200
    assert fingerprint(session) == before
    assert client.send(way).location == "/sign-in"
    assert email_of(session, olga) == NEW
    assert [browser.get("/account").status_code for browser in (client, other)] == [302, 302]
    assert fill_in(client_of(None), "/sign-in", email=NEW, password=PASSWORD).status_code == 303
    assert (
        fill_in(client_of(None), "/sign-in", email="olga@example.org", password=PASSWORD).status_code == 422
    )
    assert [letter.to for letter in outbox()].count("olga@example.org") == 2


def test_while_the_letter_is_out_it_is_said_and_sent_again(client_of, olga, stage, outbox, now):
    """T-8: of an address that another account has just the same is said."""
    with stage() as session:
        make_account(session, "Otto")
    client = client_of(olga)
    for wanted in ("otto@example.org", NEW):
        assert client.send("/account/email", email=wanted).location == "/account"
        for path in ("/account", "/account/email"):
            assert f"Waiting for {wanted}." in client.get(path).text
    form = client.get("/account/email").text
    assert f'<input type="hidden" name="email" value="{NEW}">' in form
    now.advance(seconds=1)
    client.send("/account/email", email=NEW)
    carry_letters()
    assert [letter.to for letter in outbox() if letter.kind == "accounts.address_wanted"] == [NEW, NEW]
    client_of(None).send(path_in(last_to(outbox, NEW)))
    assert "Waiting for" not in client_of(olga).get("/account").text


def test_a_change_that_was_asked_for_is_given_up(client_of, olga, outbox, session):
    client = client_of(olga)
    client.send("/account/email", email=NEW)
    carry_letters()
    sent = last_to(outbox, NEW)
    client.send("/account/email", email=NEW)
    for _ in range(2):
        assert client.send("/account/email", "/account/stay").location == "/account"
    assert "Waiting for" not in client.get("/account/email").text
    assert [letter.id for letter in outbox() if letter.to == NEW] == [sent.id], "the second never goes"
    with pytest.raises(ExpiredLink):
        move(ANONYMOUS, secret_in(sent), address=HERE, steps=STEPS)
    assert email_of(session, olga) == "olga@example.org"
    given_up = select(func.count()).where(AuditEntry.action == "account.address_stays")
    assert session.scalar(given_up) == 1
    with pytest.raises(Unauthenticated):
        stay(ANONYMOUS)


def test_their_entry_in_the_address_book_goes_along(letter, olga, session):
    """T-7: letters about their places go where they read them now."""
    move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)
    person = session.get_one(Person, olga.person_id)
    assert person.email == NEW
    assert person.confirmed_at is not None


def test_so_it_does_where_it_had_another_one(letter, olga, stage, session):
    """One mailbox is where somebody reads: nothing stays behind in one that they do not sign in with."""
    with stage() as staged:
        staged.get_one(Person, olga.person_id).email = "olga.at.work@example.org"
    move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)
    assert session.get_one(Person, olga.person_id).email == NEW


@pytest.mark.parametrize("is_proved", [True, False])
def test_that_one_is_told_if_somebody_reads_there(letter, olga, stage, now, outbox, is_proved):
    """T-7: nobody is moved silently, and no stranger is told of it."""
    with stage() as staged:
        person = staged.get_one(Person, olga.person_id)
        person.email, person.confirmed_at = "olga.at.work@example.org", now() if is_proved else None
    move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)
    told = [one.to for one in outbox() if one.kind == "accounts.entry_moved"]
    assert told == (["olga.at.work@example.org"] if is_proved else [])


def test_another_entry_with_the_address_becomes_one_with_it(letter, olga, stage, session):
    """Nothing hangs on it: whoever keeps the address book has put her in once more."""
    with stage() as staged:
        circle = staged.get_one(Circle, staged.get_one(Person, olga.person_id).circle_id)
        make_person(staged, "Olga N", circle=circle, email=NEW)
    move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)
    assert session.scalars(select(Person.id).where(Person.email == NEW)).all() == [olga.person_id]
    assert session.scalars(select(Person).where(Person.name == "Olga N")).all() == []


def test_an_entry_of_another_account_stays(letter, olga, stage, session):
    with stage() as staged:
        circle = staged.get_one(Circle, staged.get_one(Person, olga.person_id).circle_id)
        otto = make_account(staged, "Otto", circle=circle)
        staged.get_one(Person, otto.person_id).email = NEW
    with pytest.raises(AnotherEntry):
        move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)
    assert email_of(session, olga) == "olga@example.org"


def test_everything_older_ends(letter, olga, session, outbox):
    """T-7, A-53: sessions, devices, and the way in that lies in the old mailbox."""
    sign_in(ANONYMOUS, "olga@example.org", PASSWORD, address=HERE, browser=BROWSER)
    send_link(SYSTEM, LinkRequest(email="olga@example.org", minutes=60, browser=""))
    carry_letters()
    way_in = next(row for row in outbox() if row.kind == "accounts.sign_in_link")
    move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)
    for table in (WebSession, Device):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    with pytest.raises(ExpiredLink):
        sign_in_by_link(ANONYMOUS, secret_in(way_in), address=HERE, browser=BROWSER, asked_by=b"")


def test_an_address_that_another_account_has_is_told_of_there_alone(client_of, olga, stage, outbox, session):
    """T-8: the same answer, and a letter to whom it belongs."""
    with stage() as staged:
        otto = make_account(staged, "Otto")
        staged.get_one(Person, otto.person_id).language = "de"
    answers = [client_of(olga).send("/account/email", email=email) for email in ("otto@example.org", NEW)]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/account")}
    (letter,) = (row for row in outbox() if row.kind == "accounts.account_known")
    assert (letter.to, letter.fields["name"], letter.fields["language"]) == ("otto@example.org", "Otto", "de")
    assert letter.person_id == otto.person_id


def test_an_address_that_was_taken_meanwhile(letter, olga, stage, session):
    with stage() as staged:
        make_account(staged, "Olga New")
    with pytest.raises(AddressTaken):
        move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)
    assert email_of(session, olga) == "olga@example.org"


def test_whoever_was_not_asked_for_long_is_asked_first(client_of, olga, now, outbox):
    """A-54."""
    client = client_of(olga)
    now.advance(minutes=16)
    assert client.get("/account/email").location == "/sign-in/again?next=/account/email"
    assert fill_in(client, "/account/email", email=NEW).status_code == 303
    assert outbox() == []


def test_the_next_address_ends_the_letter_before(letter, olga):
    ask_to_move(olga, "another@example.org")
    with pytest.raises(ExpiredLink):
        move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)


def test_it_works_once_for_a_day(letter, olga, now):
    results = at_once(
        *(lambda: move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS) for _ in range(3))
    )
    assert problems_among(results) == ["UsedLink"] * 2
    with pytest.raises(UsedLink):
        move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)


def test_a_letter_of_yesterday(letter, now):
    now.advance(hours=24)
    with pytest.raises(ExpiredLink):
        move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)


def test_a_closed_account_moves_nowhere(letter, olga, stage):
    with stage() as session:
        session.execute(update(Account).where(Account.id == olga.account_id).values(deleted_at=LONG_AGO))
    with pytest.raises(ExpiredLink):
        move(ANONYMOUS, secret_in(letter), address=HERE, steps=STEPS)


def test_five_in_an_hour(olga):
    for number in range(5):
        ask_to_move(olga, f"olga{number}@example.org")
    with pytest.raises(TooMany):
        ask_to_move(olga, NEW)


@pytest.mark.parametrize("email", ["", "olga", "a@b@c", "=?x?=@example.org"])
def test_what_is_no_address(client_of, olga, email):
    with pytest.raises(BadAddress):
        ask_to_move(olga, email)
    assert fill_in(client_of(olga), "/account/email", email=email).status_code == 422


def test_nobody_and_guests_have_no_address_to_change(client_of, stage, olga):
    with stage() as session:
        ana = guest(make_person(session, "Ana"))
    for actor in (ANONYMOUS, ana):
        with pytest.raises(Unauthenticated):
            ask_to_move(actor, NEW)
    assert client_of(None).get("/account/email/" + "x" * 43).status_code == 404
    with pytest.raises(UnknownLink):
        move(ANONYMOUS, "x" * 43, address=HERE, steps=STEPS)
