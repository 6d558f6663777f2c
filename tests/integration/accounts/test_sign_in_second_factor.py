"""The second page of signing in: no session before the code was right, whatever was right before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails import PasswordReset
from kinkeeper.features.accounts.models import Account, WebSession
from kinkeeper.features.accounts.service import passwords, programs, signing_in
from kinkeeper.features.accounts.service.keeping_second_factor import end_second_factor, renew_recovery_codes
from kinkeeper.features.accounts.service.second_factor import WrongCode
from kinkeeper.features.accounts.service.signing_in import HalfWay, StartAgain, sign_in, sign_in_with_code
from kinkeeper.kernel.actor import ANONYMOUS, SYSTEM
from kinkeeper.kernel.errors import TooMany
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import mail
from kinkeeper.platform.audit import AuditEntry
from tests.factories import PASSWORD
from tests.factories.accounts import LONG_AGO, code_of_app, give_app
from tests.integration.accounts.conftest import BROWSER, HERE
from tests.integration.web.support import (
    at_once,
    carry_letters,
    fill_in,
    problems_among,
    secret_in,
    without_lock,
)

NEW = "crooked violin under a lamp"


@pytest.fixture
def olga(stage, olga):
    """An account with an app."""
    with stage() as session:
        give_app(session, olga)
    return olga


def half_way():
    return sign_in(ANONYMOUS, "olga@example.org", PASSWORD, address=HERE, browser=BROWSER)


def finish(place, code=None):
    return sign_in_with_code(ANONYMOUS, place, code or code_of_app(), browser=BROWSER)


def sessions_in(session):
    return session.scalar(select(func.count()).select_from(WebSession))


def enter(client, **more):
    return fill_in(client, "/sign-in", email="olga@example.org", password=PASSWORD, **more)


def test_after_the_password_the_code(client_of, olga, session):
    client = client_of(None)
    answer = enter(client, next="/exchanges")
    assert (answer.status_code, answer.location) == (303, "/sign-in/code")
    assert client.get("/sign-in/code").status_code == 200
    assert client.get_cookie("kk_account", domain="kinkeeper.test") is None
    assert client.get("/account").status_code == 302
    assert sessions_in(session) == 0
    answer = client.send("/sign-in/code", code=code_of_app())
    assert (answer.status_code, answer.location) == (303, "/exchanges")
    assert client.get("/account").status_code == 200
    assert client.get_cookie("kk_half-way", domain="kinkeeper.test") is None


def test_a_recovery_code_fits_into_the_same_field(client_of, olga):
    code = renew_recovery_codes(olga)[0]
    client = client_of(None)
    enter(client)
    assert client.send("/sign-in/code", code=code.lower()).status_code == 303
    assert client.get("/account").status_code == 200


def test_a_wrong_code_lets_nobody_in_and_is_written_down(client_of, olga, session):
    """A-70."""
    client = client_of(None)
    enter(client)
    answer = client.send("/sign-in/code", code="000000")
    assert answer.status_code == 422
    assert "does not fit" in answer.text
    assert sessions_in(session) == 0
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "account.code_refused")).one()
    assert (entry.subject_id, entry.details) == (olga.account_id, {})


def test_the_second_page_is_that_browsers_for_ten_minutes(client_of, olga, now):
    client, other = client_of(None), client_of(None)
    enter(client)
    other.get("/sign-in")
    stolen = client.get_cookie("kk_half-way", domain="kinkeeper.test").value
    other.set_cookie("kk_half-way", stolen, domain="kinkeeper.test")
    assert other.get("/sign-in/code").status_code == 303
    now.advance(minutes=9)
    assert client.get("/sign-in/code").status_code == 200
    now.advance(minutes=1)
    assert client.get("/sign-in/code").status_code == 303
    assert fill_in(client, "/sign-in/code", code=code_of_app()).location == "/sign-in"


@pytest.mark.parametrize("cookie", ["", "x", "AAAA", "é", "A" * 4000])
def test_a_second_page_that_nobody_began(client_of, olga, cookie):
    client = client_of(None)
    client.set_cookie("kk_half-way", cookie, domain="kinkeeper.test")
    assert client.get("/sign-in/code").status_code == 303


def test_a_long_way_on_is_forgotten_rather_than_the_way_in(client_of, olga):
    client = client_of(None)
    enter(client, next="/exchanges?x=" + "y" * 3000)
    assert client.send("/sign-in/code", code=code_of_app()).location == "/"


def test_five_codes_in_five_minutes(olga):
    """3.0: and another sign-in gives no new ones."""
    place = half_way()
    for _ in range(5):
        with pytest.raises(WrongCode):
            finish(place, "000000")
    with pytest.raises(TooMany):
        finish(half_way())


def test_the_right_code_gives_the_tries_back(olga, now):
    for _ in range(4):
        with pytest.raises(WrongCode):
            finish(half_way(), "000000")
    finish(half_way())
    now.advance(seconds=30)
    for _ in range(4):
        with pytest.raises(WrongCode):
            finish(half_way(), "000000")


def test_one_code_opens_one_session(olga, session):
    """A-49: six browsers, one code."""
    place = half_way()
    results = at_once(*(lambda: finish(place) for _ in range(5)))
    assert problems_among(results) == ["WrongCode"] * 4
    assert sessions_in(session) == 1


def test_without_the_lock_one_code_would_open_two(engine, olga, session, monkeypatch):
    """The control: SQLite then still refuses to write on what was read before somebody else's commit."""
    import threading

    both, plain = threading.Barrier(2), signing_in.admit

    def meet(*args):
        both.wait(30)
        return plain(*args)

    place = half_way()
    monkeypatch.setattr(signing_in, "admit", meet)
    with without_lock(monkeypatch, queries, "account_for_change", Account):
        results = at_once(*(lambda: finish(place) for _ in range(2)))
    if engine.dialect.name == "sqlite":
        assert problems_among(results) == ["Unavailable"]
    else:
        assert sessions_in(session) == 2


