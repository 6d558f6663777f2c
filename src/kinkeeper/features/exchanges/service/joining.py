"""Joining by the share link, confirming by mail, coming back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from kinkeeper.features.accounts.rules import clean_address, clean_name, mailbox
from kinkeeper.features.accounts.service.people import confirm_mailbox, put_in_book
from kinkeeper.features.accounts.service.sessions import Lease, open_session
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import purpose
from kinkeeper.features.exchanges.errands import WayInRequest
from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.features.exchanges.rules.joining import is_kept, takes_people
from kinkeeper.features.exchanges.rules.telling import topic_of
from kinkeeper.features.exchanges.service.addressing import readers
from kinkeeper.features.exchanges.service.asking import NOT_DRAWN, confirmation, own_reader, post_again
from kinkeeper.features.exchanges.service.noticing import tell_of_joining
from kinkeeper.features.exchanges.service.opening import note_opened
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Conflict, Gone, Invalid
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, anyone, transaction
from kinkeeper.platform import jobs, limits, links, live, mail
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from kinkeeper.kernel.actor import Actor

LONGEST_WISHES = 10_000
PER_ADDRESS = Budget("join.address", 30, timedelta(hours=1))
"""Three times the number of SK-41: one family joins from one kitchen table."""
PER_MAILBOX = Budget("join.mailbox", 3, timedelta(minutes=15))
PER_EXCHANGE = Budget("join.exchange", 300, timedelta(hours=1))
ENTRIES = Budget("enter.address", 60, timedelta(minutes=5))
CODES = Budget("code.browser", 5, timedelta(hours=1))
"""For each letter that a browser asked for, were it to somebody who is not in."""


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


class SeatTaken(Conflict):
    """It was not confirmed while it was kept, and others came."""

    code = "exchange.seat_taken"
    message = mark("We kept your place in %(title)s for three days. Others have taken it since.")
    remedy = mark("Have a word with whoever invited you.")


class AlreadyHere(Conflict):
    """They have a place already; whoever organises sees the list, and so may be told."""

    code = "exchange.already_here"
    message = mark("Somebody with this address is on the list already.")
    field = "email"


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
    wants_reminders: bool = True


def join(actor: Actor, slug: str, joining: Joining, *, address: str, browser: bytes = b"") -> None:
    """Take a place in an exchange; the place counts once the mailed link is followed.

    Somebody who is in already gets a link to their page instead. Nothing here tells a stranger which
    of the two it was (SK-40, T-8). `address` is the network's; `browser` is the digest of a secret that
    the asking browser holds, by which it may type the letter's code.
    """
    name, email = clean_name(joining.name), clean_address(joining.email)
    wishes = fitting(joining.wishes)
    limits.spend((PER_ADDRESS, address), (PER_MAILBOX, mailbox(email)), (PER_EXCHANGE, slug))
    limits.refund((CODES, browser.hex()))
    with transaction(actor) as work:
        exchange = queries.exchange_by_slug_for_change(work.session, slug)
        work.authorize(anyone, "whoever has the share link may join")
        refuse_latecomers(work, exchange)
        person = put_in_book(work, exchange.circle_id, name=name, email=email, language=joining.language)
        known = queries.seat_of(work.session, exchange.id, person.id)
        if known is not None and known.withdrawn_at is None:
            reader = own_reader(known, email)
            post_again(work, exchange, known, reader, about=new_id(), browser=browser)
            return
        participant = known or Participant(id=new_id(), exchange_id=exchange.id, person_id=person.id)
        _take_place(work, participant, replace(joining, name=name, wishes=wishes))
        letter = confirmation(exchange, participant, own_reader(participant, email), browser)
        mail.post(work, letter, about=new_id(), person_id=person.id)


def ask_for_way_in(actor: Actor, slug: str, email: str, *, address: str, browser: bytes = b"") -> None:
    """Ask for a link to one's page; the answer is the same for known and unknown (SK-48, SK-49).

    It costs the exchange nothing: only who is in gets a letter, and strangers must not use up what
    those who want to join need.
    """
    known = clean_address(email)
    limits.spend((PER_ADDRESS, address), (PER_MAILBOX, mailbox(known)))
    limits.refund((CODES, browser.hex()))
    with transaction(actor) as work:
        exchange = queries.exchange_by_slug(work.session, slug)
        work.authorize(anyone, "whoever lost a link is not signed in")
        errand = WayInRequest(exchange_id=exchange.id, email=known, asked_by=browser.hex())
        jobs.enqueue(work, errand)


def send_way_in(actor: Actor, request: WayInRequest) -> None:
    """Send the link, if the address is in the exchange; the errand may run twice."""
    with transaction(actor) as work:
        found = queries.seat_read_by(work.session, request.exchange_id, request.email)
        participant = found and queries.seat_for_change(work.session, found.id)
        if participant is None or _has_left(participant):
            return
        for _, reader in readers(work, [participant]):
            if reader["to"] == request.email:
                post_again(
                    work,
                    participant.exchange,
                    participant,
                    reader if reader["ward"] else own_reader(participant, request.email),
                    about=request.errand_id,
                    browser=bytes.fromhex(request.asked_by),
                )


def enter(
    actor: Actor,
    kind: str,
    token: str,
    *,
    address: str,
    lease: Lease,
    replacing: str | None = None,
    browser: bytes = b"",
) -> tuple[UUID, str]:
    """Use up a mailed link: the place is confirmed, and the browser let in as this participant.

    Answers the participant's id and the session's secret; the guest's session that this browser had ends.
    """
    limits.spend((ENTRIES, address))
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the mailed link")
        # The exchange is locked before the link, as by those who join: one order, no deadlock.
        participant_id = links.subject_of(work.session, purpose(kind), token)
        reader_id = links.reader_of(work.session, purpose(kind), token)
        participant = queries.seat_for_change(work.session, participant_id)
        if participant is None or participant.person_id is None or _has_left(participant):
            raise SeatGone
        links.consume(work, purpose(kind), token, browser=browser)
        return participant.id, let_in(work, participant, reader_id, lease, replacing)


def let_in(
    work: Work, participant: Participant, reader_id: UUID | None, lease: Lease, replacing: str | None
) -> str:
    """Step: whoever read the letter is here; answers the secret of the session that begins.

    `reader_id` is to whom the letter went: whoever looks after the participant is let in as themselves, and
    who had the place before is not.
    """
    person_id = reader_id or participant.person_id
    if person_id is None or person_id not in {participant.person_id, *participant.guardian_ids}:
        raise SeatGone
    confirm(work, participant)
    note_opened(work, participant)
    live.tell(work, topic_of(participant.exchange_id), "seat.visited", participant.id)
    person = confirm_mailbox(work, person_id)
    return open_session(work, person.id, lease=lease, replacing=replacing)


def fitting(wishes: str) -> str:
    """Answer wishes as they are kept, or raise WishesTooLong (SK-38)."""
    plain = wishes.replace("\r\n", "\n").replace("\0", "").strip()
    if len(plain) > LONGEST_WISHES:
        raise WishesTooLong(most=LONGEST_WISHES, length=len(plain))
    return plain


def _take_place(work: Work, seat: Participant, said: Joining) -> None:
    """Begin with a place; whoever gave it up begins anew, unconfirmed like everybody (SK-63)."""
    seat.name, seat.wishes, seat.language = said.name, said.wishes, said.language
    seat.wants_reminders, seat.joined_at = said.wants_reminders, work.now
    seat.invited_by = seat.confirmed_at = seat.withdrawn_at = None
    work.session.add(seat)


def confirm(work: Work, seat: Participant) -> None:
    """Step: count the place in, unless the names were drawn without it, or others have it by now.

    Open pages hear of it.
    """
    if seat.is_confirmed or seat.exchange.state not in NOT_DRAWN:
        return
    if not is_kept(seat, work.now) and queries.is_full(work.session, seat.exchange, work.now):
        raise SeatTaken(title=seat.exchange.title)
    seat.confirmed_at = work.now
    live.tell(work, topic_of(seat.exchange_id), "seat.confirmed", seat.id)
    tell_of_joining(work, seat.exchange, seat)


def _has_left(seat: Participant) -> bool:
    """Tell whether a place was given up before the draw; who is taken out later has a page still."""
    return seat.withdrawn_at is not None and seat.exchange.drawn_at is None


def refuse_latecomers(work: Work, exchange: Exchange) -> None:
    """Raise where nobody else can join by themselves (SK-34, SK-39)."""
    if not takes_people(exchange, work.now):
        raise RegistrationClosed(title=exchange.title)
    if queries.is_full(work.session, exchange, work.now):
        raise ExchangeFull(title=exchange.title)
