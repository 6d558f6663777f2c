"""Homes of an occasion"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """A household that somebody has named who keeps no address book; until now, all of them stood in one."""
    op.add_column("household", sa.Column("occasion_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_household_occasion_id"), "household", ["occasion_id"])
