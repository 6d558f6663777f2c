"""What an organiser says of an exchange: beginning one, and changing the plan."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeOrganiser
from kinkeeper.features.exchanges.permissions import may_begin_exchange, may_observe, may_organise
from kinkeeper.features.exchanges.rules.joining import FEWEST_PEOPLE, MOST_PEOPLE, ExchangeState
from kinkeeper.features.exchanges.rules.keeping import KEEPING, LONGEST_KEEPING, SHORTEST_KEEPING
from kinkeeper.features.exchanges.rules.reminding import (
    FURTHEST_REMINDER,
    MOST_REMINDERS,
    REMIND_DAYS,
    clean_days,
)
from kinkeeper.features.exchanges.service.organising import refuse_over
from kinkeeper.features.exchanges.service.reminding import remind_anew
from kinkeeper.features.exchanges.service.series import refuse_second
from kinkeeper.features.exchanges.service.telling import Telling, charges, tell_of_changes
from kinkeeper.kernel import clock
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Invalid, Unauthenticated
from kinkeeper.kernel.lines import clean_line, names_host
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, read_session, transaction
from kinkeeper.platform import audit, limits

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kinkeeper.kernel.actor import Actor

SLUG_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
"""Nothing that looks like something else when it is read out over the telephone."""
SLUG_LENGTH = 12
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_BUDGET = 80, 5_000, 80
MOST_YEARS_AHEAD = 10


class BadTitle(Invalid):
    """A title stands in subjects of letters."""

    code = "exchange.bad_title"
    message = mark("Please give a title of at most %(most)s characters, without web or e-mail addresses.")
    field = "title"


class BadBudget(Invalid):
    """So does what is to be spent."""

    code = "exchange.bad_budget"
    message = mark("Please say what to spend in at most %(most)s characters, without web addresses.")
    field = "budget"


class TooLong(Invalid):
    """Longer than anybody reads."""

    code = "exchange.too_long"
    message = mark("That is too long.")
    field = "description"


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


class GiftsAlreadyPast(Invalid):
    """Nobody could give."""

    code = "exchange.gifts_already_past"
    message = mark("That day is over already.")
    field = "gifts_on"


class TooFarAhead(Invalid):
    """Nobody plans that long ahead, and the purge counts on from that day."""

    code = "exchange.too_far_ahead"
    message = mark("Please choose a day in the next %(years)s years.")
    field = "gifts_on"


class TooFewPlaces(Invalid):
    """Nobody is put out by a number."""

    code = "exchange.too_few_places"
    message = mark("There are %(people)s people in already.")
    field = "most_people"


class BadReminders(Invalid):
    """SK-96: few enough to be read, and soon enough to matter."""

    code = "exchange.bad_reminders"
    message = mark("Please give at most %(most)s different numbers of days from 0 to %(furthest)s.")
    field = "remind_days"


class BadKeeping(Invalid):
    """SK-98: short enough to be a promise, long enough to look something up."""

    code = "exchange.bad_keeping"
    message = mark("Please choose from %(fewest)s to %(most)s days.")
    field = "keep_days"


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
    keep_days: int = KEEPING
    remind_days: tuple[int, ...] = REMIND_DAYS


def begin_exchange(
    actor: Actor, plan: Plan, *, as_draft: bool = False, circle_id: UUID | None = None
) -> UUID:
    """Create an exchange, and answer its id; people can join at once unless it stays a draft.

    It is in the actor's own circle, or in another one where a role lets them begin exchanges.
    """
    if actor.person_id is None:
        raise Unauthenticated
    with transaction(actor) as work:
        own = people.circle_of(work.session, actor.person_id)
        circle = people.circle_to_fill(work.session, circle_id or own.id)
        visible = None if circle.id == own.id else may_begin_exchange
        work.authorize(may_begin_exchange, circle.id, visible=visible)
        exchange = put_down(work, circle.id, plan)
        exchange.state = ExchangeState.DRAFT if as_draft else ExchangeState.OPEN
        work.session.add(
            ExchangeOrganiser(exchange_id=exchange.id, person_id=actor.person_id, since_at=work.now)
        )
        audit.record(work, "exchange.begun", exchange.id)
        return exchange.id


def put_down(work: Work, circle_id: UUID, plan: Plan) -> Exchange:
    """Step: a draft of this plan, run by nobody yet; raises what is wrong with the plan."""
    plan = _cleaned(plan, work.now)
    if plan.closes_on < clock.today_in(plan.zone, work.now):
        raise AlreadyPast
    exchange = Exchange(
        id=new_id(),
        circle_id=circle_id,
        slug="".join(secrets.choice(SLUG_LETTERS) for _ in range(SLUG_LENGTH)),
        state=ExchangeState.DRAFT,
        created_at=work.now,
        **asdict(plan),
    )
    work.session.add(exchange)
    work.session.flush()  # what belongs to it refers to it
    return exchange


def change_plan(
    actor: Actor,
    exchange_id: UUID,
    changes: Mapping[str, Any],
    *,
    telling: Telling = Telling.IF_A_DAY_CHANGES,
) -> None:
    """Say anew some of what `Plan` says (SK-32), and tell everybody; a day chosen now must not be over."""
    seen = queries.exchange_of(read_session(), actor, exchange_id)  # a stranger uses up nobody's budget
    with limits.spending(*charges(seen, changes, telling)), transaction(actor) as work:
        exchange = queries.exchange_in_series_for_change(work.session, exchange_id)
        work.authorize(may_organise, exchange, visible=may_observe)
        refuse_over(exchange)
        before = plan_of(exchange)
        plan = _cleaned(replace(before, **changes), work.now)
        _refuse_past(before, plan, clock.today_in(plan.zone, work.now))
        if plan.gifts_on.year != before.gifts_on.year:
            refuse_second(work, exchange.series_id, plan.gifts_on.year)
        _refuse_crowded(work, exchange, before, plan)
        changed = {name: said for name, said in asdict(plan).items() if said != asdict(before)[name]}
        for name, said in changed.items():
            setattr(exchange, name, said)
        if "gifts_on" in changed:
            remind_anew(work, exchange)
        if changed:
            tell_of_changes(work, exchange, asdict(before), telling)
            audit.record(work, "exchange.changed", exchange.id, what=sorted(changed))


def plan_of(exchange: Exchange) -> Plan:
    """Answer what was said of an exchange."""
    return Plan(**{one.name: getattr(exchange, one.name) for one in fields(Plan)})


def _refuse_crowded(work: Work, exchange: Exchange, before: Plan, plan: Plan) -> None:
    people_in = queries.seats_kept(work.session, exchange.id, work.now)
    if plan.most_people not in {None, before.most_people} and plan.most_people < people_in:
        raise TooFewPlaces(people=people_in)


def _refuse_past(before: Plan, plan: Plan, today: date) -> None:
    if plan.closes_on != before.closes_on and plan.closes_on < today:
        raise AlreadyPast
    if plan.gifts_on != before.gifts_on and plan.gifts_on < today:
        raise GiftsAlreadyPast


def _cleaned(plan: Plan, now: datetime) -> Plan:
    """Answer the plan with its lines in order; raises what is wrong with it."""
    title = _line(plan.title, LONGEST_TITLE, BadTitle)
    budget = _line(plan.budget, LONGEST_BUDGET, BadBudget) if plan.budget.strip() else ""
    if len(plan.description) > LONGEST_DESCRIPTION:
        raise TooLong
    if not clock.is_zone(plan.zone):
        raise UnknownZone
    if plan.closes_on > plan.gifts_on:
        raise ClosesAfterGifts
    if plan.gifts_on > clock.today_in(plan.zone, now) + timedelta(days=MOST_YEARS_AHEAD * 366):
        raise TooFarAhead(years=MOST_YEARS_AHEAD)
    _check_room(plan.most_people)
    if not SHORTEST_KEEPING <= plan.keep_days <= LONGEST_KEEPING:
        raise BadKeeping(fewest=SHORTEST_KEEPING, most=LONGEST_KEEPING)
    return replace(plan, title=title, budget=budget, remind_days=_days(plan.remind_days))


def _line(text: str, most: int, problem: type[Invalid]) -> str:
    """Answer a line for letters to strangers, where what looks like an address would be a link (T-32)."""
    try:
        line = clean_line(text, most)
    except ValueError as odd:
        raise problem(most=most) from odd
    if names_host(line.replace(" @ ", " ")):  # "Christmas @ Gran's" is nobody's address
        raise problem(most=most)
    return line


def _days(days: Collection[int]) -> tuple[int, ...]:
    try:
        return clean_days(days)
    except ValueError as odd:
        raise BadReminders(most=MOST_REMINDERS, furthest=FURTHEST_REMINDER) from odd


def _check_room(most_people: int | None) -> None:
    if most_people is None:
        return
    if most_people < FEWEST_PEOPLE:
        raise TooSmall(fewest=FEWEST_PEOPLE)
    if most_people > MOST_PEOPLE:
        raise TooLarge(most=MOST_PEOPLE)
