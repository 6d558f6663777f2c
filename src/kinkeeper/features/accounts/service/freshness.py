"""What is asked of whoever is signed in before something dangerous (A-54, ASVS 7.5.1)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from kinkeeper.features.accounts.queries import Proof
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Work

FRESH = timedelta(minutes=15)
"""For so long somebody counts as having shown that it is them (ASVS 7.5.1)."""


class ProveAgain(Forbidden):
    """The session is too old for this: it may be in somebody else's hands by now."""

    code = "account.prove_again"
    message = mark("Please give your password once more first: the last time was a while ago.")
    remedy = mark("Sign in anew, and try again within a quarter of an hour.")


class LimitedToken(Forbidden):
    """Whoever holds it would hold the account that was handed over, with all that its owner may (A-57)."""

    code = "token.too_limited"
    message = mark("An access token that is for some things only must not hand an account over.")
    remedy = mark("Use one that is for everything, or sign in with your password.")


def refuse_stale(work: Work) -> None:
    """Step: raise ProveAgain unless the actor's session, a browser's or a program's, was proved lately.

    For what would outlive the session; whatever else is dangerous asks `refuse_stale_browser`.
    """
    if not _is_fresh(queries.proof_of(work.session, work.actor.session_id), work.now):
        raise ProveAgain


def refuse_stale_browser(work: Work) -> None:
    """Step: raise ProveAgain where somebody may sit at a browser that was left open.

    Ask it after the locks: it freezes the moment of the work.
    """
    refuse_stale_reader(work.session, work.actor, work.now)


def refuse_to_hand_over(work: Work) -> None:
    """Step: before somebody else can come in by an account; raises LimitedToken, or ProveAgain likewise."""
    if work.actor.scopes is not None:
        raise LimitedToken
    refuse_stale_browser(work)


def refuse_stale_reader(session: Session, actor: Actor, now: datetime) -> None:
    """Raise ProveAgain likewise, for an endpoint: what only reads has no verb that could ask."""
    if is_stale_browser(session, actor, now):
        raise ProveAgain


def is_stale_browser(session: Session, actor: Actor, now: datetime) -> bool:
    """Tell whether it is an account's browser in which nobody showed lately that it is them.

    A program has nothing to show: neither one with an access token, nor one that signed in. A guest's session
    is the letter itself.
    """
    if actor.account_id is None or actor.session_id is None:
        return False
    proof = queries.proof_of(session, actor.session_id)
    return proof is None or (proof.is_browser and not _is_fresh(proof, now))


def _is_fresh(proof: Proof | None, now: datetime) -> bool:
    return proof is not None and now - proof.at <= FRESH
