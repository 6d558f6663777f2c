"""Sealing who gives to whom: a copied database alone tells no pair (G13, T-21).

Each row is encrypted under the house's key, bound to its draw and giver together with the giver's own
random salt: moved to another row, or with the salt destroyed, it opens no more. Somebody who holds the
key file *and* the database can compute the pairs; the help text says so.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from uuid import UUID

from kinkeeper.features.exchanges.rules.wishing import FINGERPRINT, MOST_WISHES
from kinkeeper.kernel import crypto

if TYPE_CHECKING:
    from collections.abc import Mapping

LABEL, _MARK = "exchanges/assignment", "exchanges/receiver-mark"
BOUGHT_LABEL = "exchanges/bought"
SEED_LABEL, DOCUMENT_LABEL = "exchanges/seed", "exchanges/draw-document"
LASTING = (_MARK,)
"""Marks of one draw are compared with each other for as long as it counts."""

SEED = 32
"""Bytes."""
_ENTRY = 16 + FINGERPRINT
_MOST_BOUGHT = MOST_WISHES * _ENTRY


def seal(draw_id: UUID, giver_id: UUID, salt: bytes, receiver_id: UUID) -> bytes:
    """Answer the receiver, readable for this draw and giver only."""
    return crypto.keys().seal(LABEL, receiver_id.bytes, bound_to=_row(draw_id, giver_id, salt))


def unseal(draw_id: UUID, giver_id: UUID, salt: bytes, sealed: bytes) -> UUID:
    """Answer the receiver, or raise BrokenSeal."""
    row = _row(draw_id, giver_id, salt)
    return UUID(bytes=crypto.keys().unseal(LABEL, sealed, bound_to=row))


def seal_bought(draw_id: UUID, giver_id: UUID, salt: bytes, bought: Mapping[UUID, bytes]) -> bytes:
    """Answer which wishes a giver has bought, each with its fingerprint, readable for this row only.

    Always of one length: a number of wishes, held against how many each person has, would tell the match.
    """
    entries = b"".join(wish_id.bytes + mark for wish_id, mark in bought.items())
    if len(entries) > _MOST_BOUGHT:
        raise ValueError("more than a list can hold")
    plain = entries.ljust(_MOST_BOUGHT, b"\0")
    return crypto.keys().seal(BOUGHT_LABEL, plain, bound_to=_row(draw_id, giver_id, salt))


def bought_of(draw_id: UUID, giver_id: UUID, salt: bytes, sealed: bytes) -> dict[UUID, bytes]:
    """Answer the fingerprints of what a giver has bought, by wish; or raise BrokenSeal."""
    plain = crypto.keys().unseal(BOUGHT_LABEL, sealed, bound_to=_row(draw_id, giver_id, salt))
    entries = (plain[at : at + _ENTRY] for at in range(0, len(plain), _ENTRY))
    return {UUID(bytes=one[:16]): one[16:] for one in entries if any(one)}


def mark_of(draw_id: UUID, receiver_id: UUID) -> bytes:
    """Answer a keyed hash: equal for the same receiver of one draw, and telling nothing else."""
    return crypto.keys().mac(_MARK, draw_id.bytes, receiver_id.bytes)


def new_seed(exchange_id: UUID) -> bytes:
    """Answer a fresh seed, which nobody has seen, sealed for the next draw of this exchange."""
    return crypto.keys().seal(SEED_LABEL, secrets.token_bytes(SEED), bound_to=exchange_id.bytes)


def seed_of(exchange_id: UUID, sealed: bytes) -> bytes:
    """Answer the seed, or raise BrokenSeal."""
    return crypto.keys().unseal(SEED_LABEL, sealed, bound_to=exchange_id.bytes)


def seal_document(draw_id: UUID, document: bytes) -> bytes:
    """Answer all that a draw depended on, readable for this draw only: its seed leads to every pair."""
    return crypto.keys().seal(DOCUMENT_LABEL, document, bound_to=draw_id.bytes)


def document_of(draw_id: UUID, sealed: bytes) -> bytes:
    """Answer the document, or raise BrokenSeal."""
    return crypto.keys().unseal(DOCUMENT_LABEL, sealed, bound_to=draw_id.bytes)


def _row(draw_id: UUID, giver_id: UUID, salt: bytes) -> bytes:
    return draw_id.bytes + giver_id.bytes + salt
