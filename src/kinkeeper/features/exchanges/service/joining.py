"""Joining by the share link, confirming by mail, coming back, and one's own wishes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from kinkeeper.features.accounts.rules import clean_address, clean_name, mailbox
from kinkeeper.features.accounts.service.people import confirm_mailbox, seat_person
from kinkeeper.features.accounts.service.sessions import Lease, open_session
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import ConfirmJoining, WayIn, purpose
from kinkeeper.features.exchanges.errands import WayInRequest
from kinkeeper.features.exchanges.models import Exchange, ExchangeState, Participant
from kinkeeper.features.exchanges.permissions import may_sit_here
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Conflict, Gone, Invalid, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, anyone, transaction
from kinkeeper.platform import jobs, limits, links, mail
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from kinkeeper.kernel.actor import Actor

LONGEST_WISHES = 10_000
SALT = 16
PER_ADDRESS = Budget("join.address", 30, timedelta(hours=1))
"""Three times the number of SK-41: one family joins from one kitchen table."""
PER_MAILBOX = Budget("join.mailbox", 3, timedelta(minutes=15))
PER_EXCHANGE = Budget("join.exchange", 300, timedelta(hours=1))
ENTRIES = Budget("enter.address", 60, timedelta(minutes=5))


class RegistrationClosed(Conflict):
    """SK-39: too late, or the organiser has closed it."""

    code = "exchange.registration_closed"
    message = mark("%(title)s takes no more people.")
    remedy = mark("If you are in already, ask for a new link to your page.")


class ExchangeFull(Conflict):
    """SK-34; said to everybody alike, so that it tells nobody who is in."""

    code = "exchange.full"
    message = mark("%(title)s is full.")
    remedy = mark("If you are in already, ask for a new link to your page.")


class WishesTooLong(Invalid):
    """SK-38."""

    code = "exchange.wishes_too_long"
    message = mark("Please use at most %(most)s characters for your wishes; these have %(length)s.")
    field = "wishes"


class SeatGone(Gone):
    """The person was erased, and the seat has nobody any more."""

    code = "exchange.seat_gone"
    message = mark("This place in the gift exchange is no longer there.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What somebody fills in to join."""

    name: str
    email: str
    wishes: str
    language: str


def join(actor: Actor, slug: str, joining: Joining, *, address: str) -> None:
    """Take a place in an exchange; the place counts once the mailed link is followed.

    Somebody who is in already gets a link to their page instead. Nothing here tells a stranger which
    of the two it was (SK-40, T-8). `address` is the network's.
    """
    name, email = clean_name(joining.name), clean_address(joining.email)
    wishes = _fitting(joining.wishes)
    limits.spend((PER_ADDRESS, address), (PER_MAILBOX, mailbox(email)), (PER_EXCHANGE, slug))
    with transaction(actor) as work:
        exchange = queries.exchange_by_slug_for_change(work.session, slug)
        work.authorize(anyone, "whoever has the share link may join")
        _refuse_latecomers(work, exchange)
        person = seat_person(work, exchange.circle_id, name=name, email=email, language=joining.language)
        known = queries.seat_of(work.session, exchange.id, person.id)
        if known is not None:
            _post_way_in(work, exchange, known, email)
            return
        participant = Participant(
            id=new_id(),
            exchange_id=exchange.id,
            person_id=person.id,
            name=name,
            wishes=wishes,
            language=joining.language,
            salt=secrets.token_bytes(SALT),
            joined_at=work.now,
        )
        work.session.add(participant)
        _post_confirmation(work, exchange, participant, email)


def ask_for_way_in(actor: Actor, slug: str, email: str, *, address: str) -> None:
    """Ask for a link to one's page; the answer is the same for known and unknown (SK-48, SK-49)."""
    known = clean_address(email)
    limits.spend((PER_ADDRESS, address), (PER_MAILBOX, mailbox(known)), (PER_EXCHANGE, slug))
    with transaction(actor) as work:
        exchange = queries.exchange_by_slug(work.session, slug)
        work.authorize(anyone, "whoever lost a link is not signed in")
        jobs.enqueue(work, WayInRequest(exchange_id=exchange.id, email=known))


def send_way_in(actor: Actor, request: WayInRequest) -> None:
    """Send the link, if the address is in the exchange; the errand may run twice."""
    with transaction(actor) as work:
        found = queries.seat_by_email(work.session, request.exchange_id, request.email)
        if found is not None:
            exchange, participant = found
            _post_way_in(work, exchange, participant, request.email)


def enter(actor: Actor, kind: str, token: str, *, address: str, lease: Lease) -> tuple[UUID, str]:
    """Use up a mailed link: the place is confirmed, and the browser let in as this participant.

    Answers the participant's id and the session's secret.
    """
    limits.spend((ENTRIES, address))
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the mailed link")
        # The exchange is locked before the link, as by those who join: one order, no deadlock.
        participant_id = links.subject_of(work.session, purpose(kind), token)
        participant = queries.seat_for_change(work.session, participant_id)
        links.consume(work, purpose(kind), token)
        if participant is None or participant.person_id is None:
            raise SeatGone
        if participant.confirmed_at is None and participant.exchange.state is not ExchangeState.DRAWN:
            participant.confirmed_at = work.now
        person = confirm_mailbox(work, participant.person_id)
        return participant.id, open_session(work, person.id, lease=lease)


def write_wishes(actor: Actor, participant_id: UUID, wishes: str) -> None:
    """Write down what one would like."""
    fitting = _fitting(wishes)
    with transaction(actor) as work:
        participant = queries.seat_for_change(work.session, participant_id)
        if participant is None:
            raise NotFound
        work.authorize(may_sit_here, participant, visible=may_sit_here)
        participant.wishes = fitting


def _fitting(wishes: str) -> str:
    plain = wishes.replace("\r\n", "\n").replace("\0", "").strip()
    if len(plain) > LONGEST_WISHES:
        raise WishesTooLong(most=LONGEST_WISHES, length=len(plain))
    return plain


def _refuse_latecomers(work: Work, exchange: Exchange) -> None:
    if not queries.takes_people(exchange, work.now):
        raise RegistrationClosed(title=exchange.title)
    most = exchange.most_people
    if most is not None and queries.seats_taken(work.session, exchange.id) >= most:
        raise ExchangeFull(title=exchange.title)


def _post_confirmation(work: Work, exchange: Exchange, participant: Participant, email: str) -> None:
    letter = ConfirmJoining(
        to=email,
        language=participant.language,
        name=participant.name,
        title=exchange.title,
        gifts_on=exchange.gifts_on,
        budget=exchange.budget,
        participant_id=participant.id,
    )
    mail.post(work, letter, about=participant.id)


def _post_way_in(work: Work, exchange: Exchange, participant: Participant, email: str) -> None:
    """One letter in five minutes at most, however often the button is pressed (T-9, T-59)."""
    letter = WayIn(
        to=email,
        language=participant.language,
        name=participant.name,
        title=exchange.title,
        gifts_on=exchange.gifts_on,
        participant_id=participant.id,
    )
    mail.post(work, letter, about=participant.id, generation=int(work.now.timestamp()) // 300)
