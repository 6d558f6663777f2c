"""Lists of exchanges with their counts, for those who organise them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true

from kinkeeper.features.exchanges.models import Exchange, ExchangeOrganiser, Participant
from kinkeeper.features.exchanges.permissions import may_observe, may_organise
from kinkeeper.features.exchanges.queries.exchanges import IS_THERE, exchange_of
from kinkeeper.kernel.paging import Page

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


LOOKING = ("exchanges.organise", "exchanges.coordinate", "exchanges.observe")
"""Rights by which somebody may look at an exchange; whoever has the first may do all of it."""
_IS_HERE = Participant.withdrawn_at.is_(None)


class Summary(NamedTuple):
    """One line of a list of exchanges."""

    exchange: Exchange
    people: int
    confirmed: int
    runs: bool
    """Whether the reader may do all there is to do (`may_organise`), asked of the whole list at once."""


def organised_by(
    session: Session, actor: Actor, *, today: date, page: int = 1, per_page: int = 20
) -> Page[Summary]:
    """The exchanges that the actor may look at, the next gifts first; the administrator sees all (SK-1)."""
    mine = and_(IS_THERE, _granted(actor, *LOOKING))
    total = session.scalar(select(func.count()).select_from(Exchange).where(mine)) or 0
    order, runs = next_first(today), _granted(actor, LOOKING[0])
    here = select(Exchange.id).where(mine).order_by(*order).limit(per_page).offset((page - 1) * per_page)
    shown = here.subquery()  # people are counted of these only
    found = (
        select(Exchange, func.count(Participant.id), func.count(Participant.confirmed_at), runs)
        .join(shown, shown.c.id == Exchange.id)
        .outerjoin(Participant, and_(Participant.exchange_id == Exchange.id, _IS_HERE))
        .group_by(Exchange.id)
        .order_by(*order)
    )
    return Page([Summary(*row) for row in session.execute(found)], page, per_page, total)


def summary_of(session: Session, actor: Actor, exchange_id: UUID) -> Summary:
    """One exchange that the actor may look at, with its counts."""
    exchange = exchange_of(session, actor, exchange_id, may_observe)
    counts = select(func.count(Participant.id), func.count(Participant.confirmed_at))
    row = session.execute(counts.where(Participant.exchange_id == exchange_id, _IS_HERE)).one()
    return Summary(exchange, *row, runs=may_organise(actor, exchange))


def next_first(today: date) -> tuple[Any, ...]:
    """Order by the nearest gifts; what is over comes last, the latest of it first."""
    is_over = Exchange.gifts_on < today
    return is_over, case((is_over, None), else_=Exchange.gifts_on), Exchange.gifts_on.desc(), Exchange.id


def _granted(actor: Actor, *rights: str) -> ColumnElement[bool]:
    """Say for which exchanges somebody has one of these rights; who runs one has them all there."""
    places_of = [actor.places_with(right) for right in rights]
    if None in places_of:
        return true()
    places = {place for some in places_of for place in some or ()}
    own = select(ExchangeOrganiser.exchange_id).where(ExchangeOrganiser.person_id == actor.person_id)
    granted = or_(Exchange.circle_id.in_(places), Exchange.id.in_(places)) if places else false()
    return or_(Exchange.id.in_(own), granted)
