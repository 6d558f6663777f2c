"""The blueprint, and how whoever is let in gets into their browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request, url_for

from kinkeeper.features.accounts.service.sessions import REMEMBERED, Lease
from kinkeeper.features.accounts.service.signing_in import Browser, HalfWay, LetIn
from kinkeeper.features.accounts.web import half_way
from kinkeeper.web import security
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


pages = Blueprint("accounts", __name__, template_folder="../templates")


def account_lease() -> Lease:
    """Answer how long an account's session lasts here."""
    return Lease(settings().session_idle, settings().session_life)


def guest_lease() -> Lease:
    """Answer how long a mailed link's session lasts here."""
    return Lease(settings().guest_idle, settings().guest_life)


def this_browser() -> Browser:
    """Answer what this browser brings along."""
    return Browser(
        account_lease(),
        replacing=security.read_cookie(security.ACCOUNT),
        device=security.read_cookie(security.DEVICE),
        agent=request.headers.get("User-Agent", ""),
    )


def let_guest_in(secret: str, onward: str) -> Response:
    """Answer the redirect that puts a mailed link's session into the browser."""
    response = redirect(onward, code=303)
    security.set_cookie(response, security.GUEST, secret, settings().guest_life)
    return response


def let_in(who: LetIn | HalfWay, onward: str) -> Response:
    """Answer the redirect that puts an account's session into the browser, or asks for the code before."""
    if isinstance(who, HalfWay):
        response = redirect(url_for("accounts.sign_in_code"), code=303)
        half_way.remember(response, who, onward)
        return response
    response = redirect(onward, code=303)
    security.set_cookie(response, security.ACCOUNT, who.session, settings().session_life)
    security.set_cookie(response, security.DEVICE, who.device, REMEMBERED)
    return response
