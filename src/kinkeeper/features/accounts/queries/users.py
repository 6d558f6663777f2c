"""Every account of the house, for those who keep them: in pages that cost the same however many there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, select

from kinkeeper.features.accounts.models import Account, Person, RoleGrant
from kinkeeper.features.accounts.permissions import may_see_account, may_see_accounts
from kinkeeper.features.accounts.queries.beginning import beginning, written
from kinkeeper.features.accounts.queries.logins import ACCOUNTS
from kinkeeper.kernel.db import batched, is_postgresql
from kinkeeper.kernel.errors import Forbidden, NotFound
from kinkeeper.kernel.lines import fold
from kinkeeper.kernel.paging import Page
from kinkeeper.kernel.roles import Role
from kinkeeper.platform import tallies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Executable, Select
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor

MOST_COUNTED = 10_000
"""A search that finds more says so many: counting them all would take longer the more there are."""
FEW = 20
"""Accounts: whoever finds as many has not typed enough to mean one by the surname."""
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""A range of an index: for `IS NOT NULL` alone SQLite reads the whole table."""
IN_THE_BIN = timedelta(days=30)
"""How long a deleted account can be restored (C-12)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts are looked for."""

    begins: str = ""
    """Of a word of a name, an e-mail address or a username."""
    is_active: bool | None = None
    is_deleted: bool = False
    newest_first: bool = True


class UserLine(NamedTuple):
    """An account, and who it is for."""

    id: UUID
    person_id: UUID
    circle_id: UUID
    username: str | None
    email: str
    name: str
    language: str
    zone: str | None
    created_at: datetime
    changed_at: datetime
    verified_at: datetime | None
    deactivated_at: datetime | None
    deleted_at: datetime | None
    totp_confirmed_at: datetime | None
    roles: tuple[str, ...] = ()


