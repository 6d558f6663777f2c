"""Sealing who gives to whom: a copied database alone tells no pair (G13, T-21).

Each row is encrypted under the house's key, bound to its draw and giver together with the giver's own
random salt: moved to another row, or with the salt destroyed, it opens no more. Somebody who holds the
key file *and* the database can compute the pairs; the help text says so.
"""

from __future__ import annotations

from uuid import UUID

from kinkeeper.kernel import crypto

_LABEL, _MARK = "exchanges/assignment", "exchanges/receiver-mark"


def seal(draw_id: UUID, giver_id: UUID, salt: bytes, receiver_id: UUID) -> bytes:
    """Answer the receiver, readable for this draw and giver only."""
    return crypto.keys().seal(_LABEL, receiver_id.bytes, bound_to=_row(draw_id, giver_id, salt))


def unseal(draw_id: UUID, giver_id: UUID, salt: bytes, sealed: bytes) -> UUID:
    """Answer the receiver, or raise BrokenSeal."""
    row = _row(draw_id, giver_id, salt)
    return UUID(bytes=crypto.keys().unseal(_LABEL, sealed, bound_to=row))


def mark_of(draw_id: UUID, receiver_id: UUID) -> bytes:
    """Answer a keyed hash: equal for the same receiver of one draw, and telling nothing else."""
    return crypto.keys().mac(_MARK, draw_id.bytes, receiver_id.bytes)


def _row(draw_id: UUID, giver_id: UUID, salt: bytes) -> bytes:
    return draw_id.bytes + giver_id.bytes + salt
