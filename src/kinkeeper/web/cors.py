"""Other web sites' pages and the API: none by default, and never with a browser's cookies (C-26, A-24)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Response, current_app, request

from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask import Flask

_API = ("/api/v1/", "/auth/")
_MAY_SEND = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match"
_MAY_READ = (
    "ETag, Location, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-ID"
)
_REMEMBERED = timedelta(minutes=10)


def use(app: Flask) -> None:
    """Answer what browsers ask before they let another site's page in, and mark what that page may read."""
    app.before_request(answer_preflight)
    app.after_request(let_read)


def is_let_in() -> bool:
    """Tell whether a page of a site that is named in the settings asks the API."""
    return request.path.startswith(_API) and request.headers.get("Origin", "") in settings().origins


def answer_preflight() -> Response | None:
    """Answer a browser's question; where the site is not named, it gets an answer that lets it do nothing."""
    if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
        return None
    if not is_let_in():
        return None
    response = Response(status=204)
    methods = current_app.make_default_options_response().allow
    response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(methods))
    response.headers["Access-Control-Allow-Headers"] = _MAY_SEND
    response.headers["Access-Control-Max-Age"] = str(int(_REMEMBERED.total_seconds()))
    return response


def let_read(response: Response) -> Response:
    """Let the page read the answer; caches keep the answers to different sites apart."""
    if request.path.startswith(_API) and settings().origins:
        response.vary.add("Origin")
        if is_let_in():
            response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
            response.headers["Access-Control-Expose-Headers"] = _MAY_READ
    return response
