"""Proving a password: by address or username, from a known device, with old hashes, of closed accounts."""

from __future__ import annotations

import bcrypt
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from kinkeeper.features.accounts.models import Account, Device
from kinkeeper.features.accounts.service import hashing, proving
from kinkeeper.features.accounts.service.hashing import is_outdated, is_right
from kinkeeper.features.accounts.service.proving import WrongCredentials, by_password, still_holds
from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import ANONYMOUS, Actor
from kinkeeper.kernel.errors import TooMany
from kinkeeper.kernel.work import anyone, transaction
from kinkeeper.platform.audit import AuditEntry
from tests.factories import PASSWORD, make_account
from tests.factories.accounts import LONG_AGO

LONG = "ünter den Linden " * 8
"""More than the 72 bytes that bcrypt reads."""


@pytest.fixture
def olga(stage, admin):
    with stage() as session:
        actor = make_account(session, "Olga")
        session.execute(update(Account).where(Account.id == actor.account_id).values(username="olga.o"))
        return actor


def prove(name="olga@example.org", password=PASSWORD, number=1, device=None):
    return by_password(ANONYMOUS, name, password, address=f"192.0.2.{number}", device=device)


def set_hash(stage, olga, known_hash):
    with stage() as session:
        session.execute(update(Account).where(Account.id == olga.account_id).values(password_hash=known_hash))


def know_device(stage, olga) -> str:
    secret = crypto.new_token()
    with stage() as session:
        session.add(
            Device(
                account_id=olga.account_id,
                digest=crypto.token_digest(secret),
                name="Firefox on Linux",
                created_at=LONG_AGO,
                seen_at=LONG_AGO,
            )
        )
    return secret


@pytest.mark.parametrize("name", ["olga@example.org", " OLGA@example.org", "olga.o", " Olga.O "])
def test_by_address_or_by_username(olga, name):
    proved = prove(name)
    assert (proved.account_id, proved.person_id) == (olga.account_id, olga.person_id)
    assert not proved.has_second_factor


@pytest.mark.parametrize("name", ["olga", "olga.oo", "@", "", "olga.o@", "x" * 300])
def test_nobody_has_such_a_name(olga, name):
    with pytest.raises(WrongCredentials):
        prove(name)


@pytest.mark.parametrize("column", ["deactivated_at", "deleted_at", "password_hash"])
def test_a_closed_account_looks_like_a_wrong_password(olga, stage, session, column, queries_at_most):
    """A-47: the same problem, the same statements, the same entry in the audit trail."""
    with queries_at_most(12) as usual, pytest.raises(WrongCredentials):
        prove(password="not the password")
    with stage() as work:
        value = None if column == "password_hash" else LONG_AGO
        work.execute(update(Account).where(Account.id == olga.account_id).values({column: value}))
    with queries_at_most(12) as closed, pytest.raises(WrongCredentials):
        prove()
    assert list(usual) == list(closed)
    assert session.scalars(select(AuditEntry.action)).all() == ["account.sign_in_refused"] * 2


def test_somebody_else_cannot_spend_the_tries_of_a_known_device(olga, stage, now):
    """A-45, T-11: a thousand wrong tries from elsewhere, and the owner enters where they did before."""
    device = know_device(stage, olga)
    for number in range(1000):
        with pytest.raises((WrongCredentials, TooMany)):
            by_password(
                ANONYMOUS, "olga@example.org", "wrong", address=f"10.0.{number // 250}.{number % 250}"
            )
    with pytest.raises(TooMany):
        prove(number=1)
    with pytest.raises(TooMany):
        prove(number=2, device=crypto.new_token())
    assert prove(number=3, device=device).account_id == olga.account_id


def test_a_known_device_has_no_more_tries_than_others(olga, stage):
    """It may be stolen."""
    device = know_device(stage, olga)
    for number in range(10):
        with pytest.raises(WrongCredentials):
            prove(password="wrong", number=number, device=device)
    with pytest.raises(TooMany):
        prove(number=11, device=device)
    assert prove(number=12)


def test_a_device_of_one_account_is_none_of_anothers(olga, stage):
    device = know_device(stage, olga)
    for number in range(11):
        with pytest.raises((WrongCredentials, TooMany)):
            prove("nobody@example.org", number=number, device=device)
    with pytest.raises(TooMany):
        prove("nobody@example.org", number=20)


def test_the_tries_of_a_username_do_not_tell_its_address(olga):
    """A-47: refused under one, allowed under the other would say that they belong together."""
    for number in range(11):
        with pytest.raises((WrongCredentials, TooMany)):
            prove("olga.o", "wrong", number)
    assert prove("olga@example.org", number=20)


@pytest.mark.parametrize("kind", [b"2a", b"2b"])
def test_a_hash_of_bcrypt_becomes_argon2id(olga, stage, session, kind):
    """C-4."""
    set_hash(stage, olga, bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4, kind)).decode())
    proved = prove()
    assert proved.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert session.scalars(select(Account.password_hash).where(Account.id == olga.account_id)).one() == (
        proved.password_hash
    )
    assert prove().password_hash == proved.password_hash


def test_a_hash_of_phps_bcrypt_is_read(olga):
    made = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4, b"2b")).decode()
    assert is_right(PASSWORD, made.replace("$2b$", "$2y$"))
    assert not is_right("wrong", made.replace("$2b$", "$2y$"))


