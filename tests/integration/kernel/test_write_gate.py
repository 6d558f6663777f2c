"""The one-writer rule with real processes: nothing is lost, nobody is told that the file is locked.

And the twin of each proof with the rule taken away, which must fail: else the proof proves nothing.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from kinkeeper.kernel import db
from kinkeeper.platform.limits import Spending
from tests.conftest import SERVER

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
    db.Writer.gate = Gate(None)
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
