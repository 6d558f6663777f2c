"""New ways in: a letter sent again, and all earlier links and browsers shut out (G11, T-7)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.service.sessions import end_guest_sessions
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import InvitedAgain, NewLink
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.service.addressing import Addressed, readers
from kinkeeper.features.exchanges.service.asking import NOT_DRAWN, confirmation
from kinkeeper.features.exchanges.service.inviting import question
from kinkeeper.features.exchanges.service.news import post_anew, shut_out
from kinkeeper.features.exchanges.service.organising import StillDraft, seat_to_change
from kinkeeper.features.exchanges.service.seating import own_seat_to_change
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, read_session, transaction
from kinkeeper.platform import audit, limits, mail
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kinkeeper.features.exchanges.models import Exchange, Participant
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.platform.mail import Letter

PER_SEAT = Budget("renew.seat", 5, timedelta(hours=1))
"""Whoever of those who run an exchange presses, one mailbox is not flooded (T-9)."""
PER_OWN_SEAT = Budget("renew.own_seat", 5, timedelta(hours=1))
"""Apart from theirs: nobody else may use up what somebody needs to shut out whoever has their letters."""


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
    with limits.spending((PER_SEAT, str(participant_id))), transaction(actor) as work:
        exchange, seat = seat_to_change(work, exchange_id, participant_id)
        _refuse_draft(exchange)
        letters = _letters(work, exchange, seat, was_asked=is_asked(work, seat))
        orders = [order for letter in letters if (order := letter.link()) is not None]
        if any(mail.is_in_the_mailbox(work, order) for order in orders):
            raise SentJustNow(name=seat.name)
        post_anew(work, seat, letters)
        audit.record(work, "exchange.letter_sent_again", exchange.id)


def renew_link(actor: Actor, exchange_id: UUID, participant_id: UUID) -> None:
    """End every link and every browser that opens somebody's place, and send them a new link.

    A link that any of the same readers has here ends, too: it would let the same person in. Those of other
    exchanges are not an organiser's to end.
    """
    queries.person_page(read_session(), actor, exchange_id, participant_id)  # a stranger uses up nothing
    with limits.spending((PER_SEAT, str(participant_id))), transaction(actor) as work:
        exchange, seat = seat_to_change(work, exchange_id, participant_id)
        _refuse_draft(exchange)
        _renew(
            work, exchange, seat, queries.places_read_by(work.session, _reader_ids(work, seat), exchange.id)
        )
        audit.record(work, "exchange.link_renewed", exchange.id)


def renew_own_link(actor: Actor, participant_id: UUID) -> str:
    """Do so for oneself, wherever one takes part: letters are in wrong hands; answers the share link's slug.

    What anybody could do with a letter of another exchange, or about a child, they could do here: each lets
    its reader in as themselves.
    """
    queries.participant_page(read_session(), actor, participant_id)  # likewise
    with limits.spending((PER_OWN_SEAT, str(participant_id))), transaction(actor) as work:
        mine = _lock_mine(work, actor)
        seat = own_seat_to_change(work, participant_id)
        _renew(work, seat.exchange, seat, mine)
        audit.record(work, "exchange.link_renewed", seat.exchange_id)
        return seat.exchange.slug


def post_way_in(work: Work, exchange: Exchange, seat: Participant, *, was_asked: bool) -> None:
    """Step: write to whoever holds a place; who has not said yes is asked, anybody else gets a link.

    `was_asked` is what the step `is_asked` has answered, before letters about the place went.
    """
    post_anew(work, seat, _letters(work, exchange, seat, was_asked=was_asked))


def is_asked(work: Work, seat: Participant) -> bool:
    """Step: tell whether others have put them on the list, so that they can also say no."""
    return seat.invited_by is not None or queries.was_written(work.session, seat.id, InvitedAgain.kind)


def _refuse_draft(exchange: Exchange) -> None:
    """Raise StillDraft where nobody knows of it yet: people are asked when it is opened."""
    if exchange.state is ExchangeState.DRAFT:
        raise StillDraft(title=exchange.title)


def _renew(work: Work, exchange: Exchange, seat: Participant, others: Sequence[Participant]) -> None:
    """End what leads to a place; the way in and the news that waited are posted anew.

    Likewise what lets the same people in at `others`, where all that waited is posted anew.
    """
    was_asked = is_asked(work, seat)
    news = shut_out(work, seat)
    for other in others:
        if other.id != seat.id:
            post_anew(work, other, mail.end_links(work, other.id))
    for reader_id in _reader_ids(work, seat):
        end_guest_sessions(work, reader_id)
    post_anew(work, seat, [*_letters(work, exchange, seat, was_asked=was_asked), *news])


def _reader_ids(work: Work, seat: Participant) -> set[UUID]:
    """Answer whom a letter about this place lets in."""
    if seat.person_id is None:
        return set()
    return {box.person_id for box in people.mailboxes(work.session, [seat.person_id])[seat.person_id]}


def _lock_mine(work: Work, actor: Actor) -> list[Participant]:
    """Answer the places that the actor's letters are about, all their exchanges locked in one order."""
    me = {person_id for person_id in (actor.person_id, actor.guest_id) if person_id is not None}
    places = queries.places_read_by(work.session, me)
    queries.exchanges_for_change(work.session, {place.exchange_id for place in places})
    return queries.places_read_by(work.session, me)


def _letters(work: Work, exchange: Exchange, seat: Participant, *, was_asked: bool) -> list[Letter]:
    found = [
        _letter(work, exchange, seat, reader, was_asked=was_asked) for seat, reader in readers(work, [seat])
    ]
    if not found:
        raise NobodyToWriteTo(name=seat.name)
    return found


def _letter(
    work: Work, exchange: Exchange, seat: Participant, reader: Addressed, *, was_asked: bool
) -> Letter:
    is_late = exchange.state is ExchangeState.DRAWN and seat.invited_by is not None
    if seat.is_confirmed or not (is_late or exchange.state in NOT_DRAWN):
        return NewLink(
            **reader,
            title=exchange.title,
            gifts_on=exchange.gifts_on,
            participant_id=seat.id,
            exchange_id=exchange.id,
        )
    if was_asked:
        return question(exchange, queries.organisers_of(work.session, exchange.id), seat, reader)
    return confirmation(exchange, seat, reader)
