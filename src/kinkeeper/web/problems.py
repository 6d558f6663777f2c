"""Problems become answers here: one table from kind to status, a page for people, JSON for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

import structlog
from flask import g, make_response, redirect, request
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException

from kinkeeper.kernel import errors
from kinkeeper.kernel.errors import Invalid, Problem
from kinkeeper.kernel.words import mark
from kinkeeper.web import json, pages, security
from kinkeeper.web.language import language, text

if TYPE_CHECKING:
    from flask import Flask, Response
    from flask.typing import ResponseReturnValue
    from pydantic import ValidationError

log = structlog.get_logger(__name__)

STATUS: dict[type[Problem], int] = {
    security.ForeignHost: 400,
    errors.NotFound: 404,
    errors.Forbidden: 403,
    errors.Unauthenticated: 401,
    errors.Conflict: 409,
    errors.Invalid: 422,
    errors.Gone: 410,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}
"""A kind's status; a feature's problem has that of its kind."""

FROM_FLASK = {
    400: ("BAD_REQUEST", mark("This request cannot be understood.")),
    404: ("NOT_FOUND", errors.NotFound.message),
    405: ("METHOD_NOT_ALLOWED", mark("This address does not take that kind of request.")),
    413: ("PAYLOAD_TOO_LARGE", mark("That is too large.")),
    415: (
        "UNSUPPORTED_MEDIA_TYPE",
        mark("Send JSON, with the header Content-Type: application/json."),
    ),
}
"""Codes of refusals that come from Flask itself."""

BROKEN = mark("Something went wrong on our side. Nothing was changed, and the cause has been written down.")

TITLES = {
    401: mark("Please sign in"),
    403: mark("Not allowed"),
    404: mark("Nothing here"),
    409: mark("That does not fit any more"),
    410: mark("No longer available"),
    422: mark("Not quite right"),
    429: mark("A little too often"),
    500: mark("Our mistake"),
    503: mark("Busy at the moment"),
}


def use(app: Flask) -> None:
    """Answer every kind of refusal."""
    app.register_error_handler(Problem, on_problem)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(IntegrityError, on_integrity)
    app.register_error_handler(Exception, on_defect)


def status_of(problem: Problem) -> int:
    """Answer the status of a problem's kind."""
    return next(status for kind, status in STATUS.items() if isinstance(problem, kind))


def on_problem(problem: Problem) -> ResponseReturnValue:
    """Tell the person, or the program, what is wrong."""
    status = status_of(problem)
    if isinstance(problem, security.ForeignHost) and not _wants_json():
        return problem.text(language()), status, {"Content-Type": "text/plain; charset=utf-8"}
    if status == HTTPStatus.UNAUTHORIZED and not _wants_json() and request.method == "GET":
        return redirect(f"/sign-in?next={quote(request.full_path.rstrip('?'), safe='/')}")
    details = problem.details if isinstance(problem, Invalid) else {}
    if problem.field is not None and not details:
        details = {problem.field: [problem.text(language())]}
    response = _answer(status, problem.code, problem.text(language()), details, problem.remedy)
    retry_after = getattr(problem, "retry_after", None)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def on_http(error: HTTPException) -> ResponseReturnValue:
    """Answer Flask's own refusals in our shape."""
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    code, message = FROM_FLASK.get(error.code, ("BAD_REQUEST", FROM_FLASK[400][1]))
    response = _answer(error.code, code, text(message), {})
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def on_integrity(error: IntegrityError) -> ResponseReturnValue:
    """Answer a constraint without a named problem as a conflict; it is our defect, and logged as one."""
    log.error("a constraint has no named problem", constraint=str(error.orig).splitlines()[0])
    return on_problem(errors.Conflict())


def on_defect(error: Exception) -> ResponseReturnValue:
    """Answer without a word from inside; the log has the rest under the request's id."""
    log.error("Unexpected error", exc_info=error)
    return _answer(500, "INTERNAL_ERROR", text(BROKEN), {})


def on_invalid_body(error: ValidationError) -> Response:
    """Answer a body that does not fit its schema, without echoing it."""
    details: dict[str, list[str]] = {}
    for fault in error.errors(include_url=False, include_input=False, include_context=False):
        field = ".".join(str(part) for part in fault["loc"]) or "body"
        details.setdefault(field, []).append(fault["msg"])
    return json.answer_error(Invalid.code, text(Invalid.message), details, 422)


def _answer(
    status: int, code: str, message: str, details: dict[str, list[str]], remedy: str = ""
) -> Response:
    if _wants_json():
        return json.answer_error(code, message, details, status)
    page = pages.render(
        "errors/problem.html",
        status=status,
        title=text(TITLES.get(status, TITLES[422])),
        message=message,
        next_text=text(remedy) if remedy else "",
        request_id=g.get("request_id", "") if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "",
    )
    return make_response(page)


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.path in security.PROBES
