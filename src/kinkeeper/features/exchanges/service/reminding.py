"""Reminders, word of changed wishes, and how people stop them (SK-59, SK-86, SK-96, G18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, select

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import GiftsSoon, WishesChanged
from kinkeeper.features.exchanges.models import Exchange, Participant, Reminder
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.rules.reminding import days_to_remind_of, reminder_of
from kinkeeper.features.exchanges.rules.stopping import Stop, read_stop
from kinkeeper.features.exchanges.rules.wishing import is_evening_to_tell
from kinkeeper.features.exchanges.service.addressing import readers
from kinkeeper.features.exchanges.service.wishing import active_seat_to_change
from kinkeeper.kernel import clock
from kinkeeper.kernel.db import insert_into
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, anyone, transaction
from kinkeeper.platform import audit, mail

if TYPE_CHECKING:
    from collections.abc import Collection

    from kinkeeper.kernel.actor import Actor


class NothingToStop(NotFound):
    """The address was cut in two, or the place is no more: there is nobody left to write to."""

    code = "exchange.nothing_to_stop"
    message = mark("This address stops no letters. Perhaps the mail program cut it in two.")
    remedy = mark("Your own page has the same switches.")


def say_ready(actor: Actor, participant_id: UUID, *, ready: bool) -> None:
    """Note that one's gift is ready, or is not after all; nobody is reminded of what is done."""
    with transaction(actor) as work:
        seat = active_seat_to_change(work, participant_id)
        row = queries.assignment_of(work.session, seat)
        if row is None or seat.exchange.state is not ExchangeState.DRAWN:
            raise NotFound
        row.ready_at = (row.ready_at or work.now) if ready else None


def choose_letters(
    actor: Actor, participant_id: UUID, *, reminders: bool | None = None, wishes: bool | None = None
) -> None:
    """Say which letters one wants, at any time (SK-59); None leaves the choice as it is."""
    with transaction(actor) as work:
        choose(active_seat_to_change(work, participant_id), reminders=reminders, wishes=wishes)


def choose(seat: Participant, *, reminders: bool | None, wishes: bool | None) -> None:
    """Step: note which letters whoever has a place wants; None leaves the choice as it is."""
    if reminders is not None:
        seat.wants_reminders = reminders
    if wishes is not None:
        seat.hears_of_wishes = wishes


def stop_letters(actor: Actor, token: str) -> Stop:
    """Stop what the letter's own address stops; again is as once (RFC 8058)."""
    claim = read_stop(token)
    if claim is None:
        raise NothingToStop
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the letter")
        seat = queries.seat_for_change(work.session, claim.participant_id)
        if seat is None or seat.person_id is None or not claim.holds_for(seat.person_id):
            raise NothingToStop
        if claim.stop is Stop.REMINDERS:
            seat.wants_reminders = False
        else:
            seat.hears_of_wishes = False
    return claim.stop


def remind_in_time(actor: Actor, exchange_id: UUID) -> None:
    """Remind whom it is time to remind; the row written with the letter makes it the only one (G18)."""
    with transaction(actor) as work:
        exchange = queries.exchange_left_for_change(work.session, exchange_id)
        if exchange is None or exchange.state is not ExchangeState.DRAWN:
            return
        days = days_to_remind_of(exchange, work.now)
        if days is None:
            return
        seats = queries.seats_to_remind(work.session, exchange.id, days)
        told = _note_reminders(work, seats, days)
        _post(work, GiftsSoon, exchange, told, generation=reminder_of(exchange.gifts_on, days), days=days)
        audit.record(work, "exchange.reminded", exchange.id, people=len(told), days=days)


def remind_anew(work: Work, exchange: Exchange) -> None:
    """Step: the gifts are on another day, and nobody has been reminded of that one yet."""
    here = select(Participant.id).where(Participant.exchange_id == exchange.id)
    work.session.execute(delete(Reminder).where(Reminder.participant_id.in_(here)))


def tell_of_wishes(actor: Actor, exchange_id: UUID) -> None:
    """Tell everybody else that somebody's wishes have changed, once in an evening.

    Everybody, and not the one giver: see `WishesChanged`. A change that was undone is none.
    """
    with transaction(actor) as work:
        exchange = queries.exchange_left_for_change(work.session, exchange_id)
        if exchange is None or exchange.state is not ExchangeState.DRAWN:
            return
        if not is_evening_to_tell(exchange, work.now):
            return
        changed = _settle_changes(work, exchange)
        exchange.wishes_told_on = clock.today_in(exchange.zone, work.now)
        listeners = queries.seats_who_hear_of_wishes(work.session, exchange.id)
        told = [seat for seat in listeners if changed - {seat.id}]
        _post(work, WishesChanged, exchange, told, generation=exchange.wishes_told_on.toordinal())
        audit.record(work, "exchange.wishes_told", exchange.id, people=len(told))


def _settle_changes(work: Work, exchange: Exchange) -> set[UUID]:
    """Answer whose wishes are not what givers last heard of; from now on these are.

    Whoever was taken out of the draw meanwhile has no giver.
    """
    touched = queries.seats_with_wishes_touched(work.session, exchange.id)
    changed = {
        seat.id for seat, mark_now in touched if seat.withdrawn_at is None and seat.wishes_before != mark_now
    }
    for seat, _ in touched:
        seat.wishes_before = None
    return changed


def _note_reminders(work: Work, seats: Collection[Participant], days: int) -> list[Participant]:
    if not seats:
        return []
    rows = [{"participant_id": seat.id, "days": days, "at": work.now} for seat in seats]
    note = insert_into(work.session, Reminder).on_conflict_do_nothing().returning(Reminder.participant_id)
    fresh = {row.participant_id for row in work.session.connection().execute(note, rows)}
    return [seat for seat in seats if seat.id in fresh]


def _post(
    work: Work,
    kind: type[GiftsSoon | WishesChanged],
    exchange: Exchange,
    seats: Collection[Participant],
    *,
    generation: int,
    **facts: Any,  # noqa: ANN401 - what the kind says besides
) -> None:
    postings = [
        mail.Posting(
            kind(
                **reader,
                title=exchange.title,
                gifts_on=exchange.gifts_on,
                budget=exchange.budget,
                slug=exchange.slug,
                participant_id=seat.id,
                exchange_id=exchange.id,
                holder_id=seat.person_id,
                **facts,
            ),
            about=seat.id,
            person_id=seat.person_id,
            generation=generation,
        )
        for seat, reader in readers(work, seats)
    ]
    mail.post_all(work, postings)
