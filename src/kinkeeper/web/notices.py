"""Notices: one sentence that survives a redirect, in a signed cookie of its own."""

from __future__ import annotations

import base64
import binascii
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

import orjson
from flask import g

from kinkeeper.kernel import crypto
from kinkeeper.kernel.words import mark
from kinkeeper.web import security
from kinkeeper.web.language import text
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask import Flask, Response

Kind = Literal["success", "info", "warning", "error"]
_COOKIE, _LIFE, _MAC = "said", timedelta(minutes=5), 32
_STAYS = mark("Nobody gets mail from here yet: the letter waits in the house’s own mailbox.")


@dataclass(frozen=True, slots=True)
class Notice:
    """What to say: put into words only when it is shown, as the language may be another by then.

    Whoever signs out is read to in the browser's language afterwards, whoever changes theirs in the new one.
    """

    kind: Kind
    message: str
    gaps: dict[str, Any]

    @property
    def text(self) -> str:
        """Say it in the words of whoever reads it now."""
        return text(self.message, **self.gaps)


def use(app: Flask) -> None:
    """Carry notices over redirects."""
    app.after_request(_carry)


def notify(kind: Kind, message: str, **gaps: object) -> None:
    """Say it on the next page that is shown; `message` is marked."""
    g.setdefault("notices_to_carry", []).append(Notice(kind, message, gaps))


def notify_letter(sent: str, done: str = "") -> None:
    """Say that a letter goes out; in a house without mail, what was `done` besides, and where it stays."""
    if not settings().mail_stays:
        notify("success", sent)
        return
    if done:
        notify("success", done)
    notify("info" if done else "success", _STAYS)


def notify_letters(sent: str, done: str) -> None:
    """Say likewise that everybody gets one; the next page says by itself where they stay."""
    notify("success", done if settings().mail_stays else sent)


def notices() -> list[Notice]:
    """Answer what is to be said now, once."""
    cookie = security.read_cookie(_COOKIE)
    carried = _read(cookie) if cookie and not g.get("notices_shown") else []
    g.notices_shown = True
    return [*carried, *g.pop("notices_to_carry", [])]


def _carry(response: Response) -> Response:
    waiting = g.pop("notices_to_carry", None)
    if waiting:
        security.set_cookie(response, _COOKIE, _write(waiting), _LIFE)
    elif g.get("notices_shown") and security.read_cookie(_COOKIE):
        security.drop_cookie(response, _COOKIE)
    return response


def _write(waiting: list[Notice]) -> str:
    body = orjson.dumps([asdict(notice) for notice in waiting])
    return base64.urlsafe_b64encode(crypto.keys().mac("notice", body) + body).decode()


def _read(cookie: str) -> list[Notice]:
    try:
        raw = base64.urlsafe_b64decode(cookie)
    except (binascii.Error, ValueError):
        return []
    mac, body = raw[:_MAC], raw[_MAC:]
    if not crypto.keys().is_mac(mac, "notice", body):
        return []
    return [Notice(**notice) for notice in orjson.loads(body)]
