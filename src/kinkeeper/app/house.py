"""Opening the house: what web, worker and commands all need before they can do anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.app.features import FEATURES
from kinkeeper.features.accounts import queries
from kinkeeper.kernel import crypto, db
from kinkeeper.kernel.work import use_grants
from kinkeeper.platform import limits, links, logs
from kinkeeper.platform.jobs import declare, every, queue
from kinkeeper.platform.mail import letters

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from kinkeeper.kernel.config import Settings

SPARE_CONNECTIONS = 4
"""The worker's two threads and their doorbells."""

HOUSE_JOBS = (
    every("links.forget_dead", minutes=60, run=links.forget_dead),
    every("limits.forget_ended", minutes=60, run=limits.forget_ended),
    every("jobs.forget_finished", minutes=60, run=queue.forget_finished),
)
"""Sweeps that belong to no feature."""


def open_house(settings: Settings) -> Engine:
    """Unlock the keys, connect the database, and lay out letters and jobs."""
    logs.set_up(settings.log_format, settings.log_level)
    crypto.unlock(master_secret(settings))
    furnish(settings.address)
    return db.connect(settings.database, pool_size=settings.threads + SPARE_CONNECTIONS)


def furnish(base_url: str) -> None:
    """Tell the platform what the features have listed."""
    use_grants(queries.with_grants)
    letters.lay_out(
        [letter for feature in FEATURES for letter in feature.letters],
        [feature.templates for feature in FEATURES],
        base_url,
    )
    declare.pin_up([*HOUSE_JOBS, *(job for feature in FEATURES for job in feature.jobs)])


def master_secret(settings: Settings) -> bytes:
    """Answer the secret that was set, or the house's own."""
    if settings.secret is not None:
        return settings.secret.get_secret_value().encode()
    return crypto.keep_secret_in(settings.data / "secret.key")
