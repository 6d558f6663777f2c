"""Reads of where an organiser stands by name alone, for others to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.queries import KnownAs
from kinkeeper.features.exchanges.models import ExchangeOrganiser, NewAddress, Participant, Reveal
from kinkeeper.kernel.db import batched

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session

RUNNING = (
    "exchange.begun",
    "exchange.begun_again",
    "exchange.opened",
    "exchange.people_added",
    "exchange.added_after_draw",
    "exchange.address_change_asked",
    "exchange.match_revealed",
)
"""What only whoever runs an exchange, or helps with it, can do, and what names them to others."""


def known_to_run(session: Session, person_id: UUID) -> KnownAs:
    """Answer by which names others may have read that somebody runs exchanges, and which.

    What a namesake does to an exchange in which they only have a place, as to leave it, is no such thing.
    """
    known = people.known_as(session, person_id, RUNNING)
    running = select(ExchangeOrganiser.exchange_id).where(ExchangeOrganiser.person_id == person_id)
    return KnownAs(known.names, known.subject_ids.union(session.scalars(running)))


def exchanges_naming(session: Session, known: KnownAs) -> set[UUID]:
    """Which exchanges name somebody, of those that they have run."""
    places = select(Participant.exchange_id).where(Participant.invited_by.in_(known.names))
    asking = select(Participant.exchange_id).join(NewAddress, NewAddress.participant_id == Participant.id)
    looked = select(Reveal.exchange_id).where(Reveal.by_name.in_(known.names))
    named: set[UUID] = set()
    for some in batched(known.subject_ids):
        named.update(session.scalars(places.where(Participant.exchange_id.in_(some))))
        asked = asking.where(NewAddress.asked_by.in_(known.names), Participant.exchange_id.in_(some))
        named.update(session.scalars(asked))
        named.update(session.scalars(looked.where(Reveal.exchange_id.in_(some))))
    return named


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
