"""Lists of exchanges with their counts, for those who organise them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from kinkeeper.features.exchanges.models import Exchange, ExchangeOrganiser, Participant
from kinkeeper.features.exchanges.queries.exchanges import IS_THERE, exchange_of
from kinkeeper.kernel.paging import Page

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


_IS_HERE = Participant.withdrawn_at.is_(None)


class Summary(NamedTuple):
    """One line of a list of exchanges."""

    exchange: Exchange
    people: int
    confirmed: int


def organised_by(
    session: Session, actor: Actor, *, today: date, page: int = 1, per_page: int = 20
) -> Page[Summary]:
    """The exchanges that the actor organises, the next gifts first; the administrator sees all (SK-1)."""
    mine = _organised(actor)
    total = session.scalar(select(func.count()).select_from(Exchange).where(mine)) or 0
    order = next_first(today)
    here = select(Exchange.id).where(mine).order_by(*order).limit(per_page).offset((page - 1) * per_page)
    shown = here.subquery()  # people are counted of these only
    found = (
        select(Exchange, func.count(Participant.id), func.count(Participant.confirmed_at))
        .join(shown, shown.c.id == Exchange.id)
        .outerjoin(Participant, and_(Participant.exchange_id == Exchange.id, _IS_HERE))
        .group_by(Exchange.id)
        .order_by(*order)
    )
    return Page([Summary(*row) for row in session.execute(found)], page, per_page, total)


def summary_of(session: Session, actor: Actor, exchange_id: UUID) -> Summary:
    """One exchange that the actor organises, with its counts."""
    exchange = exchange_of(session, actor, exchange_id)
    counts = select(func.count(Participant.id), func.count(Participant.confirmed_at))
    row = session.execute(counts.where(Participant.exchange_id == exchange_id, _IS_HERE)).one()
    return Summary(exchange, *row)


def next_first(today: date) -> tuple[Any, ...]:
    """Order by the nearest gifts; what is over comes last, the latest of it first."""
    is_over = Exchange.gifts_on < today
    return is_over, case((is_over, None), else_=Exchange.gifts_on), Exchange.gifts_on.desc(), Exchange.id


def _organised(actor: Actor) -> ColumnElement[bool]:
    places = actor.places_with("exchanges.observe")
    if places is None:
        return IS_THERE
    own = select(ExchangeOrganiser.exchange_id).where(ExchangeOrganiser.person_id == actor.person_id)
    granted = or_(Exchange.circle_id.in_(places), Exchange.id.in_(places)) if places else false()
    return and_(IS_THERE, or_(Exchange.id.in_(own), granted))
