"""What a mail library would decode must not get into names, addresses or subjects (T-31)."""

from __future__ import annotations

import email
from datetime import UTC, date, datetime
from email import policy

import pytest

from kinkeeper.features.accounts.rules import BadAddress, BadName, clean_address, clean_name
from kinkeeper.features.exchanges.emails import MatchReady
from kinkeeper.kernel.db import new_id
from kinkeeper.platform.mail import OutboxLetter, letters
from kinkeeper.platform.mail.delivery import compose

FORGED = "=?utf-8?q?x=0d=0aBcc:_evil=40example.com?="


def test_an_encoded_word_is_no_name():
    with pytest.raises(BadName):
        clean_name(FORGED)


def test_an_encoded_word_is_no_address():
    """It would be read as another recipient."""
    with pytest.raises(BadAddress):
        clean_address("=?utf-8?q?victim=40evil.com?=@example.com")


def test_an_encoded_word_in_a_title_makes_no_header():
    letter = MatchReady(
        to="ana@example.org",
        language="en",
        name="Ana",
        title=FORGED,
        gifts_on=date(2026, 12, 24),
        budget="",
        participant_id=new_id(),
    )
    row = OutboxLetter(
        id=new_id(),
        kind=letter.kind,
        to=letter.to,
        fields=letters.pack(letter),
        message_id="<1@kinkeeper.test>",
        queued_at=datetime(2026, 12, 1, tzinfo=UTC),
    )
    sent = email.message_from_bytes(compose(row, "house@example.org").as_bytes(), policy=policy.default)
    assert sent["Bcc"] is None
    assert "Bcc" in sent["Subject"]
