"""Signing in while the password changes: whoever knows the old one only is out afterwards (A-53)."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account, WebSession
from kinkeeper.features.accounts.service import passwords, proving, signing_in
from kinkeeper.features.accounts.service.passwords import change_password
from kinkeeper.features.accounts.service.signing_in import LetIn, sign_in
from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.platform import limits
from tests.factories import PASSWORD
from tests.integration.accounts.conftest import BROWSER
from tests.integration.web.support import at_once, problems_among, without_lock

NEW = "crooked violin under a lamp"


def come_in(number: int = 1) -> LetIn:
    return sign_in(ANONYMOUS, "olga@example.org", PASSWORD, address=f"192.0.2.{number}", browser=BROWSER)


def let_in(session) -> set[bytes]:
    return set(session.scalars(select(WebSession.digest)))


def test_a_password_that_changed_while_it_was_checked_is_the_old_one(olga, session, monkeypatch):
    """The hash takes long; what was right when it began may be wrong when it ends."""
    checked, changed = threading.Event(), threading.Event()
    plain = limits.refund

    def wait_for_the_change(*charges):
        if charges[0][0] is proving.PER_ACCOUNT:
            checked.set()
            assert changed.wait(30)
        plain(*charges)

    monkeypatch.setattr(limits, "refund", wait_for_the_change)

    def change() -> LetIn:
        assert checked.wait(30)
        try:
            return change_password(olga, PASSWORD, NEW, browser=BROWSER)
        finally:
            changed.set()

    came_in, secret = at_once(come_in, change)
    assert problems_among([came_in, secret]) == ["WrongCredentials"]
    assert let_in(session) == {crypto.token_digest(secret.session)}


@pytest.mark.parametrize("_round", range(3))
def test_many_signing_in_at_that_moment_are_out_or_were_never_in(olga, session, _round):
    """The account's row is locked: a session is opened before the change, which ends it, or not at all."""
    secret, *came_in = at_once(
        lambda: change_password(olga, PASSWORD, NEW, browser=BROWSER),
        *(lambda number=number: come_in(number) for number in range(6)),
    )
    assert set(problems_among(came_in)) <= {"WrongCredentials"}
    assert let_in(session) == {crypto.token_digest(secret.session)}


def race_at_the_last_step(olga, monkeypatch, *, patience: float) -> list[object]:
    """One signs in and stops before the session is opened, until the password was changed meanwhile.

    Where the lock keeps the change out, it is waited for `patience` seconds and not longer.
    """
    looked, changed = threading.Event(), threading.Event()
    plain, hashing = signing_in.open_session, passwords.hash_password

    def open_late(work, person_id, **rest):
        looked.set()
        changed.wait(patience)
        return plain(work, person_id, **rest)

    def hash_late(password):
        hashed = hashing(password)
        assert looked.wait(30)
        return hashed

    monkeypatch.setattr(signing_in, "open_session", open_late)
    monkeypatch.setattr(passwords, "hash_password", hash_late)

    def change() -> LetIn:
        try:
            return change_password(olga, PASSWORD, NEW, browser=BROWSER)
        finally:
            changed.set()

    return at_once(come_in, change)


def test_a_change_waits_for_who_is_just_coming_in_and_ends_their_session(olga, session, monkeypatch):
    came_in, secret = race_at_the_last_step(olga, monkeypatch, patience=0.5)
    assert problems_among([came_in, secret]) == []
    assert let_in(session) == {crypto.token_digest(secret.session)}


def test_without_the_lock_the_old_password_would_still_be_in(engine, olga, session, monkeypatch):
    """The control: this scene does show the race once the defence is taken out.

    SQLite then still refuses to write on what was read before somebody else's commit.
    """
    with without_lock(monkeypatch, queries, "account_for_change", Account):
        came_in, secret = race_at_the_last_step(olga, monkeypatch, patience=30)
    if engine.dialect.name == "sqlite":
        assert problems_among([came_in, secret]) == ["Unavailable"]
    else:
        assert let_in(session) == {crypto.token_digest(secret.session), crypto.token_digest(came_in.session)}
