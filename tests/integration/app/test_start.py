"""Starting: what stands in the way is told in one line, and nothing is begun anew beside what is there."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, inspect, make_url, select, text

from kinkeeper.app.house import make_data_folder
from kinkeeper.kernel.crypto import Keys
from kinkeeper.kernel.setting_files import PREFIX
from kinkeeper.platform.keys import MasterKey
from tests.conftest import SERVER, secret_of

ONE, OTHER = secret_of(1), secret_of(2)
embedded = pytest.mark.skipif(bool(SERVER), reason="is about a house in its own folder")
COMMANDS = {
    "serve": ["serve"],
    "worker": ["worker"],
    "migrate": ["migrate"],
    "set-up-link": ["set-up-link"],
    "create-admin": [
        *("create-admin", "--email", "olga@example.org", "--name", "Olga"),
        *("--circle", "The Olsens", "--password", "plum basket seventeen"),
    ],
}


def run(*command: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run a program in an environment that has these settings and no others."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    chosen = {f"{PREFIX}{name.upper()}": str(value) for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, *command],
        env={**plain, **chosen},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def kinkeeper(*command: str, **settings: object) -> subprocess.CompletedProcess[str]:
    return run("-m", "kinkeeper", *command, **settings)


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One line that says what is wrong, nothing else, and the status for a house that is not set up right."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    for word in words:
        assert word in line


# --- the master secret


@pytest.fixture
def place(engine, stage, tmp_path):
    """Where a house with the secret ONE is."""
    with stage() as session:
        key_id = Keys(ONE.encode()).key_id
        session.add(MasterKey(generation=1, key_id=key_id, since_at=datetime(2026, 12, 1, tzinfo=UTC)))
    return {"data": tmp_path, "database_url": engine.url.render_as_string(hide_password=False)}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_no_command_opens_a_house_with_another_secret(place, command, session):
    """C-1: what is sealed could not be opened any more, and what is sealed now not by the right secret."""
    assert_refused(kinkeeper(*command, **place, secret=OTHER), "secret", "Restore", "backup")
    assert len(session.scalars(select(MasterKey)).all()) == 1


def test_nor_does_a_wsgi_server(place):
    done = run("-c", "import kinkeeper.app.wsgi", **place, secret=OTHER)
    assert done.returncode != 0
    assert "SecretExchanged" in done.stderr.splitlines()[-1]


def test_the_right_secret_opens_it(place):
    assert kinkeeper("migrate", **place, secret=ONE).returncode == 0
    done = run("-c", "import kinkeeper.app.wsgi", **place, secret=ONE)
    assert done.returncode == 0, done.stderr


@embedded
@pytest.mark.parametrize("command", ["serve", "worker"])
def test_no_new_secret_is_made_beside_a_database(tmp_path, command):
    """A lost key file; a new one would hide the loss and make it final."""
    assert kinkeeper("migrate", data=tmp_path).returncode == 0
    key = tmp_path / "secret.key"
    kept = key.read_bytes()
    key.unlink()
    assert_refused(kinkeeper(command, data=tmp_path), str(key), "Restore")
    assert not key.exists()
    key.write_bytes(kept)
    assert kinkeeper("migrate", data=tmp_path).returncode == 0


@embedded
def test_a_database_elsewhere_is_found_too(tmp_path):
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    assert kinkeeper("migrate", data=tmp_path / "one", database_url=elsewhere).returncode == 0
    assert_refused(kinkeeper("migrate", data=tmp_path / "two", database_url=elsewhere), "secret.key")


# --- the tables


@pytest.fixture
def other_tables(request, tmp_path):
    """`other_tables(SQL, …)` is the address of a database that is filled so, and a look at its tables."""
    if SERVER:
        engine = request.getfixturevalue("server_schema")
        schema = f"foreign_{os.getpid()}_{uuid4().hex[:8]}"
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        url = make_url(SERVER).update_query_dict({"options": f"-csearch_path={schema}"})
    else:
        url = make_url(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other = create_engine(url)

    def fill(*statements: str) -> dict[str, object]:
        with other.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
        return {"data": tmp_path, "database_url": url.render_as_string(hide_password=False), "secret": ONE}

    fill.tables = lambda: sorted(inspect(other).get_table_names())
    yield fill
    if SERVER:
        with other.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    other.dispose()


VERSION_TABLE = "CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"
NEWER = (VERSION_TABLE, "INSERT INTO alembic_version VALUES ('9999')", "CREATE TABLE gift (id INTEGER)")
FOREIGN = ("CREATE TABLE account (id INTEGER PRIMARY KEY, owner TEXT)",)
FOREIGN_EMPTY_HISTORY = (VERSION_TABLE, "CREATE TABLE gift (id INTEGER)")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize(
    ("statements", "word"),
    [(NEWER, "9999"), (FOREIGN, "account"), (FOREIGN_EMPTY_HISTORY, "gift")],
    ids=["newer", "foreign", "foreign without a version"],
)
def test_no_command_touches_a_database_that_is_not_this_versions(other_tables, command, statements, word):
    """An old program beside newer tables would write what the new one does not expect."""
    place = other_tables(*statements)
    before = other_tables.tables()
    assert_refused(kinkeeper(*command, **place), word, "nothing was changed")
    assert other_tables.tables() == before


def test_a_worker_does_not_begin_before_there_are_tables(other_tables):
    """It said so in two tracebacks a second, for ever."""
    assert_refused(kinkeeper("worker", **other_tables()), "kinkeeper migrate")
    assert other_tables.tables() == []


@pytest.mark.parametrize(("statements", "name"), [(NEWER, "UnknownVersion"), ((), "NotMigrated")])
def test_nor_does_a_wsgi_server_open_over_other_tables(other_tables, statements, name):
    done = run("-c", "import kinkeeper.app.wsgi", **other_tables(*statements))
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


# --- who may read it


@embedded
@pytest.mark.parametrize("command", ["migrate", "worker", "wsgi"])
def test_nobody_else_of_the_computer_reads_what_is_kept(tmp_path, command):
    """Under the usual umask a database can be read by all; it holds everybody's addresses and wishes."""
    data = tmp_path / "data"
    left_open = "import os, sys; os.umask(0o022); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    opening = {
        "migrate": ("-m", "kinkeeper", "migrate"),
        "worker": ("-m", "kinkeeper", "worker", "--parent", "1"),  # which is not ours: it ends at once
        "wsgi": ("-c", "import kinkeeper.app.wsgi"),
    }
    done = [run("-c", left_open, *opening[name], data=data) for name in dict.fromkeys(["migrate", command])][
        -1
    ]
    assert (data / "kinkeeper.sqlite").exists(), done.stderr
    modes = {path.name: oct(path.stat().st_mode & 0o077) for path in [data, *data.glob("*")]}
    assert set(modes.values()) == {"0o0"}, modes


