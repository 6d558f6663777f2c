"""Which master secret the database belongs to, so that a lost or exchanged one is noticed (C-1).

Under another secret nothing that is sealed opens, mailed links are dead, and what is sealed from then on
is lost to the right one: so this is asked before anything else is done.

The secret can be turned: the next one begins a generation, and both are needed until nothing is sealed under
the older one any more (ADR 24).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, inspect, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel import crypto
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.crypto import Keys
from kinkeeper.kernel.db import Base, insert_into
from kinkeeper.kernel.errors import CannotOpen
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.work import Work


class MasterKey(Base):
    """A master secret's id, which does not tell it; the last generation is the one to seal with."""

    __tablename__ = "master_key"

    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key_id: Mapped[bytes]
    since_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    """Since when nothing is sealed under it any more, so that the house opens without it."""


class KeptKey(Base):
    """A sub-key that outlives its master: what was marked with it cannot be marked anew (ADR 24)."""

    __tablename__ = "kept_key"

    label: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
    """Under a master that is here, bound to the label."""


class SecretExchanged(CannotOpen):
    """The secret is not the one that the database was made with."""

    code = "house.secret_exchanged"
    message = mark(
        "This is not the secret that the database was made with; nothing was changed. Restore the one that "
        "belongs to it from your backup: the file secret.key, or KINKEEPER_SECRET if you set it yourself."
    )


class OldSecretMissing(SecretExchanged):
    """The secret was turned, and something is sealed under the older one still."""

    message = mark(
        "Something is still sealed under the secret before this one; nothing was changed. Bring the older "
        "one back (the file secret.old, or KINKEEPER_SECRETS_OLD), and run: kinkeeper rotate-key --finish"
    )


def is_known(session: Session) -> bool:
    """Tell whether the database knows our secret; raises SecretExchanged if it needs one that we have not."""
    needed, ours = _needed(session), crypto.keys()
    if needed and needed[-1] not in ours.key_ids:
        raise SecretExchanged
    if not set(needed) <= set(ours.key_ids):
        raise OldSecretMissing
    return ours.key_id in needed


def remember() -> None:
    """Let our secret be the database's next; raises SecretExchanged if another was quicker.

    What cannot be marked anew keeps the key of the secret before, from the same moment on.
    """
    with transaction(SYSTEM) as work:
        if is_known(work.session):
            return
        needed, ours = _needed(work.session), crypto.keys()
        if needed:
            kept = insert_into(work.session, KeptKey)
            for label, key in _lasting(work.session, needed[-1], ours).items():
                sealed = ours.seal(KEPT, key, bound_to=label.encode())
                work.session.execute(kept.values(label=label, sealed=sealed).on_conflict_do_nothing())
        number = (work.session.scalar(select(func.max(MasterKey.generation))) or 0) + 1
        begun = insert_into(work.session, MasterKey).values(
            generation=number, key_id=ours.key_id, since_at=work.now
        )
        work.session.execute(begun.on_conflict_do_nothing())
        is_known(work.session)


def with_kept(session: Session, ours: Keys) -> Keys:
    """Answer the same masters, with the sub-keys that outlive them; or raises BrokenSeal."""
    needed = _needed(session)
    return replace(ours, kept=_lasting(session, needed[-1], ours)) if needed else ours


def keep_for_ever(labels: Iterable[str]) -> None:
    """Let the roof say which sub-keys outlive the master they came from."""
    _Lasting.labels = frozenset(labels)


def retire_all_but(work: Work, key_id: bytes) -> None:
    """Step: the house opens without the other generations from now on."""
    others = update(MasterKey).where(MasterKey.key_id != key_id, MasterKey.retired_at.is_(None))
    work.session.execute(others.values(retired_at=work.now))


KEPT = "kept"
"""The label that kept sub-keys are sealed under."""


class _Lasting:
    labels: frozenset[str] = frozenset()


def _needed(session: Session) -> Sequence[bytes]:
    """Answer the ids of the masters that something may be sealed under, the oldest first."""
    tables = inspect(session.connection())
    if not tables.has_table(MasterKey.__tablename__):
        return []
    needed = select(MasterKey.key_id).order_by(MasterKey.generation)
    if any(column["name"] == "retired_at" for column in tables.get_columns(MasterKey.__tablename__)):
        needed = needed.where(MasterKey.retired_at.is_(None))  # it is asked before the tables are brought up
    return session.scalars(needed).all()


def _lasting(session: Session, last: bytes, ours: Keys) -> dict[str, bytes]:
    """Answer the keys that outlive theirs by label: as kept, or as the last known master makes them.

    So the moment in which somebody begins with a new secret makes no difference: until the database knows
    of it, what lasts comes from the one before.
    """
    origin = Keys(ours.of(last).master)
    rows = session.execute(select(KeptKey.label, KeptKey.sealed))
    known = {label: ours.unseal(KEPT, sealed, bound_to=label.encode()) for label, sealed in rows}
    return {label: known.get(label) or origin.derive(label) for label in _Lasting.labels | known.keys()}
