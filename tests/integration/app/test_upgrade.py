"""A house of every release so far opens under this one, with everything that was in it (G-B7)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, func, make_url, select, text

from kinkeeper.app import migrate
from kinkeeper.app.tables import METADATA
from kinkeeper.features.exchanges.models import Assignment, Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.kernel import crypto, db
from kinkeeper.kernel.work import end_reading, read_session
from tests.conftest import MASTER, SERVER

RELEASES = Path(__file__).parents[2] / "releases"
SECRET = b"a release is kept with this key: 7f3c9e1b5d"
KIND = "postgresql" if SERVER else "sqlite"
DUMPS = sorted(RELEASES.glob(f"*.{KIND}.sql"))


@pytest.fixture(params=DUMPS, ids=lambda path: path.name.removesuffix(f".{KIND}.sql"))
def upgraded(request, tmp_path):
    """The engine of a dumped house, after this release's migrations."""
    engine = _on_server(request.param) if SERVER else _on_file(request.param, tmp_path)
    crypto.unlock(SECRET)
    migrate.upgrade(engine)
    yield engine
    end_reading()
    crypto.unlock(MASTER)
    engine.dispose()
    if SERVER:
        _drop()


def test_there_is_a_dump_of_a_release():
    assert DUMPS


def test_the_tables_are_those_of_this_release(upgraded):
    with upgraded.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_everybody_and_everything_is_still_there(upgraded):
    session = read_session()
    exchanges = {row.title: row for row in session.scalars(select(Exchange))}
    assert {"Christmas at the Olsens", "Midsummer surprise"} <= set(exchanges)
    drawn = exchanges["Midsummer surprise"]
    assert drawn.state is ExchangeState.DRAWN
    people = session.scalar(
        select(func.count()).select_from(Participant).where(Participant.exchange_id == drawn.id)
    )
    assert people == 5


def test_what_was_sealed_opens_again(upgraded):
    session = read_session()
    salts = dict(session.execute(select(Participant.id, Participant.salt)).all())
    receivers = {
        sealing.unseal(row.draw_id, row.giver_id, salts[row.giver_id], row.receiver_sealed)
        for row in session.scalars(select(Assignment))
    }
    assert len(receivers) == 5


def _on_file(dump: Path, folder: Path):
    path = folder / "house.sqlite"
    connection = db.sqlite.connect(str(path))
    connection.executescript(dump.read_text())
    connection.close()
    return db.connect(f"sqlite:///{path}")


SCHEMA = f"kinkeeper_upgrade_{os.getpid()}"


def _on_server(dump: Path):
    engine = create_engine(SERVER)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        script = dump.read_text().replace("kinkeeper_release.", f"{SCHEMA}.")
        connection.exec_driver_sql(script.replace("%", "%%"))
    engine.dispose()
    url = make_url(SERVER).update_query_dict({"options": f"-csearch_path={SCHEMA}"})
    return db.connect(url.render_as_string(hide_password=False))


def _drop() -> None:
    engine = create_engine(SERVER)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {SCHEMA} CASCADE"))
    engine.dispose()
