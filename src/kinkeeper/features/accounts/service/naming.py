"""Usernames: what may be typed instead of an address."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import Account
from kinkeeper.features.accounts.permissions import may_keep_own_account
from kinkeeper.features.accounts.rules import clean_username
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import audit, limits
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work

TRIES = Budget("username.try", 20, timedelta(hours=1))
"""Being refused tells that somebody has the name: nobody should ask for all of them."""


class UsernameTaken(Conflict):
    """Another account signs in with it."""

    code = "account.username_taken"
    message = mark("Somebody else has this username. Please choose another.")
    field = "username"


def choose_username(actor: Actor, username: str) -> None:
    """Choose what one signs in with besides the address, or do without: an empty one is none."""
    wanted = clean_username(username) if username.strip() else None
    limits.spend((TRIES, str(actor.own_account_id())))
    with transaction(actor) as work:
        account = queries.own_account_for_change(work.session, actor)
        work.authorize(may_keep_own_account, account.id)
        give_username(work, account, wanted)
        account.changed_at = work.now
        audit.record(work, "account.username_chosen", account.id)


def give_username(work: Work, account: Account, username: str | None) -> None:
    """Step: let an account sign in by a clean username, or by none any more."""
    with work.refuse(Account.username, problem=UsernameTaken()):
        account.username = username
