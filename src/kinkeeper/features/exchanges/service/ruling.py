"""The rules of a draw: who must not give to whom."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import permutations
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Delete, delete

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.permissions import may_keep_people
from kinkeeper.features.accounts.service.people import house_together, rename_home
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, HouseholdRule, PairRule, Participant
from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.rules.exclusions import MOST_AT_HOME, MOST_YEARS
from kinkeeper.features.exchanges.rules.joining import ExchangeState, is_before_closing
from kinkeeper.features.exchanges.service.choosing import CHOICES, charges_of_choosing, choose
from kinkeeper.features.exchanges.service.organising import organised_to_change, refuse_over
from kinkeeper.kernel.db import insert_into
from kinkeeper.kernel.errors import Conflict, Invalid, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, read_session, transaction
from kinkeeper.platform import audit, limits

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kinkeeper.features.accounts.models import Household
    from kinkeeper.kernel.actor import Actor


class NoSuchRule(NotFound):
    """It was lifted already, or never made."""

    code = "exchange.no_such_rule"
    message = mark("This rule is not there any more.")


class BadRule(Invalid):
    """A rule needs different people of this exchange."""

    code = "exchange.bad_rule"
    message = mark("Please choose at least two different people of this exchange.")


class TooManyYears(Invalid):
    """G5."""

    code = "exchange.too_many_years"
    message = mark("Between none and %(most)s past years can be avoided.")
    field = "avoid_years"


class PublishingSettled(Conflict):
    """G20: whoever was drawn counts on what was said before."""

    code = "exchange.publishing_settled"
    message = mark("Whether everybody can check the draw is settled once the names are drawn.")


class NamingSettled(Conflict):
    """T-15: letters have left by then, and everybody counts on what their page said before."""

    code = "exchange.naming_settled"
    message = mark("Whether letters say whom one gives to is settled once the names are drawn.")


class TooLateToPublish(Conflict):
    """G20: whoever does not agree must be able to leave."""

    code = "exchange.too_late_to_publish"
    message = mark("The list is closed, and nobody who minds could leave. Open the exchange again first.")
    field = "publishes_draw"


class TooLateToName(Conflict):
    """T-15: likewise."""

    code = "exchange.too_late_to_name"
    message = TooLateToPublish.message
    field = "names_in_letters"


class HouseholdTooLarge(Conflict):
    """Pair by pair it would be a list that nobody reads."""

    code = "exchange.household_too_large"
    message = mark("A household of more than %(most)s people is lifted as a whole.")


@dataclass(frozen=True, slots=True)
class DrawWishes:
    """What a draw should be like, beyond the rules."""

    shape: Shape
    avoid_years: int
    publishes_draw: bool
    names_in_letters: bool = False


def keep_apart(
    actor: Actor, exchange_id: UUID, giver_id: UUID, receiver_id: UUID, *, both_ways: bool
) -> None:
    """Rule out that one gives to the other, one way or both (SK-65); saying it twice changes nothing."""
    with transaction(actor) as work:
        exchange = rules_to_change(work, exchange_id)
        _people_of(work, exchange, [giver_id, receiver_id])
        pairs = [(giver_id, receiver_id), *([(receiver_id, giver_id)] if both_ways else [])]
        for giver, receiver in pairs:
            rule = insert_into(work.session, PairRule).values(
                exchange_id=exchange.id, giver_id=giver, receiver_id=receiver
            )
            work.session.execute(rule.on_conflict_do_nothing())
        audit.record(work, "exchange.pair_ruled_out", exchange.id, both_ways=both_ways)


def keep_household_apart(actor: Actor, exchange_id: UUID, name: str, participant_ids: Sequence[UUID]) -> None:
    """Say that these people live together, and that none of them gives to another.

    Saying it twice changes nothing, whoever says it, but their home's name where that is another and one's
    own to say. Whoever keeps the address book says so there; for anybody else the home is the exchange's own,
    and that of its other years.
    """
    with transaction(actor) as work:
        exchange = rules_to_change(work, exchange_id)
        seats = _people_of(work, exchange, participant_ids)
        person_ids = [seat.person_id for seat in seats if seat.person_id is not None]
        home = _home_of(work, exchange, name, person_ids)
        _rule_out(work, exchange, home.id, len(seats))


def _home_of(work: Work, exchange: Exchange, name: str, person_ids: Collection[UUID]) -> Household:
    """Answer the home of just these people that is kept apart already, or else one of who says so."""
    keeps_book = may_keep_people(work.actor, exchange)
    ruled = queries.household_rules(work.session, exchange.id)
    known = people.household_among(work.session, ruled, person_ids)
    if known is None:
        own = None if keeps_book else exchange.series_id
        return house_together(work, exchange.circle_id, name, person_ids, occasion_id=own)
    if keeps_book or known.occasion_id is not None:
        rename_home(work, known, name)
    return known


def keep_home_apart(actor: Actor, exchange_id: UUID, household_id: UUID) -> None:
    """Keep those apart who live together by the address book, whoever of them comes later, too."""
    with transaction(actor) as work:
        exchange = rules_to_change(work, exchange_id)
        home = people.household_seen(work.session, work.actor, household_id, circle_id=exchange.circle_id)
        people.household_for_change(work.session, home.id)  # so that it does not end meanwhile
        members = {one.id for one in home.members}
        here = [seat for seat in queries.all_seats(work.session, exchange.id) if seat.person_id in members]
        if len(here) < 2:  # noqa: PLR2004 - as below
            raise BadRule
        _rule_out(work, exchange, home.id, len(here))


def wish_draw(actor: Actor, exchange_id: UUID, wishes: DrawWishes) -> None:
    """Say what the next draw should be like, beyond the rules.

    What people agree to when they take part can be chosen while they can leave, and they hear of it by
    letter (G20, T-15); names are drawn when they have had time to.
    """
    if not 0 <= wishes.avoid_years <= MOST_YEARS:
        raise TooManyYears(most=MOST_YEARS)
    seen = queries.exchange_of(read_session(), actor, exchange_id)  # a stranger uses up nobody's budget
    chosen = {name: getattr(wishes, name) for name in CHOICES}
    with limits.spending(*charges_of_choosing(seen, chosen)), transaction(actor) as work:
        exchange = rules_to_change(work, exchange_id)
        _refuse_too_late(exchange, wishes)
        exchange.shape, exchange.avoid_years = wishes.shape, wishes.avoid_years
        choose(work, exchange, chosen)
        audit.record(work, "exchange.draw_wished", exchange.id, **asdict(wishes))


def _refuse_too_late(exchange: Exchange, wishes: DrawWishes) -> None:
    """Raise where people would be bound by what they never agreed to, or lose a check that was promised.

    Letters may always say less.
    """
    publishes = wishes.publishes_draw and not exchange.publishes_draw
    names = wishes.names_in_letters and not exchange.names_in_letters
    if exchange.state is ExchangeState.DRAWN:
        if exchange.publishes_draw != wishes.publishes_draw:
            raise PublishingSettled
        if names:
            raise NamingSettled
    elif not is_before_closing(exchange) and (publishes or names):
        raise TooLateToPublish if publishes else TooLateToName


def allow(actor: Actor, exchange_id: UUID, giver_id: UUID, receiver_id: UUID) -> None:
    """Let one give to the other, whatever keeps them apart.

    A household that both belong to is kept apart pair by pair from then on, but for this one.
    """
    with transaction(actor) as work:
        exchange = rules_to_change(work, exchange_id)
        seats = _people_of(work, exchange, [giver_id, receiver_id])
        for home, members in queries.homes_of(work.session, exchange.id, seats).items():
            if len(members) > MOST_AT_HOME:
                raise HouseholdTooLarge(most=MOST_AT_HOME)
            _keep_apart_one_by_one(work, exchange, home, members)
        work.session.execute(_pair(exchange, giver_id, receiver_id))
        audit.record(work, "exchange.pair_allowed", exchange.id)


def _keep_apart_one_by_one(work: Work, exchange: Exchange, home: UUID, members: Sequence[UUID]) -> None:
    rows = [
        {"exchange_id": exchange.id, "giver_id": giver, "receiver_id": receiver}
        for giver, receiver in permutations(members, 2)
    ]
    work.session.execute(insert_into(work.session, PairRule).values(rows).on_conflict_do_nothing())
    rule = HouseholdRule.exchange_id == exchange.id, HouseholdRule.household_id == home
    work.session.execute(delete(HouseholdRule).where(*rule))


def _pair(exchange: Exchange, giver_id: UUID, receiver_id: UUID) -> Delete:
    return delete(PairRule).where(
        PairRule.exchange_id == exchange.id,
        PairRule.giver_id == giver_id,
        PairRule.receiver_id == receiver_id,
    )


def lift_pair(actor: Actor, exchange_id: UUID, giver_id: UUID, receiver_id: UUID) -> None:
    """Take back that one must not give to the other."""
    with transaction(actor) as work:
        exchange = rules_to_change(work, exchange_id)
        if (
            work.session.execute(_pair(exchange, giver_id, receiver_id).returning(PairRule.giver_id)).first()
            is None
        ):
            raise NoSuchRule
        audit.record(work, "exchange.pair_allowed", exchange.id)


def lift_household(actor: Actor, exchange_id: UUID, household_id: UUID) -> None:
    """Let people of a household give to each other again; the household itself stays."""
    with transaction(actor) as work:
        exchange = rules_to_change(work, exchange_id)
        rule = delete(HouseholdRule).where(
            HouseholdRule.exchange_id == exchange.id, HouseholdRule.household_id == household_id
        )
        if work.session.execute(rule.returning(HouseholdRule.household_id)).first() is None:
            raise NoSuchRule
        audit.record(work, "exchange.household_allowed", exchange.id)


def rules_to_change(work: Work, exchange_id: UUID) -> Exchange:
    """Lock the exchange, and ask whether the actor organises it.

    After the draw rules change for the next one, and for whoever is yet to come in: a repair keeps to those
    of the version that counts, lest new ones be tried on the matches to find out who has whom.
    """
    exchange = organised_to_change(work, exchange_id)
    refuse_over(exchange)
    return exchange


def _rule_out(work: Work, exchange: Exchange, household_id: UUID, number: int) -> None:
    rule = insert_into(work.session, HouseholdRule).values(exchange_id=exchange.id, household_id=household_id)
    work.session.execute(rule.on_conflict_do_nothing())
    audit.record(work, "exchange.household_ruled_out", exchange.id, people=number)


def _people_of(work: Work, exchange: Exchange, participant_ids: Sequence[UUID]) -> list[Participant]:
    wanted = set(participant_ids)
    seats = queries.seats(work.session, exchange.id, wanted)
    if len(seats) != len(wanted):
        raise NotFound
    if len(wanted) < 2 or len(wanted) != len(participant_ids):  # noqa: PLR2004 - a rule is between two
        raise BadRule
    return seats
