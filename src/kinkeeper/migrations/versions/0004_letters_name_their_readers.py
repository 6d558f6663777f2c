"""Letters name their readers"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

HOLDER = "SELECT person_id FROM exchange_participant AS seat WHERE seat.id = link.subject_id"
WAITING = ("queued", "leased", "handing", "retry")


def upgrade() -> None:
    """Links about a place end with its holder's mailbox; until now, only those to guardians named anybody."""
    op.execute(f"UPDATE link SET reader_id = ({HOLDER}) WHERE reader_id IS NULL")  # noqa: S608
    _let_what_waits_follow()


def _let_what_waits_follow() -> None:
    """Letters go along with their links, or whoever moves to another mailbox would miss what they say.

    Not those to another mailbox than the holder has now: it is told there that the place has moved on.
    """
    letter = _table(
        "outbox_letter", id=sa.Uuid(), about_id=sa.Uuid(), to=sa.String(), state=sa.String(), fields=sa.JSON()
    )
    seat = _table("exchange_participant", id=sa.Uuid(), person_id=sa.Uuid())
    person = _table("person", id=sa.Uuid(), email=sa.String())
    held = (
        sa.select(letter.c.id, letter.c.fields, person.c.id.label("reader_id"))
        .join(seat, seat.c.id == letter.c.about_id)
        .join(person, sa.and_(person.c.id == seat.c.person_id, person.c.email == letter.c.to))
        .where(letter.c.state.in_(WAITING))
    )
    for row in op.get_bind().execute(held).all():
        if row.fields.get("reader_id") is None:
            named = sa.update(letter).where(letter.c.id == row.id)
            op.execute(named.values(fields={**row.fields, "reader_id": str(row.reader_id)}))


def _table(name: str, **columns: sa.types.TypeEngine[Any]) -> sa.TableClause:
    return sa.table(name, *(sa.column(column, kind) for column, kind in columns.items()))
