"""Reads of one exchange, by its link or id, locked or not, and of those that belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from kinkeeper.features.exchanges.models import Exchange
from kinkeeper.features.exchanges.permissions import may_observe, may_organise
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.kernel.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Permission


# Hot: every look at an exchange and every join asks these, so the statements are built once.
IS_THERE = Exchange.state != ExchangeState.PURGED
_BY_SLUG = select(Exchange).where(Exchange.slug == bindparam("slug"), IS_THERE)
_BY_SLUG_FOR_CHANGE = _BY_SLUG.with_for_update()
_BY_ID = (  # with the organisers, without whom no permission could be asked
    select(Exchange)
    .where(Exchange.id == bindparam("id"), IS_THERE)
    .options(selectinload(Exchange.organisers))
)
_BY_ID_FOR_CHANGE = _BY_ID.with_for_update(of=Exchange)


def exchange_of(
    session: Session, actor: Actor, exchange_id: UUID, may: Permission = may_organise
) -> Exchange:
    """An exchange for which the actor has a permission, to organise it unless another one is asked for.

    One that they may not even look at is as missing as one that never was.
    """
    exchange = _known(session.scalar(_BY_ID, {"id": exchange_id}))
    if may(actor, exchange):
        return exchange
    raise Forbidden if may_observe(actor, exchange) else NotFound


def exchange_for_change(session: Session, exchange_id: UUID) -> Exchange:
    """The exchange, locked until the transaction ends."""
    return _known(session.scalar(_BY_ID_FOR_CHANGE, {"id": exchange_id}))


def exchange_in_series_for_change(session: Session, exchange_id: UUID) -> Exchange:
    """The exchange, locked together with all years of its series, in one order."""
    series = select(Exchange.series_id).where(Exchange.id == exchange_id).scalar_subquery()
    years = select(Exchange.id).where(Exchange.series_id == series).order_by(Exchange.id)
    session.execute(years.with_for_update()).all()
    return exchange_for_change(session, exchange_id)


def exchange_left_for_change(session: Session, exchange_id: UUID) -> Exchange | None:
    """Likewise, unless it is gone since whoever goes through several listed it."""
    return session.scalar(_BY_ID_FOR_CHANGE, {"id": exchange_id})


def exchange_by_slug(session: Session, slug: str) -> Exchange:
    """The exchange behind a share link."""
    return _known(session.scalar(_BY_SLUG, {"slug": slug}))


def exchange_by_slug_for_change(session: Session, slug: str) -> Exchange:
    """The exchange behind a share link, locked until the transaction ends."""
    return _known(session.scalar(_BY_SLUG_FOR_CHANGE, {"slug": slug}))


def exchanges_for_change(session: Session, exchange_ids: Collection[UUID]) -> None:
    """Lock exchanges, in one order, until the transaction ends."""
    found = select(Exchange.id).where(Exchange.id.in_(exchange_ids)).order_by(Exchange.id)
    session.execute(found.with_for_update()).all()


def exchanges_of_series(session: Session, series_id: UUID) -> list[Exchange]:
    """The exchanges of all years that were not called off, and are still kept."""
    gone = (ExchangeState.CANCELLED, ExchangeState.PURGED)
    found = select(Exchange).where(Exchange.series_id == series_id, Exchange.state.not_in(gone))
    return list(session.scalars(found.order_by(Exchange.gifts_on, Exchange.id)))


def _known(exchange: Exchange | None) -> Exchange:
    if exchange is None:
        raise NotFound
    return exchange
