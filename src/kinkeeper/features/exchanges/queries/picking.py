"""Who of a circle's address book could be put on the list of an exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.models import Person
from kinkeeper.features.accounts.permissions import may_see_people
from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.features.exchanges.permissions import may_coordinate
from kinkeeper.features.exchanges.queries.exchanges import exchange_of
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.paging import Page

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


class Candidate(NamedTuple):
    """Somebody who could be picked."""

    id: UUID
    name: str
    email: str | None
    readers: tuple[str, ...]
    """Who gets their letters for them, where they have no address; nobody, where they cannot be asked."""


def candidates_for(
    session: Session, actor: Actor, exchange_id: UUID, *, q: str = "", page: int = 1, per_page: int = 100
) -> tuple[Exchange, Page[Candidate]]:
    """Who of the address book is not on the list, by the alphabet, for whoever may read that book."""
    exchange = exchange_of(session, actor, exchange_id, may_coordinate)
    if not may_see_people(actor, exchange):
        raise Forbidden
    wanted = (*people.asked(exchange.circle_id, q), Person.id.not_in(_here(exchange_id)))
    total = session.scalar(select(func.count()).select_from(Person).where(*wanted)) or 0
    order = Person.folded, Person.id
    found = select(Person.id, Person.name, Person.email).where(*wanted).order_by(*order)
    rows = session.execute(found.limit(per_page).offset((page - 1) * per_page)).all()
    boxes = people.mailboxes(session, [row.id for row in rows])
    shown = [Candidate(*row, tuple(sorted(box.name for box in boxes[row.id]))) for row in rows]
    return exchange, Page(shown, page, per_page, total)


def people_here(session: Session, exchange_id: UUID, person_ids: Collection[UUID]) -> set[UUID]:
    """Which of these people have a place that they have not left."""
    found = _here(exchange_id).where(Participant.person_id.in_(person_ids))
    return {one for one in session.scalars(found) if one is not None}


def _here(exchange_id: UUID) -> Select[UUID | None]:
    there = Participant.exchange_id == exchange_id, Participant.withdrawn_at.is_(None)
    return select(Participant.person_id).where(*there, Participant.person_id.is_not(None))
