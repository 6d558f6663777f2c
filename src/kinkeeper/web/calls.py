"""What every call of the API has to be, whatever it is for: JSON in, JSON out, nothing unknown asked for."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import current_app, request
from werkzeug.exceptions import BadRequest, NotAcceptable, UnsupportedMediaType

from kinkeeper.kernel.errors import Invalid
from kinkeeper.kernel.words import mark
from kinkeeper.web import faults, security
from kinkeeper.web.language import text

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Rule

DEEPEST = 20
"""Brackets within brackets that a body may have (T-43)."""
JSON = "application/json"


class NotJson(Invalid):
    """The body breaks off, or was never JSON."""

    message = mark("This is not JSON.")
    field = "body"


class NothingToCompare(Invalid):
    """If-Match came along where nobody would look at it: passed over, it would be a broken promise."""

    code = "precondition.not_taken"
    message = mark("If-Match is not taken here: this call is about nothing whose ETag could be compared.")


Compares = Callable[["Rule", str], bool]
_COMPARES = "kinkeeper.compares"


def use(app: Flask, compares: Compares) -> None:
    """Look at every call before it is asked who calls; `compares` tells which of them take an If-Match."""
    app.extensions[_COMPARES] = compares
    app.before_request(check_call)


def check_call() -> None:
    """Refuse what no endpoint could understand or answer: 406, 415, 400 and 422."""
    if not security.is_for_programs(request.path) or request.endpoint is None:
        return
    if request.headers.get("Accept") and not request.accept_mimetypes[JSON]:
        raise NotAcceptable
    if request.method not in security.SAFE_METHODS:
        _check_body()
        _check_precondition()
    _check_query()


def _check_body() -> None:
    if request.content_length == 0 or (request.content_length is None and not request.get_data()):
        return
    if request.mimetype != JSON or request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType
    try:
        body = request.get_json()
    except BadRequest as broken:
        raise NotJson from broken
    if isinstance(body, str):  # flask-openapi would read the text in it as JSON once more
        raise Invalid({"body": [text(faults.OBJECT)]})
    if not _is_flat_enough(body):
        raise BadRequest
    if twice := _said_twice(request.get_data(as_text=True)):
        raise Invalid({name: [text(faults.TWICE)] for name in twice})


def _check_precondition() -> None:
    rule = request.url_rule
    if "If-Match" in request.headers and rule is not None:
        compares: Compares = current_app.extensions[_COMPARES]
        if not compares(rule, request.method):
            raise NothingToCompare


def _check_query() -> None:
    """Refuse what nobody asked for, and what is said twice: only one of the two would count."""
    view = current_app.view_functions[request.endpoint or ""]
    unknown = [] if _takes_query(view) else list(request.args)
    twice = [name for name, values in request.args.lists() if len(values) > 1]
    if unknown or twice:
        raise Invalid(
            {name: [text(faults.UNKNOWN)] for name in unknown}
            | {name: [text(faults.TWICE)] for name in twice}
        )


@cache
def _takes_query(view: Callable[..., Any]) -> bool:
    return "query" in inspect.signature(view).parameters


def _said_twice(body: str) -> set[str]:
    """Answer the names that one object of a body has twice; orjson lets the last one count, and says nothing.

    What stands before us may have read the first (RFC 8259, 4). The body is JSON, and flat enough.
    """
    twice: set[str] = set()

    def look(pairs: list[tuple[str, object]]) -> None:
        seen: set[str] = set()
        for name, _ in pairs:
            (twice if name in seen else seen).add(name)

    json.loads(body, object_pairs_hook=look)
    return twice


def _is_flat_enough(body: object) -> bool:
    level: list[object] = [body]
    for _ in range(DEEPEST + 1):
        level = [
            part
            for one in level
            if isinstance(one, (dict, list))
            for part in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return True
    return False
