"""The schema's version, told without Alembic: web processes must not pay for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from kinkeeper.kernel.errors import CannotOpen
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

VERSIONS = ("0001", "0002", "0003", "0004", "0005")
"""Every migration there is, oldest first; a test compares them with the folder."""
CURRENT = VERSIONS[-1]


class NotMigrated(CannotOpen):
    """The tables are those of an older version, or there are none."""

    code = "house.not_migrated"
    message = mark("The database does not have this version's tables yet. Run this first: kinkeeper migrate")


class UnknownVersion(CannotOpen):
    """A newer Kinkeeper was here, or another program that counts its versions in the same way."""

    code = "house.unknown_version"
    message = mark(
        "The database is at version %(version)s, which this Kinkeeper does not know; nothing was changed. "
        "Start the newer Kinkeeper that made it, or restore a backup from before."
    )


class ForeignTables(CannotOpen):
    """There are tables, and they are not ours."""

    code = "house.foreign_tables"
    message = mark(
        "The database has tables of another program (%(table)s, for one); nothing was changed. Give "
        "Kinkeeper a database, or a schema, of its own."
    )


def schema_version(session: Session) -> str | None:
    """Answer the version that the database is at; None before the first migration."""
    if not inspect(session.connection()).has_table("alembic_version"):
        return None
    version = session.scalar(text("SELECT version_num FROM alembic_version"))
    return None if version is None else str(version)


def is_current(session: Session) -> bool:
    """Tell whether the tables are this version's; raises UnknownVersion or ForeignTables if not ours."""
    version = schema_version(session)
    if version is not None and version not in VERSIONS:
        raise UnknownVersion(version=version)
    if version is None:
        _refuse_tables(session)
    return version == CURRENT


def _refuse_tables(session: Session) -> None:
    tables = set(inspect(session.connection()).get_table_names()) - {"alembic_version"}
    if tables:
        raise ForeignTables(table=min(tables))
