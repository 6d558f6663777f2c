"""An organiser puts people on the list before the draw; each is asked by letter whether they are in."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts.rules import clean_address, clean_name, mailbox
from kinkeeper.features.accounts.service import book
from kinkeeper.features.accounts.service.people import Entry, put_all_in_book
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Participant
from kinkeeper.features.exchanges.permissions import may_coordinate
from kinkeeper.features.exchanges.rules.joining import ExchangeState, places_left
from kinkeeper.features.exchanges.service.inviting import ask_whether_in
from kinkeeper.features.exchanges.service.joining import AlreadyHere
from kinkeeper.features.exchanges.service.organising import to_change
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Conflict, Invalid, Problem, TooMany
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, read_session, transaction
from kinkeeper.platform import audit, limits
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from kinkeeper.features.accounts.models import Person
    from kinkeeper.features.exchanges.models import Exchange
    from kinkeeper.kernel.actor import Actor

MOST_AT_ONCE = 100
A_DAY = timedelta(days=1)
PER_ORGANISER = Budget("ask.organiser", 300, A_DAY)
PER_EXCHANGE = Budget("ask.exchange", 300, A_DAY)
PER_MAILBOX = Budget("ask.mailbox", 3, A_DAY)
"""Letters to people who have not asked for any: a house must not write to half the town (T-9)."""


class NoRoom(Conflict):
    """SK-34, said to an organiser."""

    code = "exchange.no_room"
    message = mark("%(title)s has fewer places left than you want to fill: %(places)s.")
    remedy = mark("Change the plan, or add fewer people.")


class TooManyAtOnce(Invalid):
    """A list of strangers, more likely than a family."""

    code = "exchange.too_many_at_once"
    message = mark("Please add at most %(most)s people at once; these are %(count)s.")
    field = "people"


class ToldTwice(Invalid):
    """One address is one place (SK-4)."""

    code = "exchange.told_twice"
    message = mark("This address stands in the list twice.")
    field = "email"


class AskedOften(Conflict):
    """T-9, counted for each circle: what another one does neither stands in the way, nor is told of."""

    code = "exchange.asked_often"
    message = mark("%(name)s has been asked three times within a day. Please ask them again tomorrow.")
    field = "email"


class LinesRefused(book.LinesRefused):
    """As in the address book: none of a list is added while one of it cannot be."""

    code = "exchange.lines_refused"
    message = mark("Nobody was added yet: some of the list needs another look.")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be asked."""

    name: str
    email: str


def add_people(
    actor: Actor, exchange_id: UUID, newcomers: Sequence[Newcomer], *, language: str
) -> list[UUID]:
    """Put people on the list, all or none; answers their places.

    Each counts once they say yes: a draft's list is asked when it is opened, any other at once. Who left
    before is asked again. After the draw somebody new is a repair (`add_late`).
    """
    clean = _clean(newcomers)
    # A stranger spends no budget.
    circle_id = queries.exchange_of(read_session(), actor, exchange_id, may_coordinate).circle_id
    keys = [in_circle(circle_id, one.email) for one in clean]
    charges = _charges(actor, exchange_id, keys)
    with _saying_which(clean, keys), limits.spending(*charges), transaction(actor) as work:
        exchange = to_change(work, exchange_id, may_coordinate)
        seats = _put_on_the_list(work, exchange, clean, language)
        work.session.flush()
        if exchange.state is not ExchangeState.DRAFT:
            ask_whether_in(work, exchange, seats)
        audit.record(work, "exchange.people_added", exchange.id, people=len(seats))
        return [seat.id for seat in seats]


def _clean(newcomers: Sequence[Newcomer]) -> list[Newcomer]:
    if len(newcomers) > MOST_AT_ONCE:
        raise TooManyAtOnce(most=MOST_AT_ONCE, count=len(newcomers))
    clean: list[Newcomer] = []
    wrong: dict[int, Problem] = {}
    for place, one in enumerate(newcomers):
        try:
            email = clean_address(one.email)
            clean.append(Newcomer(clean_name(one.name), email))
            if clean[-1].email in {before.email for before in clean[:-1]}:
                raise ToldTwice
        except Invalid as problem:
            wrong[place] = problem
    if wrong:
        raise LinesRefused(wrong)
    return clean


def in_circle(circle_id: UUID, email: str) -> str:
    """Answer the key of a mailbox, as far as one circle writes to it."""
    return f"{circle_id} {mailbox(email)}"


def _charges(actor: Actor, exchange_id: UUID, keys: Sequence[str]) -> list[tuple[Budget, str]]:
    whole = [(PER_ORGANISER, str(actor.account_id)), (PER_EXCHANGE, str(exchange_id))]
    return [*(whole * len(keys)), *((PER_MAILBOX, key) for key in keys)]


@contextmanager
def _saying_which(clean: Sequence[Newcomer], keys: Sequence[str]) -> Iterator[None]:
    """Raise LinesRefused where mailboxes were written to often enough: the others can be asked today."""
    try:
        yield
    except TooMany as spent:
        lines = enumerate(zip(clean, keys, strict=True))
        wrong: dict[int, Problem] = {
            at: AskedOften(name=one.name) for at, (one, key) in lines if key in spent.keys
        }
        if not wrong:
            raise
        raise LinesRefused(wrong) from spent


def _refuse_unfit(work: Work, exchange: Exchange, clean: Sequence[Newcomer]) -> None:
    """Raise NoRoom, or LinesRefused where somebody is on the list already."""
    left = places_left(exchange, queries.seats_kept(work.session, exchange.id, work.now))
    if left is not None and len(clean) > left:
        raise NoRoom(title=exchange.title, places=left)
    here = queries.addresses_here(work.session, exchange.id, [one.email for one in clean])
    wrong: dict[int, Problem] = {at: AlreadyHere() for at, one in enumerate(clean) if one.email in here}
    if wrong:
        raise LinesRefused(wrong)


def _put_on_the_list(
    work: Work, exchange: Exchange, clean: Sequence[Newcomer], language: str
) -> list[Participant]:
    """Find or make each one's place."""
    _refuse_unfit(work, exchange, clean)
    entries = [Entry(one.name, one.email, language) for one in clean]
    people = put_all_in_book(work, exchange.circle_id, entries)
    return [take_place(work, exchange, people[one.email], one.name) for one in clean]


def take_place(work: Work, exchange: Exchange, person: Person, name: str) -> Participant:
    """Step: find or make somebody's place, which counts once they say yes; lock them first."""
    known = queries.seat_of(work.session, exchange.id, person.id)
    seat = known or _new_place(work, exchange, person.id, person.language)
    seat.name, seat.invited_by, seat.joined_at = name, work.actor.name, work.now
    seat.confirmed_at = seat.withdrawn_at = None
    return seat


def _new_place(work: Work, exchange: Exchange, person_id: UUID, language: str) -> Participant:
    seat = Participant(
        id=new_id(),
        exchange_id=exchange.id,
        person_id=person_id,
        wishes="",
        language=language,
    )
    work.session.add(seat)
    return seat
