"""Codes of an app and recovery codes: each once, near its time, of its own account alone."""

from __future__ import annotations

import pyotp
import pytest
from sqlalchemy import select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, RecoveryCode
from kinkeeper.features.accounts.service import second_factor
from kinkeeper.features.accounts.service.second_factor import WrongCode, spend_try, take_code
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.crypto import BrokenSeal
from kinkeeper.kernel.errors import TooMany
from kinkeeper.kernel.work import anyone, transaction
from tests.factories import make_account
from tests.factories.accounts import SECRET, give_app
from tests.integration.web.support import at_once, problems_among, without_lock


@pytest.fixture
def olga(stage, olga):
    """An account with an app."""
    with stage() as session:
        give_app(session, olga)
    return olga


def take(actor, code):
    with transaction(ANONYMOUS) as work:
        work.authorize(anyone, "a test")
        take_code(work, queries.account_for_change(work.session, actor.account_id), code)


def recovery_codes(actor):
    with transaction(ANONYMOUS) as work:
        work.authorize(anyone, "a test")
        account = queries.account_for_change(work.session, actor.account_id)
        return second_factor.new_recovery_codes(work, account)


def code_at(now, seconds=0):
    return pyotp.TOTP(SECRET).at(int(now().timestamp()) + seconds)


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_the_code_of_now_and_those_beside_it(olga, now, seconds):
    take(olga, code_at(now, seconds))


@pytest.mark.parametrize("seconds", [-90, -60, 60, 90, 86_400])
def test_no_other_time(olga, now, seconds):
    with pytest.raises(WrongCode):
        take(olga, code_at(now, seconds))


def test_written_in_two_groups(olga, now):
    code = code_at(now)
    take(olga, f" {code[:3]} {code[3:]} ")


def test_the_vectors_of_the_standard(olga, stage, now):
    """RFC 6238, appendix B (SHA-1): its eight digits, of which we ask for the last six."""
    with stage() as session:
        account = session.get_one(Account, olga.account_id)
        second_factor.seal_secret(account, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    for moment, code in ((1111111109, "081804"), (1111111111, "050471"), (2000000000, "279037")):
        now.moment = now.moment.fromtimestamp(moment, now.moment.tzinfo)
        take(olga, code)


def test_each_code_works_once(olga, now):
    """RFC 6238, 5.2."""
    take(olga, code_at(now))
    for seconds in (0, -30):
        with pytest.raises(WrongCode):
            take(olga, code_at(now, seconds))
    take(olga, code_at(now, 30))


def test_two_at_the_same_moment_one_wins(olga, now):
    results = at_once(*(lambda: take(olga, code_at(now)) for _ in range(6)))
    assert problems_among(results) == ["WrongCode"] * 5


def test_without_the_lock_both_would_win(engine, olga, now, monkeypatch):
    """The control: SQLite then still refuses to write on what was read before somebody else's commit."""
    import threading

    both = threading.Barrier(2)
    plain = second_factor._step_of

    def meet(*args):
        step = plain(*args)
        both.wait(30)
        return step

    monkeypatch.setattr(second_factor, "_step_of", meet)
    with without_lock(monkeypatch, queries, "account_for_change", Account):
        results = at_once(*(lambda: take(olga, code_at(now)) for _ in range(2)))
    refused = ["Unavailable"] if engine.dialect.name == "sqlite" else []
    assert problems_among(results) == refused


@pytest.mark.parametrize("typed", ["", "000000", "12345", "1234567", "abcdef", "٣٣٣٣٣٣", "\0", "x" * 5000])
def test_what_is_no_code(olga, typed):
    """T: a one in a million that 000000 is right now is not: the clock stands still."""
    with pytest.raises(WrongCode):
        take(olga, typed)


def test_an_account_without_an_app_has_no_codes(stage, admin, now):
    with stage() as session:
        other = make_account(session, "Otto")
    for code in (code_at(now), "ABCD-EFGH-JKMN"):
        with pytest.raises(WrongCode):
            take(other, code)


def test_a_secret_that_was_moved_to_another_row_opens_nothing(olga, stage, now):
    """C-39."""
    with stage() as session:
        other = make_account(session, "Otto")
        account = session.get_one(Account, other.account_id)
        account.totp_sealed = session.get_one(Account, olga.account_id).totp_sealed
    with pytest.raises(BrokenSeal):
        take(other, code_at(now))


def test_ten_recovery_codes_each_once(olga, session):
    codes = recovery_codes(olga)
    assert len(set(codes)) == 10
    take(olga, codes[0].lower().replace("-", " "))
    with pytest.raises(WrongCode):
        take(olga, codes[0])
    for code in codes[1:]:
        take(olga, code)
    assert session.scalars(select(RecoveryCode).where(RecoveryCode.used_at.is_(None))).all() == []


def test_new_recovery_codes_end_the_old(olga):
    old = recovery_codes(olga)
    recovery_codes(olga)
    with pytest.raises(WrongCode):
        take(olga, old[0])


def test_nobody_elses_recovery_code(olga, stage):
    with stage() as session:
        other = make_account(session, "Otto")
    codes = recovery_codes(olga)
    with pytest.raises(WrongCode):
        take(other, codes[0])


def test_a_recovery_code_twice_at_the_same_moment(olga):
    codes = recovery_codes(olga)
    results = at_once(*(lambda: take(olga, codes[0]) for _ in range(6)))
    assert problems_among(results) == ["WrongCode"] * 5


def test_neither_secret_nor_code_is_in_the_database(olga, session):
    """T-6: sealed, and hashed with a key that the database does not hold."""
    codes = recovery_codes(olga)
    rows = [*session.scalars(select(RecoveryCode.digest)), *session.scalars(select(Account.totp_sealed))]
    kept = b"".join(row for row in rows if row)
    for secret in (SECRET, *codes, *(code.replace("-", "") for code in codes)):
        assert secret.encode() not in kept


def test_five_tries_in_five_minutes_and_twenty_in_an_hour(olga, now):
    """3.0, after PyPI."""
    for _ in range(4):
        for _ in range(5):
            spend_try(olga.account_id)
        with pytest.raises(TooMany):
            spend_try(olga.account_id)
        now.advance(minutes=5)
    with pytest.raises(TooMany) as refused:
        spend_try(olga.account_id)
    assert refused.value.retry_after > 600
    now.advance(minutes=60)
    spend_try(olga.account_id)
