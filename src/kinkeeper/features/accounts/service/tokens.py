"""Personal access tokens: shown once, stored as digests."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete

from kinkeeper.features.accounts.models import AccessToken
from kinkeeper.features.accounts.permissions import may_manage_tokens
from kinkeeper.features.accounts.rules import clean_name
from kinkeeper.features.accounts.service.freshness import refuse_stale
from kinkeeper.features.accounts.service.sessions import EVERYTHING
from kinkeeper.kernel import crypto
from kinkeeper.kernel.errors import Forbidden, Invalid, NotFound, Unauthenticated
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor

PREFIX = "kk_"
"""Lets people, and programs that look for leaked secrets, see what it is."""


class NoSuchScope(Invalid):
    """A token for something that nobody looks at would be for nothing."""

    code = "token.no_such_scope"
    message = mark("An access token can be for: %(scopes)s.")
    field = "scopes"


class TokenMakesNone(Forbidden):
    """Who finds a token must not be able to make another that outlives it."""

    code = "token.makes_no_tokens"
    message = mark("A personal access token cannot make another. Sign in with your password for that.")


def make_token(actor: Actor, name: str, *, days: int, scopes: Collection[str] | None = None) -> str:
    """Make an access token and answer it; it cannot be shown again. Without scopes it is for everything.

    It outlives the session that it is made in, so that one has to be fresh: raises ProveAgain, or
    TokenMakesNone for whoever has no session but a token.
    """
    if actor.account_id is None:
        raise Unauthenticated
    if actor.session_id is None:
        raise TokenMakesNone
    secret = PREFIX + crypto.new_token()
    with transaction(actor) as work:
        work.authorize(may_manage_tokens, actor.account_id)
        refuse_stale(work)
        token = AccessToken(
            account_id=actor.account_id,
            name=clean_name(name),
            digest=crypto.token_digest(secret),
            created_at=work.now,
            ends_at=work.now + timedelta(days=days),
            scopes=EVERYTHING if scopes is None else " ".join(sorted(scopes)),
        )
        work.session.add(token)
        details = {"name": token.name, "days": days, "scopes": token.scopes}
        audit.record(work, "account.token_made", actor.account_id, **details)
    return secret


def revoke_token(actor: Actor, token_id: UUID) -> None:
    """End an access token at once."""
    if actor.account_id is None:
        raise Unauthenticated
    with transaction(actor) as work:
        work.authorize(may_manage_tokens, actor.account_id)
        own = delete(AccessToken).where(
            AccessToken.id == token_id, AccessToken.account_id == actor.account_id
        )
        if work.session.execute(own.returning(AccessToken.id)).first() is None:
            raise NotFound
        audit.record(work, "account.token_revoked", actor.account_id)