@pytest.mark.parametrize("meanwhile", [{"epoch": 1}, {"deactivated_at": LONG_AGO}, {"deleted_at": LONG_AGO}])
def test_what_ends_sessions_ends_the_half_way(olga, stage, meanwhile):
    """A-53."""
    place = half_way()
    with stage() as session:
        session.execute(update(Account).where(Account.id == olga.account_id).values(**meanwhile))
    with pytest.raises(StartAgain):
        finish(place)


def test_an_app_that_is_gone_meanwhile_begins_again(olga):
    place = half_way()
    end_second_factor(olga)
    with pytest.raises(StartAgain):
        finish(place)


def test_half_way_to_an_account_that_never_was(olga):
    with pytest.raises(StartAgain):
        finish(HalfWay(replace(olga, account_id=olga.person_id).account_id, 0))


def test_a_new_password_by_mail_does_not_pass_by_the_app(client_of, olga, outbox, session):
    """Issue, 2: whoever reads the mailbox still lacks the phone."""
    with transaction(SYSTEM) as work:
        letter = PasswordReset(
            to="olga@example.org", language="en", name="Olga", account_id=olga.account_id, minutes=10
        )
        mail.post(work, letter, about=olga.account_id, person_id=olga.person_id)
    carry_letters()
    client = client_of(None)
    answer = client.send(f"/reset/{secret_in(outbox()[0])}", password=NEW)
    assert answer.location == "/sign-in/code"
    assert sessions_in(session) == 0
    client.send("/sign-in/code", code=code_of_app())
    assert client.get("/account").status_code == 200


def test_changing_the_password_asks_for_no_code(olga):
    """Whoever is in gave one."""
    assert passwords.change_password(olga, PASSWORD, NEW, browser=BROWSER).session


def by_page(olga, code):
    finish(half_way(), code)


def by_proving_again(olga, code):
    signing_in.prove_again(olga, PASSWORD, code, browser=BROWSER)


def by_program(_olga, code):
    terms = programs.Terms(timedelta(minutes=10), timedelta(days=30), "http://kinkeeper.test")
    claimed = programs.Claimed("olga@example.org", PASSWORD, code)
    programs.sign_in(ANONYMOUS, claimed, program="A script", address=HERE, terms=terms)


@pytest.mark.parametrize("enter_by", [by_page, by_proving_again, by_program])
def test_every_door_counts_writes_down_and_gives_back_alike(olga, session, now, enter_by):
    """A-70: of twenty tries in an hour as well, or their owner would be out after twenty sign-ins."""
    for _ in range(22):
        enter_by(olga, code_of_app())
        now.advance(seconds=30)
    for _ in range(5):
        with pytest.raises(WrongCode):
            enter_by(olga, "000000")
    with pytest.raises(TooMany):
        enter_by(olga, code_of_app())
    refusals = select(AuditEntry.subject_id).where(AuditEntry.action == "account.code_refused")
    assert session.scalars(refusals).all() == [olga.account_id] * 5
