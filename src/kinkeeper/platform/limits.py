"""Budgets for what can be tried too often; counted in the database, so they hold over all processes.

They never fail open: where the database cannot be asked, neither can a password be checked (C-30).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from math import ceil
from typing import Any

from sqlalchemy import bindparam, case, delete, update
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import SYSTEM, Actor
from kinkeeper.kernel.db import Base, insert_of
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

    It says when all of them hold again: after the shortest wait the next one would refuse.
    A charge that is named several times counts as often: one act may write a hundred letters. Name the
    caller's own budgets first and those of the whole house last: whoever is refused for their own tries
    must not use up everybody's. A transaction of its own, before the act: a refused act must still have
    cost its try. Keys (addresses of people and machines) are stored as keyed hashes only.
    """
    _spend(charges, costs_anyway=True)


def _spend(charges: Collection[tuple[Budget, str]], *, costs_anyway: bool) -> None:
    times = Counter(charges)
    bill = [(_digest(budget, key), budget, tries) for (budget, key), tries in times.items()]
    with transaction(SYSTEM) as work:
        waits = _charge(work, sorted(bill))  # one order: no deadlock
        refused = next((place for place, (digest, _, _) in enumerate(bill) if waits[digest]), None)
        if refused is not None:
            _give_back(work, bill[refused + 1 :] if costs_anyway else sorted(bill))
    if refused is not None:
        keys = frozenset(key for budget, key in times if waits[_digest(budget, key)])
        raise TooMany(retry_after=max(waits.values()), keys=keys)


@contextmanager
def spending(
    *charges: tuple[Budget, str], back: tuple[type[Exception], ...] = (Exception,)
) -> Iterator[None]:
    """Spend as `spend` does for what is done inside, and take it back where that fails with one of `back`.

    For what is bounded because it writes letters: what was refused has written none. A try that teaches
    something even where it is refused is spent for good, so name the refusals that teach nothing. That a
    budget is spent is one of them unless others are named.
    """
    if charges:
        _spend(charges, costs_anyway=not issubclass(TooMany, back))
    try:
        yield
    except back:
        bill = [(_digest(budget, key), budget, tries) for (budget, key), tries in Counter(charges).items()]
        with transaction(SYSTEM) as work:
            _give_back(work, sorted(bill))
        raise


def refund(*charges: tuple[Budget, str]) -> None:
    """Forget what was spent: the act turned out to be rightful (a correct password)."""
    with transaction(SYSTEM) as work:
        for digest in sorted(
            {_digest(budget, key) for budget, key in charges}
        ):  # the one order, as it is spent
            work.session.execute(delete(Spending).where(Spending.key == digest))


def forget_ended(actor: Actor) -> None:
    """Delete windows that are over."""
    with transaction(actor) as work:
        work.session.execute(delete(Spending).where(Spending.ends_at < work.now))


def _digest(budget: Budget, key: str) -> bytes:
    return crypto.keys().mac("limits", budget.name.encode(), key.encode())


def _give_back(work: Work, untouched: list[tuple[bytes, Budget, int]]) -> None:
    for digest, _, tries in untouched:
        mine = Spending.key == digest
        work.session.execute(delete(Spending).where(mine, Spending.spent <= tries))
        work.session.execute(update(Spending).where(mine).values(spent=Spending.spent - tries))


def _charge(work: Work, bill: list[tuple[bytes, Budget, int]]) -> dict[bytes, int]:
    """Count the tries of each, in this order; answer the seconds to wait, 0 where the budget still holds."""
    rows = [
        {"key": digest, "ends_at": work.now + budget.window, "spent": tries, "now": work.now}
        for digest, budget, tries in bill
    ]
    counted = work.session.connection().execute(_counting(insert_of(work.session)), rows)
    amounts = {digest: budget.amount for digest, budget, _ in bill}
    return {
        key: ceil((ends_at - work.now).total_seconds()) if spent > amounts[key] else 0
        for key, spent, ends_at in counted
    }


@cache
def _counting(insert: Callable[[type[Base]], Any]) -> Any:  # noqa: ANN401 - two dialects' classes
    """Hot: every try says it, so the statement is built once."""
    count, over = insert(Spending), Spending.ends_at <= bindparam("now")
    return count.on_conflict_do_update(
        index_elements=[Spending.key],
        set_={
            "spent": case((over, count.excluded.spent), else_=Spending.spent + count.excluded.spent),
            "ends_at": case((over, count.excluded.ends_at), else_=Spending.ends_at),
        },
    ).returning(Spending.key, Spending.spent, Spending.ends_at)
