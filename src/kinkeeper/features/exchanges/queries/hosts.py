"""Reads of who runs an exchange, and what they hear of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.models import Circle, Person
from kinkeeper.features.exchanges.models import Exchange, ExchangeOrganiser
from kinkeeper.features.exchanges.queries.exchanges import exchange_of
from kinkeeper.kernel.roles import Run

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from kinkeeper.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class HostsPage:
    """Who runs an exchange."""

    exchange: Exchange
    organisers: list[tuple[UUID, str]]
    others: list[tuple[UUID, str]]
    """Who could, too."""
    helpers: list[tuple[UUID, str, str]]
    """Who helps with it or looks on, and as what (`kernel.roles.Role`)."""
    own: ExchangeOrganiser | None
    """What the reader hears of; none where an administrator looks who does not run it."""


def hosts_page(session: Session, actor: Actor, exchange_id: UUID) -> HostsPage:
    """Who runs an exchange, who else could, and what the actor hears of."""
    exchange = exchange_of(session, actor, exchange_id)
    members = people.members_with_account(session, exchange.circle_id)
    running = {one.person_id: one for one in exchange.organisers}
    names = select(Person.id, Person.name).where(Person.id.in_(running)).order_by(Person.folded, Person.id)
    return HostsPage(
        exchange,
        [(row.id, row.name) for row in session.execute(names)],
        [(person_id, name) for person_id, name in members.items() if person_id not in running],
        [(one.person_id, one.person, one.role) for one in people.roles_for(session, exchange_id)],
        running.get(actor.person_id) if actor.person_id else None,
    )


def hosts_of(session: Session, exchange: Exchange) -> tuple[str, str]:
    """The names of who organises it, and of their circle: whoever is invited wants to know by whom."""
    found = (
        select(Person.name, Circle.name)
        .join(ExchangeOrganiser, ExchangeOrganiser.person_id == Person.id)
        .join(Circle, Circle.id == exchange.circle_id)
        .where(ExchangeOrganiser.exchange_id == exchange.id)
        .order_by(ExchangeOrganiser.since_at, Person.id)
    )
    organiser, circle = session.execute(found.limit(1)).one()
    return organiser, circle


def organisers_of(session: Session, exchange_id: UUID) -> list[str]:
    """The names of who organises it, whoever began it first."""
    found = (
        select(Person.name)
        .join(ExchangeOrganiser, ExchangeOrganiser.person_id == Person.id)
        .where(ExchangeOrganiser.exchange_id == exchange_id)
        .order_by(ExchangeOrganiser.since_at, Person.id)
    )
    return list(session.scalars(found))


def run_by(session: Session, person_id: UUID) -> list[UUID]:
    """Which exchanges somebody runs, in the order in which they are locked."""
    theirs = select(ExchangeOrganiser.exchange_id).where(ExchangeOrganiser.person_id == person_id)
    return list(session.scalars(theirs.order_by(ExchangeOrganiser.exchange_id)))


def heirs_of(session: Session, person_id: UUID) -> set[UUID]:
    """Who may have what somebody alone runs: of each circle the first who may organise there."""
    circles = (
        select(Exchange.circle_id)
        .join(ExchangeOrganiser, ExchangeOrganiser.exchange_id == Exchange.id)
        .where(ExchangeOrganiser.person_id == person_id)
        .distinct()
    )
    found = (
        people.first_who_may(session, "exchanges.organise", circle_id, besides=person_id)
        for circle_id in session.scalars(circles).all()
    )
    return {one for one in found if one is not None}


def runs_of(session: Session, person_id: UUID) -> list[Run]:
    """What somebody may because they run it, as others see it who weigh what they may."""
    theirs = select(ExchangeOrganiser.exchange_id).where(ExchangeOrganiser.person_id == person_id)
    found = (
        select(Exchange.id, Exchange.circle_id, ExchangeOrganiser.person_id)
        .join(ExchangeOrganiser, ExchangeOrganiser.exchange_id == Exchange.id)
        .where(Exchange.id.in_(theirs))
    )
    running: dict[tuple[UUID, UUID], set[UUID]] = {}
    for exchange_id, circle_id, organiser_id in session.execute(found):
        running.setdefault((circle_id, exchange_id), set()).add(organiser_id)
    return [Run("exchanges.organise", places, frozenset(ids)) for places, ids in running.items()]


def organisers_who_asked(
    session: Session, exchange_id: UUID, asked: InstrumentedAttribute[bool]
) -> dict[UUID, str]:
    """Who of the organisers wants to hear of something, with their names."""
    found = (
        select(Person.id, Person.name)
        .join(ExchangeOrganiser, ExchangeOrganiser.person_id == Person.id)
        .where(ExchangeOrganiser.exchange_id == exchange_id, asked)
        .order_by(Person.id)
    )
    return {row.id: row.name for row in session.execute(found)}
