"""What people call things that are known by an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from kinkeeper.features.accounts.models import Account, Circle, Household, Person
from kinkeeper.kernel.db import batched

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session

_NAMES: tuple[Any, ...] = (
    select(Person.id, Person.name),
    select(Circle.id, Circle.name),
    select(Household.id, Household.name),
)
_OF_ACCOUNTS: Any = select(Account.id, Person.name).join(Person, Person.id == Account.person_id)


def names_of(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Answer the names of those of the ids that are a person, an account, a circle or a household."""
    found: dict[UUID, str] = {}
    for some in batched(ids):
        for names in (*_NAMES, _OF_ACCOUNTS):
            key = names.selected_columns[0]
            found.update((row.id, row.name) for row in session.execute(names.where(key.in_(some))))
    return found
