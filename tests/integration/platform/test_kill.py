"""Killing the worker again and again in the middle of a bulk mailing: nothing is lost (G-F1)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import transaction
from kinkeeper.platform.mail import post
from kinkeeper.platform.mail.outbox import Sending
from tests.integration.platform.samples import Bulk, Invitation


class Nursery:
    """Workers that are started and killed."""

    def __init__(self, engine, sink, texts: Path) -> None:
        script = Path(__file__).with_name("killable_worker.py")
        database = engine.url.render_as_string(hide_password=False)
        self._process = subprocess.Popen(
            [sys.executable, str(script), database, sink.url(), str(texts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def say(self, word: str) -> str:
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate(timeout=10)


@pytest.fixture
def nursery(engine, desk, sink, tmp_path):
    nursery = Nursery(engine, sink, tmp_path / "texts")
    yield nursery
    nursery.close()


def queue(letters: list) -> None:
    with transaction(SYSTEM) as work:
        for letter in letters:
            post(work, letter, about=new_id(), person_id=None)


def kill_often(nursery, sink, times: int, rng: Random) -> None:
    """Kill `times` workers after some letters each: every other one in the worst moment there is,
    when the server has taken the letter and has not said so; the others at a random one."""
    for number in range(times):
        enough = len(sink.taken) + rng.randint(3, 20)
        pid = int(nursery.say("start"))
        if number % 2:
            sink.before_yes = lambda _taken, pid=pid, enough=enough: (
                os.kill(pid, signal.SIGKILL) if len(sink.taken) == enough else None
            )
        else:
            with sink.arrived:
                assert sink.arrived.wait_for(lambda enough=enough: len(sink.taken) >= enough, 20)
            threading.Event().wait(rng.random() * 0.02)
            os.kill(pid, signal.SIGKILL)
        assert nursery.say("reap") == str(-signal.SIGKILL)
        sink.before_yes = lambda _taken: None
    assert nursery.say("finish") == "done"


def invitation(number: int) -> Invitation:
    return Invitation(to=f"p{number}@example.org", language="en", name=f"P{number}", guest_id=new_id())


def news(number: int) -> Bulk:
    return Bulk(to=f"p{number}@example.org", language="en", name=f"P{number}")


@pytest.fixture(autouse=True)
def _true_time(now) -> None:
    """The workers have a clock of their own: the real one."""
    now.moment = datetime.now(UTC) - timedelta(minutes=1)  # noqa: TID251 - as said


def test_ten_kills_in_three_hundred_letters_lose_none(nursery, sink, outbox):
    """G-F1, kinds that are sent again: every letter arrives, with at most one copy for each kill."""
    queue([invitation(number) for number in range(300)])
    kill_often(nursery, sink, 10, Random(20261121))
    on_the_wire = Counter(taken.message["Message-ID"] for taken in sink.taken)
    rows = outbox()
    copies = sum(on_the_wire.values()) - len(on_the_wire)
    assert {row.state for row in rows} == {Sending.SENT}
    assert set(on_the_wire) == {row.message_id for row in rows}
    assert 5 <= copies <= 10  # five were killed in the worst moment, so there must be some
    assert len({taken.raw for taken in sink.taken}) == 300  # the receiver can know copies as such
    assert {len(taken.recipients) for taken in sink.taken} == {1}


def test_letters_of_asking_kinds_are_never_sent_twice_and_each_doubt_is_shown(nursery, sink, outbox):
    """G-F1, kinds that ask: none twice without a person's word, at most one uncertain for each kill."""
    queue([news(number) for number in range(100)])
    kill_often(nursery, sink, 4, Random(11))
    on_the_wire = Counter(taken.message["Message-ID"] for taken in sink.taken)
    states = {row.message_id: row.state for row in outbox()}
    doubtful = {name for name, state in states.items() if state is Sending.UNCERTAIN}
    assert set(on_the_wire.values()) == {1}
    assert set(states.values()) <= {Sending.SENT, Sending.UNCERTAIN}
    assert {name for name, state in states.items() if state is Sending.SENT} <= set(on_the_wire)
    assert 2 <= len(doubtful) <= 4
