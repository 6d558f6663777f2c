"""Transports: the ways a letter can leave the house; one URL chooses (`mail_url`)."""

from __future__ import annotations

import os
import smtplib
import ssl
import sys
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from kinkeeper.kernel import clock

if TYPE_CHECKING:
    from email.message import EmailMessage

TIMEOUT = 30
IDLE = 30
"""Seconds after which a connection that was not used is closed rather than trusted."""
_TAKEN, _WILL_FORWARD, _CLOSING, _PERMANENT = 250, 251, 421, 500
"""Reply codes of RFC 5321 4.2.3."""


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

    def close(self) -> None:
        """Nothing is open."""


class Smtp:
    """A mail server; one connection is reused, and dropped at the first doubt."""

    name = "smtp"
    schemes: ClassVar[dict[str, int]] = {"smtp": 587, "smtps": 465}

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._is_tls = parts.hostname or "localhost", parts.scheme == "smtps"
        self._port = parts.port or self.schemes[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        plain = parse_qs(parts.query).get("tls", ["starttls"])[0] == "none"
        self._starttls = not self._is_tls and not plain
        self._server: smtplib.SMTP | None = None
        self._used_at = 0.0

    def send(self, message: EmailMessage, *, once: str) -> Receipt:
        """Hand the message over in one SMTP transaction (RFC 5321 3.3)."""
        del once
        server = self._ready_for(message)
        try:
            code, answer = server.data(message.as_bytes())
        except smtplib.SMTPDataError as error:  # refused before the text was sent
            raise self._said_no(server, error.smtp_code, error.smtp_error) from error
        except OSError as error:
            self._drop()
            raise Unsure(f"the connection broke: {error}") from error
        if code != _TAKEN:
            raise self._said_no(server, code, answer)
        return Receipt(_text(answer)[:200])

    def close(self) -> None:
        """Say goodbye, if anybody is listening."""
        if self._server is not None:
            try:
                self._server.quit()
            except OSError:
                self._server.close()
            self._server = None

    def _ready_for(self, message: EmailMessage) -> smtplib.SMTP:
        """Answer a server that waits for the text; some end a connection after so many letters."""
        was_open = self._server is not None
        try:
            return self._name_both_ends(self._connected(), message)
        except Unreachable:
            if not was_open:
                raise
        return self._name_both_ends(self._connected(), message)

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None and clock.ticks() - self._used_at > IDLE:
            self.close()
        if self._server is None:
            try:
                self._server = self._connect()
            except OSError as error:
                raise Unreachable(f"{self._host}:{self._port}: {error}") from error
        self._used_at = clock.ticks()
        return self._server

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._is_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT)
        try:
            if self._starttls:
                server.starttls(context=context)
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _name_both_ends(self, server: smtplib.SMTP, message: EmailMessage) -> smtplib.SMTP:
        """MAIL FROM and RCPT TO; nothing of the letter has left yet, so trouble here is certain."""
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
        except OSError as error:
            self._drop()
            raise Unreachable(f"{self._host}:{self._port}: {error}") from error
        return server

    def _said_no(self, server: smtplib.SMTP, code: int, answer: bytes | str) -> Exception:
        """Get the connection ready for the next letter, and answer what a refusal means."""
        said = f"{code} {_text(answer)}"
        if code == _CLOSING:
            self._drop()
            return Unreachable(said)
        try:
            server.rset()
        except OSError:
            self._drop()
        return Refused(said) if code >= _PERMANENT else Deferred(said)

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


def open_transport(url: str) -> Transport:
    """Answer the transport that a `mail_url` names, or raise ValueError."""
    scheme, _, rest = url.partition(":")
    if scheme == "mailbox":
        return Mailbox()
    if scheme == "console":
        return Console()
    if scheme == "file" and rest.strip("/"):
        return Folder(Path(rest.removeprefix("//")))
    if scheme in Smtp.schemes and urlsplit(url).hostname:
        return Smtp(url)
    raise ValueError("mail_url: one of mailbox:, console:, file:FOLDER, smtp://HOST, smtps://HOST")


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
