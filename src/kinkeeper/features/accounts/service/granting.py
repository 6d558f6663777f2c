"""Roles: giving them to people, and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from kinkeeper.features.accounts.models import RoleGrant
from kinkeeper.kernel.db import insert_into, new_id
from kinkeeper.kernel.roles import HOUSE, Scope

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.work import Work


def grant_role(
    work: Work, person_id: UUID, role: str, scope: Scope = Scope.HOUSE, scope_id: UUID = HOUSE
) -> None:
    """Step: let somebody have a role; saying it twice changes nothing."""
    row = insert_into(work.session, RoleGrant).values(
        id=new_id(), person_id=person_id, role=role, scope=scope, scope_id=scope_id, since_at=work.now
    )
    work.session.execute(row.on_conflict_do_nothing())


def withdraw_role(work: Work, person_id: UUID, role: str, scope_id: UUID = HOUSE) -> bool:
    """Step: take a role back, at once; tells whether they had it."""
    own = RoleGrant.person_id == person_id, RoleGrant.role == role, RoleGrant.scope_id == scope_id
    gone = work.session.execute(delete(RoleGrant).where(*own).returning(RoleGrant.id))
    return gone.first() is not None
