"""Stopping letters from the letter itself: a token that needs no row and opens nothing else (RFC 8058)."""

from __future__ import annotations

import base64
import binascii
import hmac
from enum import StrEnum
from uuid import UUID

from kinkeeper.kernel import crypto

_ID, _MAC = 16, 16
"""Bytes: 128 bits are more than anybody can guess online, and the address stays short enough."""


class Stop(StrEnum):
    """What can be stopped; each by itself."""

    REMINDERS = "reminders"
    WISHES = "wishes"


def stop_token(stop: Stop, participant_id: UUID) -> str:
    """Answer the token for one place and one kind of letters, always the same: old letters keep working."""
    body = participant_id.bytes + _mac(stop, participant_id)
    return f"{stop[0]}{base64.urlsafe_b64encode(body).rstrip(b'=').decode()}"


def read_stop(token: str) -> tuple[Stop, UUID] | None:
    """Answer what a token stops, and whose; None where the house never made it."""
    stop = next((one for one in Stop if token[:1] == one[0]), None)
    try:
        body = base64.b64decode(token[1:] + "=" * (-len(token[1:]) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if stop is None or len(body) != _ID + _MAC:
        return None
    participant_id = UUID(bytes=body[:_ID])
    is_ours = hmac.compare_digest(body[_ID:], _mac(stop, participant_id))
    return (stop, participant_id) if is_ours else None


def _mac(stop: Stop, participant_id: UUID) -> bytes:
    return crypto.keys().mac("exchanges/stop", stop.encode(), participant_id.bytes)[:_MAC]
