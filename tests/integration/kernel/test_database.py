"""The database: what it is told before it may hold anything, and which session may write."""

from __future__ import annotations

import threading
import warnings
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from kinkeeper.kernel import db
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform import limits
from kinkeeper.platform.limits import Budget, Spending
from tests.conftest import SERVER

sqlite_only = pytest.mark.skipif(bool(SERVER), reason="is about SQLite")
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def spending(**facts) -> Spending:
    return Spending(**{"key": b"k", "ends_at": NOON, "spent": 1, **facts})


def test_moments_come_back_aware_and_in_utc(stage, session):
    """C-32: on both engines, whatever the zone they were given in."""
    chicago = timezone(timedelta(hours=-6))
    with stage() as staged:
        staged.add(spending(ends_at=datetime(2026, 12, 1, 6, tzinfo=chicago)))
    (found,) = session.scalars(select(Spending.ends_at))
    assert found == NOON
    assert found.tzinfo is UTC or found.utcoffset() == timedelta(0)


def test_a_moment_keeps_its_microseconds_and_compares(stage, session):
    with stage() as staged:
        staged.add(spending(ends_at=NOON + timedelta(microseconds=1)))
    assert session.scalars(select(Spending).where(Spending.ends_at > NOON)).all()
    assert not session.scalars(select(Spending).where(Spending.ends_at <= NOON)).all()


def test_a_naive_moment_does_not_get_in(stage):
    with pytest.raises(StatementError, match="naive"), stage() as staged:
        staged.add(spending(ends_at=datetime(2026, 12, 1)))  # noqa: DTZ001 - that is the test


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO limit_spending (key, ends_at, spent) VALUES ('k', '2026-12-01', 1)",
        "UPDATE alembic_version SET version_num = 'x'",
        "DELETE FROM limit_spending",
        "CREATE TABLE graffiti (id INTEGER)",
    ],
)
def test_the_reading_session_cannot_write(engine, statement):
    """2.3: a query may not write, on either engine, whoever wrote it."""
    with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
        read_session().execute(text(statement))


def test_what_a_page_reads_is_of_one_moment(stage):
    """On both engines: what is committed between two statements of a page is of the next page."""
    page, count = read_session(), select(func.count()).select_from(Spending)
    assert page.scalar(count) == 0
    other = threading.Thread(target=lambda: limits.spend((Budget("a", 1, timedelta(days=1)), "b")))
    other.start()
    other.join(30)
    assert page.scalar(count) == 0
    end_reading()
    assert read_session().scalar(count) == 1


def test_a_connection_that_was_read_with_can_be_written_with_again(engine, stage, session):
    """The pool hands the same connection to readers and writers in turn."""
    for number in range(30):
        read_session().execute(text("SELECT 1"))
        with stage() as staged:  # ends the reading
            staged.add(spending(key=bytes([number])))
    assert len(session.scalars(select(Spending)).all()) == 30


def test_foreign_keys_are_enforced(engine):
    """RS-6."""
    nobody = {"id": new_id(), "circle_id": UUID(int=1), "name": "Ana", "language": "en", "created_at": NOON}
    person = db.Base.metadata.tables["person"]
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(person).values(nobody))


def test_states_outside_their_list_are_refused(engine):
    """4, point 6: enum columns have a CHECK."""
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO errand (id, kind, fields, state, due_at, tries)"
                " VALUES ('01', 'k', '{}', 'elsewhere', '2026-12-01', 0)"
                if not SERVER
                else "INSERT INTO errand (id, kind, fields, state, due_at, tries)"
                " VALUES (gen_random_uuid(), 'k', '{}', 'elsewhere', now(), 0)"
            )
        )


def test_errors_do_not_repeat_what_was_to_be_stored(stage):
    """Statements' parameters hold addresses and wishes; errors end in logs."""
    for _ in range(2):
        try:
            with stage() as staged:
                staged.add(spending(key=b"ana@example.org"))
        except IntegrityError as error:
            assert "ana@example" not in str(error)


@sqlite_only
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 10_000),
    ],
)
def test_every_connection_to_sqlite_is_prepared(engine, pragma, value):
    """RS-5, RS-6, RS-8, C-12: write-ahead log, FULL, foreign keys, deleted text is overwritten."""
    connections = [engine.raw_connection() for _ in range(3)]
    found = [one.cursor().execute(f"PRAGMA {pragma}").fetchone()[0] for one in connections]
    for one in connections:
        one.close()
    assert found == [value] * 3


@sqlite_only
def test_deleted_text_leaves_no_trace_in_the_file(engine, stage):
    """C-12."""
    with stage() as staged:
        staged.add(spending(key=b"a very particular address"))
    with stage() as staged:
        staged.delete(staged.get(Spending, b"a very particular address"))
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with open(engine.url.database, "rb") as file:
        assert b"a very particular address" not in file.read()


@sqlite_only
def test_an_unsafe_sqlite_uses_the_rollback_journal_and_warns_once(tmp_path, monkeypatch):
    """G-F15, ADR 0004: before 3.51.3, a race in the write-ahead log could corrupt the database."""
    monkeypatch.setattr(db, "SAFE_SQLITE", (99, 0, 0))
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        engine = db.connect(f"sqlite:///{tmp_path / 'old.sqlite'}")
        with engine.connect() as connection:
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        raw = [engine.raw_connection() for _ in range(3)]
        for one in raw:
            one.close()
    engine.dispose()
    assert mode == "delete"
    assert [warning.category for warning in said] == [db.UnsafeSqlite]


@sqlite_only
def test_the_library_that_ships_is_safe():
    assert db.sqlite.sqlite_version_info >= db.SAFE_SQLITE


@sqlite_only
@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url):
    """Each connection would have one of its own."""
    with pytest.raises(ValueError, match="database file"):
        db.connect(url)
