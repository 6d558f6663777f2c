"""Problems become answers here: one table from kind to status, a page for people, JSON for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

import structlog
from flask import after_this_request, g, make_response, redirect, request
from sqlalchemy.exc import DBAPIError, IntegrityError, TimeoutError  # noqa: A004 - the pool's
from werkzeug.exceptions import HTTPException

from kinkeeper.kernel import errors
from kinkeeper.kernel.crypto import BrokenSeal
from kinkeeper.kernel.errors import Invalid, Problem
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import is_passing
from kinkeeper.web import faults, json, pages, security
from kinkeeper.web.language import language, text

if TYPE_CHECKING:
    from flask import Flask, Response
    from flask.typing import ResponseReturnValue
    from pydantic import ValidationError

log = structlog.get_logger(__name__)

STATUS: dict[type[Problem], int] = {
    security.ForeignHost: 400,
    json.ChangedMeanwhile: 412,
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
    406: ("NOT_ACCEPTABLE", mark("Answers here are JSON; let the header Accept say that you take it.")),
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
    503: mark("Not possible right now"),
}
_STALE = mark("This page is too old")


def use(app: Flask) -> None:
    """Answer every kind of refusal."""
    app.register_error_handler(Problem, on_problem)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(IntegrityError, on_integrity)
    app.register_error_handler(DBAPIError, on_database_trouble)
    app.register_error_handler(TimeoutError, on_database_trouble)
    app.register_error_handler(BrokenSeal, on_broken_seal)
    app.register_error_handler(Exception, on_defect)


def status_of(problem: Problem) -> int:
    """Answer the status of a problem's kind."""
    return next(status for kind, status in STATUS.items() if isinstance(problem, kind))


def say_when(problem: Problem) -> None:
    """Let this request's answer tell when trying again is worth while, where the problem knows."""
    seconds = getattr(problem, "retry_after", None)
    if seconds is None:
        return

    @after_this_request
    def put_in(response: Response) -> Response:
        response.headers["Retry-After"] = str(seconds)
        return response


def on_problem(problem: Problem) -> ResponseReturnValue:
    """Tell the person, or the program, what is wrong."""
    status = status_of(problem)
    if isinstance(problem, errors.Unavailable) and problem.__cause__ is not None:
        log.warning("the database does not answer", exc_info=problem.__cause__)
    if isinstance(problem, security.ForeignHost) and not _wants_json():
        return problem.text(language()), status, {"Content-Type": "text/plain; charset=utf-8"}
    if status == HTTPStatus.UNAUTHORIZED and not _wants_json() and request.method == "GET":
        return redirect(_sign_in())
    details = problem.details if isinstance(problem, Invalid) else {}
    if problem.field is not None and not details:
        details = {problem.field: [problem.text(language())]}
    say_when(problem)
    return _answer(status, problem.code, problem.text(language()), details, problem)


def on_http(error: HTTPException) -> ResponseReturnValue:
    """Answer Flask's own refusals in our shape."""
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    if error.code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET" and not _wants_json():
        # a reload, or an address copied while a refused form was shown
        return redirect(pages.page_at_or_above(request.path), code=303)
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


def on_database_trouble(error: DBAPIError | TimeoutError) -> ResponseReturnValue:
    """Tell, where a page only reads, whether it is worth while to try again."""
    if not is_passing(error):
        return on_defect(error)
    log.warning("the database does not answer", exc_info=error)
    return on_problem(errors.Unavailable())


def on_broken_seal(error: BrokenSeal) -> ResponseReturnValue:
    """Tell that a sealed value does not open; somebody altered the database, or the secret is wrong."""
    log.error("a sealed value does not open", exc_info=error)
    return on_problem(errors.Unreadable())


def on_defect(error: Exception) -> ResponseReturnValue:
    """Answer without a word from inside; the log has the rest under the request's id."""
    log.error("Unexpected error", exc_info=error)
    return _answer(500, "INTERNAL_ERROR", text(BROKEN), {})


def on_invalid_body(error: ValidationError) -> Response:
    """Answer a body that does not fit its schema, without echoing it."""
    return json.answer_error(Invalid.code, text(Invalid.message), faults.details_of(error), 422)


def lead_on(href: str, label: str) -> None:
    """Offer another way where this request is answered with a problem, or with a form that has a remedy.

    `label` is marked.
    """
    g.leads_on = (href, text(label))


def way_on() -> tuple[str, str] | None:
    """Answer the address and name of the other way that is offered, if one is."""
    found: tuple[str, str] | None = g.get("leads_on")
    return found


def _answer(
    status: int, code: str, message: str, details: dict[str, list[str]], problem: Problem | None = None
) -> Response:
    if _wants_json():
        response = json.answer_error(code, message, details, status)
        if status == HTTPStatus.UNAUTHORIZED:  # RFC 9110, 15.5.2
            response.headers["WWW-Authenticate"] = "Bearer"
        return response
    way = _way_on_from(problem)
    page = pages.render(
        "errors/problem.html",
        status=status,
        title=text(_title(status, problem)),
        message=message,
        next_text=text(problem.remedy) if problem is not None and problem.remedy else "",
        next_href=way[0] if way else "",
        next_label=way[1] if way else "",
        request_id=g.get("request_id", "") if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "",
    )
    return make_response(page)


def _title(status: int, problem: Problem | None) -> str:
    own = isinstance(problem, security.StaleForm) and not isinstance(problem, security.ForeignForm)
    return _STALE if own else TITLES.get(status, TITLES[422])


def _way_on_from(problem: Problem | None) -> tuple[str, str] | None:
    """Answer where whoever was refused goes on: through the door, to the page of their form, or elsewhere."""
    if isinstance(problem, errors.Unauthenticated | security.SignedOut):
        return _sign_in(), text(mark("Sign in"))
    if isinstance(problem, security.StaleForm):
        # what another site's form says is not even read
        onward = None if isinstance(problem, security.ForeignForm) else request.form.get("next")
        return pages.safe_path(onward, pages.return_to()), text(mark("Open the page again"))
    return way_on()


def _sign_in() -> str:
    """Answer the way in that leads back here, or to the page of the form that was sent."""
    return f"/sign-in?next={quote(pages.return_to(), safe='/')}"


def _wants_json() -> bool:
    return security.is_for_programs(request.path) or request.path in security.PROBES
