"""Who gave to whom in past years, so that it can be known again and read by nobody (G5).

A mark is a keyed hash: without the house's key nobody can tell whose it is, and the two ends of a pair are
marked apart, so that not even the marks of one person can be laid side by side. The key is the address,
which outlives the person's entry, else the entry itself.
"""

from __future__ import annotations

from uuid import UUID

from kinkeeper.kernel import crypto

LASTING = _GIVER, _RECEIVER = "exchanges/past-giver", "exchanges/past-receiver"


def giver_mark(series_id: UUID, person_id: UUID, email: str | None) -> bytes:
    """Answer the mark of somebody as a giver of this series."""
    return crypto.keys().mac(_GIVER, series_id.bytes, _known_by(person_id, email))


def receiver_mark(series_id: UUID, person_id: UUID, email: str | None) -> bytes:
    """Answer the mark of somebody as a receiver of this series."""
    return crypto.keys().mac(_RECEIVER, series_id.bytes, _known_by(person_id, email))


def _known_by(person_id: UUID, email: str | None) -> bytes:
    return email.lower().encode() if email else person_id.bytes
