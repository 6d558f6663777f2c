"""Personal access tokens: one's own, and every one of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from kinkeeper.features.accounts.models import AccessToken, Account
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.paging import Page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


def tokens_of(session: Session, actor: Actor) -> Sequence[AccessToken]:
    """Answer the actor's access tokens, newest first."""
    own = select(AccessToken).where(AccessToken.account_id == actor.account_id)
    return session.scalars(own.order_by(AccessToken.created_at.desc())).all()


def own_tokens(session: Session, actor: Actor, *, page: int = 1, per_page: int = 20) -> Page[AccessToken]:
    """Answer the actor's access tokens, newest first."""
    own = AccessToken.account_id == actor.account_id
    total = session.scalar(select(func.count()).select_from(AccessToken).where(own)) or 0
    shown = select(AccessToken).where(own).order_by(AccessToken.created_at.desc(), AccessToken.id.desc())
    rows = session.scalars(shown.limit(per_page).offset((page - 1) * per_page)).all()
    return Page(rows, page, per_page, total)


def own_token(session: Session, actor: Actor, token_id: UUID) -> AccessToken:
    """Answer one of the actor's access tokens; foreign and missing are the same."""
    return _one(session, actor, AccessToken.id == token_id)


def own_token_made(session: Session, actor: Actor, digest: bytes) -> AccessToken:
    """Answer likewise the one with this digest, which was just made."""
    return _one(session, actor, AccessToken.digest == digest)


def tokens_alive(session: Session, account_id: UUID, now: datetime) -> int:
    """Answer how many access tokens of an account work now."""
    alive = AccessToken.account_id == account_id, AccessToken.ends_at > now
    return session.scalar(select(func.count()).select_from(AccessToken).where(*alive)) or 0


def every_token(session: Session) -> Sequence[Any]:
    """Answer every access token with its owner's address, the newest last; nobody can answer its secret."""
    found = select(
        AccessToken.id,
        Account.email,
        AccessToken.name,
        AccessToken.scopes,
        AccessToken.ends_at,
        AccessToken.used_at,
    ).join(Account, Account.id == AccessToken.account_id)
    return session.execute(found.order_by(AccessToken.created_at, AccessToken.id)).all()


def _one(session: Session, actor: Actor, which: ColumnElement[bool]) -> AccessToken:
    found = session.scalar(select(AccessToken).where(AccessToken.account_id == actor.account_id, which))
    if found is None:
        raise NotFound
    return found
