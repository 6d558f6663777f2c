"""Telling everybody who is in that the plan has changed, once for changes that follow each other closely."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import NewChoice, NewDay, NewWords, PlanChanged
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.service.addressing import Addressed, readers
from kinkeeper.kernel.db import new_id
from kinkeeper.platform import mail
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from kinkeeper.features.exchanges.models import Exchange, Participant
    from kinkeeper.kernel.work import Work
    from kinkeeper.platform.mail import Letter

DAYS, WORDS = ("gifts_on", "closes_on"), ("title", "budget", "description")
"""What people plan by; how long it is kept, and how many may come, they need not hear of."""
CHOICES = ("publishes_draw", "names_in_letters")
"""What people agree to when they take part: of this they hear whatever the organiser ticks (G20, T-15)."""
HAS_PEOPLE = {ExchangeState.OPEN, ExchangeState.CLOSED, ExchangeState.DRAWN}
PER_EXCHANGE = Budget("tell.exchange", 24, timedelta(days=1))
"""How often a day everybody may hear of a change; some that follow each other closely are one (T-9)."""


class Telling(StrEnum):
    """Whether everybody gets a letter about a changed plan."""

    IF_A_DAY_CHANGES = "if-a-day-changes"
    YES = "yes"
    NO = "no"


def charges(
    exchange: Exchange, changes: Mapping[str, Any], telling: Telling
) -> tuple[tuple[Budget, str], ...]:
    """Answer what it costs to change this, before it is done: nothing where nobody is told."""
    before = {name: getattr(exchange, name) for name in changes}
    is_told = before != dict(changes) and exchange.state in HAS_PEOPLE
    if telling is Telling.IF_A_DAY_CHANGES:
        is_told = is_told and any(before.get(day) != changes.get(day) for day in DAYS)
    return ((PER_EXCHANGE, str(exchange.id)),) if is_told and telling is not Telling.NO else ()


def tell_of_changes(work: Work, exchange: Exchange, before: Mapping[str, Any], telling: Telling) -> None:
    """Step: one letter to everybody who is in, old and new side by side.

    `before` is what was said of whatever may have changed. A letter about an earlier change that has not
    left yet is taken back, and what it said is in the new one: nobody reads two that contradict each other.
    Whoever would have got it gets the new one even where nobody else is told.
    """
    if exchange.state not in HAS_PEOPLE:
        return
    before = {name: getattr(exchange, name) for name in (*DAYS, *WORDS, *CHOICES)} | dict(before)
    is_told = _is_told(exchange, before, telling)
    seats = queries.confirmed_seats(work.session, exchange.id)
    earlier = take_back(work, [seat.id for seat in seats])
    if not is_told and not earlier:
        return
    letters = [
        (_letter(exchange, seat, reader, before, earlier.get((seat.id, reader["to"]))), seat.person_id)
        for seat, reader in readers(work, seats)
        if is_told or (seat.id, reader["to"]) in earlier
    ]
    about = new_id()
    says_something = (
        (letter, person_id) for letter, person_id in letters if letter.days or letter.words or letter.choices
    )
    mail.post_all(work, [mail.Posting(letter, about, person_id) for letter, person_id in says_something])


def take_back(work: Work, seat_ids: Iterable[UUID]) -> dict[tuple[UUID, str], Letter]:
    """Step: recall the letters about a changed plan that have not left; nobody is to plan by them."""
    return mail.recall(work, PlanChanged.kind, seat_ids)


def _is_told(exchange: Exchange, before: Mapping[str, Any], telling: Telling) -> bool:
    """Tell whether a letter is due; as a rule where somebody has to look into their calendar."""
    if telling is Telling.IF_A_DAY_CHANGES:
        return bool(_days(exchange, before))
    return telling is Telling.YES


def _letter(
    exchange: Exchange,
    seat: Participant,
    reader: Addressed,
    before: Mapping[str, Any],
    earlier: Letter | None,
) -> PlanChanged:
    known = dict(before)
    if isinstance(earlier, PlanChanged):
        known.update({day.what: day.before for day in earlier.days})
        known.update({some.what: some.before for some in earlier.words})
        known.update({one.what: not one.is_chosen for one in earlier.choices})
    return PlanChanged(
        **reader,
        title=exchange.title,
        participant_id=seat.id,
        exchange_id=exchange.id,
        days=_days(exchange, known),
        words=_words(exchange, known),
        slug=exchange.slug,
        choices=_choices(exchange, known),
    )


def _days(exchange: Exchange, before: Mapping[str, Any]) -> tuple[NewDay, ...]:
    is_drawn = exchange.state is ExchangeState.DRAWN  # then nobody can join any more, whatever the day
    told = ("gifts_on",) if is_drawn else DAYS
    days = (NewDay(name, before[name], getattr(exchange, name)) for name in told)
    return tuple(one for one in days if one.before != one.after)


def _words(exchange: Exchange, before: Mapping[str, Any]) -> tuple[NewWords, ...]:
    words = (NewWords(name, before[name], getattr(exchange, name)) for name in WORDS)
    return tuple(one for one in words if one.before != one.after)


def _choices(exchange: Exchange, before: Mapping[str, Any]) -> tuple[NewChoice, ...]:
    choices = (NewChoice(name, getattr(exchange, name)) for name in CHOICES)
    return tuple(one for one in choices if one.is_chosen != before[one.what])
