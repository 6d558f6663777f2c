"""How an exchange ends: completed after its day, or cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import OWED, ExchangeCancelled, Invited, InvitedAgain
from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.rules.keeping import is_given
from kinkeeper.features.exchanges.service.addressing import readers
from kinkeeper.features.exchanges.service.memory import remember_pairs
from kinkeeper.features.exchanges.service.organising import organised_to_change, refuse_over
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, mail

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


ASKING = (Invited.kind, InvitedAgain.kind)
"""The letters that ask people who have not put themselves on the list whether they are in."""


class NotDrawn(Conflict):
    """Only what was drawn can have been given."""

    code = "exchange.not_drawn"
    message = mark("The names for %(title)s have not been drawn.")


class NotYetGiven(Conflict):
    """The time of keeping would be over before anybody had given anything."""

    code = "exchange.not_yet_given"
    message = mark("The gifts are given on %(day)s. Until then it cannot be over.")
    remedy = mark("Change the plan first if they were given earlier.")


def complete_exchange(actor: Actor, exchange_id: UUID) -> None:
    """Say that the gifts are given; nothing changes any more, and the time of keeping begins (SK-36)."""
    with transaction(actor) as work:
        exchange = organised_to_change(work, exchange_id)
        refuse_over(exchange)
        if exchange.state is not ExchangeState.DRAWN:
            raise NotDrawn(title=exchange.title)
        if not is_given(exchange, work.now):
            raise NotYetGiven(day=exchange.gifts_on)
        _end(work, exchange, ExchangeState.COMPLETED)


def cancel_exchange(actor: Actor, exchange_id: UUID) -> None:
    """Call an exchange off, whatever it has come to, and tell those who counted on it, or were asked to.

    Letters about their places that still wait would come together with that one, and say the contrary;
    those that people are owed whatever becomes of a place do not.
    """
    with transaction(actor) as work:
        exchange = organised_to_change(work, exchange_id)
        refuse_over(exchange)
        seats = queries.all_seats(work.session, exchange.id)
        asked = queries.written_to(work.session, exchange.id, ASKING)
        mail.hold_back(work, [seat.id for seat in seats], besides=OWED)
        _end(work, exchange, ExchangeState.CANCELLED)
        _tell(work, exchange, [seat for seat in seats if seat.is_confirmed or seat.id in asked])


def complete_in_time(actor: Actor, exchange_id: UUID) -> None:
    """Complete what was drawn and given yesterday or before, by the clock of its zone (SK-36)."""
    with transaction(actor) as work:
        exchange = queries.exchange_left_for_change(work.session, exchange_id)
        if exchange is None or exchange.state is not ExchangeState.DRAWN:
            return
        if exchange.gifts_on < clock.today_in(exchange.zone, work.now):
            _end(work, exchange, ExchangeState.COMPLETED)


def _end(work: Work, exchange: Exchange, state: ExchangeState) -> None:
    exchange.state, exchange.ended_at = state, work.now
    if state is ExchangeState.COMPLETED:
        remember_pairs(work, exchange)
    audit.record(work, f"exchange.{state}", exchange.id)


def _tell(work: Work, exchange: Exchange, seats: Sequence[Participant]) -> None:
    called_off = [
        mail.Posting(
            ExchangeCancelled(
                **reader,
                title=exchange.title,
                gifts_on=exchange.gifts_on,
                participant_id=seat.id,
                exchange_id=seat.exchange_id,
            ),
            about=seat.id,
            person_id=seat.person_id,
        )
        for seat, reader in readers(work, seats)
    ]
    mail.post_all(work, called_off)
