"""Reads of who gives to whom: of one giver, for that giver's eyes, and of a whole draw for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from kinkeeper.features.exchanges.models import Assignment, Draw, DrawKind, Participant, Reveal
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.rules.joining import ExchangeState

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy import ScalarSelect
    from sqlalchemy.orm import Session


MATCHED: Final = frozenset({ExchangeState.DRAWN, ExchangeState.COMPLETED})
"""In which states people have somebody to give to; what is called off binds nobody."""


class Match(NamedTuple):
    """Whom a giver gives to, for that giver's eyes."""

    name: str
    wishes: str


def newest_draw(session: Session, exchange_id: UUID) -> Draw | None:
    """The version that counts."""
    found = select(Draw).where(Draw.exchange_id == exchange_id)
    return session.scalar(found.order_by(Draw.version.desc()).limit(1))


def assignment_of(session: Session, giver: Participant) -> Assignment | None:
    """A giver's row in the version that counts; None for whoever was not drawn, or is no longer in."""
    found = (
        select(Assignment)
        .join(Draw, Draw.id == Assignment.draw_id)
        .where(
            Assignment.giver_id == giver.id,
            Draw.exchange_id == giver.exchange_id,
            Draw.version == _newest(giver.exchange_id),
        )
    )
    return session.scalar(found)


def match_of(session: Session, giver: Participant, row: Assignment) -> Match:
    """Open a giver's row."""
    receiver = session.get_one(Participant, receiver_of(giver, row))
    return Match(receiver.name, receiver.wishes)


def matches_of(session: Session, givers: Collection[Participant]) -> dict[UUID, Match]:
    """Whom those give to who have looked, by the version that counts in their exchange, by their place."""
    seats, other = {giver.id: giver for giver in givers}, aliased(Draw)
    newest = select(func.max(other.version)).where(other.exchange_id == Draw.exchange_id).scalar_subquery()
    rows = (
        select(Assignment)
        .join(Draw, Draw.id == Assignment.draw_id)
        .where(Assignment.giver_id.in_(seats), Assignment.opened_at.is_not(None), Draw.version == newest)
    )
    receivers = {row.giver_id: receiver_of(seats[row.giver_id], row) for row in session.scalars(rows)}
    named = select(Participant.id, Participant.name, Participant.wishes)
    found = session.execute(named.where(Participant.id.in_(receivers.values())))
    known = {row.id: Match(row.name, row.wishes) for row in found}
    return {giver_id: known[receiver_id] for giver_id, receiver_id in receivers.items()}


def receiver_of(giver: Participant, row: Assignment) -> UUID:
    """The place that a giver's row names; raises BrokenSeal where it is another's row."""
    return sealing.unseal(row.draw_id, giver.id, giver.salt, row.receiver_sealed)


def _newest(exchange_id: UUID) -> ScalarSelect[int | None]:
    return select(func.max(Draw.version)).where(Draw.exchange_id == exchange_id).scalar_subquery()


def drawings_of(session: Session, exchange_id: UUID) -> list[Draw]:
    """Every time that all names were drawn, for everybody to read."""
    found = select(Draw).where(Draw.exchange_id == exchange_id, Draw.kind != DrawKind.REPAIR)
    return list(session.scalars(found.order_by(Draw.version)))


def reveals_of(session: Session, exchange_id: UUID) -> list[tuple[Reveal, str]]:
    """Every time that an organiser looked, with the giver's name; never with what was seen."""
    found = (
        select(Reveal, Participant.name)
        .join(Participant, Participant.id == Reveal.giver_id)
        .where(Reveal.exchange_id == exchange_id)
        .order_by(Reveal.at, Reveal.id)
    )
    return [(reveal, name) for reveal, name in session.execute(found)]
