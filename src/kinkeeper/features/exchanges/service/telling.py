"""Telling everybody who is in that the plan has changed, once for changes that follow each other closely."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import ChoiceMade, NewDay, NewWords, PlanChanged
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.service.addressing import Addressed, readers
from kinkeeper.kernel.db import new_id
from kinkeeper.platform import mail
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from kinkeeper.features.exchanges.models import Exchange, Participant
    from kinkeeper.kernel.work import Work
    from kinkeeper.platform.mail import Letter

DAYS, WORDS = ("gifts_on", "closes_on"), ("title", "budget", "description")
"""What people plan by; how long it is kept, and how many may come, they need not hear of."""
HAS_PEOPLE = {ExchangeState.OPEN, ExchangeState.CLOSED, ExchangeState.DRAWN}
PER_EXCHANGE = Budget("tell.exchange", 24, timedelta(days=1))
"""How often a day everybody may hear of a change; some that follow each other closely are one (T-9)."""


class Telling(StrEnum):
    """Whether everybody gets a letter about a changed plan."""

    IF_A_DAY_CHANGES = "if-a-day-changes"
    YES = "yes"
    NO = "no"


class Waiting(NamedTuple):
    """A letter that was taken back, and when it would have left."""

    letter: Letter
    due_at: datetime


def charges(
    exchange: Exchange, changes: Mapping[str, Any], telling: Telling
) -> tuple[tuple[Budget, str], ...]:
    """Answer what it costs to change this, before it is done: nothing where nobody is told."""
    before = {name: getattr(exchange, name) for name in changes}
    is_told = telling is Telling.YES and before != dict(changes)
    if telling is Telling.IF_A_DAY_CHANGES:
        is_told = any(before.get(day) != changes.get(day) for day in DAYS)
    if "gifts_on" in changes:
        is_told = is_told or _is_read_sooner(exchange, before["gifts_on"], changes["gifts_on"])
    return ((PER_EXCHANGE, str(exchange.id)),) if is_told and exchange.state in HAS_PEOPLE else ()


def tell_of_changes(work: Work, exchange: Exchange, before: Mapping[str, Any], telling: Telling) -> None:
    """Step: one letter to everybody who is in, old and new side by side.

    `before` is what was said of whatever may have changed. A letter about an earlier change that has not
    left yet is taken back, and what it said is in the new one, which leaves no later: nobody reads two that
    contradict each other. Whoever would have got it gets the new one even where nobody else is told.
    """
    if exchange.state not in HAS_PEOPLE:
        return
    before = {name: getattr(exchange, name) for name in (*DAYS, *WORDS)} | dict(before)
    is_told = _is_told(exchange, before, telling)
    if not (is_told or _days(exchange, before) or _words(exchange, before)):
        return  # what waits is as true as before
    seats = queries.confirmed_seats(work.session, exchange.id)
    earlier = _recall(work, [seat.id for seat in seats])
    about, postings = new_id(), []
    for seat, reader in readers(work, seats):
        waiting = earlier.get((seat.id, reader["to"]))
        letter = _letter(exchange, seat, reader, before, waiting)
        if (is_told or waiting) and (letter.days or letter.words):
            due_at = waiting.due_at if waiting else None
            postings.append(mail.Posting(letter, about, seat.person_id, due_at=due_at))
    mail.post_all(work, postings)


def take_back(work: Work, seat_ids: Collection[UUID]) -> list[Letter]:
    """Step: recall what has not left to these places of plan and choices: they are another's, or gone."""
    kinds = PlanChanged.kind, ChoiceMade.kind
    return [letter for kind in kinds for letter, _ in mail.recall(work, kind, seat_ids)]


def _recall(work: Work, seat_ids: Collection[UUID]) -> dict[tuple[UUID | None, str], Waiting]:
    """Answer by place and address what had not left; nobody is to plan by it."""
    found = (Waiting(*one) for one in mail.recall(work, PlanChanged.kind, seat_ids))
    return {(one.letter.about_id(), one.letter.to): one for one in found}


def _is_told(exchange: Exchange, before: Mapping[str, Any], telling: Telling) -> bool:
    """Tell whether a letter is due; as a rule where somebody has to look into their calendar."""
    if _is_read_sooner(exchange, before["gifts_on"], exchange.gifts_on):
        return True
    if telling is Telling.IF_A_DAY_CHANGES:
        return bool(_days(exchange, before))
    return telling is Telling.YES


def _is_read_sooner(exchange: Exchange, before: date, after: date) -> bool:
    """Tell whether matches lie open sooner than people were told: of this they hear in any case (G20)."""
    return exchange.publishes_draw and exchange.state is ExchangeState.DRAWN and after < before


def _letter(
    exchange: Exchange,
    seat: Participant,
    reader: Addressed,
    before: Mapping[str, Any],
    earlier: Waiting | None,
) -> PlanChanged:
    known = dict(before)
    if earlier and isinstance(earlier.letter, PlanChanged):
        known.update({day.what: day.before for day in earlier.letter.days})
        known.update({some.what: some.before for some in earlier.letter.words})
    return PlanChanged(
        **reader,
        title=exchange.title,
        participant_id=seat.id,
        exchange_id=exchange.id,
        days=_days(exchange, known),
        words=_words(exchange, known),
        slug=exchange.slug,
    )


def _days(exchange: Exchange, before: Mapping[str, Any]) -> tuple[NewDay, ...]:
    is_drawn = exchange.state is ExchangeState.DRAWN  # then nobody can join any more, whatever the day
    told = ("gifts_on",) if is_drawn else DAYS
    days = (NewDay(name, before[name], getattr(exchange, name)) for name in told)
    return tuple(one for one in days if one.before != one.after)


def _words(exchange: Exchange, before: Mapping[str, Any]) -> tuple[NewWords, ...]:
    words = (NewWords(name, before[name], getattr(exchange, name)) for name in WORDS)
    return tuple(one for one in words if one.before != one.after)
