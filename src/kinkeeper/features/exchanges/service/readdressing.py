"""A place goes by another address: asked for by an organiser, and never done over its holder's head (T-17).

What moves is the place, to the person of the circle with the new address. Accounts, other places and
guardianships of whoever had it are not an organiser's to touch, and stay where they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.rules import clean_address
from kinkeeper.features.accounts.service.people import (
    Entry,
    confirm_mailbox,
    let_go,
    live_alike,
    put_all_in_book,
)
from kinkeeper.features.accounts.service.sessions import Lease, open_session
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import (
    MOVED,
    AboutPlace,
    AddressAsked,
    AddressMoved,
    ConfirmAddress,
    ToBeStopped,
    purpose,
)
from kinkeeper.features.exchanges.models import NewAddress
from kinkeeper.features.exchanges.permissions import may_coordinate
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.service.adding import PER_EXCHANGE, PER_MAILBOX, PER_ORGANISER, in_circle
from kinkeeper.features.exchanges.service.joining import ENTRIES, AlreadyHere, SeatGone
from kinkeeper.features.exchanges.service.news import post_anew, shut_out
from kinkeeper.features.exchanges.service.organising import refuse_over, seat_to_change
from kinkeeper.features.exchanges.service.renewing import PER_OWN_SEAT, PER_SEAT, is_asked, post_way_in
from kinkeeper.features.exchanges.service.seating import own_seat_to_change
from kinkeeper.features.exchanges.service.telling import take_back
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, anyone, read_session, transaction
from kinkeeper.platform import audit, limits, links, mail

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.exchanges.models import Exchange, Participant
    from kinkeeper.kernel.actor import Actor
    from kinkeeper.platform.mail import Letter


class SameAddress(Conflict):
    """There is nothing to change."""

    code = "exchange.same_address"
    message = mark("That is their address already.")
    field = "email"


class LeftBefore(Conflict):
    """Their own place is still kept, and one person has one."""

    code = "exchange.left_before"
    message = mark("%(name)s had a place with this address, and left.")
    remedy = mark("Put them on the list again with it, and take this place off.")
    field = "email"


class NoOwnAddress(Conflict):
    """Letters for them go to others, and nobody could be asked whether another address is right."""

    code = "exchange.no_own_address"
    message = mark("%(name)s has no address of their own here, so there is none to change.")


class NothingAsked(Conflict):
    """It was answered already, or taken back."""

    code = "exchange.nothing_asked"
    message = mark("There is no new address to answer for any more.")


class NotAgreed(Conflict):
    """T-17: after the draw a link to the new address alone opens nobody's match."""

    code = "exchange.address_not_agreed"
    message = mark("The names are drawn. %(name)s has to agree first, on their page or by the letter there.")


def change_address(actor: Actor, exchange_id: UUID, participant_id: UUID, email: str) -> bool:
    """Have a place go by another address; answers whether it does at once.

    It does where nobody has answered at the present one. Else the new address has to be confirmed, the
    present one is told, and after the draw whoever holds it has to agree before anything happens.
    """
    address = clean_address(email)
    # A stranger spends no budget.
    circle_id = queries.exchange_of(read_session(), actor, exchange_id, may_coordinate).circle_id
    charges = (
        (PER_ORGANISER, str(actor.account_id)),
        (PER_EXCHANGE, str(exchange_id)),
        (PER_MAILBOX, in_circle(circle_id, address)),
        (PER_SEAT, str(participant_id)),
    )
    with limits.spending(*charges), transaction(actor) as work:
        exchange, seat = seat_to_change(work, exchange_id, participant_id)
        refuse_over(exchange)
        _refuse_unfit(work, seat, address)
        if queries.has_said_yes(work.session, seat):
            _ask(work, exchange, seat, address)
            audit.record(work, "exchange.address_change_asked", exchange.id, seat=str(seat.id))
            return False
        was_asked = is_asked(work, seat)
        _move(work, exchange, seat, address)
        seat.joined_at = work.now
        if exchange.state is not ExchangeState.DRAFT:
            post_way_in(work, exchange, seat, was_asked=was_asked)
        audit.record(work, "exchange.address_changed", exchange.id, seat=str(seat.id))
        return True


def take_back_address(actor: Actor, exchange_id: UUID, participant_id: UUID) -> None:
    """Leave a place with the address that it has, after all."""
    with transaction(actor) as work:
        exchange, seat = seat_to_change(work, exchange_id, participant_id)
        refuse_over(exchange)
        _forget_question(work, seat)
        audit.record(work, "exchange.address_change_taken_back", exchange.id, seat=str(seat.id))


def answer_address(actor: Actor, participant_id: UUID, *, agrees: bool) -> None:
    """Say whether one's own place is to go by the new address: with a yes it is asked to confirm.

    A second yes is as the first, and writes no letter.
    """
    if agrees:
        _spend(actor, participant_id)
    with transaction(actor) as work:
        seat = own_seat_to_change(work, participant_id)
        asked = queries.new_address(work.session, seat.id)
        if asked is None:
            raise NothingAsked
        if agrees:
            refuse_over(seat.exchange)
            if not asked.is_in_question:
                return
            asked.agreed_at = work.now
            _ask_new_one(work, seat.exchange, seat, asked.email)
        else:
            _forget_question(work, seat)
        action = "exchange.address_agreed" if agrees else "exchange.address_refused"
        audit.record(work, action, seat.exchange_id, seat=str(seat.id))


