"""What a unit of work does on PostgreSQL only, told with a stand-in for the server's answers."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kinkeeper.features.accounts.models import Account
from kinkeeper.kernel import db, work
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import Unavailable
from kinkeeper.kernel.work import Work, database_now
from kinkeeper.platform.links import HOUSE, Link

ITS_TIME = datetime(2026, 12, 1, 9, 0, 3, tzinfo=UTC)


class Server:
    """A session that answers as PostgreSQL's would."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def connection(self) -> object:
        return SimpleNamespace(dialect=SimpleNamespace(name="postgresql"))

    def scalars(self, query: object) -> object:
        self.asked.append(str(query))
        return SimpleNamespace(one=lambda: ITS_TIME)


@pytest.fixture
def server(monkeypatch) -> Server:
    monkeypatch.setattr(work, "database_now", database_now)  # other tests stop it with the clock
    return Server()


def test_the_moment_is_the_server_s_and_is_asked_for_once(server):
    """C-33: replicas whose clocks differ agree on a deadline."""
    unit = Work(server, SYSTEM)
    assert (unit.now, unit.now) == (ITS_TIME, ITS_TIME)
    assert len(server.asked) == 1
    assert "clock_timestamp()" in server.asked[0]  # not now(), which is when the transaction began


def broken(constraint: str) -> IntegrityError:
    fault = Exception("duplicate key value")
    fault.diag = SimpleNamespace(constraint_name=constraint)
    return IntegrityError("INSERT", {}, fault)


def test_a_constraint_is_known_by_the_name_that_the_server_gives_it():
    assert work._names_constraint(broken("uq_account_email"), (Account.email,))
    assert not work._names_constraint(broken("uq_account_person_id"), (Account.email,))


def test_a_pool_with_nothing_left_asks_to_come_back(engine, monkeypatch):
    """503 with Retry-After, not an error of ours."""

    def exhausted():
        raise PoolTimeout

    monkeypatch.setattr(db.Writer, "begin", exhausted)
    with pytest.raises(Unavailable), work.transaction(SYSTEM) as unit:
        unit.session.get(Link, HOUSE)
