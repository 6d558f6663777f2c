"""Steps for what a person has here: forgetting it, and handing it over to another entry of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, select, update

from kinkeeper.features.exchanges.models import Assignment, Exchange, Participant
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.work import Work

SOMEBODY = mark("Somebody who left")


class OrganisesExchanges(Conflict):
    """An exchange must not be left without an organiser."""

    code = "person.organises_exchanges"
    message = mark("This person organises gift exchanges. Hand them over first.")


class BothDrawn(Conflict):
    """Two entries of one person were drawn in the same exchange: both have givers who count on them."""

    code = "person.drawn_twice"
    message = mark("Both entries were drawn in %(title)s, so they cannot become one before it is over.")


def erase_from_exchanges(work: Work, person_id: UUID) -> None:
    """Step: leave every exchange; a place that was drawn stays, without name, wishes or person."""
    if work.session.scalar(select(exists().where(Exchange.organiser_id == person_id))):
        raise OrganisesExchanges
    mine = Participant.person_id == person_id
    drawn = exists().where(Assignment.giver_id == Participant.id)
    work.session.execute(delete(Participant).where(mine, ~drawn))
    emptied = update(Participant).where(mine)
    work.session.execute(emptied.values(person_id=None, name=SOMEBODY, wishes=""))


def merge_in_exchanges(work: Work, from_id: UUID, into_id: UUID) -> None:
    """Step: the places of one entry become the other's; of two undrawn places in one exchange one goes."""
    both = select(Participant.exchange_id).where(Participant.person_id == into_id)
    twice = select(Participant).where(Participant.person_id == from_id, Participant.exchange_id.in_(both))
    for extra in work.session.scalars(twice).all():
        if work.session.scalar(select(exists().where(Assignment.giver_id == extra.id))):
            raise BothDrawn(title=work.session.get_one(Exchange, extra.exchange_id).title)
        work.session.delete(extra)
    work.session.flush()  # the extra places go before the others move
    moved = update(Participant).where(Participant.person_id == from_id)
    work.session.execute(moved.values(person_id=into_id))
    organised = update(Exchange).where(Exchange.organiser_id == from_id)
    work.session.execute(organised.values(organiser_id=into_id))
