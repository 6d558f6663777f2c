"""How Alembic runs our migrations: one at a time, whole or not at all, on either engine."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Literal

from alembic import context
from sqlalchemy import text

from kinkeeper.kernel import db

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection, Engine

_ADVISORY_LOCK = 7_305_809_101
"""Any number that nobody else uses in our database."""


def run() -> None:
    """Migrate under a lock: two starters at once migrate one after the other (C-24)."""
    engine: Engine = context.config.attributes["engine"]
    with db.gate().pass_through(), engine.connect() as connection:
        if db.is_postgresql(connection):
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
            connection.commit()
        with _tables_may_move(connection):
            _migrate(connection)
            connection.commit()
        if db.is_postgresql(connection):
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_LOCK})
            connection.commit()


@contextmanager
def _tables_may_move(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew without emptying those that refer to it; said before the transaction."""
    if db.is_postgresql(connection):
        yield
        return
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        try:
            yield
        finally:
            cursor.execute("PRAGMA foreign_keys=ON")


def _render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Name our column type as migrations import it."""
    return "UtcDateTime()" if kind == "type" and isinstance(item, db.UtcDateTime) else False


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=context.config.attributes["metadata"],
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
        render_item=_render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
        if not db.is_postgresql(connection):
            lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if lost:
                raise RuntimeError(f"rows without what they refer to: {lost[:3]}")


run()
