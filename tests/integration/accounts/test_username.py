"""A username: optional, one's own alone, and nothing that could be taken for an address."""

from __future__ import annotations

import pytest

from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.rules import BadUsername
from kinkeeper.features.accounts.service.naming import UsernameTaken, choose_username
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import TooMany, Unauthenticated
from tests.factories import PASSWORD, make_account
from tests.integration.web.support import at_once, fill_in, problems_among


def of(session, actor):
    session.expire_all()
    return session.get_one(Account, actor.account_id).username


def test_chosen_on_its_page_and_signed_in_with(client_of, olga, session):
    client = client_of(olga)
    assert client.send("/account/username", username=" Olga.Olsen ").location == "/account"
    assert of(session, olga) == "olga.olsen"
    assert "olga.olsen" in client.get("/account").text
    answer = fill_in(client_of(None), "/sign-in", email="OLGA.olsen", password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/")


def test_changed_and_given_up(olga, session):
    choose_username(olga, "olga")
    choose_username(olga, "olga-o")
    assert of(session, olga) == "olga-o"
    choose_username(olga, " ")
    assert of(session, olga) is None


def test_two_without_one_do_not_mind(olga, stage, session):
    with stage() as staged:
        otto = make_account(staged, "Otto")
    choose_username(olga, "")
    choose_username(otto, "")


@pytest.mark.parametrize(
    "username",
    ["ab", "x" * 81, "olga@example.org", "ol ga", "ölga", ".olga", "olga-", "ol\nga", "<b>", "\u202eolga"],
)
def test_what_is_no_username(client_of, olga, session, username):
    with pytest.raises(BadUsername):
        choose_username(olga, username)
    assert fill_in(client_of(olga), "/account/username", username=username).status_code == 422
    assert of(session, olga) is None


def test_somebody_elses_is_refused(client_of, olga, stage, session):
    with stage() as staged:
        otto = make_account(staged, "Otto")
    choose_username(otto, "santa")
    with pytest.raises(UsernameTaken):
        choose_username(olga, "SANTA")
    page = fill_in(client_of(olga), "/account/username", username="santa")
    assert page.status_code == 409
    assert "Somebody else has this username" in page.text


def test_of_two_at_the_same_moment_one_gets_it(olga, stage):
    with stage() as staged:
        otto = make_account(staged, "Otto")
    results = at_once(lambda: choose_username(olga, "santa"), lambda: choose_username(otto, "santa"))
    assert problems_among(results) == ["UsernameTaken"]


def test_asking_for_all_of_them_is_counted(olga):
    for _ in range(20):
        choose_username(olga, "santa")
    with pytest.raises(TooMany):
        choose_username(olga, "santa")


def test_nobody_has_no_username(olga):
    with pytest.raises(Unauthenticated):
        choose_username(ANONYMOUS, "santa")
