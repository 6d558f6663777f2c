"""Holding a place for somebody without an address: a child, a grandparent (G15).

Whoever looks after them gets their letters, opens their page and says yes or no for them. Their own place,
if they have one, is another matter: giving it up leaves the others as they are.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.rules import clean_name
from kinkeeper.features.accounts.service.people import appoint_guardian, put_in_book
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import CONFIRM, purpose
from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.features.exchanges.permissions import may_coordinate, may_sit_here, may_speak_for
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.rules.telling import topic_of
from kinkeeper.features.exchanges.service.addressing import readers
from kinkeeper.features.exchanges.service.asking import NOT_DRAWN, confirmation
from kinkeeper.features.exchanges.service.joining import (
    ExchangeFull,
    RegistrationClosed,
    SeatGone,
    confirm,
    refuse_latecomers,
)
from kinkeeper.features.exchanges.service.leaving import free_places
from kinkeeper.features.exchanges.service.noticing import tell_of_leaving
from kinkeeper.features.exchanges.service.organising import organised_to_change, refuse_over
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Conflict, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, read_session, transaction
from kinkeeper.platform import audit, limits, links, live, mail
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from kinkeeper.features.accounts.models import Person
    from kinkeeper.kernel.actor import Actor

MOST_HELD = 20
"""Places that one person may hold in an exchange, where G15 asks for ten."""
PER_GUARDIAN = Budget("hold.guardian", MOST_HELD, timedelta(days=1))
"""Whoever is asked, whether they look after somebody, is not asked without end (T-9)."""
PER_READER = Budget("hold.reader", 2 * MOST_HELD, timedelta(days=1))
"""Organisers hear of each who comes, and of each who is taken off again (T-9)."""


class AlreadyHeld(Conflict):
    """Two places under one name would be one child twice."""

    code = "exchange.already_held"
    message = mark("%(name)s is on the list already.")


class TooManyHeld(Conflict):
    """One person looks after so many and no more."""

    code = "exchange.too_many_held"
    message = mark("One person can look after at most %(most)s others here.")
    remedy = mark("Ask somebody else to look after the rest.")


class NotInYourself(Conflict):
    """Whoever has not shown that the mailbox is theirs cannot be written to for somebody else."""

    code = "exchange.not_in_yourself"
    message = mark("Please confirm your own place first, by the link in your letter.")


class HeldInTheDraw(Conflict):
    """Others count on them by now."""

    code = "exchange.held_in_the_draw"
    message = mark("The names are drawn, and somebody counts on %(name)s.")
    remedy = mark("Have a word with whoever organises it: they can change the draw.")


class LookedAfter(Conflict):
    """Nobody is put in the place of those who look after somebody: they could read their match (SK-6)."""

    code = "exchange.looked_after"
    message = mark("Somebody looks after %(name)s already.")


def hold_place(actor: Actor, participant_id: UUID, name: str) -> UUID:
    """Take a place for somebody without an address, from one's own page; it counts at once.

    Answers their place. Whoever was looked after under this name in another exchange is the same person,
    so that past years and households hold for them.
    """
    called = clean_name(name)
    queries.participant_page(read_session(), actor, participant_id)  # a stranger uses up nobody's budget
    with limits.spending((PER_READER, str(participant_id))), transaction(actor) as work:
        seat = _seat(work, participant_id)
        work.authorize(may_sit_here, seat, visible=may_sit_here)
        refuse_latecomers(work, seat.exchange)
        if not seat.is_confirmed:
            raise NotInYourself
        held = _take_place(work, seat.exchange, _reader(actor, seat), called)
        confirm(work, held)
        audit.record(work, "exchange.place_held", seat.exchange_id)
        return held.id


def put_on_list(actor: Actor, exchange_id: UUID, name: str, guardian_id: UUID) -> UUID:
    """Let an organiser put somebody on the list, whom another looks after; that one is asked by letter.

    Where the organiser looks after them, nobody need be asked.
    """
    called = clean_name(name)
    queries.exchange_of(read_session(), actor, exchange_id, may_coordinate)  # a stranger spends no budget
    limits.spend((PER_GUARDIAN, str(guardian_id)))
    with transaction(actor) as work:
        exchange = organised_to_change(work, exchange_id, may_coordinate)
        if exchange.state not in NOT_DRAWN:
            raise RegistrationClosed(title=exchange.title)
        if queries.is_full(work.session, exchange, work.now):
            raise ExchangeFull(title=exchange.title)
        _refuse_unknown(work, exchange, guardian_id)
        held = _take_place(work, exchange, guardian_id, called)
        _ask(work, exchange, held, guardian_id)
        audit.record(work, "exchange.place_held", exchange.id)
        return held.id


def confirm_held(actor: Actor, participant_id: UUID) -> None:
    """Say yes for whom one looks after; a link to confirm the place ends, it has nothing left to do.

    Once the names are drawn, whoever organises it can let them in then (T-9).
    """
    with transaction(actor) as work:
        seat = _seat(work, participant_id)
        work.authorize(may_speak_for, seat, visible=may_sit_here)
        if seat.withdrawn_at is not None:
            raise SeatGone
        confirm(work, seat)
        links.void(work, purpose(CONFIRM), seat.id)
        if not seat.is_confirmed:
            refuse_over(seat.exchange)
            _ask_to_be_let_in(work, seat, _reader(actor, seat))


def _ask_to_be_let_in(work: Work, seat: Participant, reader_id: UUID) -> None:
    """Keep a yes that came after the draw, where nothing says so yet."""
    if seat.exchange.state is ExchangeState.DRAWN and not queries.wants_in(work.session, seat):
        links.note_answer(work, purpose(CONFIRM), seat.id, reader_id=reader_id)
        live.tell(work, topic_of(seat.exchange_id), "seat.visited", seat.id)


def release_held(actor: Actor, participant_id: UUID) -> None:
    """Take whom one looks after off the list, before the names are drawn.

    The place goes altogether, and so does the name, unless another exchange knows it: nobody keeps a
    child's name for nothing.
    """
    with transaction(actor) as work:
        seat = _seat(work, participant_id)
        work.authorize(may_speak_for, seat, visible=may_sit_here)
        if queries.was_drawn(work.session, seat.id):
            raise HeldInTheDraw(name=seat.name)
        exchange, was_in = seat.exchange, seat.is_confirmed
        audit.record(work, "exchange.held_place_released", exchange.id)
        free_places(work, seat)
        if was_in:
            tell_of_leaving(work, exchange, seat)  # last: nobody else's letters about them stay


def hand_over_care(actor: Actor, exchange_id: UUID, participant_id: UUID, guardian_id: UUID) -> None:
    """Let somebody look after a place that nobody looks after any more; they are asked by letter.

    Nobody is put in anybody's place: who looks after somebody can read whom they give to (SK-6). So it is
    refused once they are drawn, here or in another exchange; they are taken out of that draw instead.
    """
    queries.exchange_of(read_session(), actor, exchange_id, may_coordinate)  # a stranger spends no budget
    limits.spend((PER_GUARDIAN, str(guardian_id)))
    with transaction(actor) as work:
        exchange = organised_to_change(work, exchange_id, may_coordinate)
        keepers = queries.keepers_of(work.session, exchange.id)
        seat = queries.seat_of_exchange(work.session, exchange.id, participant_id)
        if seat is None or seat.person_id is None or seat.id not in keepers:
            raise NotFound
        if keepers[seat.id]:
            raise LookedAfter(name=seat.name)
        if exchange.state not in NOT_DRAWN or queries.is_drawn_anywhere(work.session, seat.person_id):
            raise HeldInTheDraw(name=seat.name)
        _refuse_unknown(work, exchange, guardian_id)
        people.people_for_change(work.session, [guardian_id, seat.person_id])
        appoint_guardian(work, seat.person_id, guardian_id)
        _ask(work, exchange, seat, guardian_id)
        audit.record(work, "exchange.care_handed_over", exchange.id, person=str(guardian_id))


def _seat(work: Work, participant_id: UUID) -> Participant:
    seat = queries.seat_for_change(work.session, participant_id)
    if seat is None:
        raise NotFound
    return seat


def _refuse_unknown(work: Work, exchange: Exchange, guardian_id: UUID) -> None:
    if guardian_id not in queries.possible_guardians(work.session, exchange):
        raise NotFound


def _reader(actor: Actor, seat: Participant) -> UUID:
    """Answer as whom the actor has this page open: by mailed link, or by password."""
    here = {seat.person_id, *seat.guardian_ids}
    return next(one for one in (actor.guest_id, actor.person_id) if one is not None and one in here)


def _take_place(work: Work, exchange: Exchange, guardian_id: UUID, name: str) -> Participant:
    """Put a person whom the guardian looks after on the list; nobody is in yet."""
    guardian = people.people_for_change(work.session, [guardian_id])[guardian_id]
    wards = people.wards_of(work.session, [guardian_id])
    held = queries.seats_held_for(work.session, exchange.id, wards)
    if len(held) >= MOST_HELD:
        raise TooManyHeld(most=MOST_HELD)
    ward_id = queries.ward_named(work.session, guardian_id, name)
    names = {seat.name.casefold() for seat in held}
    if ward_id in {seat.person_id for seat in held} or name.casefold() in names:
        raise AlreadyHeld(name=name)
    seat = Participant(
        id=new_id(),
        exchange_id=exchange.id,
        person_id=ward_id or _new_ward(work, guardian, name),
        name=name,
        wishes="",
        language=guardian.language,
        joined_at=work.now,
    )
    seat.exchange = exchange
    work.session.add(seat)
    work.session.flush()  # who counts is asked of the table
    return seat


def _new_ward(work: Work, guardian: Person, name: str) -> UUID:
    ward = put_in_book(work, guardian.circle_id, name=name, email=None, language=guardian.language)
    work.session.flush()  # their guardian refers to them
    appoint_guardian(work, ward.id, guardian.id)
    return ward.id


def _ask(work: Work, exchange: Exchange, seat: Participant, guardian_id: UUID) -> None:
    """Ask whoever is to look after a place; an organiser who does it themselves has answered."""
    if work.actor.person_id == guardian_id:
        confirm(work, seat)
        return
    for _, reader in readers(work, [seat]):
        if reader["reader_id"] == guardian_id:
            letter = confirmation(exchange, seat, reader)
            mail.post(work, letter, about=new_id(), person_id=seat.person_id)
