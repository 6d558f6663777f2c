"""An organiser picks people from the circle's address book; each is asked by letter whether they are in.

Whoever has no address comes with those who look after them, who are asked for them.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.permissions import may_see_people
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.permissions import may_coordinate
from kinkeeper.features.exchanges.rules.joining import ExchangeState, places_left
from kinkeeper.features.exchanges.service.adding import (
    MOST_AT_ONCE,
    PER_EXCHANGE,
    PER_MAILBOX,
    PER_ORGANISER,
    AskedOften,
    NoRoom,
    TooManyAtOnce,
    in_circle,
    take_place,
)
from kinkeeper.features.exchanges.service.inviting import ask_whether_in
from kinkeeper.features.exchanges.service.organising import to_change
from kinkeeper.kernel.errors import Conflict, Forbidden, NotFound, TooMany
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, read_session, transaction
from kinkeeper.platform import audit, limits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from uuid import UUID

    from kinkeeper.features.accounts.models import Person
    from kinkeeper.features.exchanges.models import Exchange
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.platform.limits import Budget


class NobodyToAsk(Conflict):
    """No letter would reach them, nor anybody who looks after them."""

    code = "exchange.nobody_to_ask"
    message = mark("Nobody gets letters for %(name)s.")
    remedy = mark("Say in the address book who looks after them.")
    field = "person_ids"


class PickedAlready(Conflict):
    """Somebody else was quicker, or they joined by themselves."""

    code = "exchange.picked_already"
    message = mark("%(name)s is on the list already.")
    field = "person_ids"


def pick_people(actor: Actor, exchange_id: UUID, person_ids: Collection[UUID]) -> list[UUID]:
    """Put people of the circle's address book on the list, all or none; answers their places.

    Whoever may not read that address book learns nothing of it: nobody is looked up for them.
    """
    wanted = sorted(set(person_ids))
    if len(wanted) > MOST_AT_ONCE:
        raise TooManyAtOnce(most=MOST_AT_ONCE, count=len(wanted))
    exchange = queries.exchange_of(read_session(), actor, exchange_id, may_coordinate)
    if not may_see_people(actor, exchange):
        raise Forbidden
    readers = _readers(exchange, wanted)  # of this book only: nobody spends a stranger's budget
    with (
        _saying_who(readers),
        limits.spending(*_charges(actor, exchange, readers)),
        transaction(actor) as work,
    ):
        exchange = to_change(work, exchange_id, may_coordinate)
        work.authorize(may_see_people, exchange)
        seats = [take_place(work, exchange, person, person.name) for person in _pick(work, exchange, wanted)]
        work.session.flush()
        if exchange.state is not ExchangeState.DRAFT:
            ask_whether_in(work, exchange, seats)
        audit.record(work, "exchange.people_added", exchange.id, people=len(seats))
        return [seat.id for seat in seats]


def _readers(exchange: Exchange, wanted: Collection[UUID]) -> list[tuple[str, str]]:
    """Answer who gets the letters: the key of each mailbox, and its reader's name."""
    of_book = people.people_in(read_session(), exchange.circle_id, wanted)
    if len(of_book) != len(wanted):
        raise NotFound
    boxes = [box for some in people.mailboxes(read_session(), of_book).values() for box in some]
    return [(in_circle(exchange.circle_id, box.email), box.name) for box in boxes]


def _charges(
    actor: Actor, exchange: Exchange, readers: Sequence[tuple[str, str]]
) -> list[tuple[Budget, str]]:
    """Answer what it costs: a mailbox counts once, for a parent may have more children than it holds."""
    whole = [(PER_ORGANISER, str(actor.account_id)), (PER_EXCHANGE, str(exchange.id))]
    return [*(whole * len(readers)), *((PER_MAILBOX, key) for key in {key for key, _ in readers})]


@contextmanager
def _saying_who(readers: Sequence[tuple[str, str]]) -> Iterator[None]:
    """Raise AskedOften where somebody was written to often enough: the others can be asked today."""
    try:
        yield
    except TooMany as spent:
        for key, name in readers:
            if key in spent.keys:
                raise AskedOften(name=name) from spent
        raise


def _pick(work: Work, exchange: Exchange, wanted: Collection[UUID]) -> list[Person]:
    """Lock these people and who looks after them, and refuse whoever cannot be put on the list."""
    left = places_left(exchange, queries.seats_kept(work.session, exchange.id, work.now))
    if left is not None and len(wanted) > left:
        raise NoRoom(title=exchange.title, places=left)
    known = people.people_for_change(work.session, {*wanted, *people.guardians_of(work.session, wanted)})
    here = queries.people_here(work.session, exchange.id, wanted)
    boxes = people.mailboxes(work.session, wanted)
    for one in wanted:
        if known[one].circle_id != exchange.circle_id:
            raise NotFound
        if one in here:
            raise PickedAlready(name=known[one].name)
        if not boxes[one]:
            raise NobodyToAsk(name=known[one].name)
    return [known[one] for one in wanted]
