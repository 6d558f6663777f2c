"""Reads of one person on an organiser's list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinkeeper.features.exchanges.models import Exchange, NewAddress, Participant
from kinkeeper.features.exchanges.permissions import may_coordinate
from kinkeeper.features.exchanges.queries.addresses import new_address
from kinkeeper.features.exchanges.queries.exchanges import exchange_of
from kinkeeper.features.exchanges.queries.organiser import SEAT_LINES, SeatLine
from kinkeeper.features.exchanges.queries.repairs import has_said_yes
from kinkeeper.kernel.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What an organiser sees of one person; no link, no wishes, no match."""

    exchange: Exchange
    seat: SeatLine
    asked: NewAddress | None
    """The address that they are asked to go by."""
    has_said_yes: bool
    """Whether they are in, or wait after the draw to be let in: their address is theirs, then."""


def person_page(session: Session, actor: Actor, exchange_id: UUID, participant_id: UUID) -> PersonPage:
    """One person who is on the list of an exchange that the actor helps with."""
    exchange = exchange_of(session, actor, exchange_id, may_coordinate)
    for line in lines_of(session, exchange_id, [participant_id]):
        seat = session.get_one(Participant, line.id)
        return PersonPage(exchange, line, new_address(session, line.id), has_said_yes(session, seat))
    raise NotFound


def lines_of(session: Session, exchange_id: UUID, ids: Collection[UUID]) -> list[SeatLine]:
    """The lines of these people on the list, in the order of joining."""
    found = SEAT_LINES.where(Participant.id.in_(ids)).order_by(None)
    in_order = found.order_by(Participant.joined_at, Participant.id)
    return [SeatLine(*row) for row in session.execute(in_order, {"exchange_id": exchange_id})]
