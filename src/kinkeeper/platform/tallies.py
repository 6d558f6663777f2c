"""Counts that are kept up to date, for lists too long to be counted at each look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kinkeeper.kernel.db import Base, insert_into

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.work import Work


class Tally(Base):
    """How many there are of something."""

    __tablename__ = "tally"

    name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


def count(work: Work, name: str, change: int) -> None:
    """Step: there are so many more, or less; the row is locked until the transaction ends."""
    counted = update(Tally).where(Tally.name == name).values(number=Tally.number + change)
    first = insert_into(work.session, Tally).values(name=name, number=0)
    work.session.execute(first.on_conflict_do_nothing())
    work.session.execute(counted.execution_options(synchronize_session=False))


_NUMBER = select(Tally.number).where(Tally.name == bindparam("name"))


def number_of(session: Session, name: str) -> int:
    """Answer how many there are."""
    return session.connection().execute(_NUMBER, {"name": name}).scalar() or 0
