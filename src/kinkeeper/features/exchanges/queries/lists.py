"""Lists of exchanges with their counts, for those who organise them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Date, and_, bindparam, case, func, or_, select, true

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
    sight = _sight_of(actor)
    total = session.scalar(sight.counting, sight.facts) or 0
    first = (page - 1) * per_page
    return Page(_summaries(session, sight, today, per_page, first), page, per_page, total)


def nearest(session: Session, actor: Actor, *, today: date, most: int) -> tuple[list[Summary], bool]:
    """Answer the first of them, and whether there are more; cheaper than a page, which counts them all."""
    found = _summaries(session, _sight_of(actor), today, most + 1, 0)
    return found[:most], len(found) > most


def _summaries(session: Session, sight: _Sight, today: date, most: int, first: int) -> list[Summary]:
    facts = {**sight.facts, "today": today, "most": most, "first": first}
    return [Summary(*row) for row in session.execute(sight.listing, facts)]


class _Sight(NamedTuple):
    """What the statements have to know of an actor, and which they are."""

    listing: Any
    counting: Any
    facts: dict[str, Any]


def _sight_of(actor: Actor) -> _Sight:
    seen, run = _places(actor, *LOOKING), _places(actor, LOOKING[0])
    statements = _statements(sees_all=seen is None, runs_all=run is None)
    return _Sight(*statements, {"person": actor.person_id, "seen": seen or [], "run": run or []})


def _places(actor: Actor, *rights: str) -> list[UUID] | None:
    """Answer the circles and exchanges for which somebody has one of these rights; None: all there are."""
    places_of = [actor.places_with(right) for right in rights]
    if None in places_of:
        return None
    return sorted({place for places in places_of for place in places or ()})


# Hot: the page that everybody begins with asks it, so the statements are built once.
@cache
def _statements(*, sees_all: bool, runs_all: bool) -> tuple[Any, Any]:
    """Answer the statements that list and count the exchanges somebody may look at."""
    mine = IS_THERE if sees_all else and_(IS_THERE, _granted("seen"))
    runs = true() if runs_all else _granted("run")
    order = next_first()
    here = select(Exchange.id).where(mine).order_by(*order)
    shown = here.limit(bindparam("most")).offset(bindparam("first")).subquery()
    listing = (  # people are counted of these only
        select(Exchange, func.count(Participant.id), func.count(Participant.confirmed_at), runs)
        .join(shown, shown.c.id == Exchange.id)
        .outerjoin(Participant, and_(Participant.exchange_id == Exchange.id, _IS_HERE))
        .group_by(Exchange.id)
        .order_by(*order)
    )
    return listing, select(func.count()).select_from(Exchange).where(mine)


def _granted(name: str) -> ColumnElement[bool]:
    """Say for which exchanges somebody has a right; who runs one has them all there."""
    own = select(ExchangeOrganiser.exchange_id).where(ExchangeOrganiser.person_id == bindparam("person"))
    places: BindParameter[Any] = bindparam(name, expanding=True)
    return or_(Exchange.id.in_(own), Exchange.circle_id.in_(places), Exchange.id.in_(places))


def summary_of(session: Session, actor: Actor, exchange_id: UUID) -> Summary:
    """One exchange that the actor may look at, with its counts."""
    exchange = exchange_of(session, actor, exchange_id, may_observe)
    counts = select(func.count(Participant.id), func.count(Participant.confirmed_at))
    row = session.execute(counts.where(Participant.exchange_id == exchange_id, _IS_HERE)).one()
    return Summary(exchange, *row, runs=may_organise(actor, exchange))


def next_first() -> tuple[Any, ...]:
    """Order by the gifts nearest to `today`, a parameter; what is over comes last, the latest of it first."""
    is_over = Exchange.gifts_on < bindparam("today", type_=Date())
    return is_over, case((is_over, None), else_=Exchange.gifts_on), Exchange.gifts_on.desc(), Exchange.id
