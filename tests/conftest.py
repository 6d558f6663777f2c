"""The few fixtures that all tests share: stage, act, look.

`KINKEEPER_TEST_DATABASE_URL` chooses the engine: unset for SQLite, or the address of a PostgreSQL
database in which every test process makes a schema of its own.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis
import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select, text
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session

from kinkeeper.app import factory, migrate, tables
from kinkeeper.app.house import furnish
from kinkeeper.kernel import clock, crypto, db, work
from kinkeeper.kernel.actor import Actor
from kinkeeper.kernel.config import Settings
from kinkeeper.platform.mail.outbox import OutboxLetter

# No test is timed, a busy machine must not fail one; and each run asks the same.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("house")

NO_QUERIES = ("PRAGMA", "BEGIN", "COMMIT", "ROLLBACK")
SERVER = os.environ.get("KINKEEPER_TEST_DATABASE_URL", "")
with_many_writers = pytest.mark.skipif(not SERVER, reason="SQLite has one writer at a time")
"""For two who lock rows at the same moment: on SQLite the second waits at the gate, before it locks any."""
BASE_URL = "http://kinkeeper.test"
MASTER = bytes(range(64))


def secret_of(number: int) -> str:
    """A master secret as `openssl rand -hex 32` makes them, the same one in each run."""
    return hashlib.sha256(f"{number}".encode()).hexdigest()


UNPACED = dict.fromkeys(
    ("pace_visitors", "pace_signed_in", "pace_api", "pace_api_visitors", "pace_exports", "pace_reports"), ""
)
"""Settings of a house in which a test may ask as fast as it can; who is too fast has tests of its own."""


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Stop the clock: `now()` tells it, `now.advance(hours=1)` moves it on."""
    hands = Clock(datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    monkeypatch.setattr(clock, "now", hands)
    monkeypatch.setattr(work, "database_now", lambda _session: hands())
    return hands


class Clock:
    """A clock that only tests move."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        """Let time go by."""
        self.moment += timedelta(**by)


@pytest.fixture(autouse=True)
def _own_log_handler_goes() -> Iterator[None]:
    """Take away the handler of a house that a test opened: its stream is closed with the test."""
    yield
    for handler in logging.root.handlers[:]:
        if type(handler) is logging.StreamHandler:  # pytest's are of other types
            logging.root.removeHandler(handler)


@pytest.fixture(scope="session", autouse=True)
def house() -> None:
    """Unlock the keys and lay out letters and jobs, as start-up does."""
    crypto.unlock(MASTER)
    furnish(BASE_URL)


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, copied for every test."""
    path = tmp_path_factory.mktemp("template") / "kinkeeper.sqlite"
    engine = db.connect(f"sqlite:///{path}")
    migrate.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def server_schema(worker_id: str) -> Iterator[Engine]:
    """A schema of this process's own in the PostgreSQL database, migrated once."""
    schema = f"kinkeeper_{worker_id}_{os.getpid()}"
    plain = db.connect(SERVER)
    with plain.begin() as connection:
        connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    plain.dispose()
    url = make_url(SERVER).update_query_dict({"options": f"-csearch_path={schema}"})
    engine = db.connect(url.render_as_string(hide_password=False), pool_size=24)
    migrate.upgrade(engine)
    yield engine
    with engine.begin() as connection:
        connection.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))
    engine.dispose()


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database with all tables and no rows."""
    work.end_reading()
    if SERVER:
        engine = request.getfixturevalue("server_schema")
        db.bind(engine)  # a test may have opened another house
        yield engine
        work.end_reading()
        _empty(engine)
        return
    path = tmp_path / "kinkeeper.sqlite"
    shutil.copy(request.getfixturevalue("template_database"), path)
    engine = db.connect(f"sqlite:///{path}", pool_size=24)
    yield engine
    work.end_reading()
    engine.dispose()


@pytest.fixture
def stage(engine: Engine) -> Callable[[], AbstractContextManager[Session]]:
    """`with stage() as session:` sets the scene; it is committed when the block ends."""

    @contextmanager
    def begin() -> Iterator[Session]:
        work.end_reading()
        with db.Writer.begin() as session:
            yield session

    return begin


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session to look with afterwards; each statement sees what is committed by then."""
    # Without a BEGIN, each statement of SQLite is a transaction of its own, and holds no lock after it.
    look = engine.execution_options(isolation_level="AUTOCOMMIT", sqlite_begin="SELECT 1")
    with Session(look) as session:
        yield session


@pytest.fixture
def outbox(engine: Engine) -> Callable[[], list[OutboxLetter]]:
    """`outbox()` answers all letters, in the order of queueing."""

    def look() -> list[OutboxLetter]:
        with Session(engine) as session:
            order = (OutboxLetter.queued_at, OutboxLetter.id)
            return list(session.scalars(select(OutboxLetter).order_by(*order)))

    return look


@pytest.fixture
def settings(engine: Engine, tmp_path: Path) -> Settings:
    """The settings of the house under test."""
    return Settings(
        data=tmp_path,
        base_url=BASE_URL,
        database_url=engine.url.render_as_string(hide_password=False),
        secret=secret_of(0),
        **UNPACED,
    )


@pytest.fixture
def app(settings: Settings) -> factory.OpenAPI:
    """The web application over the test's database."""
    app = factory.create_app(settings)
    app.testing = False  # errors are answered as in the house, not raised
    return app


@pytest.fixture
def client_of(app: factory.OpenAPI) -> Callable[[Actor | None], FlaskClient]:
    """`client_of(actor)` answers a browser that is signed in as the actor; `None` is nobody."""
    from tests.factories.accounts import browser_of

    return lambda actor=None: browser_of(app, actor)


@pytest.fixture
def queries_at_most(engine: Engine) -> Callable[[int], AbstractContextManager[list[str]]]:
    """`with queries_at_most(8):` fails where the block says more statements than that.

    What other threads say meanwhile is theirs: the hub of live pages looks for news by itself.
    """

    @contextmanager
    def count(most: int) -> Iterator[list[str]]:
        said: list[str] = []
        own = threading.get_ident()

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if threading.get_ident() == own and not statement.startswith(NO_QUERIES):
                said.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            event.remove(engine, "before_cursor_execute", note)
        assert len(said) <= most, "\n".join(said)

    return count


def _empty(engine: Engine) -> None:
    names = ", ".join(f'"{table.name}"' for table in tables.METADATA.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} CASCADE"))
