"""Logs: one JSON object a line with fixed field names, or readable text; secrets never (C-34)."""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import Any

import orjson
import structlog

_TOKEN = re.compile(r"[A-Za-z0-9_~-]{20,}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_SECRET = re.compile(r"password|secret|token|authorization|cookie|csrf", re.IGNORECASE)
_OWN = frozenset({"timestamp", "level", "logger", "message", "request_id", "user_id", "ip_address"})
_MASK = "***"


def set_up(log_format: str, level: str) -> None:
    """Send everything that is logged, ours and the libraries', to standard output in one format."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="timestamp"),
        mask_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    drop = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[drop, *_endings(log_format)]
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.getLogger("alembic").setLevel("WARNING")  # it says every step twice


def mask_path(path: str) -> str:
    """Hide what looks like a token in a path; identifiers of things stay readable.

    A part of a segment is enough: mail programs add full stops and brackets to links.
    """
    return "/".join(part if _UUID.match(part) else _TOKEN.sub(_MASK, part) for part in path.split("/"))


def mask_secrets(_logger: object, _method: str, event: Any) -> Any:  # noqa: ANN401 - structlog's types
    """Blank every value whose name says that it is secret."""
    for name in event:
        if _SECRET.search(name):
            event[name] = _MASK
    return event


def _endings(log_format: str) -> list[Any]:
    if log_format == "readable":
        # The default formatter, where it finds rich, prints the values of all variables.
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=plain)]
    return [structlog.processors.format_exc_info, _name_fields, structlog.processors.JSONRenderer(_dumps)]


def _name_fields(_logger: object, _method: str, event: Any) -> Any:  # noqa: ANN401
    """Use the field names of the seed: fixed ones at the top, all others under `extra`."""
    event["message"] = event.pop("event")
    event["level"] = event["level"].upper()
    extra = {name: event.pop(name) for name in list(event) if name not in _OWN | {"execution_time_ms"}}
    if extra:
        event["extra"] = extra
    return event


def _dumps(event: Any, **_options: object) -> str:  # noqa: ANN401
    try:
        return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:  # a huge number, half a surrogate pair: rare, but a line must not be lost
        return json.dumps(event, default=str)
