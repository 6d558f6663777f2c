"""The worker process: carries letters, does sweeps and errands, until it is told to stop."""

from __future__ import annotations

import os
import signal
import socket
import threading
from random import SystemRandom
from typing import TYPE_CHECKING

import structlog

from kinkeeper.app.house import open_house
from kinkeeper.kernel import clock
from kinkeeper.kernel.work import read_session
from kinkeeper.platform.jobs.worker import Worker
from kinkeeper.platform.mail import delivery, outbox
from kinkeeper.platform.mail.transports import open_transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from kinkeeper.kernel.config import Settings
    from kinkeeper.platform.jobs.worker import Round

log = structlog.get_logger(__name__)

ORPHAN_CHECK = 2.0
"""Seconds between looks at whether the process that started us is still there."""


def letter_round(settings: Settings, stopping: Callable[[], bool]) -> Round:
    """Answer the round that carries letters that are due, none while the carrier is out of reach."""
    transport = open_transport(settings.mail_url.get_secret_value())
    worker = f"{socket.gethostname()}:{os.getpid()}"
    chance = SystemRandom()
    rested_at = clock.ticks()

    def carry() -> bool:
        nonlocal rested_at
        if clock.ticks() < rested_at or not outbox.is_anything_due(read_session(), clock.now()):
            return False
        done = delivery.deliver_due(
            transport, sender=settings.mail_from, worker=worker, rng=chance, stopping=stopping
        )
        rested_at = clock.ticks() + done.pause.total_seconds()
        return done.sent > 0

    return carry


def run(settings: Settings, *, parent: int | None = None) -> bool:
    """Work until SIGTERM or SIGINT, or until the process `parent` is gone; tells whether nothing broke."""
    engine = open_house(settings)
    stop = threading.Event()
    worker = Worker(engine, letter_round(settings, stop.is_set), stop)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker.start()
    log.info("Worker started", mail=settings.carrier)
    while worker.is_whole and not stop.wait(ORPHAN_CHECK):
        if parent is not None and os.getppid() != parent:
            break
    was_whole = worker.is_whole
    worker.stop()
    worker.join()
    log.info("Worker stopped")
    return was_whole
