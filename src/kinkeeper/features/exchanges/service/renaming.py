"""Whoever mistyped their name when they joined says it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts.rules import clean_name
from kinkeeper.features.accounts.service.people import rename_ward
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.rules.telling import topic_of
from kinkeeper.features.exchanges.service.wishing import active_seat_to_change
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, live

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.kernel.actor import Actor


class NameSettled(Conflict):
    """G20: who gives to whom was told by these names, and the mark of the draw binds them."""

    code = "exchange.name_settled"
    message = mark("The names are drawn, and stay as they were drawn.")
    field = "name"


class NameTaken(Conflict):
    """Whoever gives could not tell the two apart."""

    code = "exchange.name_taken"
    message = mark("Somebody else is called %(name)s here.")
    remedy = mark("Add something that tells you apart, a second name perhaps.")
    field = "name"


def change_name(actor: Actor, participant_id: UUID, name: str) -> None:
    """Say anew what one is called here, or whom one looks after, until the names are drawn (T-32)."""
    called = clean_name(name)
    with transaction(actor) as work:
        put_name(work, active_seat_to_change(work, participant_id), called)


def put_name(work: Work, seat: Participant, called: str) -> None:
    """Step: write down what somebody is called; raises NameSettled, NameTaken.

    Whoever has no address is called so in the circle's book, too, where nobody else names them.
    """
    if seat.exchange.drawn_at is not None:
        raise NameSettled
    if seat.name == called:
        return
    if queries.is_name_taken(work.session, seat, called):
        raise NameTaken(name=called)
    seat.name = called
    if seat.person_id is not None and seat.guardian_ids:
        rename_ward(work, seat.person_id, called)
    live.tell(work, topic_of(seat.exchange_id), "seat.renamed", seat.id)
    audit.record(work, "exchange.name_changed", seat.exchange_id, seat=str(seat.id))
