"""A gift exchange, the people in it, the rules of its draw, and the sealed result."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kinkeeper.features.exchanges.rules import Quality
from kinkeeper.kernel.db import Base, new_id


class ExchangeState(StrEnum):
    """How far an exchange has come: open ⇄ closed → drawn."""

    OPEN = "open"
    CLOSED = "closed"
    DRAWN = "drawn"


class Exchange(Base):
    """One gift exchange of a circle (SK-20)."""

    __tablename__ = "exchange"
    __table_args__ = (
        CheckConstraint("(state = 'drawn') = (drawn_at IS NOT NULL)", name="drawn_when_drawn"),
        CheckConstraint("closes_on <= gifts_on", name="closes_before_gifts"),
        CheckConstraint("most_people >= 3", name="three_or_more"),
        Index(None, "organiser_id", "gifts_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circle.id", ondelete="CASCADE"), index=True)
    organiser_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    slug: Mapped[str] = mapped_column(unique=True)
    """Twelve random characters: the share link (SK-21)."""
    title: Mapped[str]
    description: Mapped[str]
    budget: Mapped[str]
    most_people: Mapped[int | None]
    closes_on: Mapped[date]
    """The last civil day in `zone` on which people can join."""
    gifts_on: Mapped[date]
    zone: Mapped[str]
    state: Mapped[ExchangeState] = mapped_column(default=ExchangeState.OPEN)
    created_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]

    participants: Mapped[list[Participant]] = relationship(
        back_populates="exchange",
        order_by="Participant.joined_at, Participant.id",
        lazy="raise_on_sql",
        passive_deletes=True,
    )


class Participant(Base):
    """A person in an exchange. `person_id` goes when the person is erased; the seat stays drawn."""

    __tablename__ = "exchange_participant"
    __table_args__ = (UniqueConstraint("exchange_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    wishes: Mapped[str]
    language: Mapped[str]
    salt: Mapped[bytes]
    """Sixteen random bytes; without them this person's sealed rows open no more."""
    joined_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    exchange: Mapped[Exchange] = relationship(back_populates="participants", lazy="raise_on_sql")


class PairRule(Base):
    """One person must not give to another; both ways is two rows."""

    __tablename__ = "exchange_pair_rule"
    __table_args__ = (CheckConstraint("giver_id <> receiver_id", name="two_people"),)

    giver_id: Mapped[UUID] = mapped_column(
        ForeignKey("exchange_participant.id", ondelete="CASCADE"), primary_key=True
    )
    receiver_id: Mapped[UUID] = mapped_column(
        ForeignKey("exchange_participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), index=True)


class HouseholdRule(Base):
    """Nobody of a household gives to another of it."""

    __tablename__ = "exchange_household_rule"

    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), primary_key=True)
    household_id: Mapped[UUID] = mapped_column(
        ForeignKey("household.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Draw(Base):
    """One drawing of names; a redraw is the next version."""

    __tablename__ = "exchange_draw"
    __table_args__ = (UniqueConstraint("exchange_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"))
    version: Mapped[int]
    drawn_at: Mapped[datetime]
    quality: Mapped[Quality]

    assignments: Mapped[list[Assignment]] = relationship(
        back_populates="draw", lazy="raise_on_sql", passive_deletes=True
    )


class Assignment(Base):
    """Whom a giver gives to, sealed; `receiver_mark` lets the database hold "nobody receives twice"."""

    __tablename__ = "exchange_assignment"
    __table_args__ = (UniqueConstraint("draw_id", "receiver_mark"),)

    draw_id: Mapped[UUID] = mapped_column(
        ForeignKey("exchange_draw.id", ondelete="CASCADE"), primary_key=True
    )
    giver_id: Mapped[UUID] = mapped_column(
        ForeignKey("exchange_participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    receiver_sealed: Mapped[bytes]
    receiver_mark: Mapped[bytes]

    draw: Mapped[Draw] = relationship(back_populates="assignments", lazy="raise_on_sql")
