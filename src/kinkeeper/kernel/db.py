"""The database: base class, column types, ids, the engine and its two kinds of session."""

from __future__ import annotations

import enum
import secrets
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import DateTime, Enum, MetaData, TypeDecorator, create_engine, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.engine import Connection, Dialect, Engine, make_url
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from kinkeeper.kernel import clock
from kinkeeper.kernel.gate import PATIENCE, Gate

try:
    import pysqlite3 as sqlite
except ImportError:  # no wheel for this machine: the system's SQLite, with the guard below
    import sqlite3 as sqlite

T = TypeVar("T")
SAFE_SQLITE = (3, 51, 3)
"""The first release without the WAL-reset race, which could corrupt a database (ADR 0004)."""

Writer = sessionmaker(expire_on_commit=False)
"""Bound by `connect`. Only `kernel.work` opens one."""

Reader = sessionmaker(autoflush=False)
"""Bound by `connect`; its transactions cannot write."""


class UnsafeSqlite(UserWarning):
    """This SQLite library must not use the write-ahead log."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment: naive values are refused, aware UTC ones come back on both engines (C-32)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Store UTC; SQLite keeps no offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime does not say when")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the offset back that SQLite forgot."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table's base; constraints are named by convention so that refusals can be translated."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it once, as the class is made
        datetime: UtcDateTime(),
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=True,
            length=32,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }


def new_id() -> UUID:
    """Answer a time-ordered UUID (version 7, RFC 9562 5.7), so that indexes grow at one end.

    Those of one process ascend in the order of their making, also within a millisecond (6.2, method 1):
    what is sorted by id is sorted by when it was written, and by nothing else.
    """
    with _Ids.turn:
        present = (int(clock.now().timestamp() * 1000) & (2**48 - 1)) << 12
        is_next = 0 <= _Ids.last - present < _AHEAD  # further ahead, the clock was set back
        _Ids.last = ticket = _Ids.last + 1 if is_next else present
    high = (ticket >> 12) << 16 | 0x7000 | ticket & 0xFFF
    low = 0x8000_0000_0000_0000 | secrets.randbits(62)
    return UUID(int=high << 64 | low)


_AHEAD = 10_000 << 12
"""Ten seconds of milliseconds with their counters."""


class _Ids:
    """The last id's milliseconds and the counter within them."""

    turn = threading.Lock()
    last = 0


def connect(url: str, *, pool_size: int = 8, patience: float = PATIENCE) -> Engine:
    """Open the database at `url` and bind both sessions to it; `pool_size` >= threads that ask.

    `patience` is in seconds: how long anybody waits for a turn, a lock or a connection, on both engines.
    """
    parsed = make_url(url)
    limits = {"pool_size": pool_size, "pool_timeout": patience, "hide_parameters": True}
    if parsed.get_backend_name() == "sqlite":
        engine = _open_sqlite(url, parsed.database, limits)
        prepare = _prepare_sqlite
    else:
        engine = create_engine(url, pool_pre_ping=True, **limits)
        prepare = _prepare_postgresql
    event.listen(engine, "connect", lambda connection, _record: prepare(connection, int(patience * 1000)))
    bind(engine, patience=patience)
    return engine


class _Bound:
    """What belongs to the connected database beside its sessions."""

    gate = Gate(None)


def bind(engine: Engine, *, patience: float = PATIENCE) -> None:
    """Let both sessions, and the gate, belong to this engine from now on."""
    is_file = engine.dialect.name == "sqlite"
    Reader.configure(
        bind=engine.execution_options(
            sqlite_begin="BEGIN", sqlite_query_only=True, postgresql_readonly=not is_file
        )
    )
    Writer.configure(bind=engine.execution_options(sqlite_begin="BEGIN IMMEDIATE"))
    side_file = Path(f"{engine.url.database}.gate") if is_file else None
    _Bound.gate = Gate(side_file, patience=patience)


def gate() -> Gate:
    """Answer the gate that writers of the connected database pass."""
    return _Bound.gate


def empty_log() -> None:
    """Leave nothing in SQLite's write-ahead log: what was deleted stands in no file any more (G17).

    Waits for readers as long as for a lock; where one stays longer, the next call does it.
    """
    engine = Writer.kw["bind"]
    if engine.dialect.name == "sqlite":
        with gate().pass_through(), closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def insert_of(session: Session) -> Callable[[type[Base]], Any]:
    """Answer the engine's INSERT, which can say ON CONFLICT; both engines understand the same words."""
    return postgresql.insert if is_postgresql(session.connection()) else sqlite_dialect.insert


def insert_into(session: Session, table: type[Base]) -> Any:  # noqa: ANN401 - two dialects' classes
    """Answer an INSERT that can say ON CONFLICT."""
    return insert_of(session)(table)


def batched(values: Iterable[T], most: int = 1_000) -> Iterator[list[T]]:
    """Answer the values in lists that fit into one statement: engines limit its parameters."""
    ahead = iter(values)
    while some := list(islice(ahead, most)):
        yield some


def is_postgresql(connection: Connection) -> bool:
    """Tell the two engines apart where their SQL must differ."""
    return connection.dialect.name == "postgresql"


def _open_sqlite(url: str, path: str | None, limits: dict[str, Any]) -> Engine:
    if not path or path == ":memory:":
        raise ValueError("Kinkeeper needs a database file: sqlite:///path/to/kinkeeper.sqlite")
    if not is_safe():
        warnings.warn(
            f"SQLite {sqlite.sqlite_version} has a known fault in its write-ahead log; "
            "using the slower rollback journal instead",
            UnsafeSqlite,
            stacklevel=3,
        )
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, module=sqlite, max_overflow=0, **limits)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def is_safe() -> bool:
    """Tell whether this SQLite is without the WAL-reset race."""
    return bool(sqlite.sqlite_version_info >= SAFE_SQLITE)


def _prepare_sqlite(connection: Any, milliseconds: int) -> None:  # noqa: ANN401 - a DBAPI connection
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in (
        f"busy_timeout={milliseconds}",
        f"journal_mode={'WAL' if is_safe() else 'DELETE'}",
        "synchronous=FULL",  # letters go out after a commit: it must survive a power cut
        "foreign_keys=ON",
        "secure_delete=ON",
        "cache_size=-16000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(connection: Any, milliseconds: int) -> None:  # noqa: ANN401 - a DBAPI connection
    connection.autocommit = True  # a SET would be forgotten with a transaction that is rolled back
    connection.execute(f"SET lock_timeout = {milliseconds}")  # unset, it waits for ever
    connection.autocommit = False


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    read_only = "ON" if options.get("sqlite_query_only") else "OFF"
    if (
        connection.info.get("query_only") != read_only
    ):  # it stays as it was said, for the next transaction too
        connection.exec_driver_sql(f"PRAGMA query_only={read_only}")
        connection.info["query_only"] = read_only
    connection.exec_driver_sql(options.get("sqlite_begin", "BEGIN IMMEDIATE"))
