"""Reads for changing a draw as little as can be, after somebody left or came late (3.7, G6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import exists, select

from kinkeeper.features.exchanges.models import Assignment, Draw, Exchange, Participant
from kinkeeper.features.exchanges.queries.exchanges import exchange_of
from kinkeeper.features.exchanges.queries.held import was_drawn
from kinkeeper.features.exchanges.queries.matches import newest_draw, receiver_of
from kinkeeper.features.exchanges.queries.terms import terms_of
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.rules.reach import NOBODY
from kinkeeper.kernel.errors import NotFound
from kinkeeper.platform.links import Link

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.features.exchanges.queries.terms import Terms
    from kinkeeper.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Standing:
    """The draw that counts: who is in it, whom each gives to, and when they looked."""

    draw: Draw
    seats: list[Participant]
    receivers: dict[UUID, UUID]
    opened: dict[UUID, datetime]

    def has(self, seat: Participant) -> bool:
        """Whether they are in it."""
        return seat.id in self.receivers

    def among(self, seats: Sequence[Participant]) -> tuple[list[int], dict[int, datetime]]:
        """Whom each of these gives to, or NOBODY, and when they looked; people are positions in `seats`."""
        place = {seat.id: index for index, seat in enumerate(seats)}
        present = [place.get(self.receivers[seat.id], NOBODY) if self.has(seat) else NOBODY for seat in seats]
        return present, {place[giver]: at for giver, at in self.opened.items() if giver in place}


@dataclass(frozen=True, slots=True)
class RepairPage:
    """What can be said beforehand of letting somebody go, or in; none of it depends on the matches (T-14)."""

    exchange: Exchange
    seat: Participant
    is_in_the_draw: bool
    version: int
    people: int
    """How many are in the draw."""
    wants_in: bool
    """Whether they are in it, or have said since they were put on the list that they want to be."""
    terms: Terms


class RepairLine(NamedTuple):
    """Somebody left or came late, and a few matches changed."""

    at: datetime
    name: str
    came: bool


def standing(session: Session, exchange_id: UUID) -> Standing | None:
    """The draw that counts, opened; for the house's eyes only."""
    draw = newest_draw(session, exchange_id)
    if draw is None:
        return None
    found = (
        select(Assignment, Participant)
        .join(Participant, Participant.id == Assignment.giver_id)
        .where(Assignment.draw_id == draw.id)
        .order_by(Participant.joined_at, Participant.id)
    )
    pairs = [(row, giver) for row, giver in session.execute(found)]
    return Standing(
        draw,
        [giver for _, giver in pairs],
        {giver.id: receiver_of(giver, row) for row, giver in pairs},
        {giver.id: row.opened_at for row, giver in pairs if row.opened_at is not None},
    )


def seat_of_exchange(session: Session, exchange_id: UUID, participant_id: UUID) -> Participant | None:
    """A place of this exchange, of somebody who left too."""
    seat = session.get(Participant, participant_id)
    return seat if seat is not None and seat.exchange_id == exchange_id else None


def drawn_exchange(session: Session, actor: Actor, exchange_id: UUID) -> tuple[Exchange, Standing]:
    """An exchange that the actor organises, and its draw; raises NotFound where nothing is drawn."""
    exchange = exchange_of(session, actor, exchange_id)
    stood = standing(session, exchange_id)
    if stood is None or exchange.state is not ExchangeState.DRAWN:
        raise NotFound
    return exchange, stood


def repair_page(session: Session, actor: Actor, exchange_id: UUID, participant_id: UUID) -> RepairPage:
    """What a repair for somebody would start from; raises NotFound."""
    exchange, stood = drawn_exchange(session, actor, exchange_id)
    seat = seat_of_exchange(session, exchange_id, participant_id)
    if seat is None:
        raise NotFound
    terms = repair_of(session, exchange, stood, seat)
    is_in, version, people = stood.has(seat), stood.draw.version, len(stood.seats)
    return RepairPage(exchange, seat, is_in, version, people, is_in or wants_in(session, seat), terms)


def wants_in(session: Session, seat: Participant) -> bool:
    """Whether somebody who is not in the draw may be let in without being asked (T-9).

    Who was taken out of it has said yes before. Anybody else has to follow the link of a letter that came
    since they were put on the list, or have it followed by who looks after them.
    """
    if was_drawn(session, seat.id):
        return True
    followed = Link.subject_id == seat.id, Link.used_at >= seat.joined_at
    return seat.withdrawn_at is None and bool(session.scalar(select(exists().where(*followed))))


def repair_of(session: Session, exchange: Exchange, stood: Standing, seat: Participant) -> Terms:
    """What a repair may go by: whoever is in the draw leaves, and whoever is not is let in."""
    if not stood.has(seat):
        return terms_of(session, exchange, [*stood.seats, seat], seat)
    return terms_of(session, exchange, [one for one in stood.seats if one.id != seat.id], None)


def came_late(session: Session, exchange_id: UUID, participant_id: UUID) -> bool:
    """Whether somebody was let in after the names were drawn, at least once."""
    is_in = exists().where(Assignment.draw_id == Draw.id, Assignment.giver_id == participant_id)
    let_in = Draw.exchange_id == exchange_id, Draw.changed_for_id == participant_id, is_in
    return bool(session.scalar(select(exists().where(*let_in))))


def repairs_of(session: Session, exchange_id: UUID) -> list[RepairLine]:
    """Every repair, for everybody to read: for whom it was, and no word of whose match has changed."""
    came = exists().where(Assignment.draw_id == Draw.id, Assignment.giver_id == Draw.changed_for_id)
    found = (
        select(Draw.drawn_at, Participant.name, came)
        .join(Participant, Participant.id == Draw.changed_for_id)
        .where(Draw.exchange_id == exchange_id)
    )
    return [RepairLine(*row) for row in session.execute(found.order_by(Draw.version))]
