"""The worker as a process of its own: what it does when it is told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from kinkeeper.features.accounts.emails import PasswordChanged
from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import transaction
from kinkeeper.platform.mail import post
from kinkeeper.platform.mail.outbox import Sending
from tests.conftest import BASE_URL, secret_of
from tests.integration.platform.conftest import serve_mail, sink  # noqa: F401 - fixtures

LETTERS = 30


@pytest.fixture
def work_in(engine, tmp_path, sink):  # noqa: F811 - a fixture
    """`work_in()` starts `kinkeeper worker` over the test's database; answers the process."""
    started = []

    def start() -> subprocess.Popen[bytes]:
        settings = {
            "DATA": str(tmp_path),
            "BASE_URL": BASE_URL,
            "DATABASE_URL": engine.url.render_as_string(hide_password=False),
            "SECRET": secret_of(0),
            "MAIL_URL": sink.url(),
            "MAIL_FROM": "The Olsens <olsens@kinkeeper.test>",
        }
        environment = {f"KINKEEPER_{name}": value for name, value in settings.items()}
        process = subprocess.Popen(
            [sys.executable, "-m", "kinkeeper", "worker"],
            env={**os.environ, **environment, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture(autouse=True)
def _true_time(now) -> None:
    """The worker has a clock of its own: the real one."""
    now.moment = datetime.now(UTC) - timedelta(minutes=1)  # noqa: TID251 - as said


def test_told_to_stop_in_a_bulk_mailing_it_ends_after_the_letter_in_flight(
    work_in,
    sink,  # noqa: F811 - a fixture
    outbox,
):
    """Whoever restarts the house waits for one letter, and the others wait for nobody."""
    with transaction(SYSTEM) as work:
        for number in range(LETTERS):
            notice = PasswordChanged(to=f"p{number}@example.org", language="en", name=f"P{number}")
            post(work, notice, about=new_id(), person_id=None)
    third, told = threading.Event(), []

    def tell(_taken) -> None:
        if len(sink.taken) == 3:
            told.append(clock.ticks())
            process.send_signal(signal.SIGTERM)
            third.set()

    sink.before_yes = tell
    process = work_in()
    assert third.wait(60)
    assert process.wait(30) == 0
    assert clock.ticks() - told[0] < 5
    rows = outbox()
    sent = [row for row in rows if row.state is Sending.SENT]
    assert len(sink.taken) == len(sent) <= 4
    right_now = datetime.now(UTC)  # noqa: TID251 - the worker's clock
    for row in rows:
        if row not in sent:
            assert row.state in {Sending.QUEUED, Sending.RETRY}
            assert (row.leased_by, row.attempts) == (None, 0)
            assert row.due_at <= right_now
