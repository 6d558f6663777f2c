"""Tickets: what programs that signed in show, short-lived, signed, and worth nothing without their session.

JSON Web Tokens of one algorithm (RFC 7519, RFC 8725, RFC 9068). They say who, and never what somebody may:
that is read from the database at each request (C-3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from joserfc.jws import JWSRegistry

from kinkeeper.kernel import crypto

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from joserfc.jwk import GuestProtocol

AUDIENCE = "kinkeeper-api"
TYPE = "at+jwt"
_REGISTRY = JWSRegistry(algorithms=["HS256"])


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who an access token says that it is for."""

    account_id: UUID
    session_id: UUID
    epoch: int


def write(ticket: Ticket, *, issuer: str, now: datetime, life: timedelta) -> str:
    """Answer the access token for a program; it lives from now on, for `life`."""
    moment = int(now.timestamp())
    claims = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": str(ticket.account_id),
        "sid": str(ticket.session_id),
        "jti": crypto.new_token(),
        "epoch": ticket.epoch,
        "iat": moment,
        "nbf": moment,
        "exp": moment + int(life.total_seconds()),
    }
    kid = crypto.keys().key_id.hex()
    return jwt.encode(_head(kid), claims, _key(kid), registry=_REGISTRY)


def read(token: str, *, issuer: str, now: datetime) -> Ticket | None:
    """Answer whom the access token is for; None for whatever is not one of ours that is still good."""
    try:
        found = jwt.decode(token, _key_for, registry=_REGISTRY)
        if found.header != _head(str(found.header.get("kid"))) or not _is_good(found.claims, issuer, now):
            return None
        claims = found.claims
        return Ticket(UUID(claims["sub"]), UUID(claims["sid"]), claims["epoch"])
    except (
        JoseError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
    ):  # what a stranger sends may be anything
        return None


def _is_good(claims: dict[str, Any], issuer: str, now: datetime) -> bool:
    is_ours = claims["iss"] == issuer and claims["aud"] == AUDIENCE
    return is_ours and bool(claims["nbf"] <= now.timestamp() < claims["exp"])


def _head(kid: str) -> dict[str, str]:
    """Answer the whole header: nothing else in one is listened to (`jku`, `jwk`, `crit`, another `alg`)."""
    return {"alg": "HS256", "typ": TYPE, "kid": kid}


def _key_for(token: GuestProtocol) -> OctKey:
    return _key(str(token.headers().get("kid")))


def _key(kid: str) -> OctKey:
    """Answer the key of this name, or raise ValueError; the only place that knows how they are made.

    A token that was made under a secret before this one is good until that secret is let go.
    """
    return OctKey.import_key(crypto.keys_of(bytes.fromhex(kid)).derive("jwt"))
