"""What browsers report of scripts and styles that they refused: one masked line each (C-8, T-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson
import structlog
from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from kinkeeper.platform.logs import mask_path
from kinkeeper.web import pacing
from kinkeeper.web.headers import REPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator

log = structlog.get_logger(__name__)

MOST_BYTES, MOST_OF_ONE, LONGEST = 10_000, 20, 200
_ONE, _MANY = "application/csp-report", "application/reports+json"

pages = Blueprint("reports", __name__)


@pages.post(REPORTS)
def take() -> Response:
    """Write down what a browser has refused; what is said here, anybody may have invented."""
    pacing.check_reports()
    if request.mimetype not in {_ONE, _MANY}:
        raise UnsupportedMediaType
    if (request.content_length or 0) > MOST_BYTES:
        raise RequestEntityTooLarge
    for report in _reports(request.get_data()[: MOST_BYTES + 1]):
        log.warning("Content refused by a browser", **report)
    return Response(status=204)


def _reports(body: bytes) -> Iterator[dict[str, str]]:
    """Answer the reports in a body, of either shape; what is none is passed over."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return
    found = said if isinstance(said, list) else [said]
    for one in found[:MOST_OF_ONE]:
        facts = (one.get("csp-report") or one.get("body")) if isinstance(one, dict) else None
        if isinstance(facts, dict):
            yield {
                "page": _address(facts.get("document-uri") or facts.get("documentURL")),
                "directive": _short(facts.get("effective-directive") or facts.get("effectiveDirective")),
                "refused": _address(facts.get("blocked-uri") or facts.get("blockedURL")),
            }


def _address(said: Any) -> str:  # noqa: ANN401 - anything at all
    """Answer an address without its query, and without what in its path looks like a token."""
    if not isinstance(said, str):
        return ""
    try:
        parts = urlsplit(said)
    except ValueError:
        return "unreadable"
    host = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else ""
    return _short(host + mask_path(parts.path if parts.scheme in {"", "http", "https"} else parts.scheme))


def _short(said: Any) -> str:  # noqa: ANN401 - as above
    return said[:LONGEST] if isinstance(said, str) and said.isprintable() else ""
