"""The one-writer rule with real processes: nothing is lost, nobody is told that the file is locked.

And the twin of each proof with the rule taken away, which must fail: else the proof proves nothing.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from kinkeeper.kernel import db
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import Unavailable
from kinkeeper.kernel.work import end_reading, transaction
from kinkeeper.platform.limits import Spending
from tests.conftest import SERVER
from tests.factories import make_account, make_exchange
from tests.integration.web.support import fill_in, form_token, keep_house

embedded = pytest.mark.skipif(bool(SERVER), reason="PostgreSQL needs no gate")
PROCESSES, ROUNDS = 4, 100

COUNT = """
import sys
from kinkeeper.kernel import db
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.gate import Gate
from kinkeeper.kernel.work import transaction
from kinkeeper.platform.limits import Spending

url, rounds, ruled = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "ruled"
engine = db.connect(url, pool_size=1)
if not ruled:  # a plain BEGIN, no gate, no row lock: how it is done elsewhere
    db.Writer.configure(bind=engine.execution_options(sqlite_begin="BEGIN"))
    db._Bound.gate = Gate(None)
print("ready", flush=True)
sys.stdin.readline()
troubles = 0
for _ in range(rounds):
    try:
        with transaction(SYSTEM) as work:
            row = work.session.get(Spending, b"k", with_for_update=ruled or None)
            row.spent = row.spent + 1
    except Exception:
        troubles += 1
print(troubles, flush=True)
"""


def count_together(url: str, how: str, processes: int = PROCESSES) -> int:
    """All processes read, add one and write, as fast as they can; answers how often one was refused."""
    arguments = [sys.executable, "-c", COUNT, url, str(ROUNDS), how]
    started = [
        subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    try:
        assert {process.stdout.readline() for process in started} == {"ready\n"}
        for process in started:
            process.stdin.write("go\n")
            process.stdin.flush()
        return sum(int(process.communicate(timeout=60)[0]) for process in started)
    finally:
        for process in started:
            process.kill()
            process.communicate()


@pytest.fixture
def counter(stage, engine) -> str:
    with stage() as session:
        session.add(Spending(key=b"k", ends_at=datetime(2026, 12, 1, tzinfo=UTC), spent=0))
    return engine.url.render_as_string(hide_password=False)


def test_four_processes_that_count_lose_nothing_and_are_never_refused(session, counter):
    """Reliability 3.1, "One writer rule"."""
    assert count_together(counter, "ruled") == 0
    assert session.scalar(select(Spending.spent)) == PROCESSES * ROUNDS


def test_without_the_rule_two_processes_lose_counts_or_are_refused(session, counter):
    """The twin: deferred BEGIN and no gate on SQLite, no row lock on PostgreSQL."""
    refused = count_together(counter, "unruled", processes=2)
    counted = session.scalar(select(Spending.spent))
    assert refused > 0 or counted < 2 * ROUNDS
    assert SERVER or refused > 0  # SQLite refuses rather than lose


def test_threads_pass_the_gate_one_at_a_time_and_let_it_go_after_an_error(engine):
    if SERVER:
        pytest.skip("PostgreSQL needs no gate")
    with pytest.raises(KeyError), db.gate().pass_through():
        raise KeyError
    with db.gate().pass_through():
        pass


# --- waiting has an end -------------------------------------------------------------------------

PATIENCE = 0.2


@pytest.fixture
def impatient(engine):
    """The same house, opened by somebody who waits for a fifth of a second only."""
    opened = db.connect(engine.url.render_as_string(hide_password=False), patience=PATIENCE)
    yield opened
    end_reading()
    opened.dispose()
    db.bind(engine)


@contextmanager
def another_writer(engine):
    """Another process that has begun to write and does not end."""
    url = engine.url.render_as_string(hide_password=False)
    arguments = [sys.executable, "-c", HOLD, url]
    holder = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "holding\n"
        yield
    finally:
        holder.communicate("let go\n", timeout=60)


HOLD = """
import sys
from sqlalchemy import select
from kinkeeper.features.exchanges.models import Exchange
from kinkeeper.kernel import db
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.work import transaction
from kinkeeper.platform.limits import Spending

db.connect(sys.argv[1], pool_size=1)
with transaction(SYSTEM) as work:
    work.session.get(Spending, b"k", with_for_update=True)
    work.session.scalars(select(Exchange).with_for_update()).all()
    print("holding", flush=True)
    sys.stdin.readline()
