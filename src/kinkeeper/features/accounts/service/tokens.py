"""Personal access tokens: shown once, stored as digests; their owners end them, and who keeps accounts.

What programs hold that sign in with a password is in `programs`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import AccessToken
from kinkeeper.features.accounts.permissions import may_keep_accounts, may_keep_own_account
from kinkeeper.features.accounts.rules import clean_label
from kinkeeper.features.accounts.service.freshness import refuse_stale
from kinkeeper.features.accounts.service.sessions import EVERYTHING
from kinkeeper.kernel import crypto
from kinkeeper.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work

MOST = 50
"""So many of an account work at once: more than anybody keeps an eye on."""
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


class TooManyTokens(Conflict):
    """A program that makes one at each run would never end."""

    code = "token.too_many"
    message = mark(
        "You have %(most)s access tokens that work, as many as there can be. Revoke one that nothing uses "
        "any more, and then make this one."
    )


def make_token(actor: Actor, name: str, *, days: int, scopes: Collection[str] | None = None) -> str:
    """Make an access token and answer it; it cannot be shown again. Without scopes it is for everything.

    It outlives the session that it is made in, so that one has to be fresh: raises ProveAgain, or
    TokenMakesNone for whoever has no session but a token; TooManyTokens where as many work as there can be.
    """
    secret = PREFIX + crypto.new_token()
    with transaction(actor) as work:
        # Locked, so that of two that are made at the same moment the second is counted with the first.
        account = queries.own_account_for_change(work.session, actor)
        if actor.session_id is None:
            raise TokenMakesNone
        work.authorize(may_keep_own_account, account.id)
        refuse_stale(work)
        _refuse_one_more(work, account.id)
        token = AccessToken(
            account_id=account.id,
            name=clean_label(name),
            digest=crypto.token_digest(secret),
            created_at=work.now,
            ends_at=work.now + timedelta(days=days),
            scopes=EVERYTHING if scopes is None else " ".join(sorted(scopes)),
        )
        work.session.add(token)
        # Without its name: that is their own words, and would stay when they are forgotten.
        details = {"days": days, "scopes": token.scopes}
        audit.record(work, "account.token_made", account.id, **details)
    return secret


def revoke_token(actor: Actor, token_id: UUID) -> None:
    """End an access token at once."""
    with transaction(actor) as work:
        account_id = actor.own_account_id()
        work.authorize(may_keep_own_account, account_id)
        own = AccessToken.id == token_id, AccessToken.account_id == account_id
        if work.session.execute(delete(AccessToken).where(*own).returning(AccessToken.id)).first() is None:
            raise NotFound
        audit.record(work, "account.token_revoked", account_id)


def revoke_anybodys_token(actor: Actor, token_id: UUID) -> None:
    """End an access token at once, whosever it is: a program is lost, or its owner cannot be reached."""
    with transaction(actor) as work:
        work.authorize(may_keep_accounts, None)
        token = work.session.get(AccessToken, token_id, with_for_update=True)
        if token is None:
            raise NotFound
        audit.record(work, "account.token_revoked", token.account_id)
        work.session.delete(token)


def _refuse_one_more(work: Work, account_id: UUID) -> None:
    if queries.tokens_alive(work.session, account_id, work.now) >= MOST:
        raise TooManyTokens(most=MOST)
