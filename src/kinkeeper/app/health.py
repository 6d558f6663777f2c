"""Liveness and readiness, as Kubernetes, Docker and load balancers expect them (C-20).

They tell nothing about the inside: versions and latencies are for people who signed in (ASVS 13.4.6).
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import structlog
from flask import Blueprint
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from kinkeeper.app.schema import CURRENT, schema_version
from kinkeeper.kernel import clock
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.errors import Problem
from kinkeeper.kernel.work import transaction
from kinkeeper.web.json import probe
from kinkeeper.web.pages import settings

if TYPE_CHECKING:
    from flask import Response

LEAST_DISK = 1024**3
"""Bytes that must be free: below, the house would run full in the middle of something."""

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
    checks = {"database": _database(), "disk_space": _disk()}
    ready = all(state == "ok" for state in checks.values())
    body = {
        "status": "ready" if ready else "unready",
        "timestamp": clock.now().isoformat(),
        "checks": {name: {"status": state} for name, state in checks.items()},
    }
    return probe(body, 200 if ready else 503)


def _database() -> str:
    """Take the write lock and let it go again; the one transaction without a permission."""
    try:
        with transaction(SYSTEM) as work:
            work.session.execute(text("UPDATE alembic_version SET version_num = version_num"))
            return "ok" if schema_version(work.session) == CURRENT else "schema differs"
    except (SQLAlchemyError, Problem):
        log.exception("the database cannot be written")
        return "unavailable"


def _disk() -> str:
    folder = settings().data
    free = shutil.disk_usage(folder if folder.exists() else ".").free
    return "ok" if free >= LEAST_DISK else "low"
