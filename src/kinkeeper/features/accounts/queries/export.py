"""All that is kept of a person here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from kinkeeper.features.accounts.models import (
    AccessToken,
    Account,
    ApiSession,
    Circle,
    Device,
    Guardian,
    Household,
    HouseholdMember,
    Person,
    RoleGrant,
    WebSession,
)
from kinkeeper.features.accounts.queries.people import person

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Executable, Select
    from sqlalchemy.orm import InstrumentedAttribute, Session


def export_person(session: Session, person_id: UUID) -> dict[str, Any]:
    """Answer all that is kept of a person here, secrets aside, as JSON can hold it; in few statements."""
    own = person(session, person_id)
    circle = session.get_one(Circle, own.circle_id)
    return {
        "name": own.name,
        "email": own.email,
        "language": own.language,
        "zone": own.zone,
        "birthday": own.birthday,
        "listed_at": own.listed_at and own.listed_at.isoformat(),
        "known_since": own.created_at.isoformat(),
        "confirmed_at": own.confirmed_at and own.confirmed_at.isoformat(),
        "circle": {"name": circle.name, "language": circle.language, "zone": circle.zone},
        "households": _households_of(session, person_id),
        "looked_after_by": _names(session, Guardian.guardian_id, Guardian.ward_id == person_id),
        "looks_after": _names(session, Guardian.ward_id, Guardian.guardian_id == person_id),
        "account": _export_account(session, person_id),
        **_export_ways_in(session, person_id),
    }


def _export_ways_in(session: Session, person_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Answer what lets somebody in or knows them again, by its kind; the oldest first."""
    token, program, visit = AccessToken, ApiSession, WebSession
    tokens = select(token.name, token.scopes, token.created_at, token.ends_at, token.used_at)
    programs = select(program.name, program.created_at, program.seen_at, program.ends_at)
    devices = select(Device.name, Device.created_at, Device.seen_at)
    visits = select(visit.created_at, visit.seen_at, visit.idle_at, visit.ends_at, visit.proved_at)
    kinds = {
        "access_tokens": _of_account(tokens, token, person_id),
        "programs": _of_account(programs, program, person_id),
        "devices": _of_account(devices, Device, person_id),
        "sessions": visits.where(visit.person_id == person_id).order_by(visit.created_at),
    }
    return {kind: _moments(session, rows) for kind, rows in kinds.items()}


def _of_account(
    rows: Select[*tuple[Any, ...]], kind: type[AccessToken | ApiSession | Device], person_id: UUID
) -> Select[*tuple[Any, ...]]:
    own = rows.join(Account, Account.id == kind.account_id).where(Account.person_id == person_id)
    return own.order_by(kind.created_at)


def _households_of(session: Session, person_id: UUID) -> list[str]:
    homes = select(Household.name).join(HouseholdMember, HouseholdMember.household_id == Household.id)
    return list(session.scalars(homes.where(HouseholdMember.person_id == person_id).order_by(Household.name)))


def _names(session: Session, who: InstrumentedAttribute[UUID], tie: ColumnElement[bool]) -> list[str]:
    names = select(Person.name).join(Guardian, who == Person.id).where(tie).order_by(Person.name)
    return list(session.scalars(names))


def _export_account(session: Session, person_id: UUID) -> dict[str, Any] | None:
    account = session.scalar(select(Account).where(Account.person_id == person_id))
    if account is None:
        return None
    return {
        "email": account.email,
        "username": account.username,
        "new_email": account.new_email,
        "roles": _roles_of(session, person_id),
        **{name: said and said.isoformat() for name, said in _account_moments(account).items()},
    }


def _account_moments(account: Account) -> dict[str, datetime | None]:
    return {
        "created_at": account.created_at,
        "changed_at": account.changed_at,
        "verified_at": account.verified_at,
        "deactivated_at": account.deactivated_at,
        "deleted_at": account.deleted_at,
        "totp_confirmed_at": account.totp_confirmed_at,
    }


def _roles_of(session: Session, person_id: UUID) -> list[dict[str, str]]:
    own = select(RoleGrant.role, RoleGrant.scope).where(RoleGrant.person_id == person_id)
    return [{"role": row.role, "for": row.scope} for row in session.execute(own.order_by(RoleGrant.since_at))]


def _moments(session: Session, rows: Executable) -> list[dict[str, Any]]:
    """Answer rows by the names of their columns, moments as text."""
    return [
        {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
        for row in session.execute(rows).mappings()
    ]
