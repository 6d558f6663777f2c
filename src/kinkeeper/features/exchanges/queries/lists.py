"""Lists of exchanges with their counts, for those who organise them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BindParameter, Date, and_, bindparam, case, func, or_, select

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
    _, counting = _statements(sees_all=_sees_all(actor))
    total = session.scalar(counting, _sight(actor)) or 0
    first = (page - 1) * per_page
    return Page(_summaries(session, actor, today, per_page, first), page, per_page, total)


def nearest(session: Session, actor: Actor, *, today: date, most: int) -> tuple[list[Summary], bool]:
    """Answer the first of them, and whether there are more; cheaper than a page, which counts them all."""
    found = _summaries(session, actor, today, most + 1, 0)
    return found[:most], len(found) > most


def _summaries(session: Session, actor: Actor, today: date, most: int, first: int) -> list[Summary]:
    listing, _ = _statements(sees_all=_sees_all(actor))
    facts = {**_sight(actor), "today": today, "most": most, "first": first}
    return [Summary(*row) for row in session.execute(listing, facts)]


# Hot: the page that everybody begins with asks it, so the statements are built once.
@cache
def _statements(*, sees_all: bool) -> tuple[Any, Any]:
    """Answer the statements that list and count the exchanges somebody may look at."""
    own = select(ExchangeOrganiser.exchange_id).where(ExchangeOrganiser.person_id == bindparam("person"))
    places: BindParameter[Any] = bindparam("places", expanding=True)
    granted = or_(Exchange.id.in_(own), Exchange.circle_id.in_(places), Exchange.id.in_(places))
    mine = IS_THERE if sees_all else and_(IS_THERE, granted)
    order = next_first()
    here = select(Exchange.id).where(mine).order_by(*order)
    shown = here.limit(bindparam("most")).offset(bindparam("first")).subquery()
    listing = (  # people are counted of these only
        select(Exchange, func.count(Participant.id), func.count(Participant.confirmed_at))
        .join(shown, shown.c.id == Exchange.id)
        .outerjoin(Participant, and_(Participant.exchange_id == Exchange.id, _IS_HERE))
        .group_by(Exchange.id)
        .order_by(*order)
    )
    return listing, select(func.count()).select_from(Exchange).where(mine)


def _sees_all(actor: Actor) -> bool:
    return actor.places_with("exchanges.observe") is None


def _sight(actor: Actor) -> dict[str, Any]:
    """Answer the facts by which the statements know what the actor may look at."""
    places = actor.places_with("exchanges.observe")
    return {} if places is None else {"person": actor.person_id, "places": list(places)}


def summary_of(session: Session, actor: Actor, exchange_id: UUID) -> Summary:
    """One exchange that the actor organises, with its counts."""
    exchange = exchange_of(session, actor, exchange_id)
    counts = select(func.count(Participant.id), func.count(Participant.confirmed_at))
    row = session.execute(counts.where(Participant.exchange_id == exchange_id, _IS_HERE)).one()
    return Summary(exchange, *row)


def next_first() -> tuple[Any, ...]:
    """Order by the gifts nearest to `today`, a parameter; what is over comes last, the latest of it first."""
    is_over = Exchange.gifts_on < bindparam("today", type_=Date())
    return is_over, case((is_over, None), else_=Exchange.gifts_on), Exchange.gifts_on.desc(), Exchange.id
