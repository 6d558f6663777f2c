"""The blueprint, and how long whoever is let in may stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect

from kinkeeper.features.accounts.service.sessions import Lease
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


def let_guest_in(secret: str, onward: str) -> Response:
    """Answer the redirect that puts a mailed link's session into the browser."""
    response = redirect(onward, code=303)
    security.set_cookie(response, security.GUEST, secret, settings().guest_life)
    return response


def let_in(secret: str, onward: str) -> Response:
    """Answer the redirect that puts an account's session into the browser."""
    response = redirect(onward, code=303)
    security.set_cookie(response, security.ACCOUNT, secret, settings().session_life)
    return response
