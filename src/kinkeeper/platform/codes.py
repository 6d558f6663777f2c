"""Typed codes: the second way to use a mailed link, in the browser that asked for it alone (T-1, A-50).

A scanner that opens a letter's link, and even presses its button, uses the link up; it has not the browser
that asked. So the two end apart: the code takes the link along, and the link takes the code along where it
is pressed in the browser that asked. Anywhere else the code stays, for as long as the link would have.

Nothing is kept of a code. It is derived anew from the letter, as the link's secret is: it is short, and
whatever could be kept of it could be tried out.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy import select

from kinkeeper.kernel import crypto
from kinkeeper.kernel.errors import Invalid
from kinkeeper.kernel.words import mark
from kinkeeper.platform.links import Link

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.work import Work

LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
"""None looks like another, and without vowels they make no words."""

LENGTH = 8
"""27 to the 8th, 2.8 · 10^11: with five tries an hour nobody guesses one in a lifetime."""


class WrongCode(Invalid):
    """One answer for a mistyped code, an old one, another browser's, and an address that nobody has (T-8)."""

    code = "link.wrong_code"
    message = mark(
        "This code does not work here. It works once, in the browser in which you asked for the letter; "
        "the link in the letter works everywhere."
    )
    field = "code"


class Found(NamedTuple):
    """Which letter's code was typed, and what it opens."""

    letter_id: UUID
    subject_id: UUID
    reader_id: UUID | None
    """Whose mailbox it was in, where it is about somebody else."""


def code_for(letter_id: UUID, purpose: str, subject_id: UUID, key_id: bytes | None = None) -> str:
    """Derive the code that the letter carries, as it is written: in two groups of four."""
    mac = crypto.keys_of(key_id).mac("code", letter_id.bytes, purpose.encode(), subject_id.bytes)
    number, code = int.from_bytes(mac, "big"), ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        code += LETTERS[place]
    return f"{code[:4]}-{code[4:]}"


def find(session: Session, browser: bytes, purposes: Collection[str], typed: str) -> Found:
    """Answer which of the letters that this browser asked for has this code; it may have ended since.

    `browser` is the digest of the secret that the browser was given when it asked.
    """
    asked = select(Link).where(Link.asked_by == browser, Link.purpose.in_(purposes)).order_by(Link.id)
    plain, found = _plain(typed), None
    for link in session.scalars(asked):
        code = code_for(link.id, link.purpose, link.subject_id, link.key_id)
        if hmac.compare_digest(_plain(code), plain):
            found = Found(link.id, link.subject_id, link.reader_id)
    if found is None:
        raise WrongCode
    return found


def consume(work: Work, letter_id: UUID, browser: bytes) -> None:
    """Step: use the code up, and the link with it; of two at the same moment one wins (T-4)."""
    link = work.session.get(Link, letter_id, with_for_update=True, populate_existing=True)
    if link is None or link.asked_by != browser or link.voided_at is not None:
        raise WrongCode
    if link.ends_at is not None and link.ends_at <= work.now:
        raise WrongCode
    link.asked_by = None
    link.used_at = link.used_at or work.now


def _plain(typed: str) -> bytes:
    """Leave out how it was typed: small letters, spaces, the dash."""
    return "".join(letter for letter in typed.upper() if letter.isalnum()).encode()
