"""Budgets for what can be tried too often; counted in the database, so they hold over all processes.

They never fail open: where the database cannot be asked, neither can a password be checked (C-30).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import case, delete, update
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import SYSTEM, Actor
from kinkeeper.kernel.db import Base, insert_into
from kinkeeper.kernel.errors import TooMany
from kinkeeper.kernel.work import Work, transaction


class Spending(Base):
    """How much of one budget one key has spent since its window began."""

    __tablename__ = "limit_spending"

    key: Mapped[bytes] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)
    spent: Mapped[int]


@dataclass(frozen=True, slots=True, order=True)
class Budget:
    """`amount` tries within `window`, for each key of `name`."""

    name: str
    amount: int
    window: timedelta


def spend(*charges: tuple[Budget, str]) -> None:
    """Spend one try of each budget in turn, or raise TooMany at the first that is spent already.

    Name the caller's own budgets first and those of the whole house last: whoever is refused for
    their own tries must not use up everybody's. A transaction of its own, before the act: a refused
    act must still have cost its try. Keys (addresses of people and machines) are stored as keyed
    hashes only.
    """
    digests = [_digest(budget, key) for budget, key in charges]
    bill = sorted(zip(digests, (budget for budget, _ in charges), strict=True))  # one order: no deadlock
    with transaction(SYSTEM) as work:
        waits = {digest: _charge(work, digest, budget) for digest, budget in bill}
        spent = next((place for place, digest in enumerate(digests) if waits[digest]), None)
        if spent is not None:
            _give_back(work, digests[spent + 1 :])
    if spent is not None:
        raise TooMany(retry_after=waits[digests[spent]])


def refund(*charges: tuple[Budget, str]) -> None:
    """Forget what was spent: the act turned out to be rightful (a correct password)."""
    with transaction(SYSTEM) as work:
        digests = [_digest(budget, key) for budget, key in charges]
        work.session.execute(delete(Spending).where(Spending.key.in_(digests)))


def forget_ended(actor: Actor) -> None:
    """Delete windows that are over."""
    with transaction(actor) as work:
        work.session.execute(delete(Spending).where(Spending.ends_at < work.now))


def _digest(budget: Budget, key: str) -> bytes:
    return crypto.keys().mac("limits", budget.name.encode(), key.encode())


def _give_back(work: Work, digests: list[bytes]) -> None:
    untouched = update(Spending).where(Spending.key.in_(digests))
    work.session.execute(untouched.values(spent=Spending.spent - 1))


def _charge(work: Work, digest: bytes, budget: Budget) -> int:
    """Count one try; answer the seconds to wait, 0 where the budget still holds."""
    over = Spending.ends_at <= work.now
    count = insert_into(work.session, Spending).values(key=digest, ends_at=work.now + budget.window, spent=1)
    count = count.on_conflict_do_update(
        index_elements=[Spending.key],
        set_={
            "spent": case((over, 1), else_=Spending.spent + 1),
            "ends_at": case((over, count.excluded.ends_at), else_=Spending.ends_at),
        },
    )
    spent, ends_at = work.session.execute(count.returning(Spending.spent, Spending.ends_at)).one()
    return ceil((ends_at - work.now).total_seconds()) if spent > budget.amount else 0
