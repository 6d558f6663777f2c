"""The page itself; it runs no script, and fetches nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app

from kinkeeper.app.api_docs.reading import read
from kinkeeper.app.api_document import EXTENSION
from kinkeeper.web.pages import render
from kinkeeper.web.security import API_DOCS
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from kinkeeper.app.api_docs.reading import Topic

pages = Blueprint("api_docs", __name__, template_folder="templates")


@pages.route(API_DOCS)
def read_docs() -> ResponseReturnValue:
    """Show every operation with an example that can be copied."""
    return render("api_docs/docs.html", topics=_topics(current_app.extensions[EXTENSION], settings().address))


@cache
def _topics(document: Callable[[], dict[str, Any]], address: str) -> list[Topic]:
    """Read the document once: it does not change while the house runs."""
    return read(document(), address)
