"""The database knows which master secret it belongs to (C-1)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from kinkeeper.kernel import crypto
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform import keys
from kinkeeper.platform.keys import MasterKey, OldSecretMissing, SecretExchanged
from tests.conftest import MASTER

OTHER = bytes(reversed(MASTER))
OURS, THEIRS = crypto.Keys(MASTER).key_id, crypto.Keys(OTHER).key_id


@pytest.fixture
def generations(stage):
    """`generations(b"1234", …)` puts master secrets on record, the oldest first."""

    def put(*ids: bytes, retired: int = 0) -> None:
        with stage() as session:
            for number, key_id in enumerate(ids, start=1):
                since = datetime(2026, 12, number, tzinfo=UTC)
                row = MasterKey(generation=number, key_id=key_id, since_at=since)
                row.retired_at = since if number <= retired else None
                session.add(row)

    return put


def test_an_empty_database_is_told_our_secret_s_id_and_knows_it_from_then_on(engine, session):
    assert not keys.is_known(read_session())
    keys.remember()
    assert keys.is_known(read_session())
    assert session.scalars(select(MasterKey.key_id)).all() == [OURS]


def test_another_secret_than_the_database_s_is_noticed(generations):
    generations(THEIRS)
    with pytest.raises(SecretExchanged):
        keys.is_known(read_session())


def test_a_generation_that_is_retired_is_not_asked_for(generations):
    """So that the secret can be changed on purpose."""
    generations(THEIRS, OURS, retired=1)
    assert keys.is_known(read_session())


def test_nothing_opens_while_something_is_sealed_under_a_secret_that_is_not_here(generations):
    generations(THEIRS, OURS)
    with pytest.raises(OldSecretMissing):
        keys.is_known(read_session())


@pytest.fixture
def with_older():
    """This process has our secret, and another one that only opens."""
    crypto.unlock(MASTER, (OTHER,))
    yield
    crypto.unlock(MASTER)


@pytest.mark.usefixtures("with_older")
def test_with_the_older_one_at_hand_the_house_opens_and_ours_becomes_the_next(generations, session):
    generations(THEIRS)
    assert not keys.is_known(read_session())
    keys.remember()
    assert keys.is_known(read_session())
    assert session.scalars(select(MasterKey.key_id).order_by(MasterKey.generation)).all() == [THEIRS, OURS]


@pytest.mark.usefixtures("with_older")
def test_whoever_starts_before_the_secret_is_turned_may_have_the_next_one_along(generations):
    """Several machines are given the new one to open with first, and then to seal with."""
    generations(OURS, THEIRS)
    assert keys.is_known(read_session())


@pytest.mark.usefixtures("with_older")
def test_what_cannot_be_marked_anew_keeps_its_key_from_before_the_database_knows(generations):
    """C-1: there is no moment at which the same thing has two marks."""
    generations(THEIRS)
    before = crypto.Keys(OTHER).mac("limits", b"x")
    assert keys.with_kept(read_session(), crypto.keys()).mac("limits", b"x") == before
    end_reading()
    keys.remember()
    kept = keys.with_kept(read_session(), crypto.keys())
    assert kept.mac("limits", b"x") == before
    assert kept.mac("csrf", b"x") == crypto.Keys(MASTER).mac("csrf", b"x")


def test_an_earlier_generation_is_another_secret(generations):
    generations(OURS, THEIRS)
    with pytest.raises(SecretExchanged):
        keys.is_known(read_session())


def test_of_two_who_begin_with_different_secrets_the_second_is_told(generations, session):
    """Two machines, one server, and each was given a secret of its own."""
    generations(THEIRS)  # between our look and our writing
    with pytest.raises(SecretExchanged):
        keys.remember()
    assert session.scalars(select(MasterKey.key_id)).all() == [THEIRS]


def test_remembering_twice_changes_nothing(engine, session):
    keys.remember()
    keys.remember()
    assert session.scalars(select(MasterKey.generation)).all() == [1]
