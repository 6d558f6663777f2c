"""Between the first page of signing in and the second: sealed in the browser, kept nowhere in the house."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import orjson

from kinkeeper.features.accounts.service.signing_in import HalfWay
from kinkeeper.kernel import clock, crypto
from kinkeeper.web import security

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

LIFE = timedelta(minutes=10)
_COOKIE, _LABEL = "half-way", "half-way"
_LONGEST_PATH = 1000
"""A browser keeps some 4,000 bytes of one cookie; who came from farther begins at home."""


class Place(NamedTuple):
    """Who is half way in, and where they want to go."""

    who: HalfWay
    onward: str


def remember(response: Response, who: HalfWay, onward: str) -> None:
    """Let this browser, and no other, go on with the second page."""
    path = onward if len(onward) <= _LONGEST_PATH else "/"
    body = orjson.dumps([(clock.now() + LIFE).isoformat(), str(who.account_id), who.epoch, path])
    sealed = crypto.keys().seal(_LABEL, body, bound_to=security.browser_binding())
    security.set_cookie(response, _COOKIE, base64.urlsafe_b64encode(sealed).decode(), LIFE)


def known() -> Place | None:
    """Answer who is half way in, in this browser; nobody where it took too long."""
    try:
        sealed = base64.urlsafe_b64decode(security.read_cookie(_COOKIE) or "")
        body = crypto.keys().unseal(_LABEL, sealed, bound_to=security.browser_binding())
    except (binascii.Error, ValueError):  # none, or not of this house, or of another browser
        return None
    until, account_id, epoch, onward = orjson.loads(body)
    if clock.now() >= datetime.fromisoformat(until):
        return None
    return Place(HalfWay(UUID(account_id), epoch), onward)


def forget(response: Response) -> None:
    """There is no way back to the second page."""
    security.drop_cookie(response, _COOKIE)
