"""Cookies, the tokens of forms, and the guards at the door of every request."""

from __future__ import annotations

import base64
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import g, request

from kinkeeper.kernel import crypto
from kinkeeper.kernel.errors import Forbidden, Invalid, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.web import cors
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from datetime import timedelta

    from flask import Flask, Response
    from werkzeug.wrappers import Response as AnyResponse


SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ACCOUNT, GUEST, VISIT, ASKED = "account", "guest", "visit", "asked"
"""Our cookies: an account's session, a mailed link's session, a visitor who only fills in forms, and a
browser that asked for a letter and may type its code."""
DEVICE = "device"
"""Another: a browser that somebody has signed in with before. It lets nobody in."""
CSRF_FIELD, CSRF_HEADER = "csrf_token", "X-CSRF-Token"
FOR_PROGRAMS = ("/api/", "/auth/")
"""Where addresses begin at which JSON is spoken."""
API_DOCS = "/api/docs"
"""The page about them, which is for people."""
SIGNING_IN = ("/api/v1/auth/", "/auth/")
"""Where programs sign in: no cookie counts there."""
PROBES = frozenset({"/health", "/livez", "/readiness"})
"""Asked for by address rather than by name, and they tell nothing."""


class StaleForm(Forbidden):
    """A form without the token that this browser was given."""

    code = "CSRF_FAILED"
    message = mark(
        "You have signed in or out since this page was opened, or it was open for too long. "
        "Nothing was changed."
    )
    remedy = mark("Open the page again, and send it once more.")


class SignedOut(StaleForm):
    """The same from a browser that is signed in no longer, to where somebody has to be."""

    message = mark("You are signed out by now, perhaps in another tab. Nothing was changed.")
    remedy = mark(
        "Sign in, or open the link in your latest letter. Then open the page again, and send it once more."
    )


class ForeignForm(StaleForm):
    """A form that another site has made the browser send."""

    message = mark("This was sent from another site. Nothing was changed.")


class ForeignHost(Invalid):
    """A request for a name that is not this house's."""

    code = "HOST_UNKNOWN"
    message = mark("Kinkeeper is not known under this name. Set KINKEEPER_BASE_URL to the address in use.")


def is_for_programs(path: str) -> bool:
    """Tell whether an address is a program's to call."""
    return path.startswith(FOR_PROGRAMS) and path != API_DOCS


def use(app: Flask) -> None:
    """Put the guards in front of every request."""
    app.before_request(check_host)
    app.before_request(check_address)
    app.before_request(check_origin)
    app.after_request(_keep_visit)


def check_host() -> None:
    """Answer only to our own names: links and redirects must not follow a forged Host (T-5)."""
    if request.path in PROBES:
        return
    own = urlsplit(settings().address).hostname
    if _name_in(request.host) not in {own, "127.0.0.1", "localhost", "::1"}:
        raise ForeignHost


def check_address() -> None:
    """Nothing here has an address with a NUL in it, and PostgreSQL cannot even be asked for one."""
    if "\0" in request.path:
        raise NotFound


def check_origin() -> None:
    """Refuse unsafe requests that come from another site, whatever token they carry (C-27)."""
    if request.method in SAFE_METHODS or cors.is_let_in():
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site not in {None, "same-origin", "none"}:
        raise ForeignForm
    origin = request.headers.get("Origin", "null")  # "null" too from our own pages without a referrer
    if origin not in {"null", request.host_url.rstrip("/"), settings().address}:
        raise ForeignForm


def browser_binding() -> bytes:
    """Answer what tells this browser from others, for what is sealed into it; nothing where it is new."""
    return _binding(make=False).encode()


def csrf_token() -> str:
    """Answer the token for this browser's forms: an HMAC over whichever cookie says who it is.

    It needs no column: it changes with the session and cannot be made without the key.
    """
    if "csrf_token" not in g:  # a page has several forms
        g.csrf_token = _csrf_for(_binding(make=True))
    return str(g.csrf_token)


def check_csrf(sent: str | None) -> None:
    """Raise StaleForm unless `sent` is the token of this browser."""
    binding = _binding(make=False)
    if not binding or not sent or not crypto.keys().is_mac(_decoded(sent), "csrf", binding.encode()):
        raise StaleForm


def set_cookie(response: AnyResponse, name: str, value: str, life: timedelta | None = None) -> None:
    """Set one of our cookies: HttpOnly, Lax, and `__Host-` where the house is reached over TLS."""
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=life,
        secure=settings().is_https,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def drop_cookie(response: AnyResponse, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(cookie_name(name), path="/", secure=settings().is_https, httponly=True)


def read_cookie(name: str) -> str | None:
    """Answer a cookie of ours."""
    return request.cookies.get(cookie_name(name))


def cookie_name(name: str) -> str:
    """Answer the name that a browser knows the cookie by (C-27; plain over http)."""
    return f"__Host-kk_{name}" if settings().is_https else f"kk_{name}"


def client_address() -> str:
    """Answer whom budgets are kept for: an address, or an IPv6 home's /64, which has 2^64 of them (T-47).

    Proxies are believed only as far as they are trusted; some write a port behind it. Whatever is no address
    shares one budget.
    """
    try:
        address = ip_address(_without_port((request.remote_addr or "").strip()))
    except ValueError:
        return "unknown"
    if address.version == 6:  # noqa: PLR2004 - IPv6
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)


def _without_port(written: str) -> str:
    """Answer the address in `7.7.7.8:4000`, `[2001:db8::1]:443` and `[2001:db8::1]`."""
    if written.startswith("["):
        return written[1:].partition("]")[0]
    return written.partition(":")[0] if written.count(":") == 1 else written


def _name_in(host: str) -> str | None:
    """Answer the name in a Host header, without its port."""
    try:
        return None if "@" in host else urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _binding(*, make: bool) -> str:
    known = read_cookie(ACCOUNT) or read_cookie(GUEST) or read_cookie(VISIT) or g.get("new_visit")
    if known is None and make:
        known = g.new_visit = crypto.new_token()
    return known or ""


def _csrf_for(binding: str) -> str:
    mac = crypto.keys().mac("csrf", binding.encode())
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def _decoded(token: str) -> bytes:
    try:
        return base64.b64decode(f"{token}=", altchars=b"-_", validate=True)
    except ValueError:  # not one of ours
        return b""


def _keep_visit(response: Response) -> Response:
    if "new_visit" in g:
        set_cookie(response, VISIT, g.new_visit)
    return response
