"""Signing in by mail: a link or a code, once, for ten minutes, and the app is asked for all the same."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from kinkeeper.features.accounts.errands import LinkRequest
from kinkeeper.features.accounts.models import Account, WebSession
from kinkeeper.features.accounts.rules import BadAddress, BadUsername
from kinkeeper.features.accounts.service.mailed_link import (
    ask_for_link,
    send_link,
    sign_in_by_code,
    sign_in_by_link,
)
from kinkeeper.features.accounts.service.naming import choose_username
from kinkeeper.features.accounts.service.passwords import change_password
from kinkeeper.features.accounts.service.signing_in import HalfWay
from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import TooMany
from kinkeeper.platform.codes import WrongCode
from kinkeeper.platform.jobs.queue import ErrandRow
from kinkeeper.platform.links import ExpiredLink, Link, UnknownLink, UsedLink
from kinkeeper.platform.mail.delivery import code_of
from tests.factories import PASSWORD
from tests.factories.accounts import LONG_AGO, give_app
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

TEN = timedelta(minutes=10)
MINE, THEIRS = crypto.token_digest("my browser"), crypto.token_digest("their browser")


@pytest.fixture
def letter(olga, outbox, run_errands):
    """The letter, handed over."""
    ask_for_link(ANONYMOUS, "Olga@Example.org ", address=HERE, lasts=TEN, asked_by=MINE)
    run_errands()
    carry_letters()
    (letter,) = outbox()
    return letter


def follow(token, asked_by=b""):
    return sign_in_by_link(ANONYMOUS, token, address=HERE, browser=BROWSER, asked_by=asked_by)


def type_in(code, asked_by=MINE):
    return sign_in_by_code(ANONYMOUS, code, address=HERE, browser=BROWSER, asked_by=asked_by)


def sessions_in(session):
    return session.scalar(select(func.count()).select_from(WebSession))


def test_the_whole_way_by_its_pages(client_of, olga, outbox, run_errands, session):
    client = client_of(None)
    assert client.send("/sign-in/link", email="olga@example.org").location == "/sign-in/link/sent"
    run_errands()
    carry_letters()
    way = path_in(outbox()[0])
    assert way.startswith("/sign-in/link/")
    page = client.get(way)
    assert "olga@example.org" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert client.send(way).location == "/"
    assert client.get("/account").status_code == 200
    assert fill_in(client_of(None), way).status_code == 410
    late = client_of(None).get(way)
    assert late.status_code == 410
    assert 'href="/sign-in/link"><span>Ask for a new letter' in late.text


def test_opening_the_link_alone_changes_nothing(client_of, letter, session):
    """A-55: a mail scanner opens it."""
    before = fingerprint(session)
    answer = client_of(None).get(path_in(letter))
    assert answer.status_code == 200
    assert "kk_account" not in str(answer.headers.getlist("Set-Cookie"))
    assert fingerprint(session) == before


def test_a_username_will_do_and_the_letter_goes_to_its_address(olga, outbox, run_errands, client_of):
    choose_username(olga, "olga.olsen")
    client_of(None).send("/sign-in/link", email=" Olga.Olsen ")
    run_errands()
    assert [letter.to for letter in outbox()] == ["olga@example.org"]


def test_username_and_address_share_the_letter_that_lies_in_the_mailbox(olga, outbox, run_errands):
    """T-9: whoever knows both sends no more letters than whoever knows one."""
    choose_username(olga, "olga.olsen")
    for name in ("olga.olsen", "olga@example.org", "olga.olsen"):
        ask_for_link(ANONYMOUS, name, address=HERE, lasts=TEN, asked_by=MINE)
        run_errands()
        carry_letters()
    assert len(outbox()) == 1


def test_letters_asked_for_by_username_are_counted_apart(olga):
    """T-8: counted together, they would tell that the two belong together."""
    choose_username(olga, "olga.olsen")
    for name in ("olga.olsen", "olga@example.org"):
        for number in range(3):
            ask_for_link(ANONYMOUS, name, address=f"192.0.2.{number}", lasts=TEN, asked_by=MINE)
        with pytest.raises(TooMany):
            ask_for_link(ANONYMOUS, name, address="192.0.2.9", lasts=TEN, asked_by=MINE)


def test_known_and_unknown_names_get_the_same_answer(client_of, olga):
    """T-8, A-47."""
    choose_username(olga, "olga.olsen")
    pages = []
    for email in ("olga@example.org", "nobody@example.org", "olga.olsen", "nobody.olsen"):
        client = client_of(None)
        answer = fill_in(client, "/sign-in/link", email=email)
        assert (answer.status_code, answer.location) == (303, "/sign-in/link/sent")
        pages.append(visible_text(client.get("/sign-in/link/sent").text))
    assert len(set(pages)) == 1


def test_known_and_unknown_names_cost_the_same(olga, queries_at_most, session, outbox):
    """T-8: only the worker finds out."""
    choose_username(olga, "olga.olsen")
    said = []
    for name in ("olga@example.org", "nobody@example.org", "olga.olsen", "nobody.olsen"):
        with queries_at_most(10) as statements:
            ask_for_link(ANONYMOUS, name, address=HERE, lasts=TEN, asked_by=MINE)
        said.append(list(statements))
    assert all(one == said[0] for one in said)
    assert outbox() == []
    assert session.scalar(select(func.count()).select_from(ErrandRow)) == 4


@pytest.mark.parametrize("column", ["deactivated_at", "deleted_at"])
def test_a_closed_account_gets_no_letter_and_its_link_has_ended(
    letter, olga, stage, outbox, run_errands, column
):
    with stage() as session:
        session.execute(update(Account).where(Account.id == olga.account_id).values({column: LONG_AGO}))
    with pytest.raises(ExpiredLink):
        follow(secret_in(letter))
    with pytest.raises(WrongCode):
        type_in(code_of(letter))
    send_link(SYSTEM, LinkRequest(email="olga@example.org", minutes=10, browser=THEIRS.hex()))
    assert len(outbox()) == 1


def test_whoever_follows_it_has_shown_that_the_mailbox_is_theirs(letter, olga, stage, session, now):
    with stage() as staged:
        staged.execute(update(Account).where(Account.id == olga.account_id).values(verified_at=None))
    follow(secret_in(letter))
    assert session.get_one(Account, olga.account_id).verified_at == now()


def test_it_works_once(letter, session):
    """A-49."""
    follow(secret_in(letter))
    with pytest.raises(UsedLink):
        follow(secret_in(letter))
    assert sessions_in(session) == 1


def test_two_at_the_same_moment_open_one_session(letter, session):
    """A-49."""
    results = at_once(*(lambda: follow(secret_in(letter)) for _ in range(6)))
    assert problems_among(results) == ["UsedLink"] * 5
    assert sessions_in(session) == 1


def test_link_and_code_at_the_same_moment_open_two_at_most_and_nothing_after(letter, session):
    """A scanner's tap leaves the code to the browser that asked; the code takes the link along."""
    at_once(lambda: follow(secret_in(letter)), lambda: type_in(code_of(letter)))
    assert sessions_in(session) in (1, 2)
    with pytest.raises(UsedLink):
        follow(secret_in(letter))
    with pytest.raises(WrongCode):
        type_in(code_of(letter))


