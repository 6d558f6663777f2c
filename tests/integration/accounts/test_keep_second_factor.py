"""Setting up an app, making recovery codes anew, switching it off: one's own, and freshly proved."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pyotp
import pytest
from sqlalchemy import func, select

from kinkeeper.features.accounts.models import Account, RecoveryCode
from kinkeeper.features.accounts.service.keeping_second_factor import (
    SecondFactorIsOff,
    SecondFactorIsOn,
    begin_second_factor,
    confirm_second_factor,
    end_second_factor,
    renew_recovery_codes,
)
from kinkeeper.features.accounts.service.second_factor import WrongCode, secret_of, spend_try
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.errors import TooMany, Unauthenticated
from kinkeeper.platform.audit import AuditEntry
from kinkeeper.web import qr
from tests.factories import guest, make_person
from tests.integration.web.support import at_once, fill_in, problems_among

PAGE = "/account/second-factor"


def code_for(session, olga, now):
    session.expire_all()
    return pyotp.TOTP(secret_of(session.get_one(Account, olga.account_id))).at(int(now().timestamp()))


def switch_on(session, olga, now):
    begin_second_factor(olga)
    return confirm_second_factor(olga, code_for(session, olga, now))


def test_the_whole_way_by_its_pages(client_of, olga, session, now, outbox, monkeypatch):
    """A picture and a key, a first code, ten recovery codes shown once, and word of it by mail."""
    drawn = []
    plain = qr.as_markup
    monkeypatch.setattr(qr, "as_markup", lambda address: drawn.append(address) or plain(address))
    client = client_of(olga)
    assert client.send(PAGE, f"{PAGE}/begin").location == PAGE
    page = client.get(PAGE).text
    secret = secret_of(session.get_one(Account, olga.account_id))
    assert " ".join(re.findall("....", secret)) in page
    who = "Kinkeeper kinkeeper.test:olga@example.org"
    assert unquote(drawn[0]).startswith(f"otpauth://totp/{who}?secret={secret}")
    assert client.send(PAGE, code=code_for(session, olga, now)).location == PAGE
    page = client.get(PAGE).text
    codes = re.findall(r"<code[^>]*>([^<]+)</code>", page)
    assert len(codes) == 10
    assert "10 recovery codes are left" in page
    assert secret not in page.replace(" ", "")
    now.advance(minutes=6)
    assert codes[0] not in client.get(PAGE).text
    assert [letter.kind for letter in outbox()] == ["accounts.second_factor_changed"]
    assert "account.second_factor_on" in session.scalars(select(AuditEntry.action)).all()


def test_until_a_first_code_was_right_nothing_is_asked_for(olga, session):
    begin_second_factor(olga)
    with pytest.raises(WrongCode):
        confirm_second_factor(olga, "000000")
    assert session.get_one(Account, olga.account_id).totp_confirmed_at is None


def test_beginning_again_makes_another_key(olga, session):
    begin_second_factor(olga)
    first = secret_of(session.get_one(Account, olga.account_id))
    begin_second_factor(olga)
    session.expire_all()
    assert secret_of(session.get_one(Account, olga.account_id)) != first


def test_a_second_app_needs_the_first_to_go(olga, session, now):
    switch_on(session, olga, now)
    with pytest.raises(SecondFactorIsOn):
        begin_second_factor(olga)
    with pytest.raises(SecondFactorIsOn):
        confirm_second_factor(olga, code_for(session, olga, now))


def test_new_recovery_codes_take_the_place_of_the_old(olga, session, now):
    old = switch_on(session, olga, now)
    new = renew_recovery_codes(olga)
    assert not set(old) & set(new)
    assert session.scalar(select(func.count()).select_from(RecoveryCode)) == 10


def test_without_an_app_there_are_no_recovery_codes(olga):
    with pytest.raises(SecondFactorIsOff):
        renew_recovery_codes(olga)


def test_switched_off_nothing_is_left(client_of, olga, session, now, outbox):
    switch_on(session, olga, now)
    assert client_of(olga).send(PAGE, f"{PAGE}/end").status_code == 303
    session.expire_all()
    account = session.get_one(Account, olga.account_id)
    assert (account.totp_sealed, account.totp_confirmed_at, account.totp_step) == (None, None, None)
    assert session.scalar(select(func.count()).select_from(RecoveryCode)) == 0
    assert len(outbox()) == 2


def test_switching_off_twice_is_told_once(olga, session, now, outbox):
    switch_on(session, olga, now)
    end_second_factor(olga)
    end_second_factor(olga)
    assert len(outbox()) == 2


def test_first_codes_are_counted(olga):
    begin_second_factor(olga)
    for _ in range(5):
        with pytest.raises(WrongCode):
            confirm_second_factor(olga, "000000")
    with pytest.raises(TooMany):
        confirm_second_factor(olga, "000000")


def test_two_first_codes_at_once_leave_ten_recovery_codes(olga, session, now):
    begin_second_factor(olga)
    code = code_for(session, olga, now)
    results = at_once(*(lambda: confirm_second_factor(olga, code) for _ in range(3)))
    assert problems_among(results) == ["SecondFactorIsOn"] * 2
    assert session.scalar(select(func.count()).select_from(RecoveryCode)) == 10


def test_whoever_was_not_asked_for_long_is_asked_first(client_of, olga, session, now):
    """A-54: somebody at an open browser neither switches it on nor off."""
    client = client_of(olga)
    now.advance(minutes=16)
    assert client.get(PAGE).location == "/sign-in/again?next=/account/second-factor"
    for action in ("begin", "codes", "end"):
        answer = fill_in(client, f"{PAGE}/{action}")
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in/again")
    assert session.get_one(Account, olga.account_id).totp_sealed is None


def confirm(actor):
    return confirm_second_factor(actor, "000000")


@pytest.mark.parametrize("verb", [begin_second_factor, renew_recovery_codes, end_second_factor, confirm])
def test_nobody_and_guests_have_no_app(stage, olga, verb):
    with stage() as session:
        ana = guest(make_person(session, "Ana"))
    for actor in (ANONYMOUS, ana):
        with pytest.raises(Unauthenticated):
            verb(actor)


def test_a_wrong_first_code_is_written_down_and_a_right_one_gives_its_tries_back(olga, session, now):
    """As at the door: nobody is kept out by their own typing."""
    begin_second_factor(olga)
    for _ in range(4):
        with pytest.raises(WrongCode):
            confirm_second_factor(olga, "000000")
    confirm_second_factor(olga, code_for(session, olga, now))
    actions = session.scalars(select(AuditEntry.action)).all()
    assert actions.count("account.code_refused") == 4
    for _ in range(5):
        spend_try(olga.account_id)
