"""Liveness and readiness, as Kubernetes, Docker and load balancers expect them (C-20).

They tell nothing about the inside: versions and latencies are for people who signed in (ASVS 13.4.6).
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog
from flask import Blueprint, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from kinkeeper.app.schema import CURRENT, schema_version
from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import Problem
from kinkeeper.kernel.work import transaction
from kinkeeper.web.json import probe
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask import Response

GOOD_FOR = 1.0
"""Seconds that an answer is given again: anybody may ask, and must not keep writers waiting by asking."""
_LAST = "kinkeeper.readiness"

log = structlog.get_logger(__name__)
pages = Blueprint("health", __name__)


@pages.route("/health")
@pages.route("/livez", endpoint="livez")
def health() -> Response:
    """Tell that the process answers; touches nothing else."""
    body = {"status": "healthy", "timestamp": clock.now().isoformat(), "service": "kinkeeper"}
    return probe(body, 200)


@pages.route("/readiness")
def readiness() -> Response:
    """Tell whether writes would succeed: database, schema, disk."""
    checks = _checks()
    ready = all(state == "ok" for state in checks.values())
    body = {
        "status": "ready" if ready else "unready",
        "timestamp": clock.now().isoformat(),
        "checks": {name: {"status": state} for name, state in checks.items()},
    }
    return probe(body, 200 if ready else 503)


def _checks() -> dict[str, str]:
    last: tuple[float, dict[str, str]] = current_app.extensions.get(_LAST, (float("-inf"), {}))
    looked_at, checks = last
    if clock.ticks() - looked_at >= GOOD_FOR:
        checks = {"database": _database(), "disk_space": _disk()}
        current_app.extensions[_LAST] = clock.ticks(), checks
    return checks


class _Undo(Exception):
    """Takes back what was written to try it out."""


def _database() -> str:
    """Take the write lock, write, and take it back: a page that reads would not notice a full disk."""
    state = "unavailable"
    try:
        with suppress(_Undo), transaction(SYSTEM) as work:
            work.session.execute(text("UPDATE alembic_version SET version_num = version_num"))
            state = "ok" if schema_version(work.session) == CURRENT else "schema differs"
            raise _Undo
    except (SQLAlchemyError, Problem):
        log.exception("the database cannot be written")
    return state


def _disk() -> str:
    """Tell whether enough is free: below, the house would run full in the middle of something."""
    folder = settings().data
    free = shutil.disk_usage(folder if folder.exists() else ".").free
    return "ok" if free >= settings().least_disk else "low"
