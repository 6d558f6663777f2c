"""Ending somebody else's access token: a program is lost, or its owner cannot be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts.models import AccessToken
from kinkeeper.features.accounts.permissions import may_keep_accounts
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


def revoke_anybodys_token(actor: Actor, token_id: UUID) -> None:
    """End an access token at once, whosever it is."""
    with transaction(actor) as work:
        work.authorize(may_keep_accounts, None)
        token = work.session.get(AccessToken, token_id, with_for_update=True)
        if token is None:
            raise NotFound
        audit.record(work, "account.token_revoked", token.account_id)
        work.session.delete(token)
