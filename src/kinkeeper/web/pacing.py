"""Who is asking how fast: each request is counted before anything is done for it (reliability 3.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, g, request

from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.platform.pace import Pacer
from kinkeeper.web import security
from kinkeeper.web.access import current_actor
from kinkeeper.web.headers import REPORTS

if TYPE_CHECKING:
    from flask import Flask, Response

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.config import Settings

_EXTENSION = "kinkeeper.pacer"
_PACED_BY_THEMSELVES = frozenset({REPORTS})


def use(app: Flask, settings: Settings) -> None:
    """Count every request but probes, and static files, which never come here."""
    app.extensions[_EXTENSION] = Pacer(
        {
            "visitors": settings.pace_visitors,
            "signed in": settings.pace_signed_in,
            "api": settings.pace_api,
            "api visitors": settings.pace_api_visitors,
            "exports": settings.pace_exports,
            "reports": settings.pace_reports,
        },
        settings.redis_url.get_secret_value(),
    )
    app.before_request(check_pace)
    app.after_request(tell_pace)


def check_pace() -> None:
    """Count this request, or raise TooMany."""
    if request.path in security.PROBES or request.path in _PACED_BY_THEMSELVES:
        return
    name, whose = _pace_of(current_actor())
    standing = _pacer().spend(name, whose)
    if standing is not None and is_for_programs():
        g.pace_told = (standing.amount, standing.left, _pacer().rest(standing.key))


def check_exports() -> None:
    """Count an export, which reads a great deal; raises TooMany."""
    actor = current_actor()
    _pacer().spend("exports", str(actor.account_id or actor.person_id or actor.guest_id))


def check_reports() -> None:
    """Count a browser's report; raises TooMany."""
    _pacer().spend("reports", security.client_address())


def tell_pace(response: Response) -> Response:
    """Let programs know how much is left, so that they can slow down before they are refused."""
    if "pace_told" in g:
        for name, value in zip(("Limit", "Remaining", "Reset"), g.pace_told, strict=True):
            response.headers[f"X-RateLimit-{name}"] = str(value)
    return response


def is_for_programs() -> bool:
    """Tell whether this address is one of the API's."""
    return security.is_for_programs(request.path)


def _pacer() -> Pacer:
    pacer: Pacer = current_app.extensions[_EXTENSION]
    return pacer


def _pace_of(actor: Actor) -> tuple[str, str]:
    """Answer which pace counts, and for whom: a cookie or token that nobody knows is no way round."""
    if actor is ANONYMOUS:
        return ("api visitors" if is_for_programs() else "visitors"), security.client_address()
    whose = str(actor.session_id or actor.token_id or actor.account_id or actor.guest_id)
    return ("api" if is_for_programs() else "signed in"), whose
