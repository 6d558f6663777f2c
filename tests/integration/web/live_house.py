"""A house with one page that keeps itself up to date, for gunicorn and for test clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template_string, url_for
from sqlalchemy import func, select

from kinkeeper.app.factory import create_app
from kinkeeper.app.house import open_house
from kinkeeper.kernel.config import Settings
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.work import read_session
from kinkeeper.platform.limits import Spending
from kinkeeper.platform.live import newest
from kinkeeper.web import live
from kinkeeper.web.access import Access, current_actor, levels

if TYPE_CHECKING:
    from flask import Flask

PAGE = """{% extends "layout.html" %}{% import "macros/ui.html" as ui %}{% block content %}
{% call ui.live('sample', address, nonce) %}<p class="count">Count {{ count }}</p>
<details id="more"><summary>More</summary><p>Unfolded {{ count }}</p></details>{% endcall %}
{% endblock %}"""

pages = Blueprint("sample", __name__)


@pages.route("/sample/<topic>")
def page(topic: str):
    address = url_for("sample.stream", topic=topic, after=newest(read_session()))
    count = read_session().scalar(select(func.count()).select_from(Spending))
    return render_template_string(PAGE, address=address, count=count)


@pages.route("/sample/<topic>/live")
def stream(topic: str):
    return live.stream(topic, check=lambda: may_see(topic))


def may_see(topic: str) -> None:
    """Everybody sees every topic but one, which is the administrator's."""
    if topic == "keys" and not current_actor().is_admin:
        raise NotFound


def furnished(app: Flask) -> Flask:
    app.register_blueprint(pages)
    levels(app).update({"sample.page": Access.GUEST, "sample.stream": Access.GUEST})
    return app


def application() -> Flask:
    """What gunicorn serves."""
    settings = Settings()
    open_house(settings)
    return furnished(create_app(settings))
