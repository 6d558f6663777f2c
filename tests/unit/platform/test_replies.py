"""What a mail server says is kept and shown without what could open anything."""

from __future__ import annotations

import pytest

from kinkeeper.platform.mail.replies import without_secrets


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("550 5.1.1 <zoe@example.org>: no such user", "550 5.1.1 <zoe@example.org>: no such user"),
        ("554 blocked: http://house.test/ready/abc see https://x.example", "554 blocked: … see …"),
        (f"550 odd word {'aZ09_-' * 8} in text", "550 odd word … in text"),
        ("451 4.7.1 odd: type this code 2345-6789 there", "451 4.7.1 odd: type this code … there"),
        ("554 not wanted (bxzp-2R7t)", "554 not wanted (…)"),
        ("550 two\r\nlines\x00 and \u202e turns", "550 two lines and turns"),
    ],
)
def test_no_address_of_a_page_no_token_and_one_line(said, kept):
    """T-6, T-16: some servers repeat the link, or the code, of the letter that they refuse."""
    assert without_secrets(said) == kept
