"""The page itself; it runs no script, and fetches nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from flask import Blueprint, current_app

from kinkeeper.app.api_docs.reading import read
from kinkeeper.kernel import clock
from kinkeeper.web.pages import render
from kinkeeper.web.security import API_DOCS
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue
    from flask_openapi.openapi import OpenAPI

    from kinkeeper.app.api_docs.reading import Topic

pages = Blueprint("api_docs", __name__, template_folder="templates")


@pages.route(API_DOCS)
def read_docs() -> ResponseReturnValue:
    """Show every operation with an example that can be copied."""
    app = cast("OpenAPI", current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 - as Flask documents it
    today = clock.today_in(settings().zone, clock.now())
    return render("api_docs/docs.html", topics=_topics(app, settings().address, today))


@cache
def _topics(app: OpenAPI, address: str, today: date) -> list[Topic]:
    """Read the document once a day: it does not change while the house runs."""
    return read(app.api_doc, address, today)
