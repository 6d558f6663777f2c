"""Stopping letters from the letter itself: a token that needs no row and opens nothing else (RFC 8058)."""

from __future__ import annotations

import base64
import binascii
import hmac
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from kinkeeper.kernel import crypto

LABEL = "exchanges/stop"
_ID, _MAC = 16, 16
"""Bytes: 128 bits are more than anybody can guess online, and the address stays short enough."""


class Stop(StrEnum):
    """What can be stopped; each by itself."""

    REMINDERS = "reminders"
    WISHES = "wishes"


STOPPED = {Stop.REMINDERS: "exchanges.gifts_soon", Stop.WISHES: "exchanges.wishes_changed"}
"""The kind of letter that each stops. Nobody who runs an exchange sees what becomes of one.

Nobody whose gift is ready gets such a letter, so that to whom one went would tell who said so.
"""


class Claim(NamedTuple):
    """What a token stops, and whose; or what somebody made up."""

    stop: Stop
    participant_id: UUID
    mac: bytes

    def holds_for(self, holder_id: UUID | None) -> bool:
        """Tell whether the house made it, for whoever has the place now."""
        return hmac.compare_digest(self.mac, _mac(self.stop, self.participant_id, holder_id))


def stop_token(stop: Stop, participant_id: UUID, holder_id: UUID | None) -> str:
    """Answer the token for one kind of letters to one holder of a place, always the same.

    Old letters keep working until the place goes by another address.
    """
    body = participant_id.bytes + _mac(stop, participant_id, holder_id)
    return f"{stop[0]}{base64.urlsafe_b64encode(body).rstrip(b'=').decode()}"


def read_stop(token: str) -> Claim | None:
    """Answer what a token claims to stop; None where it is none."""
    stop = next((one for one in Stop if token[:1] == one[0]), None)
    try:
        body = base64.b64decode(token[1:] + "=" * (-len(token[1:]) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if stop is None or len(body) != _ID + _MAC:
        return None
    return Claim(stop, UUID(bytes=body[:_ID]), body[_ID:])


def _mac(stop: Stop, participant_id: UUID, holder_id: UUID | None) -> bytes:
    whose = holder_id.bytes if holder_id is not None else b""
    return crypto.keys().mac(LABEL, stop.encode(), participant_id.bytes, whose)[:_MAC]
