"""What is asked of whoever is signed in before something that would outlive a stolen session (A-54)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from kinkeeper.kernel.work import Work

FRESH = timedelta(minutes=15)
"""For so long somebody counts as having shown that it is them (ASVS 7.5.1)."""


class ProveAgain(Forbidden):
    """The session is too old for this: it may be in somebody else's hands by now."""

    code = "account.prove_again"
    message = mark("Please give your password once more first: the last time was a while ago.")
    remedy = mark("Sign in anew, and try again within a quarter of an hour.")


def refuse_stale(work: Work) -> None:
    """Step: raise ProveAgain unless the actor's session, a browser's or a program's, was proved lately."""
    proved_at = queries.proved_at(work.session, work.actor.session_id)
    if proved_at is None or work.now - proved_at > FRESH:
        raise ProveAgain
