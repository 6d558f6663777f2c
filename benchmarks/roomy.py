"""The application with budgets that nobody spends, and a header that counts an answer's statements."""

from __future__ import annotations

import threading
from datetime import timedelta

from flask import Response
from sqlalchemy import event
from sqlalchemy.engine import Engine

from kinkeeper.features.accounts.service import proving
from kinkeeper.features.exchanges.service import joining
from kinkeeper.platform.limits import Budget

for room in (joining, proving):
    for name, budget in list(vars(room).items()):
        if isinstance(budget, Budget):
            setattr(room, name, Budget(budget.name, 10**9, timedelta(hours=1)))

from kinkeeper.app.wsgi import app  # noqa: E402 - the budgets come first

said = threading.local()


@event.listens_for(Engine, "before_cursor_execute")
def _count(*_statement: object) -> None:
    said.statements = getattr(said, "statements", 0) + 1


def _tell(answer: Response) -> Response:
    answer.headers["X-Statements"] = str(getattr(said, "statements", 0))
    said.statements = 0
    return answer


app.after_request(_tell)

__all__ = ["app"]
