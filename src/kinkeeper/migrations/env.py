"""How Alembic runs our migrations: one at a time, whole or not at all, on either engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from alembic import context
from sqlalchemy import text

from kinkeeper.kernel import db

if TYPE_CHECKING:
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
        _migrate(connection)
        connection.commit()
        if db.is_postgresql(connection):
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_LOCK})
            connection.commit()


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


run()
