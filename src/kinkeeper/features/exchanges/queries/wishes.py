"""Reads of wish lists: one's own, and that of whom one gives to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, exists, func, select

from kinkeeper.features.exchanges.models import Assignment, Exchange, Participant, Wish
from kinkeeper.features.exchanges.queries.held import own_seat
from kinkeeper.features.exchanges.queries.matches import receiver_of
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.rules.wishing import (
    dearest_first,
    fingerprint,
    is_evening_to_tell,
    mark_of_wishes,
)
from kinkeeper.kernel.db import batched
from kinkeeper.kernel.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.features.exchanges.models import Draw
    from kinkeeper.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class WishesPage:
    """One's own wishes, to look at and to change."""

    participant: Participant
    exchange: Exchange
    wishes: list[Wish]


class GiftIdea(NamedTuple):
    """A wish of whom one gives to, for the giver's eyes."""

    wish: Wish
    is_bought: bool
    is_changed: bool
    """Whether it says something else since the giver bought it."""


@dataclass(frozen=True, slots=True)
class GiftIdeas:
    """All that one's match wishes, and what became of it."""

    ideas: list[GiftIdea]
    vanished: int
    """How many wishes were taken off the list after the giver had bought them."""


def wishes_of(session: Session, participant_id: UUID) -> list[Wish]:
    """What somebody wishes, the dearest first."""
    found = select(Wish).where(Wish.participant_id == participant_id)
    return dearest_first(session.scalars(found))


def wishes_among(session: Session, participant_ids: Collection[UUID]) -> dict[UUID, list[Wish]]:
    """What each of these wishes, the dearest first."""
    lists: dict[UUID, list[Wish]] = {participant_id: [] for participant_id in participant_ids}
    for wish in session.scalars(select(Wish).where(Wish.participant_id.in_(lists))):
        lists[wish.participant_id].append(wish)
    return {participant_id: dearest_first(wishes) for participant_id, wishes in lists.items()}


_WITH_A_LIST = (  # hot: everybody's first page asks it
    select(Wish.participant_id).where(Wish.participant_id.in_(bindparam("places", expanding=True))).distinct()
)


def with_wishes(session: Session, seats: Collection[Participant]) -> set[UUID]:
    """Which of these places have any wishes, in words or on a list."""
    listed: set[UUID] = set()
    for some in batched([seat.id for seat in seats]):
        listed.update(session.scalars(_WITH_A_LIST, {"places": some}))
    return listed | {seat.id for seat in seats if seat.wishes}


def wish_of(session: Session, participant_id: UUID, wish_id: UUID) -> Wish:
    """One wish of this place; another's is as missing as one that never was."""
    wish = session.scalar(select(Wish).where(Wish.id == wish_id, Wish.participant_id == participant_id))
    if wish is None:
        raise NotFound
    return wish


def wishes_page(session: Session, actor: Actor, participant_id: UUID) -> WishesPage:
    """One's own list; nobody else's, whoever asks."""
    seat, exchange = own_seat(session, actor, participant_id)
    return WishesPage(seat, exchange, wishes_of(session, seat.id))


def count_wishes(session: Session, participant_id: UUID) -> int:
    """How long somebody's list is."""
    own = select(func.count()).select_from(Wish).where(Wish.participant_id == participant_id)
    return session.scalar(own) or 0


def mark_of_seat(session: Session, seat: Participant) -> bytes:
    """The keyed hash of all that somebody wishes now."""
    return mark_of_wishes(seat.id, seat.wishes, wishes_of(session, seat.id))


def bought_by(giver: Participant, row: Assignment) -> dict[UUID, bytes]:
    """What a giver has bought for the match that this row names, and for no earlier one."""
    if row.bought_sealed is None:
        return {}
    return sealing.bought_of(row.draw_id, giver.id, giver.salt, row.bought_sealed)


def bought_in(
    session: Session, draw: Draw, givers: Iterable[Participant]
) -> dict[UUID, Mapping[UUID, bytes]]:
    """What each of these givers has bought by this version, opened; for the house's eyes only."""
    seats = {giver.id: giver for giver in givers}
    rows = select(Assignment).where(Assignment.draw_id == draw.id, Assignment.giver_id.in_(seats))
    return {row.giver_id: bought_by(seats[row.giver_id], row) for row in session.scalars(rows)}


def gift_ideas(session: Session, giver: Participant, row: Assignment) -> GiftIdeas:
    """Open a giver's row as far as gifts go."""
    wishes = wishes_of(session, receiver_of(giver, row))
    bought = bought_by(giver, row)
    ideas = [
        GiftIdea(wish, wish.id in bought, wish.id in bought and bought[wish.id] != fingerprint(wish))
        for wish in wishes
    ]
    return GiftIdeas(ideas, len(bought.keys() - {wish.id for wish in wishes}))


def to_be_told_of_wishes(session: Session, now: datetime) -> list[UUID]:
    """Which drawn exchanges hold changed wishes that are to be told this evening, each by its zone."""
    changed = exists().where(Participant.exchange_id == Exchange.id, Participant.wishes_before.is_not(None))
    found = select(Exchange).where(Exchange.state == ExchangeState.DRAWN, changed).order_by(Exchange.id)
    return [one.id for one in session.scalars(found) if is_evening_to_tell(one, now)]


def seats_with_wishes_touched(session: Session, exchange_id: UUID) -> list[tuple[Participant, bytes]]:
    """Whose wishes were touched since givers last heard of them, with what they come to now."""
    touched = Participant.exchange_id == exchange_id, Participant.wishes_before.is_not(None)
    seats = session.scalars(select(Participant).where(*touched).order_by(Participant.id)).all()
    lists = wishes_among(session, [seat.id for seat in seats])
    return [(seat, mark_of_wishes(seat.id, seat.wishes, lists[seat.id])) for seat in seats]
