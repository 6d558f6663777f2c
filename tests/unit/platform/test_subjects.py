"""The subject of a letter arrives as it was written, whatever language it is in."""

from __future__ import annotations

import email
import email.policy
from email.header import decode_header, make_header

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kinkeeper.kernel import clock
from kinkeeper.kernel.db import new_id
from kinkeeper.platform.mail import delivery, letters
from kinkeeper.platform.mail.outbox import OutboxLetter

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=90)
SUBJECTS = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: " ".join(" ".join(words).split()))


@pytest.fixture(scope="module")
def written():
    """`written(subject)` is the letter with that subject, as bytes."""
    with pytest.MonkeyPatch.context() as patch:
        said = {}
        patch.setattr(letters, "unpack", lambda _kind, _fields: None)
        patch.setattr(
            letters, "render", lambda *_: letters.Rendered(said["subject"], "Hello.", "<p>Hello.</p>")
        )
        patch.setattr(delivery, "link_of", lambda _row: None)
        patch.setattr(delivery, "code_of", lambda _row: "")
        patch.setattr(letters, "stop_address", lambda _letter: None)
        patch.setattr(delivery, "inlined", lambda html: html)
        row = OutboxLetter(
            id=new_id(),
            kind="sample",
            fields={},
            to="ana@example.org",
            message_id="<1@x>",
            queued_at=clock.now(),
        )

        def write(subject: str) -> bytes:
            said["subject"] = subject
            return delivery.compose(row, "The Olsens <olsens@example.org>").as_bytes()

        yield write


@given(SUBJECTS)
@example("Bitte bestätige: Großes Wichteln für Söhne, Töchter, Großmütter und Großväter")
@example("I nomi sono stati estratti: Natale in famiglia perché così è più bello, papà")
@example("The names are drawn: " + "aa " * 40 + "b" * 200 + " " + "c" * 200)
def test_every_subject_is_read_as_it_was_written(written, subject):
    """Both by mail programs that know the newest rules and by those that know the oldest (RFC 2047)."""
    raw = written(subject)
    meant = subject.replace("=?", "= ?")
    old = email.message_from_bytes(raw)["Subject"]
    assert str(make_header(decode_header("".join(old.splitlines())))) == meant
    assert str(email.message_from_bytes(raw, policy=email.policy.default)["Subject"]) == meant


@given(SUBJECTS)
def test_no_line_of_a_subject_is_too_long_or_beyond_ascii(written, subject):
    head = written(subject).split(b"\r\n\r\n")[0]
    assert head.isascii()
    assert all(len(line) <= 76 for line in head.split(b"\r\n"))
    assert head.count(b"\nSubject: ") == 1


def test_a_short_plain_subject_can_be_read_on_the_wire(written):
    assert b"\r\nSubject: The names are drawn: Christmas\r\n" in written("The names are drawn: Christmas")
