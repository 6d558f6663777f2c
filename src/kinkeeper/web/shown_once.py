"""A secret that its maker has to see after a redirect: sealed in their browser, for a few minutes.

It outlives a reload and a change of language or theme, and is written down nowhere in the house.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kinkeeper.kernel import clock, crypto
from kinkeeper.web import security

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

LIFE = timedelta(minutes=5)
_COOKIE, _LABEL = "shown", "shown-once"


def show_next(response: Response, secret: str, what: str = "") -> None:
    """Let this browser's next pages show the secret, as long as it is signed in as it is now.

    `what` tells secrets of several pages apart.
    """
    body = f"{(clock.now() + LIFE).isoformat()} {secret}"
    sealed = crypto.keys().seal(_LABEL, body.encode(), bound_to=_holder(what))
    security.set_cookie(response, _COOKIE + what, base64.urlsafe_b64encode(sealed).decode(), LIFE)


def shown(what: str = "") -> str:
    """Answer the secret that is to be shown now; empty if there is none."""
    try:
        sealed = base64.urlsafe_b64decode(security.read_cookie(_COOKIE + what) or "")
        body = crypto.keys().unseal(_LABEL, sealed, bound_to=_holder(what)).decode()
    except (binascii.Error, ValueError):  # none, or not of this house, or of another session
        return ""
    until, _, secret = body.partition(" ")
    return secret if clock.now() < datetime.fromisoformat(until) else ""


def forget(response: Response, what: str = "") -> None:
    """Show it no more."""
    security.drop_cookie(response, _COOKIE + what)


def _holder(what: str) -> bytes:
    return what.encode() + (security.read_cookie(security.ACCOUNT) or "").encode()
