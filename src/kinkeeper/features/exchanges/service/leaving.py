"""Giving places up before the draw: by whoever has one, and as steps of others' acts (SK-60 to SK-64)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.service.people import forget_strangers, let_go
from kinkeeper.features.accounts.service.sessions import end_guest_sessions
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import TakenOff, YouLeft
from kinkeeper.features.exchanges.models import Assignment, NewAddress, Participant, Wish
from kinkeeper.features.exchanges.rules.joining import lets_people_leave
from kinkeeper.features.exchanges.rules.telling import topic_of
from kinkeeper.features.exchanges.service.addressing import readers
from kinkeeper.features.exchanges.service.noticing import tell_of_leaving
from kinkeeper.features.exchanges.service.seating import own_seat_to_change
from kinkeeper.features.exchanges.service.telling import take_back
from kinkeeper.kernel.db import batched, new_id
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, live, mail

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.exchanges.models import Exchange
    from kinkeeper.kernel.actor import Actor


class SeatConfirmed(Conflict):
    """Whoever said yes counts on being in."""

    code = "exchange.seat_confirmed"
    message = mark("%(name)s has confirmed, and so is in.")


class TooLateToLeave(Conflict):
    """SK-64: from the closing on, others count on everybody who is in."""

    code = "exchange.too_late_to_leave"
    message = mark("The list of %(title)s is closed, so nobody can leave by themselves any more.")
    remedy = mark("Have a word with whoever organises it: they can take you off.")


class AlreadyLeft(Conflict):
    """It was pressed twice, or in another window."""

    code = "exchange.already_left"
    message = mark("You have left %(title)s already.")


def leave(actor: Actor, participant_id: UUID) -> str:
    """Give one's own place up, while others do not count on it yet; answers the share link's slug (SK-60).

    Whoever runs the exchange runs it still: organising is no place in it.
    """
    with transaction(actor) as work:
        seat = own_seat_to_change(work, participant_id)
        exchange = seat.exchange
        if seat.withdrawn_at is not None:
            raise AlreadyLeft(title=exchange.title)
        if not lets_people_leave(exchange, work.now):
            raise TooLateToLeave(title=exchange.title)
        give_up(work, seat)
        say_goodbye(work, exchange, seat, YouLeft)
        tell_of_leaving(work, exchange, seat)
        audit.record(work, "exchange.left", exchange.id)
        return exchange.slug


def give_up(work: Work, seat: Participant) -> None:
    """Step: take a place off all lists (SK-61); its links and wishes go, its row waits for the purge.

    The rules about it wait with it, and stand again should they come back: whoever was kept apart counts on
    it. Its guest sessions end, unless they are needed for another place of the same person.
    """
    seat.withdrawn_at = work.now
    forget_wishes(work, seat)
    work.session.execute(delete(NewAddress).where(NewAddress.participant_id == seat.id))
    mail.withdraw(work, seat.id)
    take_back(work, [seat.id])
    live.tell(work, topic_of(seat.exchange_id), "seat.left")
    if seat.person_id is not None and not queries.has_another_place(work.session, seat):
        end_guest_sessions(work, seat.person_id)


def forget_wishes(work: Work, seat: Participant) -> None:
    """Step: nothing stays of what somebody wished, nor of what they bought."""
    seat.wishes, seat.wishes_before = "", None
    work.session.execute(delete(Wish).where(Wish.participant_id == seat.id))
    bought = update(Assignment).where(Assignment.giver_id == seat.id)
    work.session.execute(bought.values(bought_sealed=None))


def say_goodbye(work: Work, exchange: Exchange, seat: Participant, kind: type[YouLeft | TakenOff]) -> None:
    """Step: tell somebody by letter that their place is given up; it may happen again after a return."""
    goodbyes = [
        mail.Posting(
            kind(
                **reader,
                title=exchange.title,
                slug=exchange.slug,
                participant_id=seat.id,
                exchange_id=exchange.id,
            ),
            about=new_id(),
            person_id=seat.person_id,
        )
        for seat, reader in readers(work, [seat])
    ]
    mail.post_all(work, goodbyes)


def free_places(work: Work, *seats: Participant) -> None:
    """Step: let places go with their letters and links, and who never answered with their last place.

    So does whoever others answered for: nothing else was kept of them. Open pages hear of it.

    People are locked before anybody looks for their other places: who joins another exchange in this
    moment holds theirs, and is seen, or waits and is put into the address book anew.
    """
    person_ids = {seat.person_id for seat in seats if seat.person_id is not None}
    wards = people.wards_among(work.session, person_ids)
    involved = person_ids | people.guardians_of(work.session, wards)
    people.people_for_change(work.session, involved)
    seat_ids = [seat.id for seat in seats]
    mail.withdraw(work, *seat_ids)
    mail.refile(work, {seat.id: seat.exchange_id for seat in seats})
    for some in batched(seat_ids):
        work.session.execute(delete(Participant).where(Participant.id.in_(some)))
    for exchange_id in sorted({seat.exchange_id for seat in seats}):
        live.tell(work, topic_of(exchange_id), "seat.left")
    unseated = involved - queries.people_with_seats(work.session, involved)
    if wards:
        let_go(work, wards & unseated)
    forget_strangers(work, unseated - wards)
