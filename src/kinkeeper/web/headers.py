"""The security headers of every answer, and the nonce that its scripts carry (C-7…C-11)."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import g

from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask import Flask, Response

    from kinkeeper.kernel.config import Settings

REPORTS = "/csp-report"
_YEAR = 365 * 24 * 60 * 60


def use(app: Flask) -> None:
    """Put them on."""
    app.after_request(add_headers)


def nonce() -> str:
    """Answer this response's nonce, made before rendering (C-8)."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def add_headers(response: Response) -> Response:
    """Put the security headers on; a view may have said something stricter."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _policy())
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    headers.setdefault("Cache-Control", "no-store")
    if settings().is_https:
        headers["Reporting-Endpoints"] = f'csp="{REPORTS}"'
        headers["Strict-Transport-Security"] = _strictly(settings())
    return response


def _strictly(chosen: Settings) -> str:
    parts = [f"max-age={2 * _YEAR if chosen.hsts_preload else _YEAR}"]
    if chosen.hsts_subdomains or chosen.hsts_preload:  # the lists of browsers want both
        parts.append("includeSubDomains")
    if chosen.hsts_preload:
        parts.append("preload")
    return "; ".join(parts)


def _policy() -> str:
    """Answer what pages may load; a browser that knows `report-to` reports so alone, and over https alone."""
    report = f"report-uri {REPORTS}" + ("; report-to csp" if settings().is_https else "")
    return (
        f"default-src 'none'; script-src 'nonce-{nonce()}'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; {report}"
    )
