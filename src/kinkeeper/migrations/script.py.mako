"""${message}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kinkeeper.kernel.db import UtcDateTime

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """For development only: a release goes back by its backup (C-25)."""
    ${downgrades if downgrades else "pass"}
