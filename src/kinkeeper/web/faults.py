"""What is wrong with what a program sends, in the words and the language of who reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kinkeeper.kernel.words import mark
from kinkeeper.web.language import text

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

MISSING = mark("This field is required.")
UNKNOWN = mark("This is not asked for here.")
TWICE = mark("It is said more than once.")
OBJECT = mark("This should be an object.")
_ONE = mark("Please choose at least one.")
_NUMBER, _TRUTH = mark("Not a valid integer value."), mark("This should be true or false.")
_DAY, _ID = mark("Not a valid date value."), mark("This should be an id (a UUID).")

SENTENCES = {
    "missing": MISSING,
    "extra_forbidden": UNKNOWN,
    "model_type": OBJECT,
    "model_attributes_type": OBJECT,
    "dict_type": OBJECT,
    "list_type": mark("This should be a list."),
    "too_long": mark("Please send at most %(max_length)s of them."),
    "too_short": mark("Please send at least %(min_length)s of them."),
    "string_type": mark("This should be text."),
    "string_too_long": mark("Please use at most %(max_length)s characters."),
    "string_too_short": mark("Please use at least %(min_length)s characters."),
    "string_pattern_mismatch": mark("This should match the pattern %(pattern)s."),
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_from_float": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than_equal": mark("This should be at least %(ge)s."),
    "less_than_equal": mark("This should be at most %(le)s."),
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "uuid_type": _ID,
    "uuid_parsing": _ID,
    "enum": mark("Please choose one of these: %(expected)s."),
    "literal_error": mark("Please choose one of these: %(expected)s."),
}
"""By pydantic's names for it; a test sends everything odd to every schema, and finds no other."""

_AT_LEAST_ONE = {"string_too_short": MISSING, "too_short": _ONE}
"""What is said where at least one is wanted: of one nobody says that it should be at least one long."""


def details_of(error: ValidationError) -> dict[str, list[str]]:
    """Answer what is wrong by field, without echoing what was sent."""
    details: dict[str, list[str]] = {}
    for fault in error.errors(include_url=False, include_input=False):
        field = ".".join(str(part) for part in fault["loc"]) or "body"
        details.setdefault(field, []).append(said(fault))
    return details


def said(fault: ErrorDetails) -> str:
    """Answer one fault as a sentence; a kind that the table does not know is told as pydantic tells it."""
    kind, facts = fault["type"], dict(fault.get("ctx", {}))
    if kind == "value_error":  # one of our own validators, whose sentence is marked where it is raised
        return text(str(facts["error"]))
    if facts.get("min_length") == 1 and kind in _AT_LEAST_ONE:
        return text(_AT_LEAST_ONE[kind])
    if "expected" in facts:  # "'a', 'b' or 'c'": the word between the last two is English
        facts["expected"] = ", ".join(re.findall(r"'([^']*)'", facts["expected"]))
    sentence = SENTENCES.get(kind)
    return fault["msg"] if sentence is None else text(sentence, **facts)
