"""One-time links: they work once, for a while, from the moment their letter left the house."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from kinkeeper.app import tables
from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Problem
from kinkeeper.kernel.work import end_reading, read_session, transaction
from kinkeeper.platform import links
from kinkeeper.platform.links import ExpiredLink, Link, LinkOrder, UnknownLink, UsedLink
from kinkeeper.platform.mail.transports import Mailbox
from tests.conftest import SERVER

PURPOSE, HOUR = "sample.open", timedelta(hours=1)
ANA = new_id()


def promise(subject_id=ANA, *, purpose: str = PURPOSE, lasts: timedelta = HOUR):
    """A link in a letter that has not left yet; answers (letter, secret)."""
    letter_id = new_id()
    with transaction(SYSTEM) as work:
        links.promise(work, {letter_id: LinkOrder(purpose, subject_id, lasts, "/open")})
    return letter_id, links.secret_for(letter_id, purpose, subject_id)


def hand_over(letter_id) -> None:
    with transaction(SYSTEM) as work:
        links.hand_over(work, letter_id)


def mailed(subject_id=ANA, **facts) -> str:
    """A link in a letter that has left; answers its secret."""
    letter_id, secret = promise(subject_id, **facts)
    hand_over(letter_id)
    return secret


def look(secret: str, now, purpose: str = PURPOSE):
    try:
        return links.look_at(read_session(), purpose, secret, now())
    finally:
        end_reading()


def consume(secret: str, purpose: str = PURPOSE):
    with transaction(SYSTEM) as work:
        return links.consume(work, purpose, secret)


def test_a_link_tells_whom_it_is_for_and_looking_does_not_use_it_up(engine, now):
    """T-1: scanners look at links; GET and HEAD change nothing."""
    secret = mailed()
    assert [look(secret, now) for _ in range(3)] == [ANA] * 3
    assert consume(secret) == ANA


def test_a_link_works_once(engine, now):
    """T-6."""
    secret = mailed()
    consume(secret)
    with pytest.raises(UsedLink):
        consume(secret)
    with pytest.raises(UsedLink):
        look(secret, now)


def test_a_use_that_is_rolled_back_was_none(engine):
    secret = mailed()
    with pytest.raises(KeyError), transaction(SYSTEM) as work:
        links.consume(work, PURPOSE, secret)
        raise KeyError
    assert consume(secret) == ANA


def test_a_link_ends_to_the_second(engine, now):
    secret = mailed(lasts=HOUR)
    now.advance(minutes=59, seconds=59)
    assert look(secret, now) == ANA
    now.advance(seconds=1)
    with pytest.raises(ExpiredLink):
        look(secret, now)
    with pytest.raises(ExpiredLink):
        consume(secret)


def test_its_life_starts_when_the_letter_leaves_and_not_when_it_is_written(engine, now):
    """Reliability 3.1: a day without a mail server must not deliver dead links."""
    letter_id, secret = promise(lasts=HOUR)
    now.advance(hours=26)
    assert look(secret, now) == ANA
    hand_over(letter_id)
    now.advance(minutes=59)
    assert look(secret, now) == ANA
    now.advance(minutes=1)
    with pytest.raises(ExpiredLink):
        look(secret, now)


def test_a_second_attempt_does_not_lengthen_its_life(engine, now):
    letter_id, secret = promise(lasts=HOUR)
    hand_over(letter_id)
    now.advance(minutes=30)
    hand_over(letter_id)
    now.advance(minutes=30)
    with pytest.raises(ExpiredLink):
        look(secret, now)


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "ümläut", "' OR 1=1 --", "\x00", "a" * 100_000])
def test_what_is_no_link_is_unknown(engine, now, token):
    """T-3: and never a crash."""
    mailed()
    with pytest.raises(UnknownLink):
        look(token, now)
    with pytest.raises(UnknownLink):
        consume(token)


def test_a_link_opens_its_own_purpose_only(engine, now):
    secret = mailed()
    with pytest.raises(UnknownLink):
        look(secret, now, purpose="accounts.reset")
    with pytest.raises(UnknownLink):
        consume(secret, purpose="accounts.reset")
    assert consume(secret) == ANA


def test_a_newer_link_ends_the_older_one_of_its_kind(engine, now):
    """T-7, T-9: one pending link a person and purpose; other people's and other kinds stay."""
    old, other_kind, bens = mailed(), mailed(purpose="sample.other"), mailed(new_id())
    new = mailed()
    with pytest.raises(ExpiredLink):
        look(old, now)
    with pytest.raises(ExpiredLink):
        consume(old)
    assert consume(new) == ANA
    assert consume(other_kind, purpose="sample.other") == ANA
    assert consume(bens)


def test_a_link_can_be_ended_before_its_time(engine, now):
    secret = mailed()
    with transaction(SYSTEM) as work:
        links.void(work, PURPOSE, ANA)
    with pytest.raises(ExpiredLink):
        consume(secret)


def test_a_used_link_says_so_also_when_a_newer_one_was_made(engine, now):
    secret = mailed()
    consume(secret)
    mailed()
    now.advance(days=2)
    with pytest.raises(UsedLink):
        look(secret, now)


def test_a_dead_link_still_tells_whom_to_offer_a_new_one(engine, now):
    secret = mailed()
    now.advance(days=2)
    assert links.subject_of(read_session(), PURPOSE, secret) == ANA


