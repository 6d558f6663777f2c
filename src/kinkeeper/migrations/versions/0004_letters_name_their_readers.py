"""Letters name their readers"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

HOLDER = "SELECT person_id FROM exchange_participant AS seat WHERE seat.id = link.subject_id"


def upgrade() -> None:
    """Links about a place end with its holder's mailbox; until now, only those to guardians named anybody."""
    op.execute(f"UPDATE link SET reader_id = ({HOLDER}) WHERE reader_id IS NULL")  # noqa: S608
