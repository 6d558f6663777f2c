"""Keeps a small house of this release under tests/releases/, for the upgrade tests of all later ones.

python tools/dump_release.py postgresql+psycopg:///test
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from kinkeeper import __version__
from kinkeeper.app.demo import invent_family
from kinkeeper.app.house import prepare_house
from kinkeeper.kernel.config import Settings

RELEASES = Path(__file__).parents[1] / "tests" / "releases"
SECRET = "a release is kept with this key: 7f3c9e1b5d"  # noqa: S105 - of an invented family
SCHEMA = "kinkeeper_release"


def dump_sqlite(folder: Path) -> str:
    """A house on SQLite, as SQL."""
    path = folder / "house.sqlite"
    _live_in(f"sqlite:///{path}", folder)
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump()) + "\n"


def dump_postgresql(server: str, folder: Path) -> str:
    """A house on PostgreSQL, as SQL whose names are all in the schema kinkeeper_release."""
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
    url = make_url(server).update_query_dict({"options": f"-csearch_path={SCHEMA}"})
    _live_in(url.render_as_string(hide_password=False), folder)
    plain = server.replace("+psycopg", "")
    command = ["pg_dump", "--inserts", "--no-owner", "--no-privileges", f"--schema={SCHEMA}", plain]
    dumped = subprocess.check_output(command, text=True)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {SCHEMA} CASCADE"))
    return "".join(line for line in dumped.splitlines(keepends=True) if _is_sql(line))


def _live_in(database: str, folder: Path) -> None:
    settings = Settings(
        data=folder / "data",
        database_url=database,
        secret=SECRET,
        log_level="ERROR",
        base_url="http://house.test",
    )
    engine = prepare_house(settings)
    invent_family(settings)
    engine.dispose()


def _is_sql(line: str) -> bool:
    return not re.match(r"--|\\|SET |SELECT pg_catalog|CREATE SCHEMA|\s*$", line)


def main() -> None:
    """Write both dumps."""
    server = sys.argv[1] if len(sys.argv) > 1 else os.environ["KINKEEPER_TEST_DATABASE_URL"]
    RELEASES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        (RELEASES / f"{__version__}.sqlite.sql").write_text(dump_sqlite(Path(one)))
        (RELEASES / f"{__version__}.postgresql.sql").write_text(dump_postgresql(server, Path(other)))


if __name__ == "__main__":
    main()
