"""What stands beside an entry of the audit trail, in words: which role, for what, how many."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from flask import current_app

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.service.sessions import EVERYTHING
from kinkeeper.kernel import roles
from kinkeeper.kernel.roles import Scope
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import scope_in_words
from kinkeeper.web.language import listed, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

LABELS = {
    "avoid_years": mark("years kept apart"),
    "both_ways": mark("both ways"),
    "changed": mark("what"),
    "commitment": mark("hash"),
    "days": mark("days"),
    "giver": mark("whose match"),
    "invited": mark("by invitation"),
    "is_child": mark("a child"),
    "is_on": mark("switched on"),
    "name": mark("name"),
    "names_in_letters": mark("names in letters"),
    "people": mark("people"),
    "person": mark("whom"),
    "publishes_draw": mark("can be checked afterwards"),
    "resealed": mark("sealed anew"),
    "rights": mark("rights"),
    "role": mark("role"),
    "scope": mark("for"),
    "scope_id": mark("where"),
    "scopes": mark("may be used for"),
    "seat": mark("whose place"),
    "shape": mark("shape"),
    "version": mark("version"),
    "what": mark("what"),
}
"""What people read for the details that features write down; any other stands under its own name."""

_PLACES: dict[str, str] = {
    Scope.HOUSE: mark("everything in this house"),
    Scope.CIRCLE: mark("a circle"),
    Scope.OCCASION: mark("one exchange"),
}
_FIELDS: dict[str, str] = {
    "birthday": mark("birthday"),
    "email": mark("address"),
    "language": mark("language"),
    "name": mark("name"),
    "username": mark("username"),
    "zone": mark("time zone"),
}
_WORDS = {"scope": _PLACES, "changed": _FIELDS, "what": _FIELDS}
_LETTERS_OF_HASH = 12
"""Enough to tell two apart on a page; the files hold all of it."""


class Words:
    """The words for details; what a house calls its roles is asked for once."""

    def __init__(self, *, is_short: bool) -> None:
        self._is_short = is_short

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {
            role.name: text(role.title) if role.is_built_in else role.title
            for role in queries.roles_there_are(read_session())
        }

    def told(self, details: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Answer details as people read them: what each is called, and what it says."""
        is_of_house = details.get("scope") == Scope.HOUSE
        return [
            (text(LABELS[name]) if name in LABELS else name, self._said(name, value))
            for name, value in details.items()
            if not (is_of_house and name == "scope_id")  # the whole house is no place of its own
        ]

    def _said(self, name: str, value: object) -> str:
        if value is None:
            return "–"
        if isinstance(value, bool):
            return text(mark("yes")) if value else text(mark("no"))
        if isinstance(value, list):
            return listed([self._word(name, str(one)) for one in value])
        return self._word(name, str(value))

    def _word(self, name: str, value: str) -> str:
        """Answer the word for one value; what nobody has a word for says itself."""
        rights = roles.all_rights()
        if name == "role":
            return self._titles.get(value, value)
        if name == "rights" and value in rights:
            return text(rights[value].title)
        if name == "scopes":
            return listed([_scope(one) for one in value.split()])
        if name == "commitment" and self._is_short:
            return f"{value[:_LETTERS_OF_HASH]}…"
        known = _WORDS.get(name, {})
        return text(known[value]) if value in known else value


def _scope(scope: str) -> str:
    return text(mark("everything")) if scope == EVERYTHING else scope_in_words(current_app, scope)
