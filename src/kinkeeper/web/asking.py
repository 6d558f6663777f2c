"""The browser that asks for a letter: known again when somebody types the letter's code into it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.kernel import crypto
from kinkeeper.web import security

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


LIFE = timedelta(hours=72)
"""As long as the longest of these letters' codes works; the letters of all features share the cookie."""


class Asking:
    """What a browser that asks is known by; asking again, by the same: the last letter may still be good."""

    def __init__(self) -> None:
        self._secret = security.read_cookie(security.ASKED) or crypto.new_token()
        self.browser = crypto.token_digest(self._secret)

    def remembered(self, response: Response) -> Response:
        """Give the browser its secret, for as long as the longest of these letters' codes works."""
        security.set_cookie(response, security.ASKED, self._secret, LIFE)
        return response


def browser_that_asked() -> bytes:
    """Answer what this browser is known by; nothing where it has not asked."""
    secret = security.read_cookie(security.ASKED)
    return crypto.token_digest(secret) if secret else b""
