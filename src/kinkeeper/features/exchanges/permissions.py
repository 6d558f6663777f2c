"""Who may do what with a gift exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


class Organised(Protocol):
    """An exchange, or a row of one, as far as a permission needs to know."""

    @property
    def organiser_id(self) -> UUID: ...


class Seat(Protocol):
    """A participant, likewise."""

    @property
    def person_id(self) -> UUID | None: ...


def may_begin_exchange(actor: Actor, _circle_id: UUID) -> bool:
    """Create an exchange: anyone with an account."""
    return actor.account_id is not None


def may_organise(actor: Actor, exchange: Organised) -> bool:
    """See the list of people, open and close, set rules, draw: never see who gives to whom (SK-6)."""
    return actor.is_admin or (actor.account_id is not None and actor.person_id == exchange.organiser_id)


def may_sit_here(actor: Actor, participant: Seat) -> bool:
    """See one's own page and match, write one's own wishes; nobody else may, no administrator either."""
    return actor.is_person(participant.person_id)
