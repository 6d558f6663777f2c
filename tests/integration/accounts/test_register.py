"""Asking for an account: nothing is there before the mailbox answered, and nobody learns who is here."""

from __future__ import annotations

import re
from functools import partial

import pytest
from sqlalchemy import func, select, update

from kinkeeper.app import factory
from kinkeeper.app.features import STEPS
from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.errands import RegisterRequest
from kinkeeper.features.accounts.models import Account, Circle, Person, Registration, RoleGrant
from kinkeeper.features.accounts.rules import BadAddress, BadName, BadUsername, PasswordTooShort
from kinkeeper.features.accounts.service import registering
from kinkeeper.features.accounts.service.closing_accounts import deactivate_account, delete_account
from kinkeeper.features.accounts.service.hashing import is_right
from kinkeeper.features.accounts.service.naming import UsernameTaken, choose_username
from kinkeeper.features.accounts.service.opening import AddressTaken
from kinkeeper.features.accounts.service.registering import (
    Newcomer,
    RegistrationClosed,
    finish_registration,
    register,
    send_registration,
)
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import TooMany
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.platform import tallies
from kinkeeper.platform.jobs.queue import ErrandRow
from kinkeeper.platform.links import ExpiredLink, UnknownLink, UsedLink
from kinkeeper.platform.mail import letters
from tests.factories import make_circle
from tests.factories.accounts import browser_of
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import (
    at_once,
    carry_letters,
    fill_in,
    fingerprint,
    path_in,
    problems_among,
    secret_in,
    visible_text,
)

PASSWORD = "crooked violin under a lamp"


@pytest.fixture
def open_house(settings, admin):
    """`open_house()` answers a browser of somebody unknown in a house that is open to everybody."""
    app = factory.create_app(settings.model_copy(update={"registration": "open"}))
    app.testing = False
    return lambda: browser_of(app, None)


def nia(email="nia@example.org", name="Nia", circle="The News"):
    return Newcomer(email=email, name=name, circle=circle, language="en", zone="Europe/London")


def ask(newcomer=None, address=HERE):
    register(ANONYMOUS, newcomer or nia(), address=address, is_open=True)


@pytest.fixture
def letter(admin, outbox, run_errands):
    """The letter to somebody unknown, handed over."""
    ask()
    run_errands()
    carry_letters()
    (letter,) = outbox()
    return letter


def finish(token, password=PASSWORD, username="", *, is_open=True):
    return finish_registration(
        ANONYMOUS, token, password, username, address=HERE, browser=BROWSER, is_open=is_open
    )


def of_nia(session):
    return session.scalars(select(Account).where(Account.email == "nia@example.org")).one()


def test_the_whole_way_by_its_pages(open_house, outbox, run_errands, session, now):
    client = open_house()
    assert "Ask for an account" in client.get("/sign-in").text
    answer = client.send("/register", name="Nia", circle="The News", email="Nia@Example.org")
    assert (answer.status_code, answer.location) == (303, "/register/sent")
    run_errands()
    carry_letters()
    way = path_in(outbox()[0])
    page = client.get(way)
    assert "Welcome, Nia." in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert client.send(way, password=PASSWORD, username="nia").location == "/"
    assert client.get("/account").status_code == 200
    account = of_nia(session)
    assert (account.username, account.verified_at) == ("nia", now())
    assert is_right(PASSWORD, account.password_hash)
    person = session.get_one(Person, account.person_id)
    assert (person.name, person.confirmed_at) == ("Nia", now())
    grant = session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id)).one()
    assert (grant.role, grant.scope, grant.scope_id) == (Role.ORGANISER, Scope.CIRCLE, person.circle_id)
    assert session.get_one(Circle, person.circle_id).name == "The News"
    assert session.scalar(select(func.count()).select_from(Registration)) == 0


@pytest.mark.parametrize("name", ["The News", "N" * 80])
def test_a_circle_of_a_name_that_there_is_gets_a_number(letter, stage, session, name):
    """Circles can be told apart; and nobody asks by this form which families there are."""
    with stage() as staged:
        for one in (name, f"{name[:70]} (2)"):
            make_circle(staged, one.upper())
        staged.execute(update(Registration).values(circle=name))
    finish(secret_in(letter))
    person = session.get_one(Person, of_nia(session).person_id)
    assert session.get_one(Circle, person.circle_id).name == f"{name[:70]} (3)"


