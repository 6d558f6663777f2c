"""Who may do what with a gift exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


class Organiser(Protocol):
    """Somebody who runs an exchange."""

    @property
    def person_id(self) -> UUID: ...


class Organised(Protocol):
    """An exchange, as far as a permission needs to know."""

    @property
    def id(self) -> UUID: ...
    @property
    def circle_id(self) -> UUID: ...
    @property
    def organisers(self) -> Sequence[Organiser]: ...


class Seat(Protocol):
    """A participant, likewise."""

    @property
    def person_id(self) -> UUID | None: ...
    @property
    def guardian_ids(self) -> Collection[UUID]: ...


def may_begin_exchange(actor: Actor, circle_id: UUID) -> bool:
    """Create an exchange in a circle."""
    return actor.may("exchanges.begin", circle_id)


def may_organise(actor: Actor, exchange: Organised) -> bool:
    """Set rules, draw, open, close and call off: never see who gives to whom (SK-6)."""
    return _runs_it(actor, exchange) or actor.may("exchanges.organise", exchange.circle_id, exchange.id)


def may_coordinate(actor: Actor, exchange: Organised) -> bool:
    """Help with people: put them on the list and off it, chase answers, send letters again."""
    can_help = actor.may("exchanges.coordinate", exchange.circle_id, exchange.id)
    return can_help or may_organise(actor, exchange)


def may_observe(actor: Actor, exchange: Organised) -> bool:
    """Look at who takes part and how far things are, and change nothing."""
    can_look = actor.may("exchanges.observe", exchange.circle_id, exchange.id)
    return can_look or may_coordinate(actor, exchange)


def _runs_it(actor: Actor, exchange: Organised) -> bool:
    return actor.account_id is not None and any(
        actor.person_id == one.person_id for one in exchange.organisers
    )


def may_sit_here(actor: Actor, participant: Seat) -> bool:
    """See one's own page and match, write one's own wishes, or those of whom one looks after.

    Nobody else may, no administrator either.
    """
    return actor.is_person(participant.person_id) or may_speak_for(actor, participant)


def may_speak_for(actor: Actor, participant: Seat) -> bool:
    """Say yes or no for somebody without an address: those who look after them."""
    return any(actor.is_person(one) for one in participant.guardian_ids)
