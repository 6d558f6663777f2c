"""Asking people whether they are in: who took part before, and whom an organiser has put on the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import INVITED, Invited, InvitedAgain, purpose
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.service.addressing import Addressed, readers
from kinkeeper.features.exchanges.service.joining import ENTRIES, SeatGone
from kinkeeper.features.exchanges.service.leaving import SeatConfirmed, free_places
from kinkeeper.features.exchanges.service.noticing import tell_of_leaving
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.work import Work, anyone, transaction
from kinkeeper.platform import audit, limits, links, mail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinkeeper.features.exchanges.models import Exchange, Participant
    from kinkeeper.kernel.actor import Actor


def invite(work: Work, exchange: Exchange) -> None:
    """Step: ask everybody who waits on a draft's list; their places count as taken from now."""
    ask_whether_in(
        work,
        exchange,
        [seat for seat in queries.all_seats(work.session, exchange.id) if not seat.is_confirmed],
    )


def ask_whether_in(work: Work, exchange: Exchange, seats: Sequence[Participant]) -> None:
    """Step: ask these by letter; they can say yes or no, and do not count before they have said yes."""
    for seat in seats:
        seat.joined_at = work.now
    hosts = queries.organisers_of(work.session, exchange.id)
    letters = [
        mail.Posting(question(exchange, hosts, seat, reader), about=new_id(), person_id=seat.person_id)
        for seat, reader in readers(work, seats)
    ]
    mail.post_all(work, letters)


def question(
    exchange: Exchange, hosts: Sequence[str], seat: Participant, reader: Addressed
) -> Invited | InvitedAgain:
    """Answer the letter that asks somebody who is on the list without having put themselves there."""
    facts: dict[str, Any] = {
        **reader,
        "title": exchange.title,
        "gifts_on": exchange.gifts_on,
        "budget": exchange.budget,
        "participant_id": seat.id,
        "exchange_id": exchange.id,
        "slug": exchange.slug,
    }
    if seat.invited_by is not None:
        is_open = exchange.state is ExchangeState.OPEN
        return Invited(**facts, host=seat.invited_by, closes_on=exchange.closes_on if is_open else None)
    return InvitedAgain(**facts, closes_on=exchange.closes_on, host=next(iter(hosts), ""))


def decline(actor: Actor, token: str, *, address: str) -> str:
    """Say no to an invitation: the link is used up, the place goes; answers the share link's slug."""
    limits.spend((ENTRIES, address))
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the mailed link")
        seat_id = links.subject_of(work.session, purpose(INVITED), token)
        seat = queries.seat_for_change(work.session, seat_id)
        links.consume(work, purpose(INVITED), token)
        if seat is None:
            raise SeatGone
        if seat.is_confirmed:
            raise SeatConfirmed(name=seat.name)
        slug = seat.exchange.slug
        audit.record(work, "exchange.declined", seat.exchange_id)
        free_places(work, seat)
        tell_of_leaving(work, seat.exchange, seat)  # last: nobody else's letters about them stay
        return slug
