"""Who of a circle's address book could be put on the list of an exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

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
    exchange = _filled_from_book(session, actor, exchange_id)
    wanted = _not_here(exchange, q)
    total = session.scalar(select(func.count()).select_from(Person).where(*wanted)) or 0
    found = _candidates(*wanted).limit(per_page).offset((page - 1) * per_page)
    return exchange, Page(_with_readers(session, found), page, per_page, total)


def candidates_among(
    session: Session, actor: Actor, exchange_id: UUID, person_ids: Collection[UUID]
) -> list[Candidate]:
    """Which of these people could be picked; whoever is of another circle, or on the list, is left out."""
    exchange = _filled_from_book(session, actor, exchange_id)
    return _with_readers(session, _candidates(*_not_here(exchange), Person.id.in_(person_ids)))


def people_here(session: Session, exchange_id: UUID, person_ids: Collection[UUID]) -> set[UUID]:
    """Which of these people have a place that they have not left."""
    found = _here(exchange_id).where(Participant.person_id.in_(person_ids))
    return {one for one in session.scalars(found) if one is not None}


def _here(exchange_id: UUID) -> Select[UUID | None]:
    there = Participant.exchange_id == exchange_id, Participant.withdrawn_at.is_(None)
    return select(Participant.person_id).where(*there, Participant.person_id.is_not(None))


def _filled_from_book(session: Session, actor: Actor, exchange_id: UUID) -> Exchange:
    exchange = exchange_of(session, actor, exchange_id, may_coordinate)
    if not may_see_people(actor, exchange):
        raise Forbidden
    return exchange


def _not_here(exchange: Exchange, q: str = "") -> tuple[ColumnElement[bool], ...]:
    return (*people.asked(exchange.circle_id, q), Person.id.not_in(_here(exchange.id)))


def _candidates(*wanted: ColumnElement[bool]) -> Select[UUID, str, str | None]:
    return select(Person.id, Person.name, Person.email).where(*wanted).order_by(Person.folded, Person.id)


def _with_readers(session: Session, found: Select[UUID, str, str | None]) -> list[Candidate]:
    rows = session.execute(found).all()
    boxes = people.mailboxes(session, [row.id for row in rows])
    return [Candidate(*row, tuple(sorted(box.name for box in boxes[row.id]))) for row in rows]
