"""Every access token of the house, for who keeps it from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from kinkeeper.features.accounts.models import AccessToken, Account

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


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
