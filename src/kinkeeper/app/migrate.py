"""Migrations: the only door to Alembic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from kinkeeper.app.tables import METADATA

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

SCRIPTS = "kinkeeper:migrations"


def configuration(engine: Engine | None) -> Config:
    """Answer Alembic's configuration for one database."""
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    config.attributes["engine"], config.attributes["metadata"] = engine, METADATA
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to a revision; nothing happens where it is there already."""
    command.upgrade(configuration(engine), revision)


def history() -> list[tuple[str, str]]:
    """Answer every migration there is, newest first, with what it is for."""
    script = ScriptDirectory.from_config(configuration(None))
    return [(str(one.revision), one.doc) for one in script.walk_revisions()]
