"""How long the verb that draws names takes: its transaction, the sealed rows and the letters queued.

    python -m benchmarks.verbs

Goal: 500 people within 1 s on SQLite (G12). People live in households of four, which a rule keeps
apart; each run draws an exchange of its own, on a disk that is waited for as in a real house.
"""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kinkeeper.app import migrate
from kinkeeper.app.house import furnish
from kinkeeper.features.accounts.models import Circle, Household, HouseholdMember, Person
from kinkeeper.features.exchanges.models import (
    Exchange,
    ExchangeOrganiser,
    ExchangeState,
    HouseholdRule,
    Participant,
)
from kinkeeper.features.exchanges.service.drawing import draw_names
from kinkeeper.kernel import crypto, db
from kinkeeper.kernel.actor import SYSTEM
from kinkeeper.kernel.db import new_id
from kinkeeper.platform.mail import OutboxLetter

RUNS = {10: 7, 100: 7, 500: 7, 5_000: 3}
GOALS_MS = {500: 1_000}
HOME = 4
JOINED = datetime(2026, 11, 1, tzinfo=UTC)


def stage(session: Session, size: int) -> UUID:
    """A closed exchange of people who have confirmed; answers its id."""
    circle = Circle(id=new_id(), name="The Olsens", language="en", zone="Europe/London", created_at=JOINED)
    session.add(circle)
    session.flush()
    people = [
        Person(
            id=new_id(),
            circle_id=circle.id,
            name=f"Person {number}",
            email=f"person{number}.{circle.id.hex}@example.org",
            language="en",
            created_at=JOINED,
        )
        for number in range(size)
    ]
    homes = [Household(id=new_id(), circle_id=circle.id, name="Home") for _ in range(0, size, HOME)]
    session.add_all([*people, *homes])
    session.flush()
    exchange = _exchange(circle)
    exchange.organisers = [ExchangeOrganiser(person_id=people[0].id, since_at=JOINED)]
    session.add(exchange)
    session.flush()
    for number, person in enumerate(people):
        session.add(HouseholdMember(household_id=homes[number // HOME].id, person_id=person.id))
        session.add(_seat(exchange, person))
    session.add_all([HouseholdRule(exchange_id=exchange.id, household_id=home.id) for home in homes])
    return exchange.id


def _exchange(circle: Circle) -> Exchange:
    return Exchange(
        id=new_id(),
        circle_id=circle.id,
        slug=circle.id.hex,
        title="Christmas at the Olsens",
        description="",
        budget="around £20",
        closes_on=date(2026, 12, 10),
        gifts_on=date(2026, 12, 24),
        zone="Europe/London",
        state=ExchangeState.CLOSED,
        created_at=JOINED,
    )


def _seat(exchange: Exchange, person: Person) -> Participant:
    return Participant(
        exchange_id=exchange.id,
        person_id=person.id,
        name=person.name,
        wishes="",
        language="en",
        salt=os.urandom(16),
        joined_at=JOINED,
        confirmed_at=JOINED,
    )


def times(engine: db.Engine, size: int) -> list[float]:
    """Milliseconds of each run, by the clock: waiting for the disk counts."""
    taken = []
    for _ in range(RUNS[size]):
        with Session(engine) as session, session.begin():
            exchange_id = stage(session, size)
        queued = letters(engine)
        began = perf_counter()
        draw_names(SYSTEM, exchange_id)
        taken.append((perf_counter() - began) * 1_000)
        if letters(engine) - queued != size:
            raise RuntimeError(f"{letters(engine) - queued} letters are queued for {size} people")
    return taken


def letters(engine: db.Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(OutboxLetter)) or 0


def main() -> None:
    crypto.unlock(os.urandom(64))
    furnish("http://house.example.org")
    print("drawing names, sealing the pairs and queueing the letters, one transaction on SQLite")
    print("people  median ms     max ms")
    with tempfile.TemporaryDirectory() as folder:
        engine = db.connect(f"sqlite:///{Path(folder) / 'house.sqlite'}")
        migrate.upgrade(engine)
        times(engine, 10)  # the first draw compiles statements and templates
        for size in RUNS:
            taken = times(engine, size)
            over = "  over the goal" if max(taken) > GOALS_MS.get(size, max(taken)) else ""
            print(f"{size:6} {median(taken):10.1f} {max(taken):10.1f}{over}", flush=True)


if __name__ == "__main__":
    main()
