"""The rows that decide whether work is still to be done; any engine enters by the two `run_…` here.

A row is claimed by a lease, so a killed worker's errand runs again; a slot is a primary key, so two
schedulers do a sweep once. Every job may run twice without harm.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from pydantic import TypeAdapter
from sqlalchemy import JSON, Index, and_, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel.actor import SYSTEM, Actor
from kinkeeper.kernel.db import Base, batched, insert_into
from kinkeeper.kernel.work import transaction
from kinkeeper.platform.jobs.declare import handlers, sweeps, tries_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.work import Work
    from kinkeeper.platform.jobs.declare import Errand

LEASE = timedelta(minutes=5)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)
KEPT = timedelta(days=2)
"""How long finished rows stay to be looked at; an errand may name an address."""
DEAD_KEPT = timedelta(days=30)
"""How long what was put aside stays: its owner may be on holiday, and the address in it is no keepsake."""

log = structlog.get_logger(__name__)


_adapter: Callable[[type], TypeAdapter[Any]] = cache(TypeAdapter)
"""Made once for each kind: making one takes longer than using it."""


class Progress(StrEnum):
    """Where an errand is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class ErrandRow(Base):
    """An errand that was asked for."""

    __tablename__ = "errand"
    __table_args__ = (Index(None, "state", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[Progress] = mapped_column(default=Progress.WAITING)
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    last_error: Mapped[str | None]


class SweepSlot(Base):
    """One due moment of a sweep: whoever writes the row does the work."""

    __tablename__ = "sweep_slot"

    name: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[datetime] = mapped_column(primary_key=True)
    leased_until: Mapped[datetime]
    finished_at: Mapped[datetime | None]


def enqueue(work: Work, errand: Errand) -> None:
    """Step: ask for an errand; it is done after this transaction, or never if it rolls back."""
    fields = _adapter(type(errand)).dump_python(errand, mode="json")
    row = ErrandRow(id=errand.errand_id, kind=errand.kind, fields=fields, due_at=work.now)
    work.session.add(row)


def due_errands(session: Session, now: datetime, most: int = 20) -> list[UUID]:
    """Answer errands that wait, or whose worker was lost; oldest first."""
    due = select(ErrandRow.id).where(_due(now)).order_by(ErrandRow.due_at, ErrandRow.id)
    return list(session.scalars(due.limit(most)))


def run_errand(errand_id: UUID) -> bool:
    """Do one errand if it is still to be done; tells whether it was tried now."""
    with transaction(SYSTEM) as work:
        row = _claim_errand(work, errand_id)
    if row is None:
        return False
    trouble: Exception | None = None
    try:
        _do(row)
    except Exception as error:
        log.exception("errand failed", job=row.kind, errand=str(errand_id))
        trouble = error
    with transaction(SYSTEM) as work:
        _settle_errand(work, row, trouble)
    return True


def run_sweep(name: str, slot: datetime) -> bool:
    """Do one sweep for one due moment, unless somebody has or does; tells whether it ran now."""
    with transaction(SYSTEM) as work:
        claimed = _claim_slot(work, name, slot)
    if not claimed:
        return False
    try:
        sweeps()[name].run(SYSTEM)
    except Exception:
        log.exception("sweep failed", job=name)
        return True  # its lease runs out, and it is tried again
    with transaction(SYSTEM) as work:
        done = update(SweepSlot).where(SweepSlot.name == name, SweepSlot.slot == slot)
        work.session.execute(done.values(finished_at=work.now))
    return True


def forget_finished(actor: Actor) -> None:
    """Delete the rows of finished work."""
    with transaction(actor) as work:
        for state, kept in ((Progress.DONE, KEPT), (Progress.DEAD, DEAD_KEPT)):
            finished = and_(ErrandRow.state == state, ErrandRow.due_at < work.now - kept)
            work.session.execute(delete(ErrandRow).where(finished))
        work.session.execute(delete(SweepSlot).where(SweepSlot.slot < work.now - KEPT))


def forget(work: Work, addresses: Collection[str]) -> None:
    """Step: delete the errands that name one of these addresses, whatever became of them."""
    if not addresses:
        return
    errands = work.session.execute(select(ErrandRow.id, ErrandRow.fields))
    named = [
        row.id
        for row in errands
        if any(isinstance(value, str) and value in addresses for value in row.fields.values())
    ]
    for some in batched(named):
        work.session.execute(delete(ErrandRow).where(ErrandRow.id.in_(some)))


def _due(now: datetime) -> ColumnElement[bool]:
    lost = and_(ErrandRow.state == Progress.RUNNING, ErrandRow.leased_until < now)
    return or_(and_(ErrandRow.state == Progress.WAITING, ErrandRow.due_at <= now), lost)


def _do(row: ErrandRow) -> None:
    handler = handlers()[row.kind]
    handler.run(SYSTEM, _adapter(handler.errand).validate_python(row.fields))


def _claim_errand(work: Work, errand_id: UUID) -> ErrandRow | None:
    row = work.session.scalar(
        select(ErrandRow).where(ErrandRow.id == errand_id, _due(work.now)).with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    if row.tries >= tries_of(row.kind):  # every worker that tried it was lost: perhaps because of it
        row.state, row.leased_until, row.last_error = Progress.DEAD, None, "worker lost"
        return None
    row.state, row.leased_until, row.tries = Progress.RUNNING, work.now + LEASE, row.tries + 1
    return row


def _settle_errand(work: Work, tried: ErrandRow, trouble: Exception | None) -> None:
    row = work.session.get(ErrandRow, tried.id, with_for_update=True)
    if row is None or row.tries != tried.tries:
        return  # the lease ran out and another worker took over
    row.leased_until = None
    if trouble is None:
        row.state, row.last_error = Progress.DONE, None
        return
    row.last_error = type(trouble).__name__
    row.state = Progress.DEAD if row.tries >= tries_of(row.kind) else Progress.WAITING
    row.due_at = work.now + min(FIRST_WAIT * 2 ** min(row.tries, 10), LONGEST_WAIT)


def _claim_slot(work: Work, name: str, slot: datetime) -> bool:
    claim = insert_into(work.session, SweepSlot).values(name=name, slot=slot, leased_until=work.now + LEASE)
    lost = and_(SweepSlot.finished_at.is_(None), SweepSlot.leased_until < work.now)
    claim = claim.on_conflict_do_update(
        index_elements=[SweepSlot.name, SweepSlot.slot],
        set_={"leased_until": work.now + LEASE},
        where=lost,
    )
    return work.session.execute(claim.returning(SweepSlot.name)).first() is not None
