"""What tests of wishes and letters share: places by name, and who gives to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Participant
from tests.factories import guest

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from kinkeeper.features.exchanges.models import Exchange
    from kinkeeper.kernel.actor import Actor


class Scene:
    """An exchange's people by name, as they are by now."""

    def __init__(self, session: Session, exchange: Exchange) -> None:
        self.session, self.exchange = session, exchange

    def seat(self, name: str) -> Participant:
        """The place of somebody."""
        self.session.expire_all()
        here = Participant.exchange_id == self.exchange.id, Participant.name == name
        return self.session.scalars(select(Participant).where(*here)).one()

    def actor(self, name: str) -> Actor:
        """Somebody who came by the mailed link."""
        return guest(self.session.get_one(Person, self.seat(name).person_id))

    def pairs(self) -> dict[str, str]:
        """Who gives to whom now."""
        self.session.expire_all()
        stood = queries.standing(self.session, self.exchange.id)
        assert stood
        names = {seat.id: seat.name for seat in queries.all_seats(self.session, self.exchange.id)}
        return {names[one]: names[other] for one, other in stood.receivers.items()}
