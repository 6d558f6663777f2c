"""The application with budgets that nobody spends: a thousand people join in these minutes."""

from __future__ import annotations

from datetime import timedelta

from kinkeeper.features.exchanges.service import joining
from kinkeeper.platform.limits import Budget

for name in ("PER_ADDRESS", "PER_MAILBOX", "PER_EXCHANGE"):
    budget: Budget = getattr(joining, name)
    setattr(joining, name, Budget(budget.name, 10**9, timedelta(hours=1)))

from kinkeeper.app.wsgi import app  # noqa: E402 - the budgets come first

__all__ = ["app"]