def test_it_works_for_ten_minutes(letter, now):
    now.advance(minutes=10)
    with pytest.raises(ExpiredLink):
        follow(secret_in(letter))
    with pytest.raises(WrongCode):
        type_in(code_of(letter))


def test_the_code_in_the_browser_that_asked(client_of, olga, outbox, run_errands):
    """A-50."""
    client = client_of(None)
    client.send("/sign-in/link", email="olga@example.org")
    run_errands()
    carry_letters()
    code = code_of(outbox()[0])
    other = client_of(None)
    assert other.send("/sign-in/link/sent", code=code).status_code == 422
    answer = client.send("/sign-in/link/sent", code=code.replace("-", " ").lower())
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/account").status_code == 200


def test_the_code_in_no_other_browser_and_once(letter, session):
    """A-50, T-1."""
    for browser in (THEIRS, b""):
        with pytest.raises(WrongCode):
            type_in(code_of(letter), browser)
    type_in(code_of(letter))
    with pytest.raises(WrongCode):
        type_in(code_of(letter))
    with pytest.raises(UsedLink):
        follow(secret_in(letter))
    assert sessions_in(session) == 1


def test_five_codes_an_hour_whether_or_not_a_letter_was_sent(letter):
    for browser in (MINE, THEIRS):
        for _ in range(5):
            with pytest.raises(WrongCode):
                type_in("BBBB-BBBB", browser)
        with pytest.raises(TooMany):
            type_in(code_of(letter), browser)


