"""A process that starts mail workers quickly, so that they can be killed often: it forks itself.

Its lines in: `start` (answers the process's number), `finish` (works until no letter is left, answers
`done`), `reap` (answers how the last one ended). Leases and waits are shortened here, not by a switch
in the program.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select

from kinkeeper.kernel import crypto, db
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform.mail import delivery, outbox, transports
from kinkeeper.platform.mail.outbox import OutboxLetter, Sending
from tests.conftest import BASE_URL, MASTER
from tests.integration.platform import samples

UNDER_WAY = (Sending.QUEUED, Sending.LEASED, Sending.HANDING, Sending.RETRY)


def work(database: str, mail_url: str, *, until_done: bool) -> None:
    engine = db.connect(database)
    transport = transports.open_transport(mail_url)
    sender, chance = "The Olsens <olsens@kinkeeper.test>", Random(os.getpid())
    while not (until_done and is_all_done()):
        done = delivery.deliver_due(
            transport, sender=sender, worker=str(os.getpid()), rng=chance, stopping=lambda: False
        )
        if not done.sent:
            threading.Event().wait(0.02)
    transport.close()
    end_reading()
    engine.dispose()


def is_all_done() -> bool:
    end_reading()
    left = select(OutboxLetter.id).where(OutboxLetter.state.in_(UNDER_WAY)).limit(1)
    return read_session().scalar(left) is None


def start(database: str, mail_url: str, *, until_done: bool) -> int:
    child = os.fork()
    if child == 0:
        try:
            work(database, mail_url, until_done=until_done)
        finally:
            os._exit(0)
    return child


def main(database: str, mail_url: str, texts: str) -> None:
    crypto.unlock(MASTER)
    samples.lay_out(Path(texts), BASE_URL)
    delivery.inlined("<p>the library is loaded before the first fork</p>")
    outbox.LEASE = delivery.HANDING_LEASE = timedelta(seconds=0.5)
    delivery.FIRST_WAIT = timedelta(seconds=0.05)
    delivery.BATCH = 20
    child = 0
    for line in sys.stdin:
        if line.strip() == "start":
            child = start(database, mail_url, until_done=False)
            print(child, flush=True)
        elif line.strip() == "finish":
            os.waitpid(start(database, mail_url, until_done=True), 0)
            print("done", flush=True)
        else:
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
