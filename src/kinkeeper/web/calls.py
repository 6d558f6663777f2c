"""What every call of the API has to be, whatever it is for: JSON in, JSON out, nothing unknown asked for."""

from __future__ import annotations

import inspect
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import current_app, request
from werkzeug.exceptions import BadRequest, NotAcceptable, UnsupportedMediaType

from kinkeeper.kernel.errors import Invalid
from kinkeeper.web import security

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

DEEPEST = 20
"""Brackets within brackets that a body may have (T-43)."""
JSON = "application/json"


def use(app: Flask) -> None:
    """Look at every call before it is asked who calls."""
    app.before_request(check_call)


def check_call() -> None:
    """Refuse what no endpoint could understand or answer: 406, 415, 400 and 422."""
    if not security.is_for_programs(request.path) or request.endpoint is None:
        return
    if request.headers.get("Accept") and not request.accept_mimetypes[JSON]:
        raise NotAcceptable
    if request.method not in security.SAFE_METHODS:
        _check_body()
    _check_query()


def _check_body() -> None:
    if request.content_length == 0 or (request.content_length is None and not request.get_data()):
        return
    if request.mimetype != JSON or request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType
    body = request.get_json(silent=True)
    if isinstance(body, str):  # flask-openapi would read the text in it as JSON once more
        raise Invalid({"body": ["Input should be an object"]})
    if not _is_flat_enough(body):
        raise BadRequest


def _check_query() -> None:
    """Refuse what nobody asked for, and what is said twice: only one of the two would count."""
    view = current_app.view_functions[request.endpoint or ""]
    unknown = [] if _takes_query(view) else list(request.args)
    twice = [name for name, values in request.args.lists() if len(values) > 1]
    if unknown or twice:
        raise Invalid(
            {name: ["Extra inputs are not permitted"] for name in unknown}
            | {name: ["It is said more than once"] for name in twice}
        )


@cache
def _takes_query(view: Callable[..., Any]) -> bool:
    return "query" in inspect.signature(view).parameters


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
