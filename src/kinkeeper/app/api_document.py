"""The OpenAPI document of the API: what the schemas say, and what holds for every call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kinkeeper.app import api_examples
from kinkeeper.web import security
from kinkeeper.web.idempotency import HEADER, REPLAYED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask_openapi.openapi import OpenAPI
    from werkzeug.routing import Rule

EXTENSION = "kinkeeper.api_document"
"""Under which the application keeps what answers the document."""
VERSION = "3.1.0"
"""Of OpenAPI: what schemas of pydantic are written in, and most tools read."""
_METHODS = ("get", "post", "put", "patch", "delete")
_SIGN_OUT = "/api/v1/auth/logout"
"""Its body may be left out; saying it twice has no second effect, so no key is looked at."""
_REFUSALS = {
    "406": "The header Accept leaves out JSON.",
    "429": "Too often; the header Retry-After says when to come back.",
    "503": "Not possible right now; nothing was changed.",
}
_REFUSALS_OF_BODIES = {"400": "What was sent cannot be read.", "415": "What was sent is not JSON."}
_OF_ANSWERS: dict[str, Any] = {
    "X-Request-ID": {"description": "The name of this call in the log.", "schema": {"type": "string"}},
}
_PARAMETERS: dict[str, Any] = {
    "IdempotencyKey": {
        "name": HEADER,
        "in": "header",
        "required": False,
        "description": "A name for this call, such as a UUID: said again within 24 hours, it has no second "
        f"effect, and gets the same answer with the header {REPLAYED}.",
        "schema": {"type": "string", "pattern": r"^[!-~]{1,255}$"},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": False,
        "description": "The ETag that you have seen: if it has changed since, nothing is done (412). Calls "
        "for which this is not named refuse it (422).",
        "schema": {"type": "string"},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "The ETag that you have: if it is still the same, the answer is 304.",
        "schema": {"type": "string"},
    },
}


def document_of(app: OpenAPI, address: str) -> dict[str, Any]:
    """Answer the document; `address` is where people reach the house."""
    found: dict[str, Any] = app.api_doc
    found["openapi"] = VERSION
    found["servers"] = [{"url": address}]
    found["components"]["securitySchemes"]["session"]["name"] = security.cookie_name(security.ACCOUNT)
    found["components"]["parameters"] = _PARAMETERS
    found["components"]["headers"] = _OF_ANSWERS
    for path, method, operation in _operations(found):
        _complete(path, method, operation)
    api_examples.put_into(found)
    return found


def takes_if_match(document: dict[str, Any], rule: Rule, method: str) -> bool:
    """Tell whether an operation says that it can answer 412; what stands in no document does not."""
    operation = document["paths"].get(path_of(rule), {}).get(method.lower(), {})
    return "412" in operation.get("responses", {})


def path_of(rule: Rule) -> str:
    """Answer an address as the document writes it."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    answers, is_safe = operation["responses"], method == "get"
    if "description" in operation:  # flask-openapi joins a docstring's lines so, and gaps between paragraphs
        operation["description"] = operation["description"].replace("<br/>", "\n").strip()
    refusals = _REFUSALS if is_safe else _REFUSALS | _REFUSALS_OF_BODIES
    for status, description in refusals.items():
        answers.setdefault(status, _refusal(description))
    parameters = operation.setdefault("parameters", [])
    if not is_safe and operation.get("security") and path != _SIGN_OUT:
        parameters.append({"$ref": "#/components/parameters/IdempotencyKey"})
        answers.setdefault("409", _refusal("The same call is under way, or its answer is lost."))
    if "412" in answers:
        parameters.append({"$ref": "#/components/parameters/IfMatch"})
    if is_safe and "{" in path and not _is_list(answers.get("200", {})):
        parameters.append({"$ref": "#/components/parameters/IfNoneMatch"})
        answers["304"] = {"description": "It is still what the ETag names."}
    if path == _SIGN_OUT:
        operation["requestBody"]["required"] = False
    for answer in answers.values():
        answer.setdefault("headers", {})["X-Request-ID"] = {"$ref": "#/components/headers/X-Request-ID"}


def _refusal(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/ErrorAnswer"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _is_list(answer: dict[str, Any]) -> bool:
    return bool(re.search("/PageAnswer_", str(answer)))
