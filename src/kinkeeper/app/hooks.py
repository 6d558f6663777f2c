"""What gunicorn calls: `gunicorn --config python:kinkeeper.app.hooks kinkeeper.app.wsgi:app`.

gunicorn waits for requests under way before it stops, and a stream never ends by itself. Its first
process reads this file too, and must not pay for the application: imports stay inside.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


def post_worker_init(_worker: object) -> None:
    """Let SIGTERM end all streams, besides what gunicorn does about it."""
    before = signal.getsignal(signal.SIGTERM)

    def stop(number: int, frame: FrameType | None) -> None:
        worker_int(_worker)
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, stop)
    signal.siginterrupt(signal.SIGTERM, False)  # noqa: FBT003 - as gunicorn has it


def worker_int(_worker: object) -> None:
    """End all streams; gunicorn calls it on SIGINT and SIGQUIT, and before it reloads."""
    from kinkeeper.platform.live.hub import HUB  # noqa: PLC0415

    HUB.close()
