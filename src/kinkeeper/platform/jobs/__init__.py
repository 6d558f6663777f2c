"""Work for later: sweeps that come round by themselves, errands that a verb asked for."""

from kinkeeper.platform.jobs.declare import Errand, Handler, Job, Sweep, every, handles
from kinkeeper.platform.jobs.queue import enqueue, forget, run_errand, run_sweep

__all__ = [
    "Errand",
    "Handler",
    "Job",
    "Sweep",
    "enqueue",
    "every",
    "forget",
    "handles",
    "run_errand",
    "run_sweep",
]
