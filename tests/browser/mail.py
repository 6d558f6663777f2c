"""The mail of a journey: a real server that keeps what it is handed, and what stands in the letters."""

from __future__ import annotations

import email
import re
import time
from email import policy
from email.message import EmailMessage

import pytest

PATIENCE = 20
"""Seconds that a letter may take."""


class Sink:
    """An SMTP server's behaviour: it takes every letter but those to addresses that it does not know."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.unknown: set[str] = set()

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802 - aiosmtpd's name
        """Refuse for good whom nobody knows here."""
        if address in self.unknown:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep the letter."""
        self.letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"

    def letters_to(self, address: str, subject: str = "") -> list[EmailMessage]:
        """Answer what has come so far, the oldest first."""
        return [one for one in self.letters if address in one["To"] and subject in one["Subject"]]

    def letter(self, address: str, subject: str, *, number: int = 1) -> str:
        """Wait for somebody's so-manieth letter of a subject; answer its plain text."""
        patience = time.monotonic() + PATIENCE
        while time.monotonic() < patience:
            found = self.letters_to(address, subject)
            if len(found) >= number:
                return str(found[number - 1].get_body(("plain",)).get_content())
            time.sleep(0.1)
        came = [(one["To"], one["Subject"]) for one in self.letters]
        return pytest.fail(f"no letter “{subject}” to {address}; there are {came}")

    def link(self, address: str, subject: str, *, number: int = 1) -> str:
        """Wait for a letter as `letter` does, and answer the first link of its text."""
        return re.search(r"https?://\S+/[a-z-]+/[\w-]{20,}\S*", self.letter(address, subject, number=number))[
            0
        ]

    def code(self, address: str, subject: str, *, number: int = 1) -> str:
        """Wait for a letter as `letter` does, and answer the code that can be typed instead."""
        words = self.letter(address, subject, number=number)
        return re.search(r"^([2-9B-Z]{4}-[2-9B-Z]{4})\s*$", words, re.MULTILINE)[1]