def test_the_app_is_asked_for_all_the_same(letter, olga, stage, session):
    with stage() as staged:
        give_app(staged, olga)
    assert follow(secret_in(letter)) == HalfWay(olga.account_id, 0)
    assert sessions_in(session) == 0


def test_a_new_password_ends_the_letter(letter, olga):
    """T-7."""
    change_password(olga, PASSWORD, "crooked violin under a lamp", browser=BROWSER)
    with pytest.raises(ExpiredLink):
        follow(secret_in(letter))


def test_asked_again_at_once_it_lies_in_the_mailbox_already(letter, outbox, run_errands, now):
    """T-9."""
    ask_for_link(ANONYMOUS, "olga@example.org", address=HERE, lasts=TEN, asked_by=MINE)
    run_errands()
    assert len(outbox()) == 1
    now.advance(minutes=6)
    ask_for_link(ANONYMOUS, "olga@example.org", address=HERE, lasts=TEN, asked_by=MINE)
    run_errands()
    assert len(outbox()) == 2
    with pytest.raises(ExpiredLink):
        follow(secret_in(letter))


def test_three_letters_to_a_mailbox_in_a_quarter_of_an_hour(olga):
    for number, email in enumerate(("olga@example.org", "ol.ga@example.org", "olga+x@example.org")):
        ask_for_link(ANONYMOUS, email, address=f"192.0.2.{number}", lasts=TEN, asked_by=MINE)
    with pytest.raises(TooMany):
        ask_for_link(ANONYMOUS, "olga@example.org", address="192.0.2.9", lasts=TEN, asked_by=MINE)


@pytest.mark.parametrize(
    "email", ["", "ol", "Olga Olsen", "x" * 300, "a@b@c", "=?x?=@example.org", "x" * 300 + "@example.org"]
)
def test_what_is_neither_address_nor_username(client_of, olga, email):
    with pytest.raises((BadAddress, BadUsername)):
        ask_for_link(ANONYMOUS, email, address=HERE, lasts=TEN, asked_by=MINE)
    assert fill_in(client_of(None), "/sign-in/link", email=email).status_code == 422


@pytest.mark.parametrize("token", ["x", "x" * 43, "é", "%00"])
def test_a_link_that_was_never_made(client_of, olga, token):
    assert client_of(None).get(f"/sign-in/link/{token}").status_code == 404
    with pytest.raises(UnknownLink):
        follow(token)


def test_neither_link_nor_code_lies_in_the_database(letter, session):
    """T-6, A-49."""
    link = session.scalars(select(Link)).one()
    assert link.digest == crypto.token_digest(secret_in(letter))
    kept = repr([vars(row) for row in (letter, link)])
    assert secret_in(letter) not in kept
    assert code_of(letter) not in kept


def test_the_letter_says_the_code_and_whom_it_is_for(letter, client_of, admin):
    shown = client_of(admin).get(f"/admin/mailbox/{letter.id}/sheet").text
    assert code_of(letter) in shown
    assert re.search("Hello Olga", shown)
