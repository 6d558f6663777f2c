"""A circle's address book, and the accounts and sessions by which people come in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kinkeeper.kernel.db import Base, new_id


class Circle(Base):
    """A family, a club, an office: whoever is in its address book, and all they do together."""

    __tablename__ = "circle"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    language: Mapped[str]
    zone: Mapped[str]
    created_at: Mapped[datetime]


class Person(Base):
    """Anyone in a circle's address book; an address is theirs alone within the circle (SK-4)."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("circle_id", "email"),
        CheckConstraint("email = lower(email)", name="email_in_lower_case"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circle.id", ondelete="CASCADE"))
    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(index=True)
    language: Mapped[str]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When they showed that the mailbox is theirs (SK-43)."""

    circle: Mapped[Circle] = relationship(lazy="raise_on_sql")


class Guardian(Base):
    """Somebody who looks after a person without an address of their own: letters go to them."""

    __tablename__ = "guardian"
    __table_args__ = (CheckConstraint("ward_id <> guardian_id", name="guards_another"),)

    ward_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    guardian_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Household(Base):
    """People of a circle who live together."""

    __tablename__ = "household"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circle.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]

    members: Mapped[list[HouseholdMember]] = relationship(
        back_populates="household", lazy="raise_on_sql", passive_deletes=True
    )


class HouseholdMember(Base):
    """A person in a household; a child of two homes is in both."""

    __tablename__ = "household_member"

    household_id: Mapped[UUID] = mapped_column(
        ForeignKey("household.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    household: Mapped[Household] = relationship(back_populates="members", lazy="raise_on_sql")


class Account(Base):
    """A person's log-in. `epoch` grows when every session must end (A-53)."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_in_lower_case"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    is_admin: Mapped[bool] = mapped_column(default=False)
    epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class WebSession(Base):
    """A browser that is let in: by password (with an account) or by a mailed link (without one)."""

    __tablename__ = "web_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    digest: Mapped[bytes] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    idle_at: Mapped[datetime] = mapped_column(index=True)
    """When it ends unless it is seen again."""
    ends_at: Mapped[datetime]
    """When it ends whatever happens."""


class AccessToken(Base):
    """A personal access token for the API; shown once, stored as a digest."""

    __tablename__ = "access_token"
    __table_args__ = (Index(None, "account_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str]
    digest: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
