"""Reads of who said yes too late for the draw, and waits to be let in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, exists, func, select

from kinkeeper.features.exchanges.models import Assignment, Exchange, Participant
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.platform.links import Link

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session


class Waiting(NamedTuple):
    """A place that is not in the draw, and whose person has said that they want to be."""

    id: UUID
    name: str


_SAID_YES = exists().where(Link.subject_id == Participant.id, Link.used_at >= Participant.joined_at)
_WAITING = (  # `wants_in`, asked of rows
    select(Participant.exchange_id, Participant.id, Participant.name)
    .join(Exchange, Exchange.id == Participant.exchange_id)
    .where(Exchange.state == ExchangeState.DRAWN, Participant.withdrawn_at.is_(None))
    .where(Participant.confirmed_at.is_(None), Participant.person_id.is_not(None), _SAID_YES)
    .where(~exists().where(Assignment.giver_id == Participant.id))
    .where(Exchange.id.in_(bindparam("exchanges", expanding=True)))
    .order_by(func.lower(Participant.name), Participant.id)
)


def waiting_in(session: Session, exchange_ids: Collection[UUID]) -> dict[UUID, list[Waiting]]:
    """Who waits to be let in, by exchange and the alphabet; no key where nobody does."""
    waiting: dict[UUID, list[Waiting]] = {}
    if not exchange_ids:
        return waiting
    for exchange_id, seat_id, name in session.execute(_WAITING, {"exchanges": exchange_ids}):
        waiting.setdefault(exchange_id, []).append(Waiting(seat_id, name))
    return waiting
