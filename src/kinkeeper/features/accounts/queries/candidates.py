"""Whom somebody looks for, to give them a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from kinkeeper.features.accounts.models import Account, Circle, Person
from kinkeeper.features.accounts.permissions import may_see_accounts, may_see_grants
from kinkeeper.features.accounts.queries.beginning import beginning, within, written
from kinkeeper.kernel.db import is_postgresql
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.lines import fold
from kinkeeper.kernel.roles import HOUSE

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor

MOST_FOUND = 20
"""People whom a search offers; whoever finds more types another letter."""


class Candidate(NamedTuple):
    """Somebody who could have a role."""

    id: UUID
    name: str
    email: str
    circle_id: UUID
    circle: str


def candidates(session: Session, actor: Actor, said: str, scope_id: UUID = HOUSE) -> list[Candidate]:
    """Answer who has an account of which something begins like this, and then in whose name it stands.

    At most `MOST_FOUND`, by name. All names are read, for a surname, only where few begin like it. For a
    circle its own people only, unless the actor sees all accounts: whoever keeps one circle learns nothing
    of another's people.
    """
    if not may_see_grants(actor, scope_id):
        raise Forbidden
    own = scope_id if scope_id != HOUSE and not may_see_accounts(actor, None) else None
    asked, those = said.strip(), _those(own)
    begins = Account.id.in_(beginning(is_server=is_postgresql(session.connection())))
    first = [Candidate(*row) for row in session.execute(those.where(begins), written(asked))]
    if len(first) == MOST_FOUND or not fold(asked):
        return first
    besides = those.where(Person.id.in_(within(asked, own)), Person.id.not_in([one.id for one in first]))
    return first + [Candidate(*row) for row in session.execute(besides.limit(MOST_FOUND - len(first)))]


def _those(circle_id: UUID | None) -> Select[*tuple[Any, ...]]:
    found = (
        select(Person.id, Person.name, Account.email, Circle.id.label("circle_id"), Circle.name)
        .join(Account, Account.person_id == Person.id)
        .join(Circle, Circle.id == Person.circle_id)
        .where(Account.deleted_at.is_(None).is_(True))  # not by the index of nearly everybody
        .order_by(Person.folded, Person.id)
        .limit(MOST_FOUND)
    )
    return found if circle_id is None else found.where(Person.circle_id == circle_id)
