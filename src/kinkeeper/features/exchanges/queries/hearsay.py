"""Reads of where an organiser stands by name alone, for others to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from kinkeeper.features.exchanges.models import Exchange, NewAddress, Participant, Reveal

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.features.accounts.queries import KnownAs


def exchanges_naming(session: Session, known: KnownAs, circle_id: UUID) -> set[UUID]:
    """Which exchanges name somebody, of their circle or among what they have done something to."""
    places = select(Participant.exchange_id).where(Participant.invited_by.in_(known.names))
    asking = select(Participant.exchange_id).join(NewAddress, NewAddress.participant_id == Participant.id)
    looked = select(Reveal.exchange_id).where(Reveal.by_name.in_(known.names))
    named = places.union(asking.where(NewAddress.asked_by.in_(known.names)), looked).subquery()
    near = or_(Exchange.circle_id == circle_id, Exchange.id.in_(known.subject_ids))
    return set(session.scalars(select(Exchange.id).where(Exchange.id.in_(named.select()), near)))


def seats_put_on_by(
    session: Session, exchange_ids: Collection[UUID], names: Collection[str]
) -> list[Participant]:
    """The places that somebody of such a name has put on the list."""
    found = select(Participant).where(
        Participant.exchange_id.in_(exchange_ids), Participant.invited_by.in_(names)
    )
    return list(session.scalars(found.order_by(Participant.id)))


def addresses_asked_by(
    session: Session, exchange_ids: Collection[UUID], names: Collection[str]
) -> list[tuple[NewAddress, str]]:
    """The new addresses that somebody of such a name has asked for, with the language of who is asked."""
    found = (
        select(NewAddress, Participant.language)
        .join(Participant, Participant.id == NewAddress.participant_id)
        .where(Participant.exchange_id.in_(exchange_ids), NewAddress.asked_by.in_(names))
        .order_by(Participant.id)
    )
    return [(asked, language) for asked, language in session.execute(found)]
