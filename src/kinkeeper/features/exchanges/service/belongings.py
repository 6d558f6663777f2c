"""Steps for what a person has here: forgetting it, and handing it over to another entry of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import aliased

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.service.book import PersonExpected
from kinkeeper.features.accounts.service.erasing import SOMEBODY, erase_from_circle
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import (
    Assignment,
    Exchange,
    ExchangeOrganiser,
    NewAddress,
    PairRule,
    Participant,
)
from kinkeeper.features.exchanges.permissions import may_organise
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.rules.telling import topic_of
from kinkeeper.features.exchanges.service.hearsay import forget_hearsay
from kinkeeper.features.exchanges.service.hosting import hand_on
from kinkeeper.features.exchanges.service.leaving import forget_wishes
from kinkeeper.features.exchanges.service.noticing import tell_of_forgetting
from kinkeeper.features.exchanges.service.wishing import hand_over_wishes
from kinkeeper.kernel.db import insert_into
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import gettext, mark
from kinkeeper.platform import live, mail

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from kinkeeper.kernel.work import Work

EVER_DRAWN = exists().where(Assignment.giver_id == Participant.id)
"""In any version: without the place the proof of that version would be broken."""


class OrganisesExchanges(Conflict):
    """An exchange must not be left without an organiser."""

    code = "person.organises_exchanges"
    message = mark("This person organises gift exchanges. Hand them over first.")


class MatchAtStake(Conflict):
    """SK-6, T-17: as one, either entry would open what the other has drawn."""

    code = "person.match_at_stake"
    message = mark("The names for %(title)s are drawn: as one, either entry could read the other’s match.")
    remedy = mark("They can become one once that exchange is over and forgotten.")


class CircleHasExchanges(Conflict):
    """They would go along, and who gives to whom with them."""

    code = "circle.has_exchanges"
    message = mark("There are gift exchanges in this circle.")
    remedy = mark("It can end once they are over and forgotten.")


def erase_from_exchanges(work: Work, person_id: UUID) -> None:
    """Step: leave every exchange; a place that was drawn stays, without name, wishes or person.

    Whom nobody else looks after is in no draw any more until somebody does; one already drawn stays.
    """
    alone = people.left_alone_without(work.session, person_id)
    known = queries.known_to_run(work.session, person_id)
    named_in = queries.exchanges_naming(work.session, known)
    _hold(work, person_id, *alone, along=queries.heirs_of(work.session, person_id), besides=named_in)
    work.look_again()
    forget_hearsay(work, known, named_in)
    _stop_organising(work, person_id)
    _leave_alone(work, alone)
    mine = Participant.person_id == person_id
    _tell_organisers(work, person_id)
    mail.withdraw(work, *work.session.scalars(select(Participant.id).where(mine)))
    work.session.execute(delete(Participant).where(mine, ~EVER_DRAWN))
    for seat in work.session.scalars(select(Participant).where(mine)).all():
        _make_nobody_s(work, seat)


def merge_in_exchanges(work: Work, from_id: UUID, into_id: UUID) -> None:
    """Step: the places of one entry become the other's; of two in one exchange, one that was not left stays.

    Refused while either, or whom either looks after, has a place that was ever drawn and is not purged:
    whoever says that two people are one could have one read the other's match without a proof (T-17). Also
    while somebody is counted on whose letters would go to another mailbox than the one that they have proved.
    """
    _refuse_drawn(work, from_id, into_id, along=people.tied_to(work.session, from_id))
    _refuse_unheard(work, from_id, into_id)
    other = aliased(Participant)
    twice = (
        select(Participant, other)
        .join(other, other.exchange_id == Participant.exchange_id)
        .where(Participant.person_id == from_id, other.person_id == into_id)
    )
    for extra, kept in work.session.execute(twice).all():
        if kept.withdrawn_at and not extra.withdrawn_at:
            extra, kept = kept, extra  # noqa: PLW2901 - which of the two goes
        _give_up(work, extra, kept)
    work.session.flush()  # the places that are given up go before the others move
    mine = select(Participant.id).where(Participant.person_id == from_id)
    work.session.execute(delete(NewAddress).where(NewAddress.participant_id.in_(mine)))
    moved = update(Participant).where(Participant.person_id == from_id)
    work.session.execute(moved.values(person_id=into_id))
    _hand_over_organising(work, from_id, into_id)


def refuse_new_readers(work: Work, person_ids: Collection[UUID]) -> None:
    """Step: nobody comes to read the letters of people who were drawn: they would read their match (T-17).

    Nor of who runs an exchange and has no account any more: an invitation would make them its organiser.
    """
    _refuse_drawn(work, *person_ids)
    mine = ExchangeOrganiser
    run = select(mine.exchange_id).where(mine.person_id.in_(person_ids)).order_by(mine.exchange_id)
    for exchange_id in work.session.scalars(run).all():
        exchange = queries.exchange_for_change(work.session, exchange_id)
        if not work.actor.is_system and not may_organise(work.actor, exchange):
            raise OrganisesExchanges


def hold_places(work: Work, person_ids: Collection[UUID]) -> None:
    """Step: lock what letters to these people are about, before they are moved to another mailbox."""
    _hold(work, *person_ids, *people.wards_of(work.session, person_ids))


def refuse_ending(work: Work, circle_id: UUID) -> None:
    """Step: a circle ends after its exchanges."""
    if queries.has_exchanges(work.session, circle_id):
        raise CircleHasExchanges


def _refuse_drawn(work: Work, *person_ids: UUID, along: Collection[UUID] = ()) -> None:
    """Lock all that these people and their wards are in; raises MatchAtStake.

    Whom a later step locks is locked `along` with them: people are locked all at once, in one order.
    """
    concerned = [*person_ids, *people.wards_of(work.session, person_ids)]
    _hold(work, *concerned, along=along)
    title = queries.drawn_with(work.session, concerned)
    if title is not None:
        raise MatchAtStake(title=title)


def _refuse_unheard(work: Work, from_id: UUID, into_id: UUID) -> None:
    """Locked by now; raises PersonExpected, as for an entry that is to have another address."""
    for one in people.unheard_once_merged(work.session, from_id, into_id):
        concerned = [one.id, *people.wards_of(work.session, [one.id])]
        for found in queries.expected_in(work.session, concerned):
            raise PersonExpected(name=one.name, title=found.title)


def _tell_organisers(work: Work, person_id: UUID) -> None:
    """Let those who count on somebody know that they have to do without, while it matters (SK-90)."""
    states = (ExchangeState.OPEN, ExchangeState.CLOSED, ExchangeState.DRAWN)
    counted = (
        select(Participant, Exchange)
        .join(Exchange, Exchange.id == Participant.exchange_id)
        .where(Participant.person_id == person_id, Participant.is_confirmed, Exchange.state.in_(states))
        .order_by(Exchange.id)
    )
    for seat, exchange in work.session.execute(counted).all():
        tell_of_forgetting(work, exchange, seat)
        live.tell(work, topic_of(exchange.id), "seat.left")


def _leave_alone(work: Work, ward_ids: set[UUID]) -> None:
    """Take back what was said for people; who is in no exchange is forgotten with those who knew them."""
    undrawn = update(Participant).where(
        Participant.person_id.in_(ward_ids), ~exists().where(Assignment.giver_id == Participant.id)
    )
    work.session.execute(undrawn.values(confirmed_at=None))
    known = queries.people_with_seats(work.session, ward_ids) | people.listed(work.session, ward_ids)
    for ward_id in sorted(ward_ids - known):
        erase_from_circle(work, ward_id)


def _stop_organising(work: Work, person_id: UUID) -> None:
    """Hand on what nobody else runs, as with an account that is closed; refused where nobody may have it."""
    hand_on(work, person_id)
    mine, other = ExchangeOrganiser, aliased(ExchangeOrganiser)
    shared = exists().where(other.exchange_id == mine.exchange_id, other.person_id != person_id)
    if work.session.scalar(select(exists().where(mine.person_id == person_id, ~shared))):
        raise OrganisesExchanges
    work.session.execute(delete(mine).where(mine.person_id == person_id))


def _hand_over_organising(work: Work, from_id: UUID, into_id: UUID) -> None:
    """Let the entry that stays run what whoever merges may organise, too; what is not handed over ends.

    Else merging would be a way to come by exchanges that nobody handed over. Raises OrganisesExchanges where
    one of them would be left without anybody.
    """
    mine, unsynced = ExchangeOrganiser, {"synchronize_session": False}
    own = select(mine.exchange_id).where(mine.person_id == from_id).order_by(mine.exchange_id)
    for exchange_id in work.session.scalars(own).all():
        exchange = queries.exchange_for_change(work.session, exchange_id)
        others = {one.person_id for one in exchange.organisers} - {from_id}
        is_handed_over = work.actor.is_system or may_organise(work.actor, exchange)
        if not is_handed_over and not others:
            raise OrganisesExchanges
        if is_handed_over and into_id not in others:
            row = update(mine).where(mine.exchange_id == exchange_id, mine.person_id == from_id)
            work.session.execute(row.values(person_id=into_id), execution_options=unsynced)
    work.session.execute(delete(mine).where(mine.person_id == from_id), execution_options=unsynced)


def _hold(
    work: Work, *person_ids: UUID, along: Collection[UUID] = (), besides: Collection[UUID] = ()
) -> None:
    """Lock the exchanges that people are in, then the people: whoever joins or draws locks in that order.

    Exchanges `besides` are locked with theirs. Whom a row made later refers to is locked `along` with them,
    else that row would wait for them. Raises Conflict where one of them came into another exchange before
    they were locked.
    """
    held = queries.exchanges_of(work.session, person_ids)
    queries.exchanges_for_change(work.session, held | set(besides))
    people.people_for_change(work.session, {*person_ids, *along})
    if not queries.exchanges_of(work.session, person_ids) <= held:
        raise Conflict


def _make_nobody_s(work: Work, seat: Participant) -> None:
    work.session.execute(delete(NewAddress).where(NewAddress.participant_id == seat.id))
    forget_wishes(work, seat)
    mail.forget_about(work, [seat.id])
    seat.person_id = None
    seat.name = gettext(seat.language, SOMEBODY)


def _give_up(work: Work, extra: Participant, kept: Participant) -> None:
    """Let one place go; what was said of it, and its rules, hold for the other (SK-69)."""
    if extra.withdrawn_at is None:
        kept.confirmed_at = kept.confirmed_at or extra.confirmed_at
    kept.wants_reminders = kept.wants_reminders and extra.wants_reminders
    kept.hears_of_wishes = kept.hears_of_wishes and extra.hears_of_wishes
    hand_over_wishes(work, extra, kept)
    touching = or_(PairRule.giver_id == extra.id, PairRule.receiver_id == extra.id)
    for rule in work.session.scalars(select(PairRule).where(touching)).all():
        ends = [kept.id if end == extra.id else end for end in (rule.giver_id, rule.receiver_id)]
        if ends[0] != ends[1]:
            same = insert_into(work.session, PairRule).values(
                exchange_id=rule.exchange_id, giver_id=ends[0], receiver_id=ends[1]
            )
            work.session.execute(same.on_conflict_do_nothing())
        work.session.expunge(rule)  # the database deletes it together with the place
    mail.withdraw(work, extra.id)
    mail.refile(work, {extra.id: kept.id})
    work.session.execute(delete(Participant).where(Participant.id == extra.id))
    work.session.expunge(extra)
