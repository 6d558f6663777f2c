"""New ways in: a letter sent again, and all earlier links and browsers shut out (G11, T-7)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts.service.sessions import end_guest_sessions
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import InvitedAgain, NewLink
from kinkeeper.features.exchanges.permissions import may_sit_here
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.service.addressing import Addressed, readers
from kinkeeper.features.exchanges.service.asking import NOT_DRAWN, confirmation
from kinkeeper.features.exchanges.service.inviting import question
from kinkeeper.features.exchanges.service.news import post_anew, shut_out
from kinkeeper.features.exchanges.service.organising import StillDraft, seat_to_change
from kinkeeper.kernel.errors import Conflict, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, read_session, transaction
from kinkeeper.platform import audit, limits, mail
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.exchanges.models import Exchange, Participant
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.platform.mail import Letter

PER_SEAT = Budget("renew.seat", 5, timedelta(hours=1))
"""Whoever presses, one mailbox is not flooded (T-9)."""


class NobodyToWriteTo(Conflict):
    """Neither they nor anybody who looks after them has an address here."""

    code = "exchange.nobody_to_write_to"
    message = mark("There is no address to write to for %(name)s.")


class SentJustNow(Conflict):
    """T-9: nobody's mailbox is filled by an impatient organiser."""

    code = "exchange.sent_just_now"
    message = mark("A letter to %(name)s was written a moment ago.")
    remedy = mark("Wait five minutes before you send another one.")


def send_again(actor: Actor, exchange_id: UUID, participant_id: UUID) -> None:
    """Send somebody the letter that they are missing.

    Who has not said yes is asked again, anybody else gets a link to their page. The organiser never
    sees either (T-16).
    """
    queries.person_page(read_session(), actor, exchange_id, participant_id)  # a stranger uses up nothing
    limits.spend((PER_SEAT, str(participant_id)))
    with transaction(actor) as work:
        exchange, seat = seat_to_change(work, exchange_id, participant_id)
        _refuse_draft(exchange)
        letters = _letters(work, exchange, seat)
        orders = [order for letter in letters if (order := letter.link()) is not None]
        if any(mail.is_in_the_mailbox(work, order) for order in orders):
            raise SentJustNow(name=seat.name)
        post_anew(work, seat, letters)
        audit.record(work, "exchange.letter_sent_again", exchange.id)


def renew_link(actor: Actor, exchange_id: UUID, participant_id: UUID) -> None:
    """End every link and every browser that opens somebody's place, and send them a new link."""
    queries.person_page(read_session(), actor, exchange_id, participant_id)  # a stranger uses up nothing
    limits.spend((PER_SEAT, str(participant_id)))
    with transaction(actor) as work:
        exchange, seat = seat_to_change(work, exchange_id, participant_id)
        _refuse_draft(exchange)
        _renew(work, exchange, seat)
        audit.record(work, "exchange.link_renewed", exchange.id)


def renew_own_link(actor: Actor, participant_id: UUID) -> str:
    """Do so for oneself: a letter got into wrong hands; answers the share link's slug."""
    queries.participant_page(read_session(), actor, participant_id)  # likewise
    limits.spend((PER_SEAT, str(participant_id)))
    with transaction(actor) as work:
        seat = queries.seat_for_change(work.session, participant_id)
        if seat is None:
            raise NotFound
        work.authorize(may_sit_here, seat, visible=may_sit_here)
        _renew(work, seat.exchange, seat)
        audit.record(work, "exchange.link_renewed", seat.exchange_id)
        return seat.exchange.slug


def post_way_in(work: Work, exchange: Exchange, seat: Participant) -> None:
    """Step: write to whoever holds a place; who has not said yes is asked, anybody else gets a link."""
    post_anew(work, seat, _letters(work, exchange, seat))


def _refuse_draft(exchange: Exchange) -> None:
    """Raise StillDraft where nobody knows of it yet: people are asked when it is opened."""
    if exchange.state is ExchangeState.DRAFT:
        raise StillDraft(title=exchange.title)


def _renew(work: Work, exchange: Exchange, seat: Participant) -> None:
    """End what leads to a place; the way in and the news that waited are posted anew."""
    news = shut_out(work, seat)
    if seat.person_id is not None:
        end_guest_sessions(work, seat.person_id)
    post_anew(work, seat, [*_letters(work, exchange, seat), *news])


def _letters(work: Work, exchange: Exchange, seat: Participant) -> list[Letter]:
    found = [_letter(work, exchange, seat, reader) for seat, reader in readers(work, [seat])]
    if not found:
        raise NobodyToWriteTo(name=seat.name)
    return found


def _letter(work: Work, exchange: Exchange, seat: Participant, reader: Addressed) -> Letter:
    if seat.is_confirmed or exchange.state not in NOT_DRAWN:
        return NewLink(
            **reader,
            title=exchange.title,
            gifts_on=exchange.gifts_on,
            participant_id=seat.id,
            exchange_id=exchange.id,
        )
    if seat.invited_by or queries.was_written(work.session, seat.id, InvitedAgain.kind):
        hosts = queries.organisers_of(work.session, exchange.id)
        return question(exchange, hosts, seat, reader)
    return confirmation(exchange, seat, reader)
