"""Changing the password while signed in: the present one is asked for, other browsers end."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import AccessToken, Account, WebSession
from kinkeeper.features.accounts.rules import PasswordTooEasy
from kinkeeper.features.accounts.service.hashing import is_right
from kinkeeper.features.accounts.service.passwords import change_password
from kinkeeper.features.accounts.service.proving import WrongPassword
from kinkeeper.kernel.actor import ANONYMOUS, Actor
from kinkeeper.kernel.errors import TooMany, Unauthenticated
from tests.factories import PASSWORD, guest, make_person, make_token
from tests.factories.accounts import give_app
from tests.integration.accounts.conftest import BROWSER
from tests.integration.web.support import at_once, fill_in, problems_among

NEW = "crooked violin under a lamp"


def change(actor, present=PASSWORD, password=NEW):
    return change_password(actor, present, password, browser=BROWSER)


def test_the_new_password_counts_and_this_browser_stays_in(client_of, olga, session):
    """A-51: with a new session."""
    client = client_of(olga)
    old = client.get_cookie("kk_account", domain="kinkeeper.test").value
    answer = fill_in(client, "/account/password", present=PASSWORD, password=NEW)
    assert (answer.status_code, answer.location) == (303, "/account")
    assert client.get("/account").status_code == 200
    assert client.get_cookie("kk_account", domain="kinkeeper.test").value != old
    assert is_right(NEW, session.get_one(Account, olga.account_id).password_hash)


def test_other_browsers_and_access_tokens_end(client_of, olga, session):
    """A-53."""
    elsewhere = client_of(olga)
    make_token(olga, "Script", days=5)
    change(olga)
    assert elsewhere.get("/account").status_code == 302
    assert session.scalar(select(func.count()).select_from(AccessToken)) == 0


def test_what_mailed_links_opened_ends_too(client_of, olga, session):
    """A-53: a telephone that was lost may hold the account's session and that of a mailed link."""
    client_of(Actor(name="Olga", guest_id=olga.person_id))
    change(olga)
    assert [row.account_id for row in session.scalars(select(WebSession))] == [olga.account_id]


@pytest.mark.parametrize("has_app", [True, False])
def test_where_a_code_is_asked_for_the_password_alone_proves_nothing(client_of, olga, stage, now, has_app):
    """A-54, ASVS 7.5.1: a stolen session and the password would turn the second factor off."""
    if has_app:
        with stage() as staged:
            give_app(staged, olga)
    client = client_of(olga)
    now.advance(minutes=20)
    assert fill_in(client, "/account/password", present=PASSWORD, password=NEW).status_code == 303
    answer = client.get("/account/second-factor")
    assert (answer.status_code == 200, "/sign-in/again" in (answer.location or "")) == (not has_app, has_app)


def test_the_owner_is_told_by_mail(olga, outbox):
    change(olga)
    assert [(letter.kind, letter.to) for letter in outbox()] == [
        ("accounts.password_changed", "olga@example.org")
    ]


def test_without_the_present_password_nothing_changes(client_of, olga, session):
    """A-54: whoever finds an open browser does not take the account over."""
    with pytest.raises(WrongPassword):
        change(olga, present="not it")
    page = fill_in(client_of(olga), "/account/password", present="not it", password=NEW)
    assert page.status_code == 422
    assert "not your present password" in page.text
    assert is_right(PASSWORD, session.get_one(Account, olga.account_id).password_hash)


def test_an_easy_password_is_refused_in_the_form(client_of, olga):
    with pytest.raises(PasswordTooEasy):
        change(olga, password="password1234")
    assert fill_in(client_of(olga), "/account/password", present=PASSWORD, password="x").status_code == 422


def test_nobody_and_guests_have_no_password_to_change(stage):
    with stage() as session:
        ana = guest(make_person(session, "Ana"))
    for actor in (ANONYMOUS, ana):
        with pytest.raises(Unauthenticated):
            change(actor)


def test_guessing_the_present_password_is_counted(olga):
    """A-20."""
    for _ in range(10):
        with pytest.raises(WrongPassword):
            change(olga, present="guess")
    with pytest.raises(TooMany):
        change(olga)


def test_of_two_changes_at_the_same_moment_one_wins(olga, session):
    """Each ends everything older, so one session is left and the other actor is turned away."""
    results = at_once(lambda: change(olga, password=NEW), lambda: change(olga, password=f"{NEW} too"))
    assert problems_among(results) in (["Unauthenticated"], ["WrongPassword"])
    assert session.scalar(select(func.count()).select_from(WebSession)) == 1
    assert session.get_one(Account, olga.account_id).epoch == 1


def test_the_account_page_says_by_which_address_one_signs_in(client_of, olga):
    """In words, and for the password manager, which files the new password under it."""
    page = client_of(olga).get("/account").text
    assert "Signed in as Olga with olga@example.org." in page
    assert 'value="olga@example.org" autocomplete="username"' in page
