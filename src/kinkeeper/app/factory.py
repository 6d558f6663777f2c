"""The web application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from flask.json.provider import JSONProvider
from flask_openapi.models.info import Info
from flask_openapi.openapi import OpenAPI

from kinkeeper import __version__
from kinkeeper.app import admin, api_docs, dashboard, health, own, requests
from kinkeeper.app.features import FEATURES
from kinkeeper.features.accounts.web import ask_for_set_up, find_actor
from kinkeeper.kernel.work import end_reading
from kinkeeper.web import access, assets, cors, headers, notices, pacing, pages, problems, reports, security
from kinkeeper.web.access import Access
from kinkeeper.web.feature import Section
from kinkeeper.web.json import ErrorAnswer
from kinkeeper.web.proxies import TrustedProxies

if TYPE_CHECKING:
    from flask_openapi.models.security_scheme import SecurityScheme

    from kinkeeper.kernel.config import Settings

SECTIONS = (
    Section(pages.pages, Access.PUBLIC),
    Section(reports.pages, Access.REPORT),
    Section(health.pages, Access.PUBLIC),
    Section(dashboard.pages, Access.GUEST),
    Section(own.pages, Access.GUEST),
    Section(api_docs.pages, Access.SIGNED_IN),
    Section(admin.pages, Access.ADMIN),
    *(section for feature in FEATURES for section in feature.pages),
)
ENDPOINTS = tuple(section for feature in FEATURES for section in feature.endpoints)

MOST_BODY, MOST_FORM_PARTS = 1_000_000, 1_000
SECURITY_SCHEMES: dict[str, SecurityScheme | dict[str, Any]] = {
    "token": {"type": "http", "scheme": "bearer", "description": "A personal access token."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "kk_account",
        "description": "A signed-in browser; unsafe requests also send X-CSRF-Token.",
    },
}


class FastJson(JSONProvider):
    """JSON by orjson: the standard library's reader breaks down over a body of a thousand brackets."""

    def dumps(self, obj: object, **_options: object) -> str:
        """Write JSON."""
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **_options: object) -> object:
        """Read JSON."""
        return orjson.loads(s)


def create_app(settings: Settings) -> OpenAPI:
    """Answer the application; the house has to be open (`open_house`)."""
    app = OpenAPI(
        "kinkeeper.app",
        info=Info(title="Kinkeeper", version=__version__),
        security_schemes=SECURITY_SCHEMES,
        validation_error_callback=problems.on_invalid_body,
        validation_error_model=ErrorAnswer,
        doc_ui=False,
        static_folder=None,
    )
    app.json = FastJson(app)
    app.config.update(
        SETTINGS=settings,
        MAX_CONTENT_LENGTH=MOST_BODY,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        TEMPLATES_AUTO_RELOAD=settings.reload,
        PREFERRED_URL_SCHEME="https" if settings.is_https else "http",
    )
    _put_together(app)
    app.wsgi_app = TrustedProxies(app.wsgi_app, settings)  # type: ignore[method-assign]  # how Flask documents middleware
    return app


def _put_together(app: OpenAPI) -> None:
    requests.use(app)
    headers.use(app)
    security.use(app)
    cors.use(app)
    pacing.use(app, app.config["SETTINGS"])
    notices.use(app)
    problems.use(app)
    pages.use(app)
    assets.use(app, app.config["SETTINGS"].data)
    app.before_request(ask_for_set_up)
    for section in SECTIONS:
        if section.blueprint is not pages.pages:
            app.register_blueprint(section.blueprint)
    for endpoints in ENDPOINTS:
        app.register_api(endpoints.blueprint)
    app.add_url_rule("/api/v1/openapi.json", "openapi", lambda: app.api_doc)
    access.use(app, find_actor, _levels(app))
    app.teardown_appcontext(lambda _error: end_reading())


def _levels(app: OpenAPI) -> dict[str, Access]:
    """Answer the access level of every endpoint there is."""
    sections = {section.blueprint.name: section for section in (*SECTIONS, *ENDPOINTS)}
    levels = {"openapi": Access.PUBLIC}
    for rule in app.url_map.iter_rules():
        blueprint, _, view = rule.endpoint.partition(".")
        if blueprint in sections:
            levels[rule.endpoint] = sections[blueprint].level(view)
    return levels
