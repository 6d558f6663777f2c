"""After the draw somebody leaves or comes late: as few matches as can be change, and everybody is told."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts.rules import clean_address, clean_name
from kinkeeper.features.accounts.service.people import put_in_book
from kinkeeper.features.exchanges import queries, rules
from kinkeeper.features.exchanges.emails import OWED, DrawChanged, LeftOut, MatchReady
from kinkeeper.features.exchanges.models import Draw, DrawKind, Exchange, PairRule, Participant
from kinkeeper.features.exchanges.rules import commitment, sealing
from kinkeeper.features.exchanges.service.adding import PER_MAILBOX, NoRoom, in_circle
from kinkeeper.features.exchanges.service.addressing import readers
from kinkeeper.features.exchanges.service.drawing import refuse_undrawn, tell
from kinkeeper.features.exchanges.service.inviting import ask_whether_in
from kinkeeper.features.exchanges.service.joining import AlreadyHere, Joining
from kinkeeper.features.exchanges.service.news import post_anew, shut_out
from kinkeeper.features.exchanges.service.noticing import tell_of_leaving
from kinkeeper.features.exchanges.service.organising import organised_to_change
from kinkeeper.features.exchanges.service.refusals import DrawnMeanwhile, NotInTheDraw, refuse_few
from kinkeeper.features.exchanges.service.settling import settled
from kinkeeper.features.exchanges.service.telling import take_back
from kinkeeper.features.exchanges.service.versions import begin_version, seal_pairs
from kinkeeper.kernel.db import insert_into, new_id
from kinkeeper.kernel.errors import Conflict, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, read_session, transaction
from kinkeeper.platform import audit, limits, mail
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from kinkeeper.features.exchanges.queries import Standing, Terms
    from kinkeeper.kernel.actor import Actor


LATECOMERS = Budget("late.exchange", 30, timedelta(days=7))
LET_IN = Budget("late.let_in", 12, timedelta(days=7))
"""Enough for an office; who lets people in and takes them out to learn pairs needs more (T-14)."""


class InTheDraw(Conflict):
    """They have a match already."""

    code = "exchange.in_the_draw"
    message = mark("%(name)s is in this draw already.")


class NotAnswered(Conflict):
    """T-9: nobody is given a match who has not said that they want one."""

    code = "exchange.not_answered"
    message = mark("%(name)s has not said yet whether they want to be in.")
    remedy = mark("They have a letter that asks them. Send it again if it got lost.")


TEACHING_NOTHING = (DrawnMeanwhile, InTheDraw, NoRoom, NotAnswered)
"""Refusals before anything that depends on matches is looked at: they cost no try of LET_IN."""


def drop_out(actor: Actor, exchange_id: UUID, participant_id: UUID, *, after: int | None = None) -> None:
    """Take somebody out of the draw; whoever gave to them gets somebody else, and few others do."""
    with transaction(actor) as work:
        exchange, stood = _drawn_to_change(work, exchange_id, after)
        seat = _seat(work, exchange, participant_id)
        if not stood.has(seat):
            raise NotInTheDraw(name=seat.name)
        refuse_few(exchange, len(stood.seats) - 1)
        terms = queries.repair_of(work.session, exchange, stood, seat)
        draw = _repair(work, exchange, stood, terms, seat)
        seat.withdrawn_at = work.now
        post_anew(work, seat, [letter for letter in shut_out(work, seat) if type(letter) in OWED])
        take_back(work, [seat.id])
        _say_goodbye(work, exchange, seat, draw.version)
        tell_of_leaving(work, exchange, seat)
        tell(work, DrawChanged, exchange, terms.seats, draw.version)
        audit.record(work, "exchange.left_after_draw", exchange.id, version=draw.version)


def let_in(actor: Actor, exchange_id: UUID, participant_id: UUID, *, after: int | None = None) -> None:
    """Let somebody in who was not drawn: they give to one of the others, and one of these to them."""
    queries.exchange_of(read_session(), actor, exchange_id)  # a stranger uses up nobody's budget
    charge = LET_IN, str(exchange_id)
    with limits.spending(charge, back=TEACHING_NOTHING), transaction(actor) as work:
        exchange, stood = _drawn_to_change(work, exchange_id, after)
        seat = _seat(work, exchange, participant_id)
        if stood.has(seat):
            raise InTheDraw(name=seat.name)
        _refuse_full(work, exchange, seat)
        refuse_unasked(seat, wants_in=queries.wants_in(work.session, seat))
        seat.confirmed_at, seat.withdrawn_at = seat.confirmed_at or work.now, None
        terms = queries.repair_of(work.session, exchange, stood, seat)
        draw = _repair(work, exchange, stood, terms, seat)
        tell(work, MatchReady, exchange, [seat], draw.version)
        tell(work, DrawChanged, exchange, stood.seats, draw.version)
        audit.record(work, "exchange.joined_after_draw", exchange.id, version=draw.version)


def add_late(actor: Actor, exchange_id: UUID, joining: Joining, apart_from: Collection[UUID]) -> UUID:
    """Put somebody on the list after the draw, and say whom to keep apart from them, both ways.

    They are asked by letter, and let in by another act once they have answered; answers the id of their
    place. Who left by themselves before the draw is asked again.
    """
    name, email = clean_name(joining.name), clean_address(joining.email)
    # A stranger uses up nobody's budget.
    circle_id = queries.exchange_of(read_session(), actor, exchange_id).circle_id
    limits.spend((LATECOMERS, str(exchange_id)), (PER_MAILBOX, in_circle(circle_id, email)))
    with transaction(actor) as work:
        exchange, _ = _drawn_to_change(work, exchange_id, None)
        _refuse_full(work, exchange, None)
        others = queries.seats(work.session, exchange.id, apart_from)
        if len(others) != len(set(apart_from)):
            raise NotFound
        person = put_in_book(work, exchange.circle_id, name=name, email=email, language=joining.language)
        known = queries.seat_of(work.session, exchange.id, person.id)
        if known is not None and (known.withdrawn_at is None or queries.was_drawn(work.session, known.id)):
            raise AlreadyHere
        seat = known or Participant(id=new_id(), exchange_id=exchange.id, person_id=person.id)
        seat.name, seat.wishes, seat.language = name, joining.wishes, joining.language
        seat.invited_by, seat.confirmed_at, seat.withdrawn_at = work.actor.name, None, None
        seat.joined_at = work.now
        work.session.add(seat)
        work.session.flush()  # the rules refer to it
        _keep_apart(work, exchange, seat, others)
        ask_whether_in(work, exchange, [seat])
        audit.record(work, "exchange.added_after_draw", exchange.id)
        return seat.id


def refuse_unasked(seat: Participant, *, wants_in: bool) -> None:
    """Raise NotAnswered for whoever has still to say that they want to be in."""
    if seat.person_id is not None and not wants_in:
        raise NotAnswered(name=seat.name)


def _drawn_to_change(work: Work, exchange_id: UUID, after: int | None) -> tuple[Exchange, Standing]:
    exchange = organised_to_change(work, exchange_id)
    refuse_undrawn(work, exchange, after)
    stood = queries.standing(work.session, exchange.id)
    if stood is None:
        raise NotFound
    return exchange, stood


def _refuse_full(work: Work, exchange: Exchange, seat: Participant | None) -> None:
    """Raise NoRoom where the plan allows nobody else: it can be changed, which everybody may see (SK-34)."""
    if not queries.has_room(work.session, exchange, seat, work.now):
        raise NoRoom(title=exchange.title, places=0)


def _seat(work: Work, exchange: Exchange, participant_id: UUID) -> Participant:
    seat = queries.seat_of_exchange(work.session, exchange.id, participant_id)
    if seat is None:
        raise NotFound
    return seat


def _repair(work: Work, exchange: Exchange, stood: Standing, terms: Terms, seat: Participant) -> Draw:
    """Seal the repaired arrangement as the next version; who kept their match has seen it still.

    Its rules are sealed with it, and count from then on: what is ruled later moves no match (T-14).
    """
    exclusions, seed = settled(terms), secrets.token_bytes(sealing.SEED)
    present, opened = stood.among(terms.seats)
    read = _read_by_latecomer(work, exchange, stood, terms, seat)
    # Whoever comes late learns somebody's match: were those spared who looked, it could be known whose.
    spared = opened if terms.newcomer is None and read is None else {}
    # There is another way: else the pair would be certain, which `settled` refuses.
    apart = replace(exclusions, pairs=exclusions.pairs | ({read} if read else set()))
    repaired = rules.repair(apart, present, spared, rules.rng_from_seed(seed), terms.shape)
    facts = {"quality": repaired.quality, "changed_for_id": seat.id}
    draw = begin_version(work, exchange, kind=DrawKind.REPAIR, **facts)
    people_in = tuple(str(one.id) for one in terms.seats)
    marks = tuple(commitment.name_mark(seed, str(one.id), one.name) for one in terms.seats)
    plan = commitment.Plan(people_in, exclusions, terms.shape, seed, marks)
    draw.document_sealed = sealing.seal_document(draw.id, commitment.document_of(plan))
    kept = {giver: moment for giver, moment in opened.items() if giver not in repaired.told}
    bought = queries.bought_in(work.session, stood.draw, [terms.seats[giver] for giver in kept])
    seal_pairs(work, draw, terms.seats, repaired.receivers, opened=kept, bought=bought)
    return draw


def _read_by_latecomer(
    work: Work, exchange: Exchange, stood: Standing, terms: Terms, leaver: Participant
) -> tuple[int, int] | None:
    """Answer the pair that must not be again when somebody leaves who came late, or a second time (ADR 20).

    They have read whom their giver gave to. Given back, that match could be worked out: by who was kept
    apart from them, or from several who come and leave in turn.
    """
    if terms.newcomer is not None or not queries.came_late(work.session, exchange.id, leaver.id):
        return None
    place = {one.id: index for index, one in enumerate(terms.seats)}
    receiver = place.get(stood.receivers[leaver.id])
    giver = next((place.get(one) for one, to in stood.receivers.items() if to == leaver.id), None)
    return None if giver is None or receiver is None else (giver, receiver)


def _say_goodbye(work: Work, exchange: Exchange, seat: Participant, version: int) -> None:
    for _, reader in readers(work, [seat]):
        letter = LeftOut(**reader, title=exchange.title, participant_id=seat.id, exchange_id=exchange.id)
        mail.post(work, letter, about=seat.id, person_id=seat.person_id, generation=version)


def _keep_apart(work: Work, exchange: Exchange, seat: Participant, others: Collection[Participant]) -> None:
    rows = [
        {"exchange_id": exchange.id, "giver_id": giver, "receiver_id": receiver}
        for other in others
        for giver, receiver in ((seat.id, other.id), (other.id, seat.id))
    ]
    if rows:
        work.session.execute(insert_into(work.session, PairRule).values(rows).on_conflict_do_nothing())
