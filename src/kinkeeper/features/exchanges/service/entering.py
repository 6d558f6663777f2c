"""Coming in by the code that a letter carries besides its link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import TYPED
from kinkeeper.features.exchanges.service.joining import CODES, let_in
from kinkeeper.kernel.work import anyone, transaction
from kinkeeper.platform import codes, limits
from kinkeeper.platform.codes import WrongCode
from kinkeeper.platform.limits import Budget

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.accounts.service.sessions import Lease
    from kinkeeper.kernel.actor import Actor

PER_ADDRESS = Budget("code.address", 30, timedelta(hours=1))
"""Six people of one household, each with all their tries."""


def enter_by_code(
    actor: Actor,
    typed: str,
    *,
    browser: bytes,
    address: str,
    lease: Lease,
    replacing: str | None = None,
) -> tuple[UUID, str]:
    """Use up a letter's code and let the browser in, as `enter` does by the link (T-1).

    Nothing here tells whether the address that was asked for is known: the tries are the browser's,
    whether or not a letter went out, and every refusal is the same.
    """
    if not browser:
        raise WrongCode
    own = (CODES, browser.hex())
    limits.spend(own, (PER_ADDRESS, address))
    with transaction(actor) as work:
        work.authorize(anyone, "whoever holds the mailed code, in the browser that asked")
        found = codes.find(work.session, browser, TYPED, typed)
        # The exchange is locked before the link, as by those who follow it.
        participant = queries.seat_for_change(work.session, found.subject_id)
        if participant is None or participant.person_id is None:
            raise WrongCode
        codes.consume(work, found.letter_id, browser)
        secret = let_in(work, participant, found.reader_id, lease, replacing)
    limits.refund(own)
    return participant.id, secret
