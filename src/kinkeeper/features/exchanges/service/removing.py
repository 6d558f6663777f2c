"""Taking people off an organiser's list."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import TakenOff
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.service.leaving import free_places, give_up, say_goodbye
from kinkeeper.features.exchanges.service.organising import refuse_over, seat_to_change
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from kinkeeper.features.exchanges.models import Exchange, Participant
    from kinkeeper.kernel.actor import Actor


class SeatDrawn(Conflict):
    """Somebody gives to them, and they to somebody."""

    code = "exchange.seat_drawn"
    message = mark("The names are drawn, and others count on %(name)s.")
    remedy = mark("Take them out of the draw instead: few matches change, and everybody is told.")


def remove_person(actor: Actor, exchange_id: UUID, participant_id: UUID) -> None:
    """Take somebody off the list; they may join again by the share link.

    Who has not confirmed is a wrong address, or a stranger's joke: their place is freed without a word,
    before or after the draw alike, as it never counted them. Who has confirmed counts on being in: they
    get a letter, and after the draw it takes a repair (`drop_out`).
    """
    with transaction(actor) as work:
        exchange, seat = seat_to_change(work, exchange_id, participant_id)
        if not seat.is_confirmed:
            free_places(work, seat)
            audit.record(work, "exchange.unconfirmed_removed", exchange.id)
            return
        _refuse_drawn(exchange, seat)
        give_up(work, seat)
        say_goodbye(work, exchange, seat, TakenOff)
        audit.record(work, "exchange.person_removed", exchange.id)


def forget_unanswered(actor: Actor, exchange_id: UUID) -> None:
    """Free the places that nobody confirmed once the gifts are given: they wait for nothing."""
    with transaction(actor) as work:
        queries.exchanges_for_change(work.session, [exchange_id])
        free_places(work, *queries.unanswered_seats(work.session, exchange_id, before=over_before(work.now)))


def over_before(now: datetime) -> date:
    """Answer the day before which gifts are given in every zone."""
    return (now - timedelta(days=1)).date()


def _refuse_drawn(exchange: Exchange, seat: Participant) -> None:
    refuse_over(exchange)
    if exchange.state is ExchangeState.DRAWN:
        raise SeatDrawn(name=seat.name)
