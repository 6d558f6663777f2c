"""Gift exchanges with people in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kinkeeper.features.accounts.models import Person
from kinkeeper.features.exchanges.emails import INVITED, purpose
from kinkeeper.features.exchanges.models import Exchange, ExchangeOrganiser, ExchangeState, Participant
from kinkeeper.kernel.db import new_id
from kinkeeper.platform.links import Link
from tests.factories.accounts import LONG_AGO, make_account, make_person

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor

NAMES = ("Ana", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana", "Ida", "Jon")


def make_exchange(
    session: Session,
    *,
    people: int = 5,
    organiser: Actor | None = None,
    state: ExchangeState = ExchangeState.OPEN,
    **facts: object,
) -> Exchange:
    """An exchange with `people` confirmed participants, named NAMES, not drawn yet."""
    organiser = organiser or make_account(session, "Olga")
    circle_id = session.get_one(Person, organiser.person_id).circle_id
    defaults = {
        "title": "Christmas",
        "description": "",
        "budget": "around £20",
        "most_people": None,
        "closes_on": date(2026, 12, 10),
        "gifts_on": date(2026, 12, 24),
        "zone": "Europe/London",
        "slug": f"slug{new_id().hex[-8:]}",
    }
    exchange = Exchange(
        id=new_id(),
        circle_id=circle_id,
        state=state,
        created_at=LONG_AGO,
        **{**defaults, **facts},
    )
    exchange.organisers = [ExchangeOrganiser(person_id=organiser.person_id, since_at=LONG_AGO)]
    session.add(exchange)
    session.flush()
    for number in range(people):
        make_participant(session, exchange, _name(number))
    return exchange


def make_participant(
    session: Session,
    exchange: Exchange,
    name: str = "Ana",
    *,
    confirmed: bool = True,
    wishes: str = "",
    person: Person | None = None,
) -> Participant:
    """A participant of an exchange: the person, or a new one of this name."""
    from kinkeeper.features.accounts.models import Circle

    if person is None:
        person = make_person(session, name, circle=session.get_one(Circle, exchange.circle_id))
    name = person.name
    participant = Participant(
        id=new_id(),
        exchange_id=exchange.id,
        person_id=person.id,
        name=name,
        wishes=wishes or f"{name} would like a book",
        language="en",
        salt=new_id().bytes,
        joined_at=LONG_AGO,
        confirmed_at=LONG_AGO if confirmed else None,
    )
    session.add(participant)
    session.flush()
    return participant


def make_answer(session: Session, participant_id: UUID) -> None:
    """They, or who looks after them, have followed the link of a letter about their place."""
    joined_at = session.get_one(Participant, participant_id, populate_existing=True).joined_at
    session.add(
        Link(
            id=new_id(),
            purpose=purpose(INVITED),
            subject_id=participant_id,
            digest=new_id().bytes,
            lasts_seconds=60,
            used_at=joined_at,
        )
    )


def _name(number: int) -> str:
    letters = "abcdefghij"
    if number < len(NAMES):
        return NAMES[number]
    return "P" + "".join(letters[int(digit)] for digit in str(number))
