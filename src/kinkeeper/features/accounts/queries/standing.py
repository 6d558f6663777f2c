"""Who asks, and what they may: hot, so each statement is built once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select

from kinkeeper.features.accounts.models import (
    AccessToken,
    Account,
    ApiSession,
    CustomRole,
    Person,
    RoleGrant,
    WebSession,
)
from kinkeeper.kernel import roles
from kinkeeper.kernel.actor import Actor
from kinkeeper.kernel.errors import Unauthenticated
from kinkeeper.kernel.roles import Grant, Role, Run

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from kinkeeper.features.accounts.queries.book import BookLine


# Hot: every signed-in request asks it, so the statement is built once. A row for each role that the account
# has, or one without: who they are and what they may come in one answer.
_GRANTS = (
    RoleGrant.role,
    RoleGrant.scope_id,
    CustomRole.rights.label("custom_rights"),
)


_ACCOUNT = (
    Account.epoch,
    Account.deactivated_at,
    Account.deleted_at,
    Person.circle_id,
    Person.name,
    Person.language,
)


def _with_roles(whose: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Add a row for each role that the account of the statement has."""
    return whose.outerjoin(RoleGrant, RoleGrant.person_id == Account.person_id).outerjoin(
        CustomRole, CustomRole.name == RoleGrant.role
    )


_SESSION = _with_roles(
    select(
        WebSession.id,
        WebSession.account_id,
        WebSession.person_id,
        WebSession.seen_at,
        WebSession.idle_at,
        WebSession.ends_at,
        *_ACCOUNT,
        *_GRANTS,
    )
    .join(Person, Person.id == WebSession.person_id)
    .outerjoin(Account, Account.id == WebSession.account_id)
    .where(WebSession.digest == bindparam("digest"))
)


_TOKEN = _with_roles(
    select(
        AccessToken.id,
        AccessToken.ends_at,
        AccessToken.used_at,
        AccessToken.scopes,
        Account.id.label("account_id"),
        Account.person_id,
        *_ACCOUNT,
        *_GRANTS,
    )
    .join(Account, Account.id == AccessToken.account_id)
    .join(Person, Person.id == Account.person_id)
    .where(AccessToken.digest == bindparam("digest"))
)


_PROGRAM = _with_roles(
    select(
        ApiSession.id,
        ApiSession.seen_at,
        ApiSession.ends_at,
        Account.id.label("account_id"),
        Account.person_id,
        *_ACCOUNT,
        *_GRANTS,
    )
    .join(Account, Account.id == ApiSession.account_id)
    .join(Person, Person.id == Account.person_id)
    .where(ApiSession.id == bindparam("program"))
)


_STANDING = _with_roles(
    select(*_ACCOUNT, *_GRANTS)
    .join(Person, Person.id == Account.person_id)
    .where(Account.id == bindparam("account"))
)


def session_rows(session: Session, digest: bytes) -> Sequence[Any]:
    """Answer a browser's session with who it is for; a row for each grant, at least one if it is known."""
    return session.connection().execute(_SESSION, {"digest": digest}).all()


def token_rows(session: Session, digest: bytes) -> Sequence[Any]:
    """Answer an access token with whose it is, likewise."""
    return session.connection().execute(_TOKEN, {"digest": digest}).all()


def program_rows(session: Session, session_id: UUID) -> Sequence[Any]:
    """Answer a program's session with whose it is, likewise."""
    return session.connection().execute(_PROGRAM, {"program": session_id}).all()


def grants_in(rows: Sequence[Any]) -> tuple[Grant, ...]:
    """Answer the grants that rows of a session, a token or an account tell.

    Whoever has an account is a member of their own circle, unless they are a child there. A custom role that
    is no more grants nothing.
    """
    found = [
        Grant(row.role, rights_in(row.role, row.custom_rights), row.scope_id) for row in rows if row.role
    ]
    home = rows[0].circle_id
    if not any(grant.role == Role.CHILD and grant.scope_id == home for grant in found):
        found.append(Grant(Role.MEMBER, roles.rights_of(Role.MEMBER), home))
    return tuple(found)


def actor_in(rows: Sequence[Any]) -> Actor:
    """Answer the actor that rows of a token or of a program's session tell."""
    row = rows[0]
    grants = grants_in(rows)
    return Actor(row.name, row.account_id, row.person_id, epoch=row.epoch, grants=grants)


