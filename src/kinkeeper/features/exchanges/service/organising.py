"""Beginning an exchange, opening and closing it, and its rules."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.service.people import house_together
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import (
    Exchange,
    ExchangeState,
    HouseholdRule,
    PairRule,
    Participant,
)
from kinkeeper.features.exchanges.permissions import may_begin_exchange, may_organise
from kinkeeper.kernel import clock
from kinkeeper.kernel.db import insert_into, new_id
from kinkeeper.kernel.errors import Conflict, Invalid, NotFound, Unauthenticated
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinkeeper.kernel.actor import Actor

SLUG_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
"""Nothing that looks like something else when it is read out over the telephone."""
SLUG_LENGTH = 12
FEWEST_PEOPLE = 3
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_BUDGET, MOST_PEOPLE = 80, 5_000, 80, 5_000


class BadTitle(Invalid):
    """A title stands in subjects of letters."""

    code = "exchange.bad_title"
    message = mark("Please give a title of at most %(most)s characters.")
    field = "title"


class TooLong(Invalid):
    """Longer than anybody reads."""

    code = "exchange.too_long"
    message = mark("That is too long.")


class ClosesAfterGifts(Invalid):
    """SK-23."""

    code = "exchange.closes_after_gifts"
    message = mark("People can join until the day of the gifts at the latest.")
    field = "closes_on"


class AlreadyPast(Invalid):
    """Nobody could join."""

    code = "exchange.already_past"
    message = mark("That day is over already.")
    field = "closes_on"


class UnknownZone(Invalid):
    """SK-22."""

    code = "exchange.unknown_zone"
    message = mark("There is no time zone of that name.")
    field = "zone"


class TooSmall(Invalid):
    """Two people would know at once (SK-33)."""

    code = "exchange.too_small"
    message = mark("A gift exchange needs room for %(fewest)s people at least.")
    field = "most_people"


class TooLarge(Invalid):
    """More than one draw can hold."""

    code = "exchange.too_large"
    message = mark("A gift exchange has room for %(most)s people at most.")
    field = "most_people"


class AlreadyDrawn(Conflict):
    """What is drawn stays drawn."""

    code = "exchange.already_drawn"
    message = mark("The names for %(title)s have already been drawn.")


class NotOpen(Conflict):
    """It is closed already."""

    code = "exchange.not_open"
    message = mark("%(title)s is closed already.")


class NotClosed(Conflict):
    """It is open already."""

    code = "exchange.not_closed"
    message = mark("%(title)s is open already.")


class BadRule(Invalid):
    """A rule needs different people of this exchange."""

    code = "exchange.bad_rule"
    message = mark("Please choose at least two different people of this exchange.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an organiser says of an exchange (SK-20)."""

    title: str
    closes_on: date
    gifts_on: date
    zone: str
    description: str = ""
    budget: str = ""
    most_people: int | None = None


def begin_exchange(actor: Actor, plan: Plan) -> UUID:
    """Create an exchange that people can join at once, and answer its id."""
    if actor.person_id is None:
        raise Unauthenticated
    title = _checked(plan)
    with transaction(actor) as work:
        circle = people.circle_of(work.session, actor.person_id)
        work.authorize(may_begin_exchange, circle.id)
        if plan.closes_on < clock.today_in(plan.zone, work.now):
            raise AlreadyPast
        exchange = Exchange(
            id=new_id(),
            circle_id=circle.id,
            organiser_id=actor.person_id,
            slug="".join(secrets.choice(SLUG_LETTERS) for _ in range(SLUG_LENGTH)),
            title=title,
            description=plan.description,
            budget=plan.budget,
            most_people=plan.most_people,
            closes_on=plan.closes_on,
            gifts_on=plan.gifts_on,
            zone=plan.zone,
            created_at=work.now,
        )
        work.session.add(exchange)
        audit.record(work, "exchange.begun", exchange.id)
        return exchange.id


def close_exchange(actor: Actor, exchange_id: UUID) -> None:
    """Let nobody else join (SK-30)."""
    with transaction(actor) as work:
        exchange = _to_change(work, exchange_id)
        if exchange.state is not ExchangeState.OPEN:
            raise NotOpen(title=exchange.title)
        exchange.state = ExchangeState.CLOSED
        audit.record(work, "exchange.closed", exchange.id)