def test_a_link_on_the_console_lives_at_once(engine, now):
    """C-36: the set-up link; a new one ends the old one."""
    with transaction(SYSTEM) as work:
        first = links.issue(work, "set_up", HOUR)
    with transaction(SYSTEM) as work:
        second = links.issue(work, "set_up", HOUR)
    with pytest.raises(ExpiredLink):
        look(first, now, "set_up")
    assert consume(second, "set_up") == links.HOUSE
    now.advance(hours=1)
    with transaction(SYSTEM) as work:
        third = links.issue(work, "set_up", HOUR)
    now.advance(hours=1)
    with pytest.raises(ExpiredLink):
        consume(third, "set_up")


def test_dead_links_are_remembered_for_thirty_days(engine, session, now):
    secret = mailed()
    now.advance(days=30)
    links.forget_dead(SYSTEM)
    with pytest.raises(ExpiredLink):
        look(secret, now)
    now.advance(days=1)
    links.forget_dead(SYSTEM)
    with pytest.raises(UnknownLink):
        look(secret, now)
    assert session.scalars(select(Link)).all() == []


def test_a_link_whose_letter_never_left_ends_and_is_forgotten(engine, session, now):
    """Nobody can have it; it must neither work nor lie there for ever."""
    (letter_id, secret), (other, others) = promise(), promise(new_id())
    with transaction(SYSTEM) as work:
        links.take_back(work, letter_id)
    with pytest.raises(ExpiredLink):
        consume(secret)
    now.advance(days=31)
    links.forget_dead(SYSTEM)
    assert session.scalars(select(Link.id)).all() == [other]
    assert consume(others)


def test_a_link_that_may_have_left_lives_on_when_its_letter_is_given_up(engine, now):
    letter_id, secret = promise()
    hand_over(letter_id)
    with transaction(SYSTEM) as work:
        links.take_back(work, letter_id)
    assert look(secret, now) == ANA


def test_a_letter_that_is_sent_anew_brings_a_link_that_works(engine, now):
    """By the administrator's word: the next day, and also when all is long forgotten."""
    letter_id, secret = promise()
    for later in (timedelta(days=1), timedelta(days=100)):
        with transaction(SYSTEM) as work:
            links.take_back(work, letter_id)
        now.advance(seconds=later.total_seconds())
        links.forget_dead(SYSTEM)
        with transaction(SYSTEM) as work:
            links.revive(work, letter_id, LinkOrder(PURPOSE, ANA, HOUR, "/open"))
        now.advance(hours=2)
        hand_over(letter_id)
        assert look(secret, now) == ANA
    assert consume(secret) == ANA


def test_of_fifty_who_click_at_once_one_gets_in(engine, session):
    """T-4, A-19."""
    secret, outcomes = mailed(), []
    gate = threading.Barrier(50)

    def click() -> None:
        gate.wait()
        try:
            outcomes.append(consume(secret))
        except Problem as problem:
            outcomes.append(type(problem))

    threads = [threading.Thread(target=click) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 50
    assert outcomes.count(ANA) == 1
    assert outcomes.count(UsedLink) == 49


def test_a_link_that_is_ended_in_the_very_moment_of_its_use_is_not_used(engine):
    """T-7: the newer link was asked for first, so the older one must not get in any more."""
    if not SERVER:
        pytest.skip("SQLite has one writer: there is no such moment")
    secret, outcomes = mailed(), []

    def click() -> None:
        try:
            outcomes.append(consume(secret))
        except Problem as problem:
            outcomes.append(type(problem))

    late = threading.Thread(target=click)
    with transaction(SYSTEM) as work:
        links.void(work, PURPOSE, ANA)
        late.start()
        _wait_for_a_blocked_statement(engine)
    late.join()
    assert outcomes == [ExpiredLink]


def _wait_for_a_blocked_statement(engine) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with engine.connect() as connection:
        for _ in range(10_000):
            if connection.scalar(waiting):
                return
    pytest.fail("nobody waits")


def test_no_live_secret_lies_in_the_database(engine, invite, deliver, now):
    """T-6, G-B10: whoever has a copy of the database can open nothing with it."""
    waiting, gone = invite("Ana", guest_id=ANA), invite("Ben", guest_id=(ben := new_id()))
    now.advance(seconds=1)
    secrets = [links.secret_for(waiting, PURPOSE, ANA), links.secret_for(gone, PURPOSE, ben)]
    with transaction(SYSTEM) as work:
        secrets.append(links.issue(work, "set_up", HOUR))
    deliver(Mailbox())
    assert look(secrets[1], now) == ben
    dump = _everything_in(engine)
    assert b"ben@example.org" in dump  # the dump would show what is there
    for secret in secrets:
        assert secret.encode() not in dump
        assert crypto.token_digest(secret) in dump


def _everything_in(engine) -> bytes:
    """All columns of all rows; of SQLite also the file itself with its write-ahead log."""
    found = []
    with engine.connect() as connection:
        for table in tables.METADATA.sorted_tables:
            for row in connection.execute(select(table)):
                found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    if not SERVER:
        path = Path(engine.url.database)
        found += [file.read_bytes() for file in path.parent.glob(f"{path.name}*")]
        assert len(list(path.parent.glob(f"{path.name}-wal"))) == 1
    return b"\n".join(found)