def rights_in(role: str, custom: Collection[str] | None) -> frozenset[str]:
    """Answer a role's rights, of which `custom` are those that the house has written down."""
    if roles.is_built_in(role):
        return roles.rights_of(Role(role))
    return frozenset(custom or ()) & roles.all_rights().keys()


def rights_of_role(session: Session, role: str) -> frozenset[str]:
    """Answer what a role lets people do, whether every house has it or this one has made it up."""
    custom = session.scalar(select(CustomRole.rights).where(CustomRole.name == role))
    return rights_in(role, custom)


def is_closed(row: Any) -> bool:  # noqa: ANN401 - a row with an account's standing
    """Tell whether an account can do nothing at present."""
    return row.deactivated_at is not None or row.deleted_at is not None


def with_grants(session: Session, actor: Actor) -> Actor:
    """Answer the actor with what the account may be now, or raise where its sessions have ended."""
    rows = session.connection().execute(_STANDING, {"account": actor.account_id}).all()
    if not rows or rows[0].epoch != actor.epoch or is_closed(rows[0]):
        raise Unauthenticated
    return replace(actor, grants=grants_in(rows))


def grants_of_account(session: Session, account_id: UUID) -> tuple[Grant, ...]:
    """Answer what an account may when it is open; none where there is no such account."""
    rows = session.connection().execute(_STANDING, {"account": account_id}).all()
    return grants_in(rows) if rows else ()


def first_who_may(session: Session, right: str, circle_id: UUID, *, besides: UUID) -> UUID | None:
    """Answer who may do something in a circle by a role of theirs, and can sign in: `besides` is not asked.

    Those who were given it for the circle come first, then those for the house; of them who has it longest.
    """
    is_theirs = RoleGrant.scope_id.in_((circle_id, roles.HOUSE)), RoleGrant.person_id != besides
    is_open = Account.deactivated_at.is_(None), Account.deleted_at.is_(None), Account.verified_at.is_not(None)
    held = (
        select(RoleGrant.person_id, RoleGrant.role, CustomRole.rights)
        .join(Account, Account.person_id == RoleGrant.person_id)
        .outerjoin(CustomRole, CustomRole.name == RoleGrant.role)
        .where(*is_theirs, *is_open)
        .order_by(RoleGrant.scope_id == roles.HOUSE, RoleGrant.since_at, RoleGrant.id)
    )
    rows = session.execute(held)
    return next((row.person_id for row in rows if right in rights_in(row.role, row.rights)), None)


class Weighed(NamedTuple):
    """A person or their account, by its id, together with what they may, and what they run without a role."""

    id: UUID
    circle_id: UUID
    grants: tuple[Grant, ...]
    runs: tuple[Run, ...]


def weighed(session: Session, person: Person | BookLine) -> Weighed:
    """Answer what somebody may, for whoever wants to decide something about them."""
    account_id = session.scalar(select(Account.id).where(Account.person_id == person.id))
    grants = grants_of_account(session, account_id) if account_id is not None else ()
    return Weighed(person.id, person.circle_id, grants, roles.run_by(session, person.id))


def has_administrator(session: Session) -> bool:
    """Tell whether the house is set up (SK-10)."""
    return bool(session.scalar(select(_ADMINISTRATORS.exists())))


def administrators_for_change(session: Session) -> list[UUID]:
    """Answer the people who administer the house, and can sign in: their mailbox has answered (ADR 21).

    Their grants are locked in one order, so that of two who would leave the house without an administrator
    the second one sees what the first has done: whoever takes one away, or closes or moves their account,
    asks this.
    """
    theirs = select(RoleGrant.id).where(
        RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.scope_id == roles.HOUSE
    )
    session.execute(theirs.order_by(RoleGrant.id).with_for_update()).all()
    return list(session.scalars(_ADMINISTRATORS.where(Account.verified_at.is_not(None))))


_ADMINISTRATORS = (
    select(RoleGrant.person_id)
    .join(Account, Account.person_id == RoleGrant.person_id)
    .where(
        RoleGrant.role == Role.ADMINISTRATOR,
        RoleGrant.scope_id == roles.HOUSE,
        Account.deactivated_at.is_(None),
        Account.deleted_at.is_(None),
    )
)