def reopen_exchange(actor: Actor, exchange_id: UUID) -> None:
    """Let people join again, while nothing is drawn (SK-31)."""
    with transaction(actor) as work:
        exchange = _to_change(work, exchange_id)
        if exchange.state is not ExchangeState.CLOSED:
            raise NotClosed(title=exchange.title)
        exchange.state = ExchangeState.OPEN
        audit.record(work, "exchange.reopened", exchange.id)


def keep_apart(
    actor: Actor, exchange_id: UUID, giver_id: UUID, receiver_id: UUID, *, both_ways: bool
) -> None:
    """Rule out that one gives to the other, one way or both (SK-65); saying it twice changes nothing."""
    with transaction(actor) as work:
        exchange = _to_change(work, exchange_id)
        _people_of(work, exchange, [giver_id, receiver_id])
        pairs = [(giver_id, receiver_id), *([(receiver_id, giver_id)] if both_ways else [])]
        for giver, receiver in pairs:
            rule = insert_into(work.session, PairRule).values(
                exchange_id=exchange.id, giver_id=giver, receiver_id=receiver
            )
            work.session.execute(rule.on_conflict_do_nothing())
        audit.record(work, "exchange.pair_ruled_out", exchange.id, both_ways=both_ways)


def keep_household_apart(actor: Actor, exchange_id: UUID, name: str, participant_ids: Sequence[UUID]) -> None:
    """Say that these people live together, and that none of them gives to another."""
    with transaction(actor) as work:
        exchange = _to_change(work, exchange_id)
        seats = _people_of(work, exchange, participant_ids)
        person_ids = [seat.person_id for seat in seats if seat.person_id is not None]
        household = house_together(work, exchange.circle_id, name, person_ids)
        work.session.add(HouseholdRule(exchange_id=exchange.id, household_id=household.id))
        audit.record(work, "exchange.household_ruled_out", exchange.id, people=len(seats))


def lift_pair(actor: Actor, exchange_id: UUID, giver_id: UUID, receiver_id: UUID) -> None:
    """Take back that one must not give to the other."""
    with transaction(actor) as work:
        exchange = _to_change(work, exchange_id)
        rule = delete(PairRule).where(
            PairRule.exchange_id == exchange.id,
            PairRule.giver_id == giver_id,
            PairRule.receiver_id == receiver_id,
        )
        work.session.execute(rule)
        audit.record(work, "exchange.pair_allowed", exchange.id)


def lift_household(actor: Actor, exchange_id: UUID, household_id: UUID) -> None:
    """Let people of a household give to each other again; the household itself stays."""
    with transaction(actor) as work:
        exchange = _to_change(work, exchange_id)
        rule = delete(HouseholdRule).where(
            HouseholdRule.exchange_id == exchange.id, HouseholdRule.household_id == household_id
        )
        work.session.execute(rule)
        audit.record(work, "exchange.household_allowed", exchange.id)


def _checked(plan: Plan) -> str:
    title = " ".join(plan.title.split())
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise BadTitle(most=LONGEST_TITLE)
    if len(plan.description) > LONGEST_DESCRIPTION or len(plan.budget) > LONGEST_BUDGET:
        raise TooLong
    if not clock.is_zone(plan.zone):
        raise UnknownZone
    if plan.closes_on > plan.gifts_on:
        raise ClosesAfterGifts
    _check_room(plan.most_people)
    return title


def _check_room(most_people: int | None) -> None:
    if most_people is None:
        return
    if most_people < FEWEST_PEOPLE:
        raise TooSmall(fewest=FEWEST_PEOPLE)
    if most_people > MOST_PEOPLE:
        raise TooLarge(most=MOST_PEOPLE)


def _to_change(work: Work, exchange_id: UUID) -> Exchange:
    """Lock the exchange, ask whether the actor organises it, and refuse once it is drawn."""
    exchange = queries.exchange_for_change(work.session, exchange_id)
    work.authorize(may_organise, exchange, visible=may_organise)
    if exchange.state is ExchangeState.DRAWN:
        raise AlreadyDrawn(title=exchange.title)
    return exchange


def _people_of(work: Work, exchange: Exchange, participant_ids: Sequence[UUID]) -> list[Participant]:
    wanted = set(participant_ids)
    seats = queries.seats(work.session, exchange.id, wanted)
    if len(seats) != len(wanted):
        raise NotFound
    if len(wanted) < 2 or len(wanted) != len(participant_ids):  # noqa: PLR2004 - a rule is between two
        raise BadRule
    return seats
