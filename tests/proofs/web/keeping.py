"""A house that can be put back as it was, in a moment."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text

from kinkeeper.app.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Engine

TABLES = [f'"{table.name}"' for table in METADATA.sorted_tables]
KEEP = [
    text(f"CREATE TEMPORARY TABLE kept_{place} AS SELECT * FROM {name}") for place, name in enumerate(TABLES)
]
EMPTY = [text(f"DELETE FROM {name}") for name in reversed(TABLES)]
BRING_BACK = [text(f"INSERT INTO {name} SELECT * FROM kept_{place}") for place, name in enumerate(TABLES)]


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