"""


def add_one() -> None:
    with transaction(SYSTEM) as work:
        row = work.session.get(Spending, b"k", with_for_update=True)
        row.spent += 1


def test_who_has_waited_too_long_for_another_process_is_told_to_try_again(
    engine, impatient, counter, session
):
    """A process that hangs in the middle of writing must not take everybody else with it."""
    with another_writer(engine), pytest.raises(Unavailable):
        add_one()
    add_one()
    assert session.scalar(select(Spending.spent)) == 1


def test_who_has_waited_too_long_for_another_thread_is_told_to_try_again(impatient, counter, session):
    writing, over = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction(SYSTEM) as work:
            work.session.get(Spending, b"k", with_for_update=True).spent += 1
            work.session.flush()
            writing.set()
            over.wait(60)

    slow = threading.Thread(target=write_slowly)
    slow.start()
    assert writing.wait(60)
    try:
        with pytest.raises(Unavailable):
            add_one()
    finally:
        over.set()
        slow.join()
    add_one()
    assert session.scalar(select(Spending.spent)) == 2


def test_a_process_that_waits_is_not_overtaken_by_one_that_has_just_written(engine, counter, session):
    """A busy web process must not keep the worker waiting until the evening."""
    if SERVER:
        pytest.skip("PostgreSQL needs no gate")
    arguments = [sys.executable, "-c", SIGN, counter, "2"]
    with transaction(SYSTEM) as work:
        work.session.get(Spending, b"k").spent = 1
        other = subprocess.Popen(arguments)
        while not is_somebody_in_the_door(engine):
            assert other.poll() is None
    with transaction(SYSTEM) as work:
        row = work.session.get(Spending, b"k")
        row.spent = row.spent * 10 + 1
    assert other.wait(60) == 0
    assert session.scalar(select(Spending.spent)) == 121


SIGN = """
import sys
from kinkeeper.kernel import db
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.work import transaction
from kinkeeper.platform.limits import Spending

db.connect(sys.argv[1], pool_size=1)
with transaction(SYSTEM) as work:
    row = work.session.get(Spending, b"k")
    row.spent = row.spent * 10 + int(sys.argv[2])
"""


def is_somebody_in_the_door(engine) -> bool:
    import fcntl

    with open(f"{engine.url.database}.door", "ab") as door:
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@pytest.mark.parametrize("place", ["", "/api/v1"])
def test_page_and_program_are_told_when_to_try_again(impatient, engine, counter, client_of, stage, place):
    """Seed 004: 503 with Retry-After."""
    with stage() as staged:
        olga = make_account(staged, "Olga", is_admin=True)
        exchange = make_exchange(staged, people=3, organiser=olga)
    client = client_of(olga)
    token = form_token(client)
    with another_writer(engine):
        answer = client.post(
            f"{place}/exchanges/{exchange.id}/close",
            data={} if place else {"csrf_token": token},
            headers={"X-CSRF-Token": token},
        )
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


# --- a folder that cannot be written


@pytest.fixture
def lived_in(stage):
    """Somebody has set the house up."""
    with stage() as session:
        keep_house(session)


@pytest.fixture(params=[".gate", ".door"])
def shut(request, engine):
    """One of the gate's files cannot be opened, as in a folder that was mounted anew to be read only."""
    path = Path(f"{engine.url.database}.gate").with_suffix(request.param)
    path.unlink(missing_ok=True)
    path.mkdir()
    return path


@embedded
def test_a_folder_that_cannot_be_written_is_unavailable(shut, session):
    with pytest.raises(Unavailable), transaction(SYSTEM):
        pass
    shut.rmdir()
    with transaction(SYSTEM):  # and nobody stands in the gate
        pass


@embedded
def test_people_are_told_to_come_back_and_the_probe_that_writes_would_fail(lived_in, shut, client_of):
    client = client_of(None)
    assert client.get("/sign-in").status_code == 200  # what only reads goes on
    answer = fill_in(client, "/sign-in", email="ada@example.org", password="plum basket seventeen")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    ready = client.get("/readiness")
    assert (ready.status_code, ready.json["checks"]["database"]["status"]) == (503, "unavailable")


@embedded
def test_a_fault_of_the_block_itself_is_not_taken_for_the_folder_s(engine):
    with pytest.raises(FileNotFoundError), transaction(SYSTEM):
        raise FileNotFoundError("ours")