def test_a_folder_that_was_there_keeps_its_mode(tmp_path):
    """Whoever made it may have let a backup's group in."""
    tmp_path.chmod(0o750)
    make_data_folder(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o750


# --- settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mail_from", "hunter2"),
        ("base_url", "https://party.example.org:hunter2"),
        ("mail_url", "smtp://mail.example.org:hunter2"),
        ("mail_url", "file://"),
        ("database_url", "hunter2"),
        ("secret_file", "/nowhere/at/all"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named_in_one_line(tmp_path, name, value):
    done = kinkeeper("serve", **{"data": tmp_path, name: value})
    assert_refused(done, f"{PREFIX}{name.upper()}")
    assert "hunter2" not in done.stderr


def test_a_taken_port_is_told_with_the_ways_to_choose_another(tmp_path):
    """The first of them is what the README teaches."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = kinkeeper("serve", data=tmp_path, secret=ONE, port=port)
    assert done.returncode == 1
    assert "make run PORT=" in done.stderr
    assert "KINKEEPER_PORT" in done.stderr


def unwritable(folder: Path) -> Path:
    """A folder that we may not write to; root may everywhere but here."""
    if os.geteuid() == 0:
        return Path("/proc")
    folder.chmod(0o500)
    return folder


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path):
    assert_refused(kinkeeper("serve", secret=ONE, data=unwritable(tmp_path)), "KINKEEPER_DATA")


def test_a_file_is_no_data_folder(tmp_path):
    (tmp_path / "file").write_text("")
    assert_refused(
        kinkeeper("serve", secret=ONE, data=tmp_path / "file"), "KINKEEPER_DATA", str(tmp_path / "file")
    )


def test_a_disk_that_is_not_mounted_is_no_reason_to_begin_anew(tmp_path):
    place = tmp_path / "not mounted" / "kinkeeper"
    assert_refused(kinkeeper("serve", secret=ONE, data=place), "KINKEEPER_DATA", str(place))
    assert not place.parent.exists()


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_database_that_does_not_answer_is_told(tmp_path, command):
    pytest.importorskip("psycopg")
    away = "postgresql+psycopg://ana:hunter2@127.0.0.1:1/nothing?connect_timeout=2"
    done = kinkeeper(command, data=tmp_path, database_url=away, secret=ONE)
    assert_refused(done, "database")
    assert "hunter2" not in done.stderr


@embedded
def test_a_database_that_is_none_is_told(tmp_path):
    (tmp_path / "letters.txt").write_text("Dear Ana, " * 100)
    other = f"sqlite:///{tmp_path / 'letters.txt'}"
    assert_refused(kinkeeper("serve", data=tmp_path, database_url=other, secret=ONE), "database")
