"""A house that can be put back as it was, in a moment."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text

from kinkeeper.app.tables import METADATA
from tests.integration.web.support import SEEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Engine
    from sqlalchemy.orm import Session

TABLES = [f'"{table.name}"' for table in METADATA.sorted_tables]
KEEP = [
    text(f"CREATE TEMPORARY TABLE kept_{place} AS SELECT * FROM {name}") for place, name in enumerate(TABLES)
]
EMPTY = [text(f"DELETE FROM {name}") for name in reversed(TABLES)]
BRING_BACK = [text(f"INSERT INTO {name} SELECT * FROM kept_{place}") for place, name in enumerate(TABLES)]
BESIDES = {"limit_spending", "audit_entry"}
"""A refusal may count a try; the trail is looked at by itself."""
LOOK = [
    text(f'SELECT {columns} FROM "{table.name}"')
    for table in METADATA.sorted_tables
    if table.name not in BESIDES
    and (columns := ", ".join(f'"{one.name}"' for one in table.columns if (table.name, one.name) not in SEEN))
]


def fingerprint(session: Session) -> list[list[str]]:
    """Every row of every table, as the database tells it: quicker than as what it means."""
    return [sorted(map(repr, session.execute(statement))) for statement in LOOK]


@contextmanager
def kept(engine: Engine) -> Iterator[Callable[[], None]]:
    """Keep every row as it is now; what is answered brings them all back."""
    with engine.connect() as connection:
        connection.detach()  # what is kept goes with the connection

        def say(*statements: list) -> None:
            with connection.begin():
                for statement in statements:
                    connection.execute(statement)

        say(*KEEP)
        yield lambda: say(*EMPTY, *BRING_BACK)
