"""The database knows which master secret it belongs to (C-1)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from kinkeeper.kernel import crypto
from kinkeeper.kernel.work import read_session
from kinkeeper.platform import keys
from kinkeeper.platform.keys import MasterKey, SecretExchanged
from tests.conftest import MASTER

OTHER = bytes(reversed(MASTER))
OURS, THEIRS = crypto.Keys(MASTER).key_id, crypto.Keys(OTHER).key_id


@pytest.fixture
def generations(stage):
    """`generations(b"1234", …)` puts master secrets on record, the oldest first."""

    def put(*ids: bytes) -> None:
        with stage() as session:
            for number, key_id in enumerate(ids, start=1):
                since = datetime(2026, 12, number, tzinfo=UTC)
                session.add(MasterKey(generation=number, key_id=key_id, since_at=since))

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


def test_the_last_generation_counts(generations):
    """So that the secret can be changed on purpose one day."""
    generations(THEIRS, OURS)
    assert keys.is_known(read_session())


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
