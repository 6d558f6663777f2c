"""Web and worker live and die together, and the one that watches over them leaves nobody behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SLEEPER = "import os, sys, time; print(os.getpid(), file=open(sys.argv[1], 'a'), flush=True); time.sleep(60)"
DYING = "import os, sys; print(os.getpid(), file=open(sys.argv[1], 'a'), flush=True)"


@pytest.fixture
def supervised(tmp_path):
    """`supervised(web, worker)` starts a supervisor over two programs; answers it and where they sign."""
    started = []

    def start(web: str = SLEEPER, worker: str = SLEEPER, *code: str):
        signs = [tmp_path / "web", tmp_path / "worker"]
        commands = [
            [sys.executable, "-c", code, str(sign)] for code, sign in zip((web, worker), signs, strict=True)
        ]
        arguments = [sys.executable, "-m", "kinkeeper.app.supervise", json.dumps(commands), *code]
        process = subprocess.Popen(arguments)
        started.append(process)
        return process, *signs

    yield start
    for process in started:
        process.kill()
        process.wait()


def pids(sign: Path, *, at_least: int = 1) -> list[int]:
    """The processes that have signed, once there are enough."""
    patience = time.monotonic() + 30
    while time.monotonic() < patience:
        found = [int(line) for line in sign.read_text().split()] if sign.exists() else []
        if len(found) >= at_least:
            return found
        time.sleep(0.02)
    return pytest.fail(f"{sign.name} was started fewer than {at_least} times")


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_being_told_to_stop_ends_both(supervised, number):
    """A closed terminal says SIGHUP; a web process left behind would hold the port."""
    process, web, worker = supervised()
    both = pids(web) + pids(worker)
    process.send_signal(number)
    assert process.wait(30) == 0
    assert not any(is_running(pid) for pid in both)


def test_a_worker_that_dies_is_started_again(supervised):
    process, _, worker = supervised()
    os.kill(pids(worker)[0], signal.SIGKILL)
    assert len(pids(worker, at_least=2)) == 2
    assert process.poll() is None


def test_a_worker_that_dies_at_once_again_and_again_ends_the_house(supervised):
    """Somebody must look: the whole ends with a status that says so."""
    process, web, _ = supervised(worker=DYING)
    pid = pids(web)[0]
    assert process.wait(60) != 0
    assert not is_running(pid)


@pytest.fixture
def source(tmp_path):
    """A file of the code that is worked on."""
    file = tmp_path / "code" / "feature" / "service.py"
    file.parent.mkdir(parents=True)
    file.write_text("one = 1")
    return file


def test_while_one_works_on_the_code_letters_and_jobs_run_the_new_one(supervised, source, tmp_path):
    """The web server looks to itself; a worker that goes on with old code misleads."""
    process, web, worker = supervised(SLEEPER, SLEEPER, str(tmp_path / "code"))
    (first,) = pids(worker)
    source.write_text("one = 2")
    os.utime(source, ns=(1, 1))  # the clock of the file system may be coarse
    assert len(pids(worker, at_least=2)) == 2
    assert not is_running(first)
    assert len(pids(web)) == 1
    assert process.poll() is None


def test_while_one_works_on_the_code_a_worker_that_cannot_start_waits(supervised, source, tmp_path):
    """Half a line is saved: that is no reason to end the house, nor to start it again and again."""
    process, _, worker = supervised(SLEEPER, DYING, str(tmp_path / "code"))
    for saved in range(1, 8):
        assert len(pids(worker, at_least=saved)) == saved
        os.utime(source, ns=(saved, saved))
    assert process.poll() is None


def test_the_house_ends_when_web_ends(supervised):
    process, _, worker = supervised(web=DYING)
    pid = pids(worker)[0]
    assert process.wait(30) != 0
    assert not is_running(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_a_killed_supervisor_leaves_nobody_behind(supervised):
    """Not even kill -9 leaves a web process that holds the port."""
    process, web, worker = supervised()
    both = pids(web) + pids(worker)
    process.kill()
    process.wait()
    patience = time.monotonic() + 10
    while time.monotonic() < patience and any(is_running(pid) for pid in both):
        time.sleep(0.02)
    assert not any(is_running(pid) for pid in both)
