"""A gift exchange, the people in it, the rules of its draw, and the sealed result."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Dialect,
    ForeignKey,
    Index,
    String,
    TypeDecorator,
    UniqueConstraint,
    and_,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from kinkeeper.features.accounts.models import Guardian, Person
from kinkeeper.features.exchanges.rules import Quality, Shape
from kinkeeper.features.exchanges.rules.exclusions import MOST_YEARS
from kinkeeper.features.exchanges.rules.joining import ExchangeState, is_confirmed
from kinkeeper.features.exchanges.rules.reminding import REMIND_DAYS
from kinkeeper.features.exchanges.rules.wishing import Priority
from kinkeeper.kernel.db import Base, new_id


class DayCounts(TypeDecorator[tuple[int, ...]]):
    """A few numbers of days, written "7,1": too few for a table, and nobody asks for them one by one."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, _dialect: Dialect) -> str | None:
        """Write them out."""
        return None if value is None else ",".join(str(days) for days in value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[int, ...] | None:
        """Read them again."""
        return None if value is None else tuple(int(days) for days in value.split(",") if days)


class Exchange(Base):
    """One gift exchange of a circle (SK-20)."""

    __tablename__ = "exchange"
    __table_args__ = (
        CheckConstraint(
            "drawn_at IS NOT NULL OR state NOT IN ('drawn', 'completed')", name="drawn_when_drawn"
        ),
        CheckConstraint("drawn_at IS NULL OR state NOT IN ('draft', 'open', 'closed')", name="drawn_once"),
        CheckConstraint(
            "(ended_at IS NOT NULL) = (state IN ('completed', 'cancelled', 'purged'))", name="ended_when_over"
        ),
        CheckConstraint("keep_days BETWEEN 7 AND 365", name="kept_for_a_while"),
        CheckConstraint(f"avoid_years BETWEEN 0 AND {MOST_YEARS}", name="years_avoided"),
        CheckConstraint("closes_on <= gifts_on", name="closes_before_gifts"),
        CheckConstraint("most_people >= 3", name="three_or_more"),
        Index(None, "state", "closes_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circle.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    """Twelve random characters: the share link (SK-21)."""
    title: Mapped[str]
    description: Mapped[str]
    budget: Mapped[str]
    most_people: Mapped[int | None]
    closes_on: Mapped[date]
    """The last civil day in `zone` on which people can join."""
    gifts_on: Mapped[date] = mapped_column(index=True)
    zone: Mapped[str]
    state: Mapped[ExchangeState] = mapped_column(default=ExchangeState.DRAFT)
    keep_days: Mapped[int] = mapped_column(default=30)
    """How long after its end what is personal stays (SK-98)."""
    shape: Mapped[Shape] = mapped_column(default=Shape.ANY)
    avoid_years: Mapped[int] = mapped_column(default=3)
    """How many past years' pairs are avoided if that can be."""
    publishes_draw: Mapped[bool] = mapped_column(default=False)
    """Whether the group has chosen that everybody can check the draw afterwards, and so read all of it."""
    names_in_letters: Mapped[bool] = mapped_column(default=False)
    """Whether letters say whom one gives to: convenient, and read by whoever reads the mailbox (T-15)."""
    publishes_draw_at: Mapped[datetime | None]
    """When that was chosen; none where it is not, or was never said."""
    names_in_letters_at: Mapped[datetime | None]
    remind_days: Mapped[tuple[int, ...]] = mapped_column(DayCounts, default=REMIND_DAYS)
    """How many days before the gifts those who want it are reminded (SK-96)."""
    wishes_told_on: Mapped[date | None]
    """The last civil day in `zone` on which givers were told that wishes have changed."""
    seed_sealed: Mapped[bytes | None]
    """What the next draw begins with, made at closing, and anew whenever names are drawn (G20)."""
    series_id: Mapped[UUID] = mapped_column(default=new_id, index=True)
    """What the exchanges of all years share."""
    created_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """When it was completed (SK-36) or cancelled."""

    organisers: Mapped[list[ExchangeOrganiser]] = relationship(
        back_populates="exchange",
        order_by="ExchangeOrganiser.since_at, ExchangeOrganiser.person_id",
        lazy="raise_on_sql",
        passive_deletes=True,
    )
    participants: Mapped[list[Participant]] = relationship(
        back_populates="exchange",
        order_by="Participant.joined_at, Participant.id",
        lazy="raise_on_sql",
        passive_deletes=True,
    )

    @property
    def chosen_at(self) -> tuple[datetime, ...]:
        """When what people agree to was chosen, as far as it is in force."""
        return tuple(at for at in (self.publishes_draw_at, self.names_in_letters_at) if at is not None)


class ExchangeOrganiser(Base):
    """Somebody who runs an exchange; several may, and each is told of what they asked to be told (SK-92)."""

    __tablename__ = "exchange_organiser"

    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    since_at: Mapped[datetime]
    hears_of_joining: Mapped[bool] = mapped_column(default=False)
    hears_of_leaving: Mapped[bool] = mapped_column(default=False)
    hears_of_drawing: Mapped[bool] = mapped_column(default=False)

    exchange: Mapped[Exchange] = relationship(back_populates="organisers", lazy="raise_on_sql")


class Participant(Base):
    """A person in an exchange. `person_id` goes when the person is erased; the seat stays drawn."""

    __tablename__ = "exchange_participant"
    __table_args__ = (
        UniqueConstraint("exchange_id", "person_id"),
        Index(
            "ix_exchange_participant_unconfirmed",
            "exchange_id",
            sqlite_where=text("confirmed_at IS NULL"),
            postgresql_where=text("confirmed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    wishes: Mapped[str]
    language: Mapped[str]
    salt: Mapped[bytes] = mapped_column(default=partial(secrets.token_bytes, 16))
    """Sixteen random bytes; without them this person's sealed rows open no more."""
    joined_at: Mapped[datetime]
    invited_by: Mapped[str | None]
    """The name of the organiser who put them on the list.

    None for whoever came by the share link, and for whoever was taken along from another year.
    """
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    """When they left; they are in no list and count for nothing then (SK-61)."""
    wants_reminders: Mapped[bool] = mapped_column(default=True)
    hears_of_wishes: Mapped[bool] = mapped_column(default=True)
    """Whether they get a letter on days on which somebody's wishes have changed."""
    wishes_before: Mapped[bytes | None]
    """A keyed hash of the wishes as givers last heard of them; none while nothing has changed since."""

    exchange: Mapped[Exchange] = relationship(back_populates="participants", lazy="raise_on_sql")
    guardians: Mapped[list[Guardian]] = relationship(
        secondary=Person.__table__,
        primaryjoin="Participant.person_id == Person.id",
        secondaryjoin=lambda: and_(Person.id == foreign(Guardian.ward_id), Person.email.is_(None)),
        lazy="raise_on_sql",
        viewonly=True,
    )
    """Who looks after them; nobody, where they have an address of their own."""

    @property
    def guardian_ids(self) -> frozenset[UUID]:
        """Who may act for them."""
        return frozenset(one.guardian_id for one in self.guardians)

    @property
    def can_be_drawn(self) -> bool:
        """Whether the next draw takes them: an erased place is kept for the one that was made only."""
        return self.is_confirmed and self.person_id is not None

    @hybrid_property
    def is_confirmed(self) -> bool:
        """Whether they take part in the draw; in a query, the same of a row."""
        return is_confirmed(self)

    @is_confirmed.inplace.expression
    @classmethod
    def _is_confirmed(cls) -> ColumnElement[bool]:
        return and_(cls.confirmed_at.is_not(None), cls.withdrawn_at.is_(None))


class Wish(Base):
    """One thing that a participant would like; whoever has drawn them sees it, and every change of it."""

    __tablename__ = "exchange_wish"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    participant_id: Mapped[UUID] = mapped_column(
        ForeignKey("exchange_participant.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    url: Mapped[str | None]
    """Where it can be found; http or https, and a host."""
    priority: Mapped[Priority]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Reminder(Base):
    """A reminder that was sent: the row is what makes it the only one (G18)."""

    __tablename__ = "exchange_reminder"

    participant_id: Mapped[UUID] = mapped_column(
        ForeignKey("exchange_participant.id", ondelete="CASCADE"), primary_key=True
    )
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """How long before the gifts."""
    at: Mapped[datetime]


class NewAddress(Base):
    """An address that an organiser asks a place to go by; the place stays where it is until then (T-17)."""

    __tablename__ = "exchange_new_address"

    participant_id: Mapped[UUID] = mapped_column(
        ForeignKey("exchange_participant.id", ondelete="CASCADE"), primary_key=True
    )
    email: Mapped[str]
    asked_by: Mapped[str]
    """The organiser's name, for whoever is asked."""
    asked_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    """When the participant said yes, at the address that they have."""

    @property
    def is_in_question(self) -> bool:
        """Whether they have not answered: who holds the place is in doubt, and its match stays shut."""
        return self.agreed_at is None


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


class DrawKind(StrEnum):
    """What made a version: the first draw, a new one, or as few changes as can be."""

    DRAW = "draw"
    REDRAW = "redraw"
    REPAIR = "repair"


class Draw(Base):
    """One version of who gives to whom, complete; the newest counts."""

    __tablename__ = "exchange_draw"
    __table_args__ = (UniqueConstraint("exchange_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"))
    version: Mapped[int]
    kind: Mapped[DrawKind] = mapped_column(default=DrawKind.DRAW)
    drawn_at: Mapped[datetime]
    gifts_on: Mapped[date | None]
    """The day of the gifts as it stood then; unknown of versions older than this column."""
    quality: Mapped[Quality]
    reason: Mapped[str] = mapped_column(default="")
    """Why it was drawn again, in the organiser's words."""
    document_sealed: Mapped[bytes | None]
    """All that a drawing depended on (rules/commitment.py), the seed included; of a repair its rules."""
    commitment: Mapped[str | None]
    """The hash of a drawing's document, which everybody may see; a repair promised nothing."""
    changed_for_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("exchange_participant.id", ondelete="SET NULL"), index=True
    )
    """Who left or came late, for a repair."""

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
    opened_at: Mapped[datetime | None]
    """When the giver looked; a match that stays in the next version takes it along."""
    bought_sealed: Mapped[bytes | None]
    """Which wishes the giver has bought (rules/sealing.py); there as soon as they have looked, and goes
    along with `opened_at`."""
    ready_at: Mapped[datetime | None]
    """When the giver said that the gift is ready; it goes along to no other version, whatever changes:
    who is reminded again would tell whose match did."""

    draw: Mapped[Draw] = relationship(back_populates="assignments", lazy="raise_on_sql")


class Reveal(Base):
    """An organiser looked up whom somebody gives to: for everybody to read, whom it was not (G13)."""

    __tablename__ = "exchange_reveal"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), index=True)
    giver_id: Mapped[UUID] = mapped_column(
        ForeignKey("exchange_participant.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    by_name: Mapped[str]
    """Empty once they are erased."""
    reason: Mapped[str]


class PairMemory(Base):
    """Who gave to whom, and when, in a series, in marks (rules/remembering.py); it outlives the purge."""

    __tablename__ = "exchange_pair_memory"

    series_id: Mapped[UUID] = mapped_column(primary_key=True)
    gifts_on: Mapped[date] = mapped_column(primary_key=True)
    giver_mark: Mapped[bytes] = mapped_column(primary_key=True)
    receiver_mark: Mapped[bytes] = mapped_column(primary_key=True)
