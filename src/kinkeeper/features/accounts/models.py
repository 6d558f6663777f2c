"""A circle's address book, and the accounts and sessions by which people come in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from kinkeeper.kernel.db import Base, new_id
from kinkeeper.kernel.lines import fold
from kinkeeper.kernel.roles import Scope

if TYPE_CHECKING:
    from sqlalchemy.engine.default import DefaultExecutionContext


class Circle(Base):
    """A family, a club, an office: whoever is in its address book, and all they do together."""

    __tablename__ = "circle"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    language: Mapped[str]
    zone: Mapped[str]
    created_at: Mapped[datetime]

    @property
    def circle_id(self) -> UUID:
        """The circle itself: what may be done with it is asked as for whatever is in it."""
        return self.id


def _fold_name(insert: DefaultExecutionContext) -> str:
    return fold(insert.get_current_parameters()["name"])  # type: ignore[no-untyped-call]  # SQLAlchemy left it untyped


class Person(Base):
    """Anyone in a circle's address book; an address is theirs alone within the circle (SK-4)."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("circle_id", "email"),
        CheckConstraint("email = lower(email)", name="email_in_lower_case"),
        Index(None, "circle_id", "folded", "id"),
        Index(None, "folded"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circle.id", ondelete="CASCADE"))
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(default=_fold_name)
    """The name as an address book is sorted and searched by it; it follows the name by itself."""
    email: Mapped[str | None] = mapped_column(index=True)
    language: Mapped[str]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When they showed that the mailbox is theirs (SK-43)."""
    listed_at: Mapped[datetime | None]
    """When a keeper put them into the book: they stay in it when an exchange forgets its people."""
    zone: Mapped[str | None]
    """Where they live; None: where their circle does."""
    birthday: Mapped[str | None]
    """`1985-04-12`, or `--04-12` where the year is not told (RFC 6350, 6.2.5)."""

    circle: Mapped[Circle] = relationship(lazy="raise_on_sql")

    @validates("name")
    def _keep_folded(self, _key: str, name: str) -> str:
        self.folded = fold(name)
        return name


class Guardian(Base):
    """Somebody who looks after a person without an address of their own: letters go to them."""

    __tablename__ = "guardian"
    __table_args__ = (CheckConstraint("ward_id <> guardian_id", name="guards_another"),)

    ward_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    guardian_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Household(Base):
    """People of a circle who live together, as the address book says it, or one occasion alone."""

    __tablename__ = "household"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circle.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    occasion_id: Mapped[UUID | None] = mapped_column(index=True)
    """Whose it is, where nobody who keeps the book has said so: it is in no address book then."""

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
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_in_lower_case"),
        CheckConstraint("username = lower(username)", name="username_in_lower_case"),
        CheckConstraint("totp_confirmed_at IS NULL OR totp_sealed IS NOT NULL", name="second_factor_has_key"),
        Index(None, "deleted_at", "created_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    username: Mapped[str | None] = mapped_column(unique=True)
    """What may be typed instead of the address."""
    password_hash: Mapped[str | None]
    """None while they have chosen none: they come in by mailed links."""
    epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    """When a link to the address was followed."""
    new_email: Mapped[str | None]
    """An address that they want to sign in with, once a link to it was followed."""
    deactivated_at: Mapped[datetime | None] = mapped_column(index=True)
    deleted_at: Mapped[datetime | None]
    """When it was put into the bin, from which it can be restored for 30 days (C-12)."""
    totp_sealed: Mapped[bytes | None]
    """The secret of the authenticator app (RFC 6238), sealed and bound to this row."""
    totp_confirmed_at: Mapped[datetime | None]
    """When a first code was right; until then nothing is asked for."""
    totp_step: Mapped[int | None]
    """The time step of the last code that was taken: none is taken twice (RFC 6238, 5.2)."""

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class CustomRole(Base):
    """A role that this house has made up: a named set of rights."""

    __tablename__ = "custom_role"

    name: Mapped[str] = mapped_column(primary_key=True)
    """Lower case; it never changes, because grants say it."""
    title: Mapped[str]
    rights: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class RoleGrant(Base):
    """A role that a person has, for the house, a circle or an occasion."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("person_id", "role", "scope_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(index=True)
    """A built-in role's name (`kernel.roles.Role`), or a custom one's."""
    scope: Mapped[Scope]
    scope_id: Mapped[UUID] = mapped_column(index=True)
    """The circle or the occasion; `roles.HOUSE` for the house. Features know their occasions, not we."""
    since_at: Mapped[datetime]


class RecoveryCode(Base):
    """A code to come in with when the phone is lost; once, and kept as a keyed hash (C-13)."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "digest"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    digest: Mapped[bytes]
    used_at: Mapped[datetime | None]


class Device(Base):
    """A browser that an account has signed in with before; a long-lived cookie knows it again."""

    __tablename__ = "device"
    __table_args__ = (Index(None, "account_id", "seen_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    digest: Mapped[bytes] = mapped_column(index=True)
    """Of the cookie's secret: a family's tablet is a device of several accounts."""
    name: Mapped[str]
    """Such as `Firefox (Windows)`, from what the browser says of itself; empty where it does not."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class Registration(Base):
    """What somebody asked for who has no account; nothing else is there until their letter is followed."""

    __tablename__ = "registration"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str]
    name: Mapped[str]
    circle: Mapped[str]
    language: Mapped[str]
    zone: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(index=True)


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
    proved_at: Mapped[datetime]
    """When a password or a code was last asked for (A-54)."""
    device_id: Mapped[UUID | None] = mapped_column(ForeignKey("device.id", ondelete="CASCADE"), index=True)


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
    scopes: Mapped[str]
    """What it may be used for, parted by spaces (RFC 6749, 3.3); `*` for all that its account may do."""


class ApiSession(Base):
    """A program that signed in with a password: its access tokens name it, its refresh tokens renew it.

    One that has ended stays for a while, so that the program is known again.
    """

    __tablename__ = "api_session"
    __table_args__ = (Index(None, "account_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str]
    """What the program says of itself."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)


class RefreshToken(Base):
    """One refresh token of a session; each works once, and a second use ends them all (C-3, T-46)."""

    __tablename__ = "refresh_token"

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("api_session.id", ondelete="CASCADE"), primary_key=True
    )
    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[bytes] = mapped_column(unique=True)
    used_at: Mapped[datetime | None]
