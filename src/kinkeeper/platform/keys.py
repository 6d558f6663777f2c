"""Which master secret the database belongs to, so that a lost or exchanged one is noticed (C-1).

Under another secret nothing that is sealed opens, mailed links are dead, and what is sealed from then on
is lost to the right one: so this is asked before anything else is done.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import inspect, select
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.db import Base, insert_into
from kinkeeper.kernel.errors import CannotOpen
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import transaction

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class MasterKey(Base):
    """A master secret's id, which does not tell it; the last generation is the one in use."""

    __tablename__ = "master_key"

    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key_id: Mapped[bytes]
    since_at: Mapped[datetime]


class SecretExchanged(CannotOpen):
    """The secret is not the one that the database was made with."""

    code = "house.secret_exchanged"
    message = mark(
        "This is not the secret that the database was made with; nothing was changed. Restore the one that "
        "belongs to it from your backup: the file secret.key, or KINKEEPER_SECRET if you set it yourself."
    )


def is_known(session: Session) -> bool:
    """Tell whether the database knows its master secret; raises SecretExchanged if that is not ours."""
    if not inspect(session.connection()).has_table(MasterKey.__tablename__):
        return False
    last = select(MasterKey.key_id).order_by(MasterKey.generation.desc()).limit(1)
    known = session.scalar(last)
    if known not in {None, crypto.keys().key_id}:
        raise SecretExchanged
    return known is not None


def remember() -> None:
    """Let our master secret be the database's first; raises SecretExchanged if another was quicker."""
    with transaction(SYSTEM) as work:
        first = insert_into(work.session, MasterKey).values(
            generation=1, key_id=crypto.keys().key_id, since_at=work.now
        )
        work.session.execute(first.on_conflict_do_nothing())
        is_known(work.session)


class KeptKey(Base):
    """A sub-key that outlives its master: what was marked with it cannot be marked anew (ADR 24)."""

    __tablename__ = "kept_key"

    label: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
    """Under the master in use, bound to the label."""
