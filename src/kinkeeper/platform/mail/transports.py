"""Transports: the ways a letter can leave the house; one URL chooses (`mail_url`)."""

from __future__ import annotations

import os
import re
import ssl
import sys
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from kinkeeper.kernel import clock
from kinkeeper.platform.mail.replies import Server, TlsServer

if TYPE_CHECKING:
    from email.message import EmailMessage

IDLE = 30
"""Seconds after which a connection that was not used is closed rather than trusted."""
_TAKEN, _WILL_FORWARD, _GO_ON, _NOT_NOW, _CLOSING, _PERMANENT = 250, 251, 354, 400, 421, 500
"""Reply codes of RFC 5321 4.2.3."""
_DOT_AT_START = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds that a mail server may take.

    The text and the answer to it are given what RFC 5321 4.5.3.2 asks for: whoever hangs up on a server
    that is still looking at a letter sends it twice. Before the text nothing has left, so trying
    again later is cheaper than the five minutes that it proposes for each command.
    """

    command: float = 60
    text: float = 180
    answer: float = 600


@dataclass(frozen=True, slots=True)
class Receipt:
    """The other side has taken the letter."""

    provider_id: str | None = None


class Refused(Exception):
    """The other side will never take this letter (5xx)."""


class Deferred(Exception):
    """It will not take it now (4xx)."""


class Unsure(Exception):
    """The connection broke while the letter was being handed over: it may have been taken."""


class Unreachable(Exception):
    """The other side cannot be talked to at all; no use in trying the next letter."""


class Transport(Protocol):
    """A way out of the house."""

    name: str

    def send(self, message: EmailMessage, *, once: str) -> Receipt:
        """Hand over one message, or raise Refused, Deferred, Unsure or Unreachable.

        `once` is the letter's idempotency key, for carriers that know such a thing.
        """
        ...

    def check(self) -> None:
        """Find out whether letters could leave, without sending one; raises Unreachable if not."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


class Mailbox:
    """Keeps letters in the house: the administrator reads them on a page (the default)."""

    name = "mailbox"

    def send(self, message: EmailMessage, *, once: str) -> Receipt:
        """Take anything; the page writes the letter out again from its row."""
        del message, once
        return Receipt()

    def check(self) -> None:
        """Nothing can be in the way."""

    def close(self) -> None:
        """Nothing is open."""


class Console:
    """Prints letters, for development."""

    name = "console"

    def send(self, message: EmailMessage, *, once: str) -> Receipt:
        """Print the text part."""
        del once
        body = message.get_body(("plain",))
        text = body.get_content() if body else ""
        sys.stdout.write(f"\n--- {message['To']}: {message['Subject']}\n{text}---\n")
        sys.stdout.flush()
        return Receipt()

    def check(self) -> None:
        """Nothing can be in the way."""

    def close(self) -> None:
        """Nothing is open."""


class Folder:
    """Writes each letter as an .eml file, once only, whole or not at all."""

    name = "file"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage, *, once: str) -> Receipt:
        """Write the file; its name comes from the Message-ID, so a second attempt replaces it."""
        del once
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        draft = self._folder / f".{name}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                file.write(message.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._folder / f"{name}.eml")
        except OSError as error:
            raise Unreachable(f"cannot write to {self._folder}: {error.strerror}") from error
        return Receipt()

    def check(self) -> None:
        """Look whether a file can be written there; the folder may have to be made first."""
        folder = self._folder
        while not folder.exists():
            folder = folder.parent
        if not (folder.is_dir() and os.access(folder, os.W_OK)):
            raise Unreachable(f"cannot write to {self._folder}")

    def close(self) -> None:
        """Nothing is open."""


