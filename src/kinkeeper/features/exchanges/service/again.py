"""Same again next year: a new draft with what held this year (SK-32)."""

from __future__ import annotations

from dataclasses import replace
from datetime import MAXYEAR
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import insert

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import (
    Exchange,
    ExchangeOrganiser,
    HouseholdRule,
    PairRule,
    Participant,
)
from kinkeeper.features.exchanges.permissions import may_observe, may_organise
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.service.ending import NotDrawn
from kinkeeper.features.exchanges.service.planning import Plan, plan_of, put_down
from kinkeeper.features.exchanges.service.series import refuse_second
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kinkeeper.kernel.actor import Actor


def begin_again(actor: Actor, exchange_id: UUID, changes: Mapping[str, Any]) -> UUID:
    """Put down a draft for another year: same organisers, people and rules; answers its id.

    `changes` are to the plan that `next_plan` proposes. People are asked when the draft is opened.
    """
    with transaction(actor) as work:
        before = queries.exchange_in_series_for_change(work.session, exchange_id)
        work.authorize(may_organise, before, visible=may_observe)
        if before.state not in {ExchangeState.DRAWN, ExchangeState.COMPLETED}:
            raise NotDrawn(title=before.title)
        plan = replace(next_plan(before), **changes)
        refuse_second(work, before.series_id, plan.gifts_on.year)
        exchange = put_down(work, before.circle_id, plan)
        exchange.series_id = before.series_id
        # Not whether the draw is published: each year's group chooses that for itself.
        exchange.shape, exchange.avoid_years = before.shape, before.avoid_years
        for one in before.organisers:
            work.session.add(_same_organiser(exchange, one))
        new_seats = _carry_people(work, before, exchange)
        _carry_rules(work, before, exchange, new_seats)
        audit.record(work, "exchange.begun_again", exchange.id, people=len(new_seats))
        return exchange.id


def next_plan(exchange: Exchange) -> Plan:
    """Propose the plan of a year later; a year in the title grows with it."""
    plan = plan_of(exchange)
    gifts_on = a_year_later(plan.gifts_on)
    return replace(
        plan,
        title=plan.title.replace(str(plan.gifts_on.year), str(gifts_on.year)),
        closes_on=a_year_later(plan.closes_on),
        gifts_on=gifts_on,
    )


def a_year_later(day: date) -> date:
    """Answer the same day of the next year; of a leap day the day before."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=min(day.year + 1, MAXYEAR), day=28 if is_leap_day else day.day)


def _same_organiser(exchange: Exchange, before: ExchangeOrganiser) -> ExchangeOrganiser:
    return ExchangeOrganiser(
        exchange_id=exchange.id,
        person_id=before.person_id,
        since_at=before.since_at,
        hears_of_joining=before.hears_of_joining,
        hears_of_leaving=before.hears_of_leaving,
        hears_of_drawing=before.hears_of_drawing,
    )


def _carry_people(work: Work, before: Exchange, exchange: Exchange) -> dict[UUID, UUID]:
    """Put those who were in on the new list, without their wishes; answers new places by old ones."""
    taken_along = {}
    rows = []
    for seat in queries.confirmed_seats(work.session, before.id):
        if seat.person_id is None:
            continue
        taken_along[seat.id] = new_id()
        rows.append(
            {
                "id": taken_along[seat.id],
                "exchange_id": exchange.id,
                "person_id": seat.person_id,
                "name": seat.name,
                "wishes": "",
                "language": seat.language,
                "joined_at": work.now,
                "wants_reminders": seat.wants_reminders,
                "hears_of_wishes": seat.hears_of_wishes,
            }
        )
    if rows:
        work.session.execute(insert(Participant), rows)
    return taken_along


def _carry_rules(work: Work, before: Exchange, exchange: Exchange, new_seats: Mapping[UUID, UUID]) -> None:
    pairs = [
        {"exchange_id": exchange.id, "giver_id": new_seats[giver], "receiver_id": new_seats[receiver]}
        for giver, receiver in queries.pair_rules(work.session, before.id)
        if giver in new_seats and receiver in new_seats
    ]
    homes = [
        {"exchange_id": exchange.id, "household_id": household_id}
        for household_id in queries.household_rules(work.session, before.id)
    ]
    for table, rows in ((PairRule, pairs), (HouseholdRule, homes)):
        if rows:
            work.session.execute(insert(table), rows)
