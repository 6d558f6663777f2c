"""Logs: fixed field names, one line for each thing that is told, and no secrets."""

from __future__ import annotations

import json
import logging
from uuid import UUID

import pytest
import structlog

from kinkeeper.platform import logs

TOKEN = "Zk3v-9_QmB7xT0pWq2LrD8sY5nJ4hUcA1eGfOiKtVbX"


@pytest.fixture
def log_as(capsys):
    """`log_as("json")` sets logs up (each phase of a test has an output of its own) and answers a reader."""

    def set_up(log_format: str):
        logs.set_up(log_format, "INFO")
        # A logger remembers its first configuration; tests must not.
        structlog.configure(cache_logger_on_first_use=False)
        return lambda: capsys.readouterr().out

    yield set_up
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()
    logging.basicConfig(handlers=[], force=True, level="WARNING")


@pytest.fixture
def lines(log_as):
    """`look = lines()` logs as JSON; `look()` answers what was logged since, parsed."""

    def begin():
        read = log_as("json")
        return lambda: [json.loads(line) for line in read().splitlines()]

    return begin


def test_a_line_has_the_field_names_of_the_specification(lines):
    """Seed 004, "Structured Logging"."""
    look = lines()
    structlog.contextvars.bind_contextvars(request_id="550e8400-e29b-41d4-a716-446655440000")
    structlog.get_logger("app.routes.api").info(
        "User created successfully",
        user_id=123,
        ip_address="192.168.1.1",
        execution_time_ms=45.2,
        username="john_doe",
        action="user_creation",
    )
    (line,) = look()
    stamp = line.pop("timestamp")
    assert stamp.endswith("Z")
    assert stamp[10] == "T"
    assert line == {
        "level": "INFO",
        "logger": "app.routes.api",
        "message": "User created successfully",
        "request_id": "550e8400-e29b-41d4-a716-446655440000",
        "user_id": 123,
        "ip_address": "192.168.1.1",
        "execution_time_ms": 45.2,
        "extra": {"username": "john_doe", "action": "user_creation"},
    }


def test_libraries_log_in_the_same_format(lines):
    look = lines()
    logging.getLogger("werkzeug").warning("odd: %s", "thing", extra={"username": "john_doe"})
    (line,) = look()
    line.pop("timestamp")
    assert line == {
        "level": "WARNING",
        "logger": "werkzeug",
        "message": "odd: thing",
        "extra": {"username": "john_doe"},
    }


def test_what_is_below_the_level_is_not_logged(lines):
    look = lines()
    structlog.get_logger("a").debug("small talk")
    logging.getLogger("b").debug("small talk")
    assert look() == []


@pytest.mark.parametrize(
    "name", ["password", "admin_password", "secret", "Token", "csrf_token", "Authorization", "set_cookie"]
)
def test_values_with_secret_names_are_masked(lines, name):
    """C-34."""
    look = lines()
    structlog.get_logger("a").info("look", **{name: "hunter2"})
    logging.getLogger("b").warning("look", extra={name: "hunter2"})
    shown = look()
    assert [line["extra"] for line in shown] == [{name: "***"}] * 2


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (f"/enter/{TOKEN}", "/enter/***"),
        (f"/reset/{TOKEN}/again", "/reset/***/again"),
        (f"/reset/{TOKEN}.", "/reset/***."),
        (f"/reset/{TOKEN}>)", "/reset/***>)"),
        (f"/reset/3D{TOKEN}=", "/reset/***="),
        ("/api/v1/exchanges/0193f7a0-1c00-7abc-8def-0123456789ab", None),
        ("/exchanges/christmas-2026", None),
        ("/", None),
        ("/health", None),
    ],
)
def test_what_looks_like_a_token_in_a_path_is_masked_and_ids_stay(path, shown):
    """C-34: any segment with 20 or more token-like characters, also where a mail program added some."""
    assert logs.mask_path(path) == (shown or path)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85", "\x00"])
def test_a_line_break_in_a_value_forges_no_line(lines, capsys, end):
    lines()
    forged = f'me{end}{{"level":"INFO","message":"all is well"}}'
    structlog.get_logger("a").info(forged, username=forged)
    written = capsys.readouterr().out
    assert written.count("\n") == 1
    assert json.loads(written)["extra"] == {"username": forged}


def test_a_stack_trace_has_no_values_of_variables(lines):
    """C-34."""
    look = lines()
    _fail(structlog.get_logger("a"))
    _fail(logging.getLogger("b"))
    ours, theirs = look()
    for line in (ours, theirs):
        assert line["level"] == "ERROR"
        assert "KeyError: 'gone'" in line["extra"]["exception"]
        assert "in _fail" in line["extra"]["exception"]
        assert "hunter2" not in str(line)


def test_a_readable_stack_trace_has_no_values_of_variables_either(log_as):
    text = log_as("readable")
    _fail(structlog.get_logger("a"))
    _fail(logging.getLogger("b"))
    written = text()
    assert written.count("KeyError: 'gone'") == 2
    assert "hunter2" not in written


def test_readable_lines_mask_secrets_and_break_nowhere(log_as):
    text = log_as("readable")
    structlog.get_logger("a").info("look", password="hunter2", username="me\nforged")
    written = text()
    assert "hunter2" not in written
    assert written.count("\n") == 1


def _fail(log) -> None:
    wallet = "2retnuh"[::-1]  # noqa: F841 - what a careless formatter would print
    try:
        {}["gone"]
    except KeyError:
        log.exception("it failed")


@pytest.mark.parametrize("odd", [UUID(int=7), {1: "a"}, object(), 2**70, "half a \ud800 pair", float("nan")])
def test_no_value_is_too_odd_to_be_logged(lines, capsys, odd):
    lines()
    structlog.get_logger("a").info("look", odd=odd)
    written = capsys.readouterr()
    assert "look" in written.out
    assert written.err == ""
