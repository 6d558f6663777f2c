"""Why a letter came back, as far as the server says."""

from __future__ import annotations

import pytest

from kinkeeper.features.exchanges.rules.returning import Return, why_returned


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("550 5.1.1 no such user", Return.NO_MAILBOX),
        ("550-5.1.1 no such user", Return.NO_MAILBOX),
        ("550 5.2.1 disabled", Return.NO_MAILBOX),
        ("552 5.2.2 over quota", Return.FULL),
        ("452 4.2.2 over quota", Return.FULL),
        ("552 too much", Return.FULL),
        ("553 no", Return.NO_MAILBOX),
        ("554 5.7.1 spam", Return.UNWANTED),
        ("550 no", Return.OTHER),
        ("550 5.3.0 no", Return.OTHER),
        ("cannot write to /mail", Return.OTHER),
        ("", Return.OTHER),
        (None, Return.OTHER),
    ],
)
def test_the_enhanced_status_counts_before_the_reply_code(said, why):
    assert why_returned(said) is why