_LINE = select(
    Account.id,
    Account.person_id,
    Person.circle_id,
    Account.username,
    Account.email,
    Person.name,
    Person.language,
    Person.zone,
    Account.created_at,
    Account.changed_at,
    Account.verified_at,
    Account.deactivated_at,
    Account.deleted_at,
    Account.totp_confirmed_at,
).join(Person, Person.id == Account.person_id)
_ONE = _LINE.where(Account.id == bindparam("account"))
_ROLES = select(RoleGrant.person_id, RoleGrant.role, RoleGrant.scope_id).where(
    RoleGrant.person_id.in_(bindparam("people", expanding=True))
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What statements differ by, so that each is built once."""

    has_begin: bool
    is_active: bool | None
    is_deleted: bool
    newest_first: bool
    is_server: bool
    is_from_end: bool = False
    has_words: bool = False
    """Whether any word of a name counts; else its beginning alone."""


def users(session: Session, actor: Actor, wanted: Wanted, *, page: int, per_page: int) -> Page[UserLine]:
    """Answer one page of accounts; raises Forbidden for whoever may not see them all.

    All names are read, for a surname, only where fewer than `FEW` begin like it, as for whoever gives a role;
    all pages of what is found agree about that.
    """
    if not may_see_accounts(actor, None):
        raise Forbidden
    connection = session.connection()
    is_server, has_begin = is_postgresql(connection), bool(wanted.begins)
    shape = _Shape(has_begin, wanted.is_active, wanted.is_deleted, wanted.newest_first, is_server)
    number = _number_of(session, shape, wanted.begins)
    if number < FEW and fold(wanted.begins):
        shape = replace(shape, has_words=True)
        number = _number_of(session, shape, wanted.begins)
    shape, span = _nearer(shape, number, (page - 1) * per_page, per_page)
    lines = [
        UserLine(*tuple(row)) for row in connection.execute(_page(shape), {**_facts(wanted.begins), **span})
    ]
    return Page(_with_roles(session, lines), page, per_page, number)


def _nearer(shape: _Shape, number: int, after: int, most: int) -> tuple[_Shape, dict[str, int]]:
    """Answer how the page is reached from the nearer end: whatever comes before it in the index is read.

    A search, and the bin, are reached from the beginning alone: they may hold more than were counted.
    """
    if shape.has_begin or shape.is_deleted or not after or 2 * after < number:
        return shape, {"most": most, "after": after}
    there = max(0, min(most, number - after))
    return replace(shape, is_from_end=True), {"most": there, "after": max(0, number - after - there)}


def user(session: Session, actor: Actor, account_id: UUID) -> UserLine:
    """Answer one account; raises NotFound for whoever may not see it."""
    row = session.connection().execute(_ONE, {"account": account_id}).first()
    if row is None:
        raise NotFound
    line = UserLine(*tuple(row))
    if not may_see_account(actor, line):
        raise NotFound
    return _with_roles(session, [line])[0]


def every_user(session: Session, *, is_deleted: bool = False) -> list[UserLine]:
    """Answer every account, or those in the bin, for the command line: the oldest first."""
    is_there = Account.deleted_at.is_not(None) if is_deleted else Account.deleted_at.is_(None)
    order = _LINE.where(is_there).order_by(Account.created_at, Account.id)
    lines = [UserLine(*tuple(row)) for row in session.execute(order)]
    return [line for some in batched(lines) for line in _with_roles(session, list(some))]


def to_be_purged(session: Session, now: datetime) -> list[UUID]:
    """Answer accounts that have lain in the bin for as long as they may."""
    return list(session.scalars(select(Account.id).where(Account.deleted_at < now - IN_THE_BIN)))


def _with_roles(session: Session, lines: list[UserLine]) -> list[UserLine]:
    """Add the roles that were given to them, for whatever; everybody with an account is a member at home."""
    given = set(session.connection().execute(_ROLES, {"people": [line.person_id for line in lines]}))
    roles: dict[UUID, set[str]] = {line.person_id: set() for line in lines}
    for person_id, role, _scope_id in given:
        roles[person_id].add(role)
    for line in lines:
        if (line.person_id, Role.CHILD, line.circle_id) not in given:
            roles[line.person_id].add(Role.MEMBER)
    return [line._replace(roles=tuple(sorted(roles[line.person_id]))) for line in lines]


def _facts(begins: str) -> dict[str, str]:
    return written(begins) if begins else {}


@cache
def _page(shape: _Shape) -> Executable:
    """Hot: built once. The order begins with what its index begins with.

    Which accounts they are is read from that index alone, before anything else is of them: a late page would
    read all those before it otherwise.
    """
    columns = (Account.deleted_at, Account.created_at, Account.id)
    upwards, downwards = columns, tuple(column.desc() for column in columns)
    order, back = (downwards, upwards) if shape.newest_first else (upwards, downwards)
    found = select(Account.id).where(*_filters(shape)).correlate(None)
    walked = found.order_by(*(back if shape.is_from_end else order))
    listed = walked.limit(bindparam("most")).offset(bindparam("after"))
    return _LINE.where(Account.id.in_(listed)).order_by(*order)


def _filters(shape: _Shape) -> Iterator[ColumnElement[bool]]:
    """Say what is wanted: SQLite finds the many who are NULL by an index, unless asked in two steps."""
    is_there, is_open = Account.deleted_at.is_(None), Account.deactivated_at.is_(None)
    is_one_of_few = shape.has_begin or shape.is_active is False
    if shape.is_deleted:
        yield Account.deleted_at.is_not(None)
    else:
        yield is_there.is_(True) if is_one_of_few else is_there
    if shape.is_active:
        yield is_open.is_(True)
    elif shape.is_active is not None:
        yield Account.id.in_(select(Account.id).where(Account.deactivated_at > _LONG_AGO))
    if shape.has_begin:
        yield Account.id.in_(beginning(is_server=shape.is_server, has_words=shape.has_words))


def _number_of(session: Session, shape: _Shape, begins: str) -> int:
    """Count, or know by the tally: it leaves out who is in the bin."""
    if shape.has_begin or shape.is_deleted:
        return session.connection().scalar(_counted(shape), _facts(begins)) or 0
    everybody = tallies.number_of(session, ACCOUNTS)
    if shape.is_active is None:
        return everybody
    inactive = session.connection().scalar(_INACTIVE) or 0
    return everybody - inactive if shape.is_active else inactive


_INACTIVE = (  # by an index that holds these alone, so they can all be counted
    select(func.count())
    .select_from(Account)
    .where(Account.deactivated_at.is_not(None), Account.deleted_at.is_(None))
)


@cache
def _counted(shape: _Shape) -> Select[Any]:
    few = select(Account.id).where(*_filters(shape)).limit(MOST_COUNTED)
    return select(func.count()).select_from(few.subquery())