def confirm_address(
    actor: Actor, token: str, *, address: str, lease: Lease, replacing: str | None = None
) -> tuple[UUID, str]:
    """Use up the link that went to the new address: the place is its holder's, and this browser let in.

    Answers as `enter` does. Everything that opened the place before is dead from now on (T-7).
    """
    limits.spend((ENTRIES, address))
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the mailed link")
        seat_id = links.subject_of(work.session, purpose(MOVED), token)
        seat = queries.seat_for_change(work.session, seat_id)
        asked = queries.new_address(work.session, seat_id)
        links.consume(work, purpose(MOVED), token)
        if seat is None or asked is None:
            raise SeatGone
        refuse_over(seat.exchange)
        if seat.exchange.state is ExchangeState.DRAWN and asked.is_in_question:
            raise NotAgreed(name=seat.name)
        person_id = _move(work, seat.exchange, seat, asked.email)
        audit.record(work, "exchange.address_changed", seat.exchange_id, seat=str(seat.id))
        confirm_mailbox(work, person_id)
        return seat.id, open_session(work, person_id, lease=lease, replacing=replacing)


def _spend(actor: Actor, participant_id: UUID) -> None:
    """Pay for the letter that a yes writes, if it does."""
    page = queries.participant_page(read_session(), actor, participant_id)
    if page.asked is not None and page.asked.is_in_question:
        key = in_circle(page.exchange.circle_id, page.asked.email)
        limits.spend((PER_OWN_SEAT, str(participant_id)), (PER_MAILBOX, key))


def _refuse_unfit(work: Work, seat: Participant, address: str) -> None:
    own = people.addresses(work.session, [seat.person_id]).get(seat.person_id) if seat.person_id else None
    if own is None:
        raise NoOwnAddress(name=seat.name)
    if own == address:
        raise SameAddress
    _refuse_taken(queries.seat_by_email(work.session, seat.exchange_id, address))


def _refuse_taken(seat: Participant | None) -> None:
    if seat is not None:
        raise LeftBefore(name=seat.name) if seat.withdrawn_at is not None else AlreadyHere


def _ask(work: Work, exchange: Exchange, seat: Participant, address: str) -> None:
    """Write down what is asked, tell the present address, and before the draw ask the new one at once."""
    _forget_question(work, seat)
    host, is_drawn = work.actor.name, exchange.state is ExchangeState.DRAWN
    work.session.add(NewAddress(participant_id=seat.id, email=address, asked_by=host, asked_at=work.now))
    for box in _boxes(work, seat):
        told = AddressAsked(**_facts(seat, exchange, box), host=host, is_drawn=is_drawn)
        mail.post(work, told, about=new_id(), person_id=seat.person_id)
    if not is_drawn:
        _ask_new_one(work, exchange, seat, address)


def _ask_new_one(work: Work, exchange: Exchange, seat: Participant, address: str) -> None:
    box = people.Mailbox(seat.person_id or seat.id, address, seat.language)
    mail.post(
        work,
        ConfirmAddress(**_facts(seat, exchange, box)),
        about=new_id(),
        person_id=seat.person_id,
    )


def _forget_question(work: Work, seat: Participant) -> None:
    work.session.execute(delete(NewAddress).where(NewAddress.participant_id == seat.id))
    links.void(work, purpose(MOVED), seat.id)


def _move(work: Work, exchange: Exchange, seat: Participant, address: str) -> UUID:
    """Give the place to the circle's person with this address, who lives where the one before lives."""
    boxes, before = _boxes(work, seat), seat.person_id
    entry, along = Entry(seat.name, address, seat.language), [before] if before else []
    person = put_all_in_book(work, exchange.circle_id, [entry], along=along)[address]
    _refuse_taken(queries.seat_of(work.session, exchange.id, person.id))
    if before is None:
        raise SeatGone
    live_alike(work, before, person.id)
    news = [*shut_out(work, seat), *take_back(work, [seat.id])]
    _forget_question(work, seat)
    seat.person_id = person.id
    work.session.flush()
    due = [one for one in news if isinstance(one, AboutPlace)]
    due = [one for one in due if type(one) not in {AddressAsked, ConfirmAddress}]
    post_anew(work, seat, [_readdressed(letter, person.id, address) for letter in due])
    teller = None if _let_go(work, before) else before
    if queries.has_said_yes(work.session, seat):
        _tell_of_move(work, exchange, seat, boxes, teller)
    return person.id


def _readdressed(letter: AboutPlace, holder_id: UUID, address: str) -> Letter:
    if isinstance(letter, ToBeStopped):
        return replace(letter, to=address, reader_id=holder_id, holder_id=holder_id)
    return replace(letter, to=address, reader_id=holder_id)


def _let_go(work: Work, person_id: UUID) -> bool:
    """Forget whoever had the place, locked by now, unless something holds them; tells if they are gone."""
    one = {person_id}
    if queries.people_with_seats(work.session, one) or queries.organisers_among(work.session, one):
        return False
    let_go(work, one)
    return not people.is_known(work.session, person_id)


def _tell_of_move(
    work: Work, exchange: Exchange, seat: Participant, boxes: list[people.Mailbox], person_id: UUID | None
) -> None:
    for box in boxes:
        told = AddressMoved(
            to=box.email,
            language=box.language,
            name=seat.name,
            title=exchange.title,
            slug=exchange.slug,
            participant_id=seat.id,
            exchange_id=seat.exchange_id,
        )
        mail.post(work, told, about=new_id(), person_id=person_id)


def _boxes(work: Work, seat: Participant) -> list[people.Mailbox]:
    return people.mailboxes(work.session, [seat.person_id])[seat.person_id] if seat.person_id else []


def _facts(seat: Participant, exchange: Exchange, box: people.Mailbox) -> dict[str, Any]:
    return {
        "to": box.email,
        "language": box.language,
        "name": seat.name,
        "title": exchange.title,
        "gifts_on": exchange.gifts_on,
        "reader_id": box.person_id,
        "participant_id": seat.id,
        "exchange_id": exchange.id,
    }
