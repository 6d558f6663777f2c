"""One account, as those see it who may see them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from kinkeeper.features.accounts.models import AccessToken, Account, ApiSession, Circle, Device, Person
from kinkeeper.features.accounts.permissions import may_see_accounts
from kinkeeper.features.accounts.queries.grants import grants_of_person
from kinkeeper.features.accounts.queries.standing import grants_of_account
from kinkeeper.features.accounts.queries.users import user
from kinkeeper.kernel import roles
from kinkeeper.kernel.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, ScalarSelect
    from sqlalchemy.orm import Session

    from kinkeeper.features.accounts.queries.grants import GrantLine
    from kinkeeper.features.accounts.queries.users import UserLine
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.roles import Grant, Run


@dataclass(frozen=True, slots=True)
class OneUser:
    """An account, who it is for, and what it is signed in with: how many, never where."""

    line: UserLine
    circle: str
    has_password: bool
    devices: int
    programs: int
    """Access tokens, and programs that signed in with the password."""
    given: list[GrantLine]
    grants: tuple[Grant, ...]
    """What they may when the account is open, for `may_keep_account`."""
    runs: tuple[Run, ...]
    """What they run without a role, likewise."""

    @property
    def id(self) -> UUID:
        """The account's."""
        return self.line.id

    @property
    def circle_id(self) -> UUID:
        """The one whose address book they stand in."""
        return self.line.circle_id


def _number_of(
    table: type[AccessToken | ApiSession | Device], *which: ColumnElement[bool]
) -> ScalarSelect[int]:
    theirs = select(func.count()).select_from(table).where(table.account_id == Account.id, *which)
    return theirs.correlate(Account).scalar_subquery()


_BESIDES = (
    select(
        Circle.name,
        Account.password_hash.is_not(None),
        _number_of(Device),
        _number_of(AccessToken) + _number_of(ApiSession, ApiSession.ends_at > bindparam("now")),
    )
    .join(Person, Person.id == Account.person_id)
    .join(Circle, Circle.id == Person.circle_id)
    .where(Account.id == bindparam("account"))
)


def one_user(session: Session, actor: Actor, account_id: UUID, now: datetime) -> OneUser:
    """Answer one account; raises NotFound for whoever may not see them all (T-39)."""
    if not may_see_accounts(actor, None):
        raise NotFound
    line = user(session, actor, account_id)
    asked = {"account": account_id, "now": now}
    circle, has_password, devices, programs = session.execute(_BESIDES, asked).one()
    return OneUser(
        line=line,
        circle=circle,
        has_password=has_password,
        devices=devices,
        programs=programs,
        given=grants_of_person(session, line.person_id),
        grants=grants_of_account(session, account_id),
        runs=roles.run_by(session, line.person_id),
    )
