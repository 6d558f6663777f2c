"""The API's envelopes: every answer has the same outside (docs/problems.md, seed 004)."""

from __future__ import annotations

import base64
import hashlib
import re
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeVar

import orjson
from flask import Response, g, request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, field_validator

from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import along
from kinkeeper.web.language import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.paging import Page
    from kinkeeper.kernel.work import Work

T = TypeVar("T")


class ChangedMeanwhile(Conflict):
    """It is no longer what the caller says that they have seen (If-Match, RFC 9110 13.1.1)."""

    code = "PRECONDITION_FAILED"
    message = mark("It was changed since you looked at it. Please look again.")


class _Said(BaseModel):
    """What is sent, wherever it stands."""

    @field_validator("*")
    @classmethod
    def _no_nul(cls, value: object) -> object:
        """Refuse what PostgreSQL can neither store nor look for."""
        if isinstance(value, str) and "\0" in value:
            raise ValueError(mark("This should not contain the NUL character."))
        return value


class Body(_Said):
    """Base of what may be sent: exact types, no unknown fields (A-66)."""

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)


def left_out(**facts: Any) -> Any:  # noqa: ANN401 - stands for a field of any type
    """A field that may be left out, and is not asked for then: a default in the document would be untrue."""
    return Field(default_factory=lambda: None, **facts)


def _only_a_day(value: object) -> object:
    """Refuse what pydantic would take for a moment: 0 is no day, though it is a day of 1970 to a clock."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError(mark("This should be a day such as 2026-12-24."))
    return value


CivilDay = Annotated[date, Strict(strict=False), BeforeValidator(_only_a_day)]
"""A day such as "2026-12-24" (RFC 3339, full-date)."""


class Query(_Said):
    """Base of what may stand behind the question mark: no unknown names."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - pydantic's
        """Answer the schema; the usual one is made once, because flask-openapi asks at every request."""
        return super().model_json_schema(*args, **kwargs) if args or kwargs else _usual_schema(cls)


@cache
def _usual_schema(asked: type[Query]) -> dict[str, Any]:
    return super(Query, asked).model_json_schema()


class Paging(Query):
    """Which page of a list is wanted."""

    page: int = Field(default=1, ge=1, le=1_000_000, description="Counts from 1.")
    per_page: int = Field(default=20, ge=1, le=100)


class Metadata(BaseModel):
    """When it was answered, and the name under which the log knows the request."""

    timestamp: datetime
    request_id: str


class Pagination(BaseModel):
    """Where in a list one page stands."""

    page: int
    per_page: int
    total_pages: int
    total_items: int
    has_next: bool
    has_prev: bool


class Answer(BaseModel, Generic[T]):
    """A thing."""

    status: Literal["success"]
    data: T
    message: str
    metadata: Metadata


class PageAnswer(BaseModel, Generic[T]):
    """One page of things."""

    status: Literal["success"]
    data: list[T]
    pagination: Pagination
    metadata: Metadata


class ErrorBody(BaseModel):
    """What was wrong: `code` for programs, `message` for people, `details` by field."""

    code: str
    message: str
    details: dict[str, Any]


class ErrorAnswer(BaseModel):
    """A refusal."""

    status: Literal["error"]
    error: ErrorBody
    metadata: Metadata


def answer(data: BaseModel, message: str = "", *, status: int = 200, location: str = "") -> Response:
    """Answer one thing in the envelope; `message` is one of the catalogue.

    Who has it already, says If-None-Match, is told just that (RFC 9110 13.1.2).
    """
    written = _written(data)
    tag = _tag_of(written)
    if request.method in {"GET", "HEAD"} and request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        said = text(message) if message else ""
        body = {"status": "success", "data": orjson.Fragment(written), "message": said}
        response = _json({**body, "metadata": _metadata()}, status)
    response.set_etag(tag)
    if location:
        response.headers["Location"] = location
    return response


@contextmanager
def unless_changed(look: Callable[[Session], BaseModel]) -> Iterator[None]:
    """Refuse what the block's verb does, where If-Match does not name what `look` finds under its lock.

    `look` is the query whose answer GET gives. Raises ChangedMeanwhile, and a defect where no verb asked.
    """
    if "If-Match" not in request.headers:
        yield
        return
    wanted = request.if_match

    def compare(work: Work) -> None:
        if not wanted.contains(_tag_of(_written(look(work.session)))):
            raise ChangedMeanwhile

    with along(compare, is_comparison=True) as was_asked:
        yield
        if not was_asked():
            raise RuntimeError("If-Match was sent, and no verb looked")


def _written(data: BaseModel) -> bytes:
    return orjson.dumps(data.model_dump(mode="json"))


def _tag_of(written: bytes) -> str:
    """Answer the name of this state of a thing: of its data alone, the envelope differs each time."""
    return base64.urlsafe_b64encode(hashlib.sha256(written).digest()[:18]).decode()


def answer_page(page: Page[Any], items: Sequence[BaseModel]) -> Response:
    """Answer one page of things in the envelope."""
    names = ("page", "per_page", "total_pages", "total_items", "has_next", "has_prev")
    body = {
        "status": "success",
        "data": [item.model_dump(mode="json") for item in items],
        "pagination": {name: getattr(page, name) for name in names},
        "metadata": _metadata(),
    }
    return _json(body, 200)


def answer_error(code: str, message: str, details: dict[str, Any], status: int) -> Response:
    """Answer a refusal in the envelope."""
    error = {"code": code, "message": message, "details": details}
    return _json({"status": "error", "error": error, "metadata": _metadata()}, status)


def _metadata() -> dict[str, str]:
    moment = clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"timestamp": moment, "request_id": g.get("request_id", "")}


def _json(body: dict[str, Any], status: int) -> Response:
    return Response(orjson.dumps(body), status, content_type="application/json; charset=utf-8")


def probe(body: dict[str, Any], status: int) -> Response:
    """Answer a probe, in the plain shape that probes expect."""
    return _json(body, status)
