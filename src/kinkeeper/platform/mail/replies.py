"""A mail server's replies, each of which has to end: the standard library waits anew for every byte."""

from __future__ import annotations

import io
import re
import smtplib
from typing import TYPE_CHECKING

from kinkeeper.kernel import clock
from kinkeeper.platform.codes import LENGTH, LETTERS

if TYPE_CHECKING:
    import socket

    from _typeshed import WriteableBuffer

_CODE = rf"\b[{LETTERS}]{{{LENGTH // 2}}}-[{LETTERS}]{{{LENGTH // 2}}}\b"
_SECRET = re.compile(rf"https?://\S+|[\w=-]{{32,}}|{_CODE}", re.IGNORECASE)

_STATUS = re.compile(r"[45]\d\d(?:[ -][45]\.\d{1,3}\.\d{1,3})?\b")


def without_secrets(said: str) -> str:
    """Answer a server's words as they may be kept and shown: one line, without what opens anything.

    Some servers repeat what they do not like in a letter, and that may be its link or code (T-6, T-16).
    """
    plain = "".join(letter if letter.isprintable() else " " for letter in said)
    return " ".join(_SECRET.sub("…", plain).split())


def status_alone(said: str) -> str:
    """Answer no more than a reply's numbers: the server's words may be those of the letter."""
    found = _STATUS.match(said)
    return found[0] if found else ""


class _Replies(io.RawIOBase):
    """What the server says; `until` is when the present reply must have ended."""

    until = 0.0

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def readable(self) -> bool:
        """Say so to the buffer."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what is there, or wait for as long as is left."""
        left = self.until - clock.ticks()
        if left <= 0:
            raise TimeoutError("the reply did not end")
        self._sock.settimeout(left)
        return self._sock.recv_into(buffer)


class Server(smtplib.SMTP):
    """A connection whose time-out is for a whole reply, however many lines and bytes it drips in."""

    def getreply(self) -> tuple[int, bytes]:
        """Answer code and text, or raise SMTPServerDisconnected, after the time-out too."""
        sock = self.sock
        if sock is None:
            return super().getreply()
        if self.file is None:
            self._replies = _Replies(sock)
            self.file = io.BufferedReader(self._replies)
        patience = sock.gettimeout()
        self._replies.until = clock.ticks() + (patience or 0)
        try:
            return super().getreply()
        finally:
            if self.sock is not None:
                self.sock.settimeout(patience)


class TlsServer(Server, smtplib.SMTP_SSL):
    """The same, inside TLS from the first byte."""