def test_a_house_is_closed_unless_it_is_opened(client_of, admin, session):
    """C-36."""
    before = fingerprint(session)
    for path in ("/register", "/register/sent"):
        assert client_of(None).get(path).status_code == 404
    assert (
        fill_in(client_of(None), "/register", name="N", circle="C", email="n@example.org").status_code == 404
    )
    with pytest.raises(RegistrationClosed):
        register(ANONYMOUS, nia(), address=HERE, is_open=False)
    assert "Ask for an account" not in client_of(None).get("/sign-in").text
    assert fingerprint(session) == before


def test_a_house_that_was_closed_after_the_letter_takes_nobody(client_of, letter, session):
    """C-36: neither page nor verb; opened again, the letter still works."""
    before = fingerprint(session, besides=frozenset({"limit_spending"}))
    client = client_of(None)
    assert client.get(path_in(letter)).status_code == 403
    assert fill_in(client, path_in(letter), password=PASSWORD, username="").status_code == 403
    with pytest.raises(RegistrationClosed):
        finish(secret_in(letter), is_open=False)
    assert fingerprint(session, besides=frozenset({"limit_spending"})) == before
    finish(secret_in(letter))


def test_known_and_unknown_addresses_get_the_same_answer(open_house, olga):
    """T-8, A-47."""
    pages = []
    for email in ("olga@example.org", "nobody@example.org"):
        client = open_house()
        answer = client.send("/register", name="Nia", circle="The News", email=email)
        assert (answer.status_code, answer.location) == (303, "/register/sent")
        pages.append(visible_text(client.get("/register/sent").text))
    assert pages[0] == pages[1]
    assert "<title>Almost done" in pages[0], "in a house that sends none, no mailbox has one"


def test_known_and_unknown_addresses_cost_the_same(olga, queries_at_most, session, outbox):
    """T-8: only the worker finds out."""
    said = []
    for email in ("olga@example.org", "nobody@example.org"):
        with queries_at_most(10) as statements:
            ask(nia(email))
        said.append(list(statements))
    assert said[0] == said[1]
    assert outbox() == []
    assert session.scalar(select(func.count()).select_from(ErrandRow)) == 2


def test_whoever_has_an_account_is_told_so_in_their_own_mailbox(olga, outbox, run_errands, session):
    before = session.scalar(select(func.count()).select_from(Account))
    ask(nia("olga@example.org", name="Somebody"))
    run_errands()
    (letter,) = outbox()
    assert (letter.kind, letter.to) == ("accounts.account_known", "olga@example.org")
    assert letter.fields["name"] == "Olga"  # it is her mailbox, whatever the form said
    assert session.scalar(select(func.count()).select_from(Account)) == before


@pytest.mark.parametrize(
    ("close", "said"),
    [
        (
            partial(delete_account, steps=STEPS.close),
            "Until Thursday, 31 December 2026 an administrator can restore it",
        ),
        (deactivate_account, "An administrator can open it again"),
    ],
)
def test_whose_account_is_closed_is_told_who_can_open_it(olga, admin, outbox, run_errands, close, said):
    """Signing in, or a new password, would help them nowhere."""
    close(admin, olga.account_id)
    ask(nia("olga@example.org"))
    run_errands()
    row = outbox()[-1]
    letter = letters.render(letters.unpack(row.kind, row.fields), None)
    assert "Your account is closed" in letter.subject
    for text in (letter.text, letter.html):
        assert said in text
        assert "/sign-in" not in text
        assert "password" not in text


def test_before_the_letter_is_followed_nothing_is_there(letter, session, open_house):
    """No squatting: no account, no person, no circle; and a look changes nothing (A-55)."""
    before = fingerprint(session)
    assert open_house().get(path_in(letter)).status_code == 200
    assert fingerprint(session) == before
    assert session.scalar(select(func.count()).select_from(Account)) == 1
    assert session.scalar(select(func.count()).select_from(Circle)) == 1


