"""Letters that lead to a place: to confirm it, or to come back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from kinkeeper.features.exchanges.emails import ConfirmJoining, WayIn
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.service.addressing import Addressed
from kinkeeper.platform import mail

if TYPE_CHECKING:
    from kinkeeper.features.exchanges.models import Exchange, Participant
    from kinkeeper.kernel.work import Work

NOT_DRAWN = {ExchangeState.OPEN, ExchangeState.CLOSED}
"""In which states a place can still be counted in."""


def own_reader(seat: Participant, email: str) -> Addressed:
    """Answer whoever has a place, as the reader of its letters, in the language they joined in."""
    return Addressed(to=email, language=seat.language, name=seat.name, ward="", reader_id=seat.person_id)


def post_again(
    work: Work, exchange: Exchange, seat: Participant, reader: Addressed, *, about: UUID, browser: bytes
) -> None:
    """Step: send a link to their page, or to confirm, unless the last one is still fresh (T-9).

    The earlier link dies; `about` is what asked for the new one.
    """
    is_late = seat.is_confirmed or exchange.state not in NOT_DRAWN
    letter = (_way_in if is_late else confirmation)(exchange, seat, reader, browser)
    if not mail.is_in_the_mailbox(work, letter.link()):
        mail.post(work, letter, about=about, person_id=seat.person_id)


def confirmation(
    exchange: Exchange, seat: Participant, reader: Addressed, browser: bytes = b""
) -> ConfirmJoining:
    """Answer the letter that asks whether a place is meant; `browser` may type its code."""
    return ConfirmJoining(
        **reader,
        title=exchange.title,
        gifts_on=exchange.gifts_on,
        budget=exchange.budget,
        participant_id=seat.id,
        exchange_id=seat.exchange_id,
        asked_by=browser.hex(),
    )


def _way_in(exchange: Exchange, seat: Participant, reader: Addressed, browser: bytes) -> WayIn:
    return WayIn(
        **reader,
        title=exchange.title,
        gifts_on=exchange.gifts_on,
        participant_id=seat.id,
        exchange_id=seat.exchange_id,
        asked_by=browser.hex(),
    )
