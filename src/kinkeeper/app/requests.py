"""One log line for each request, and the name by which its other lines can be found."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import structlog
from flask import g, request

from kinkeeper.kernel import clock
from kinkeeper.platform.logs import mask_path
from kinkeeper.web import security

if TYPE_CHECKING:
    from flask import Flask, Response

log = structlog.get_logger("kinkeeper.requests")


def use(app: Flask) -> None:
    """Name and log every request."""
    app.before_request(begin)
    app.after_request(end)


def begin() -> None:
    """Give the request a name of our own: a caller's could be anything."""
    g.request_id, g.began = str(uuid4()), clock.ticks()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def end(response: Response) -> Response:
    """Write down what was asked and how it went; no query, no referrer, no token (C-34)."""
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.path in security.PROBES:
        return response
    actor = g.get("actor")
    log.info(
        "Request served",
        user_id=str(actor.account_id) if actor is not None and actor.account_id else None,
        ip_address=request.remote_addr,
        execution_time_ms=round((clock.ticks() - g.get("began", clock.ticks())) * 1000, 2),
        method=request.method,
        path=mask_path(request.path),
        status_code=response.status_code,
    )
    return response
