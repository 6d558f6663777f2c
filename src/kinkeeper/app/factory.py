"""The web application."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
from flask.json.provider import JSONProvider
from flask_openapi.models.info import Info
from flask_openapi.openapi import OpenAPI

from kinkeeper import __version__
from kinkeeper.app import admin, api_docs, dashboard, health, own, requests
from kinkeeper.app.api_document import EXTENSION as DOCUMENT
from kinkeeper.app.api_document import document_of, takes_if_match
from kinkeeper.app.features import FEATURES, STEPS
from kinkeeper.features.accounts.web import ask_for_set_up, find_actor
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import end_reading
from kinkeeper.web import (
    access,
    assets,
    calls,
    cors,
    headers,
    idempotency,
    notices,
    pacing,
    pages,
    problems,
    reports,
    security,
    steps,
)
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
    Section(admin.pages, Access.SIGNED_IN),
    *(section for feature in FEATURES for section in feature.pages),
)
ENDPOINTS = (
    Section(admin.endpoints, Access.API, scope="audit"),
    *(section for feature in FEATURES for section in feature.endpoints),
)

SCOPES = {"audit": mark("What was done")} | {
    scope: title for feature in FEATURES for scope, title in feature.scopes.items()
}

MOST_BODY, MOST_FORM, MOST_FORM_PARTS = 1_000_000, 500_000, 1_000
"""Octets of what is sent, of a form among it (a list of 5,000 people fits), and the fields of a form."""
SECURITY_SCHEMES: dict[str, SecurityScheme | dict[str, Any]] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A personal access token, or the access token of a program that signed in.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "kk_account",  # over https it has another: api_document
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
        MAX_FORM_MEMORY_SIZE=MOST_FORM,
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
    app.extensions[DOCUMENT] = document = cache(lambda: document_of(app, app.config["SETTINGS"].address))
    app.add_url_rule("/api/v1/openapi.json", "openapi", document)
    calls.use(app, lambda rule, method: takes_if_match(document(), rule, method))
    access.use(app, find_actor, _levels(app), _scopes(app), SCOPES)
    idempotency.use(app)
    steps.use(app, STEPS)
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


def _scopes(app: OpenAPI) -> dict[str, str]:
    """Answer what a limited token has to be for, at every endpoint that takes one."""
    scopes = {section.blueprint.name: section.scope for section in ENDPOINTS if section.scope}
    found = {rule.endpoint: scopes.get(rule.endpoint.partition(".")[0]) for rule in app.url_map.iter_rules()}
    return {endpoint: scope for endpoint, scope in found.items() if scope}
