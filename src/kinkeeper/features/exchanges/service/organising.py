"""Opening and closing an exchange, by hand and in time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.permissions import may_coordinate, may_observe, may_organise
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.rules.joining import ExchangeState, takes_people
from kinkeeper.features.exchanges.service.inviting import invite
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Conflict, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, read_session, transaction
from kinkeeper.platform import audit, limits
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.exchanges.models import Exchange, Participant
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.work import Permission


ASKING = Budget("open.series", 4, timedelta(days=1))
"""Drafts of one series that are opened: everybody of last year is asked, and told where it is called off."""


class JoiningOver(Conflict):
    """SK-30: it would be closed again at once."""

    code = "exchange.joining_over"
    message = mark("People could join until %(day)s, and that day is over.")
    remedy = mark("Change the plan first: choose a later day.")


class AlreadyDrawn(Conflict):
    """What is drawn stays drawn."""

    code = "exchange.already_drawn"
    message = mark("The names for %(title)s have already been drawn.")


class AlreadyOver(Conflict):
    """It was completed or cancelled."""

    code = "exchange.already_over"
    message = mark("%(title)s is over.")


class StillDraft(Conflict):
    """Nobody can have joined yet."""

    code = "exchange.still_draft"
    message = mark("%(title)s is not open yet.")


class AlreadyClosed(Conflict):
    """SK-25: closing is for what is open."""

    code = "exchange.already_closed"
    message = mark("%(title)s is closed already.")


class AlreadyOpen(Conflict):
    """SK-25: opening again is for what is closed."""

    code = "exchange.already_open"
    message = mark("%(title)s is open already.")


def open_exchange(actor: Actor, exchange_id: UUID) -> None:
    """Let people join: for the first time, or again while nothing is drawn (SK-29, SK-31)."""
    seen = queries.exchange_of(read_session(), actor, exchange_id)  # a stranger uses up nobody's budget
    charges = [(ASKING, str(seen.series_id))] if seen.state is ExchangeState.DRAFT else []
    with limits.spending(*charges), transaction(actor) as work:
        exchange = to_change(work, exchange_id)
        if exchange.state is ExchangeState.OPEN:
            raise AlreadyOpen(title=exchange.title)
        if exchange.closes_on < clock.today_in(exchange.zone, work.now):
            raise JoiningOver(day=exchange.closes_on)
        if exchange.state is ExchangeState.DRAFT:
            invite(work, exchange)
        exchange.state, exchange.seed_sealed = ExchangeState.OPEN, None
        audit.record(work, "exchange.opened", exchange.id)


def close_exchange(actor: Actor, exchange_id: UUID) -> None:
    """Let nobody else join (SK-30)."""
    with transaction(actor) as work:
        exchange = to_change(work, exchange_id)
        if exchange.state is ExchangeState.DRAFT:
            raise StillDraft(title=exchange.title)
        if exchange.state is not ExchangeState.OPEN:
            raise AlreadyClosed(title=exchange.title)
        exchange.state, exchange.seed_sealed = ExchangeState.CLOSED, sealing.new_seed(exchange.id)
        audit.record(work, "exchange.closed", exchange.id)


def close_in_time(actor: Actor, exchange_id: UUID) -> None:
    """Close what people could join until yesterday, by the clock of its zone (SK-30)."""
    with transaction(actor) as work:
        exchange = queries.exchange_left_for_change(work.session, exchange_id)
        if exchange and exchange.state is ExchangeState.OPEN and not takes_people(exchange, work.now):
            exchange.state, exchange.seed_sealed = ExchangeState.CLOSED, sealing.new_seed(exchange.id)
            audit.record(work, "exchange.closed", exchange.id)


def organised_to_change(work: Work, exchange_id: UUID, may: Permission = may_organise) -> Exchange:
    """Step: lock the exchange, and ask whether the actor organises it, or for another permission."""
    exchange = queries.exchange_for_change(work.session, exchange_id)
    work.authorize(may, exchange, visible=may_observe)
    return exchange


def to_change(work: Work, exchange_id: UUID, may: Permission = may_organise) -> Exchange:
    """Step: likewise, and refuse once it is drawn."""
    exchange = organised_to_change(work, exchange_id, may)
    refuse_over(exchange)
    if exchange.state is ExchangeState.DRAWN:
        raise AlreadyDrawn(title=exchange.title)
    return exchange


def seat_to_change(work: Work, exchange_id: UUID, participant_id: UUID) -> tuple[Exchange, Participant]:
    """Step: lock the exchange, ask whether the actor helps with it, and find somebody who is on its list."""
    exchange = organised_to_change(work, exchange_id, may_coordinate)
    for seat in queries.seats(work.session, exchange.id, [participant_id]):
        return exchange, seat
    raise NotFound


def refuse_over(exchange: Exchange) -> None:
    """Raise AlreadyOver where nothing may change any more."""
    if exchange.state in {ExchangeState.COMPLETED, ExchangeState.CANCELLED}:
        raise AlreadyOver(title=exchange.title)
