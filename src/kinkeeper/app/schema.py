"""The schema's version, told without Alembic: web processes must not pay for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CURRENT = "0001"
"""The newest migration; a test compares it with the folder."""


def schema_version(session: Session) -> str | None:
    """Answer the version that the database is at; None before the first migration."""
    try:
        version = session.scalar(text("SELECT version_num FROM alembic_version"))
    except (OperationalError, ProgrammingError):
        return None
    return None if version is None else str(version)