def test_bcrypt_read_72_bytes_and_so_do_we_until_the_hash_is_made_anew(olga, stage):
    """C-4, A-44: afterwards each byte counts."""
    set_hash(stage, olga, bcrypt.hashpw(LONG.encode()[:72], bcrypt.gensalt(4)).decode())
    assert prove(password=LONG)
    with pytest.raises(WrongCredentials):
        prove(password=LONG + "!")


@pytest.mark.parametrize("broken", ["$2b$", "$2b$04$short", "$2x$04$" + "a" * 53, "plain", ""])
def test_a_broken_hash_fits_nothing(broken):
    assert not is_right(PASSWORD, broken)
    assert not is_right("", broken)


def test_a_nul_fits_no_hash_of_bcrypt():
    made = bcrypt.hashpw(b"short", bcrypt.gensalt(4)).decode()
    assert not is_right("short\0and more", made)


@pytest.fixture
def work_done(monkeypatch):
    """What passwords have cost: how often Argon2id was computed, and how many rounds of bcrypt."""
    done = {"argon2id": 0, "rounds": 0}

    class Counted(PasswordHasher):
        def hash(self, *args, **kwargs):
            done["argon2id"] += 1
            return super().hash(*args, **kwargs)

        def verify(self, *args):
            done["argon2id"] += 1
            return super().verify(*args)

    def counting(real, salted):
        def count(password, salt):
            done["rounds"] += 2 ** int(salt[4:6])
            return real(password, salt)

        monkeypatch.setattr(hashing.bcrypt, salted, count)

    counting(bcrypt.hashpw, "hashpw")
    counting(bcrypt.checkpw, "checkpw")
    monkeypatch.setattr(hashing, "_HASHER", Counted(time_cost=1, memory_cost=8, parallelism=1))
    return done


@pytest.mark.parametrize(
    "name", ["old@example.org", "older@example.org", "olga@example.org", "olga.o", "none@example.org", ""]
)
def test_where_hashes_of_bcrypt_are_left_every_wrong_try_costs_as_much(stage, olga, work_done, name):
    """A-47, T-8: they take four times as long as today's, and would tell whose they are."""
    made = {cost: bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(cost)).decode() for cost in (4, 7)}
    with stage() as session:
        owners = {make_account(session, name).account_id: cost for name, cost in (("Old", 4), ("Older", 7))}
    for account_id, cost in owners.items():
        set_hash(stage, Actor("", account_id=account_id), made[cost])
    work_done.update(argon2id=0, rounds=0)
    with pytest.raises(WrongCredentials):
        prove(name, "not the password")
    assert work_done == {"argon2id": 1, "rounds": 2**7}


@pytest.mark.parametrize("column", ["deactivated_at", "deleted_at"])
def test_without_any_no_try_takes_longer_than_it_has_to(stage, olga, work_done, column):
    set_hash(stage, olga, bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode())
    with stage() as session:
        session.execute(update(Account).where(Account.id == olga.account_id).values({column: LONG_AGO}))
    work_done.update(argon2id=0, rounds=0)
    with pytest.raises(WrongCredentials):
        prove(password="not the password")
    assert work_done == {"argon2id": 1, "rounds": 0}


@pytest.mark.parametrize("head", ["$2x$12$", "$2b$03$", "$2b$99$", "$2b$x0$"])
def test_what_only_looks_like_a_hash_of_bcrypt_breaks_nobody_s_try(stage, olga, work_done, head):
    """Whoever brings accounts along may bring such, and one of them must not be in everybody's way."""
    with stage() as session:
        owners = {make_account(session, name).account_id: name for name in ("Odd", "Old")}
    for account_id, name in owners.items():
        made = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
        set_hash(stage, Actor("", account_id=account_id), made if name == "Old" else head + "a" * 53)
    work_done.update(argon2id=0, rounds=0)
    with pytest.raises(WrongCredentials):
        prove(password="not the password")
    assert work_done == {"argon2id": 1, "rounds": 2**4}
    hashing.even_out(None, head + "a" * 53)


def test_what_costs_more_than_anybody_should_wait_for_is_not_made_up_for(work_done, monkeypatch):
    """One hash of cost 31 would keep the whole house waiting for days."""
    monkeypatch.setattr(hashing, "DEAREST", 5)
    hashing.even_out(None, "$2b$31$" + "a" * 53)
    assert work_done == {"argon2id": 0, "rounds": 2**5}


def test_old_parameters_are_made_anew_and_todays_stay(olga, stage, session):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD.encode())
    assert is_outdated(weak)
    set_hash(stage, olga, weak)
    better = prove().password_hash
    assert not is_outdated(better)
    assert prove().password_hash == better


def test_a_password_that_changes_while_its_hash_is_made_anew_stays_changed(olga, stage, session, monkeypatch):
    """A-53: the new hash must not put the old password back."""
    plain = proving.hash_password

    def change_meanwhile(password):
        set_hash(stage, olga, "somebody chose another")
        return plain(password)

    monkeypatch.setattr(proving, "hash_password", change_meanwhile)
    proved = prove()
    known = session.scalars(select(Account.password_hash).where(Account.id == olga.account_id)).one()
    assert known == "somebody chose another"
    with pytest.raises(WrongCredentials), transaction(ANONYMOUS) as work:
        work.authorize(anyone, "a test")
        still_holds(work, proved)


def test_an_account_that_is_closed_meanwhile_lets_nobody_in(olga, stage):
    proved = prove()
    with stage() as session:
        session.execute(update(Account).where(Account.id == olga.account_id).values(deactivated_at=LONG_AGO))
    with pytest.raises(WrongCredentials), transaction(ANONYMOUS) as work:
        work.authorize(anyone, "a test")
        still_holds(work, proved)