class Smtp:
    """A mail server; one connection is reused, and dropped at the first doubt."""

    name = "smtp"
    schemes: ClassVar[dict[str, int]] = {"smtp": 587, "smtps": 465}

    def __init__(self, url: str, timeouts: Timeouts = Timeouts()) -> None:
        parts, self._timeouts = urlsplit(url), timeouts
        self._host, self._is_tls = parts.hostname or "localhost", parts.scheme == "smtps"
        self._port = parts.port or self.schemes[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        plain = parse_qs(parts.query).get("tls", ["starttls"])[0] == "none"
        self._starttls = not self._is_tls and not plain
        self._server: Server | None = None
        self._used_at = 0.0

    def send(self, message: EmailMessage, *, once: str) -> Receipt:
        """Hand the message over in one SMTP transaction (RFC 5321 3.3)."""
        del once
        server = self._ready_for(message)
        try:
            code, answer = self._hand_over(server, message)
        except OSError as error:
            self._drop()
            raise Unsure(f"the connection broke: {error}") from error
        if code != _TAKEN and code < _NOT_NOW:  # neither yes nor no
            self._drop()
            raise Unsure(f"{code} {_text(answer)}")
        if code != _TAKEN:
            raise self._said_no(server, code, answer)
        return Receipt(_text(answer)[:200])

    def check(self) -> None:
        """Connect, and sign in where the URL has a name and a password."""
        self._connected()

    def close(self) -> None:
        """Say goodbye, and do not wait for an answer: nothing depends on it."""
        if self._server is not None:
            with suppress(OSError):
                self._server.putcmd("QUIT")
            self._drop()

    def _ready_for(self, message: EmailMessage) -> Server:
        """Answer a server that waits for the text; some end a connection after so many letters."""
        was_open = self._server is not None
        try:
            return self._begin(self._connected(), message)
        except (Unreachable, Deferred):
            if not was_open or self._server is not None:  # it talks to us still: it means this letter
                raise
        return self._begin(self._connected(), message)

    def _connected(self) -> Server:
        if self._server is not None and clock.ticks() - self._used_at > IDLE:
            self.close()
        if self._server is None:
            try:
                self._server = self._connect()
            except OSError as error:
                raise Unreachable(f"{self._host}:{self._port}: {error}") from error
        self._used_at = clock.ticks()
        return self._server

    def _connect(self) -> Server:
        context, patience = ssl.create_default_context(), self._timeouts.command
        if self._is_tls:
            server: Server = TlsServer(self._host, self._port, timeout=patience, context=context)
        else:
            server = Server(self._host, self._port, timeout=patience)
        try:
            if self._starttls:
                server.starttls(context=context)
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _begin(self, server: Server, message: EmailMessage) -> Server:
        """MAIL, RCPT and DATA; nothing of the letter has left yet, so trouble here is certain."""
        sender, recipient = parseaddr(str(message["From"]))[1], parseaddr(str(message["To"]))[1]
        try:
            server.ehlo_or_helo_if_needed()
            code, answer = server.mail(sender)
            if code != _TAKEN:  # our own address is not welcome: no letter's fault, so none may fail of it
                self._drop()
                raise Unreachable(f"{sender}: {code} {_text(answer)}")
            code, answer = server.rcpt(recipient)
            if code not in {_TAKEN, _WILL_FORWARD}:
                raise self._said_no(server, code, answer)
            code, answer = server.docmd("DATA")
            if code != _GO_ON:
                raise self._said_no(server, code, answer)
        except OSError as error:
            self._drop()
            raise Unreachable(f"{self._host}:{self._port}: {error}") from error
        return server

    def _hand_over(self, server: Server, message: EmailMessage) -> tuple[int, bytes]:
        """Send the text with its final dot, and answer what the server says to it (RFC 5321 4.5.2)."""
        text = _DOT_AT_START.sub(b"..", message.as_bytes())
        _be_patient(server, self._timeouts.text)
        server.send(text + b".\r\n")
        _be_patient(server, self._timeouts.answer)
        answer = server.getreply()
        _be_patient(server, self._timeouts.command)
        return answer

    def _said_no(self, server: Server, code: int, answer: bytes | str) -> Exception:
        """Get the connection ready for the next letter, and answer what a refusal means.

        421 ends the connection, and yet it is this letter's alone: some servers say it to a recipient. One
        that is shutting down will not let the next letter in either.
        """
        said = f"{code} {_text(answer)}"
        try:
            if code == _CLOSING:
                self._drop()
            else:
                server.rset()
        except OSError:
            self._drop()
        return Refused(said) if code >= _PERMANENT else Deferred(said)

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


def open_transport(url: str) -> Transport:
    """Answer the transport that a `mail_url` names; the settings take no other."""
    scheme, _, rest = url.partition(":")
    if scheme == "mailbox":
        return Mailbox()
    if scheme == "console":
        return Console()
    if scheme == "file":
        return Folder(Path(rest.removeprefix("//")))
    return Smtp(url)


def _be_patient(server: Server, seconds: float) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
