"""Wish lists that live on after the draw (SK-57 done otherwise), and what givers have bought of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Wish
from kinkeeper.features.exchanges.rules import sealing
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.rules.wishing import (
    LONGEST_LINK,
    LONGEST_WISH,
    MOST_WISHES,
    Priority,
    checked_link,
    clean_wish,
    fingerprint,
)
from kinkeeper.features.exchanges.service.joining import fitting
from kinkeeper.features.exchanges.service.leaving import AlreadyLeft
from kinkeeper.features.exchanges.service.organising import refuse_over
from kinkeeper.features.exchanges.service.seating import own_seat_to_change
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Conflict, Invalid, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.kernel.actor import Actor


class BadWish(Invalid):
    """A wish is a line: what takes paragraphs has its place above the list."""

    code = "exchange.bad_wish"
    message = mark("Please say it on one line of at most %(most)s characters.")
    field = "text"


class BadLink(Invalid):
    """Somebody else will follow it (T-23)."""

    code = "exchange.bad_link"
    message = mark(
        "This is no link to a web page. It begins with https:// and has at most %(most)s characters."
    )
    field = "url"


class TooManyWishes(Conflict):
    """More than anybody reads."""

    code = "exchange.too_many_wishes"
    message = mark("There are %(most)s wishes on your list. Take one off first.")


@dataclass(frozen=True, kw_only=True)
class Reworded:
    """What somebody says anew of one wish; None leaves it as it is, an empty link takes it away."""

    text: str | None = None
    url: str | None = None
    priority: Priority | None = None


@dataclass(frozen=True, kw_only=True)
class Wanted(Reworded):
    """All that somebody says of one wish."""

    text: str
    url: str = ""
    priority: Priority = Priority.LIKE


def write_wishes(actor: Actor, participant_id: UUID, wishes: str) -> None:
    """Write down what one would like in one's own words, which stand above the list."""
    words = fitting(wishes)
    with transaction(actor) as work:
        put_in_words(work, active_seat_to_change(work, participant_id), words)


def add_wish(actor: Actor, participant_id: UUID, wanted: Wanted) -> UUID:
    """Put a wish on one's own list, and answer its id."""
    text, url = _cleaned(wanted)
    with transaction(actor) as work:
        seat = active_seat_to_change(work, participant_id)
        if queries.count_wishes(work.session, seat.id) >= MOST_WISHES:
            raise TooManyWishes(most=MOST_WISHES)
        note_change(work, seat)
        wish = Wish(
            id=new_id(),
            participant_id=seat.id,
            text=text,
            url=url,
            priority=wanted.priority,
            created_at=work.now,
            changed_at=work.now,
        )
        work.session.add(wish)
        return wish.id


def change_wish(actor: Actor, participant_id: UUID, wish_id: UUID, said: Reworded) -> None:
    """Say one of one's own wishes anew, or some of it."""
    with transaction(actor) as work:
        seat = active_seat_to_change(work, participant_id)
        wish = queries.wish_of(work.session, seat.id, wish_id)
        wanted = _whole(wish, said)
        text, url = _cleaned(wanted)
        if (wish.text, wish.url, wish.priority) == (text, url, wanted.priority):
            return
        note_change(work, seat)
        wish.text, wish.url, wish.priority = text, url, wanted.priority
        wish.changed_at = work.now


def remove_wish(actor: Actor, participant_id: UUID, wish_id: UUID) -> None:
    """Take a wish off one's own list; a giver who has bought it reads that it is gone."""
    with transaction(actor) as work:
        seat = active_seat_to_change(work, participant_id)
        wish = queries.wish_of(work.session, seat.id, wish_id)
        note_change(work, seat)
        work.session.delete(wish)


def mark_bought(actor: Actor, participant_id: UUID, wish_id: UUID, *, bought: bool) -> None:
    """Note that the wish of one's match is bought, or is not after all; only this giver reads it.

    It is sealed into the giver's row of the draw (T-20): a table of givers and wishes would be one of
    pairs. Where the match changes, the new giver sees nothing of it.
    """
    with transaction(actor) as work:
        seat = active_seat_to_change(work, participant_id)
        row = queries.assignment_of(work.session, seat)
        if row is None or row.opened_at is None or seat.exchange.state is not ExchangeState.DRAWN:
            raise NotFound
        receiver_id = queries.receiver_of(seat, row)
        wish = queries.wish_of(work.session, receiver_id, wish_id)
        marks = queries.bought_by(seat, row)
        if not bought:
            marks.pop(wish.id, None)
        elif wish.id not in marks:
            there = {one.id for one in queries.wishes_of(work.session, receiver_id)}
            marks = _with_room(marks, there) | {wish.id: fingerprint(wish)}
        row.bought_sealed = sealing.seal_bought(row.draw_id, seat.id, seat.salt, marks)


def active_seat_to_change(work: Work, participant_id: UUID) -> Participant:
    """Step: `own_seat_to_change`, and refuse where the exchange is over, or they have left (SK-61)."""
    seat = own_seat_to_change(work, participant_id)
    if seat.exchange.state is ExchangeState.DRAFT:  # only its organisers know of it yet
        raise NotFound
    refuse_over(seat.exchange)
    if seat.withdrawn_at is not None:
        raise AlreadyLeft(title=seat.exchange.title)
    return seat


def put_in_words(work: Work, seat: Participant, words: str) -> None:
    """Step: write down what stands above somebody's list."""
    if seat.wishes != words:
        note_change(work, seat)
        seat.wishes = words


def note_change(work: Work, seat: Participant) -> None:
    """Step: keep what the wishes are before they change, if givers have not heard of an earlier change.

    Nobody gives to whoever is not in the draw, so there is nobody to hear of theirs.
    """
    is_told = seat.exchange.state is ExchangeState.DRAWN and seat.wishes_before is None
    if is_told and queries.assignment_of(work.session, seat) is not None:
        seat.wishes_before = queries.mark_of_seat(work.session, seat)


def hand_over_wishes(work: Work, extra: Participant, kept: Participant) -> None:
    """Step: of two places of one person the list of the one that goes is put behind the other's."""
    kept.wishes = kept.wishes or extra.wishes
    room = MOST_WISHES - queries.count_wishes(work.session, kept.id)
    for wish in queries.wishes_of(work.session, extra.id)[:room]:
        wish.participant_id = kept.id
    work.session.flush()  # the database deletes the others together with the place


def _whole(wish: Wish, said: Reworded) -> Wanted:
    return Wanted(
        text=wish.text if said.text is None else said.text,
        url=(wish.url or "") if said.url is None else said.url,
        priority=said.priority or wish.priority,
    )


def _cleaned(wanted: Wanted) -> tuple[str, str | None]:
    try:
        text = clean_wish(wanted.text)
    except ValueError as odd:
        raise BadWish(most=LONGEST_WISH) from odd
    try:
        return text, checked_link(wanted.url) if wanted.url.strip() else None
    except ValueError as odd:
        raise BadLink(most=LONGEST_LINK) from odd


def _with_room(marks: dict[UUID, bytes], there: Collection[UUID]) -> dict[UUID, bytes]:
    """Answer the marks with room for one more: those of vanished wishes go where it takes that."""
    if len(marks) < MOST_WISHES:
        return marks
    return {wish_id: noted for wish_id, noted in marks.items() if wish_id in there}