def test_of_two_who_asked_for_an_address_its_owner_decides(letter, outbox, run_errands, session):
    """Neither harms the other: the link that is followed makes the account, with the password chosen then."""
    ask(nia(name="Nia too", circle="Others"))
    run_errands()
    carry_letters()
    other = next(row for row in outbox() if row.id != letter.id)
    finish(secret_in(other))
    with pytest.raises(AddressTaken):
        finish(secret_in(letter), "nineteen herons paint fences")
    account = of_nia(session)
    assert is_right(PASSWORD, account.password_hash)
    assert session.get_one(Person, account.person_id).name == "Nia too"
    assert session.scalar(select(func.count()).select_from(Circle)) == 2


def test_it_works_once_and_at_the_same_moment_too(letter, session):
    """A-49."""
    results = at_once(*(lambda: finish(secret_in(letter)) for _ in range(4)))
    assert set(problems_among(results)) <= {"UsedLink", "ExpiredLink"}
    assert len(problems_among(results)) == 3
    with pytest.raises((UsedLink, ExpiredLink)):
        finish(secret_in(letter))
    of_nia(session)
    assert tallies.number_of(session, queries.ACCOUNTS) == 1  # Ada was put in without being counted


def test_it_works_for_a_day(letter, now):
    now.advance(hours=24)
    with pytest.raises(ExpiredLink):
        finish(secret_in(letter))


def test_what_nobody_followed_is_forgotten(letter, session, now):
    now.advance(hours=49)
    registering.forget_registrations(SYSTEM)
    assert session.scalar(select(func.count()).select_from(Registration)) == 0


@pytest.mark.parametrize(
    ("password", "username", "problem"),
    [("short", "", PasswordTooShort), (PASSWORD, "no@name", BadUsername), (PASSWORD, "taken", UsernameTaken)],
)
def test_what_is_wrong_keeps_the_link_alive(letter, admin, session, password, username, problem):
    choose_username(admin, "taken")
    with pytest.raises(problem):
        finish(secret_in(letter), password, username)
    assert session.scalar(select(func.count()).select_from(Circle)) == 1
    finish(secret_in(letter))


@pytest.mark.parametrize(
    ("newcomer", "problem"),
    [
        (nia(email="nia"), BadAddress),
        (nia(name="Visit evil.com"), BadName),
        (nia(circle="http://evil.example"), BadName),
        (nia(name=""), BadName),
    ],
)
def test_what_cannot_be_meant(admin, newcomer, problem):
    """T-32: our letters carry nobody's advertising."""
    with pytest.raises(problem):
        ask(newcomer)


def test_the_form_tells_of_all_that_is_wrong(open_house):
    page = open_house().send("/register", name="", circle="", email="x")
    assert page.status_code == 422
    assert len(re.findall('class="field__errors"', page.text)) == 3


def test_three_letters_to_a_mailbox_in_a_quarter_of_an_hour(admin):
    for number in range(3):
        ask(nia(f"n.ia+{number}@example.org"), address=f"192.0.2.{number}")
    with pytest.raises(TooMany):
        ask(address="192.0.2.9")


def test_ten_in_an_hour_from_one_machine(admin):
    for number in range(10):
        ask(nia(f"nia{number}@example.org"))
    with pytest.raises(TooMany):
        ask(nia("another@example.org"))


def test_the_worker_may_run_twice(admin, outbox, session):
    request = RegisterRequest(
        email="nia@example.org", name="Nia", circle="C", language="en", zone="Europe/London"
    )
    send_registration(SYSTEM, request)
    send_registration(SYSTEM, request)
    assert len(outbox()) == session.scalar(select(func.count()).select_from(Registration)) == 1


@pytest.mark.parametrize("token", ["x", "x" * 43])
def test_a_link_that_was_never_made(client_of, admin, token):
    assert client_of(None).get(f"/register/{token}").status_code == 404
    with pytest.raises(UnknownLink):
        finish(token)


def test_a_link_of_another_kind_makes_no_account(olga, letter, session):
    """T-8: each purpose has its own."""
    from kinkeeper.features.accounts.service.mailed_link import sign_in_by_link

    with pytest.raises(UnknownLink):
        sign_in_by_link(ANONYMOUS, secret_in(letter), address=HERE, browser=BROWSER, asked_by=b"")
