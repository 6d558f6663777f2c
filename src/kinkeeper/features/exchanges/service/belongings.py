"""Steps for what a person has here: forgetting it, and handing it over to another entry of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import aliased

from kinkeeper.features.exchanges.models import Assignment, Exchange, PairRule, Participant
from kinkeeper.kernel.db import insert_into
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import gettext, mark

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
    for seat in work.session.scalars(select(Participant).where(mine)):
        seat.person_id, seat.wishes = None, ""
        seat.name = gettext(seat.language, SOMEBODY)


def merge_in_exchanges(work: Work, from_id: UUID, into_id: UUID) -> None:
    """Step: the places of one entry become the other's; of two in one exchange an undrawn one goes."""
    other = aliased(Participant)
    twice = (
        select(Participant, other)
        .join(other, other.exchange_id == Participant.exchange_id)
        .where(Participant.person_id == from_id, other.person_id == into_id)
    )
    for extra, kept in work.session.execute(twice).all():
        if not _is_drawn(work, extra):
            _give_up(work, extra, kept)
        elif not _is_drawn(work, kept):
            _give_up(work, kept, extra)
        else:
            raise BothDrawn(title=work.session.get_one(Exchange, extra.exchange_id).title)
    work.session.flush()  # the places that are given up go before the others move
    moved = update(Participant).where(Participant.person_id == from_id)
    work.session.execute(moved.values(person_id=into_id))
    organised = update(Exchange).where(Exchange.organiser_id == from_id)
    work.session.execute(organised.values(organiser_id=into_id))


def _is_drawn(work: Work, seat: Participant) -> bool:
    return bool(work.session.scalar(select(exists().where(Assignment.giver_id == seat.id))))


def _give_up(work: Work, extra: Participant, kept: Participant) -> None:
    """Let one place go; what was said of it, and its rules, hold for the other (SK-69)."""
    kept.confirmed_at = kept.confirmed_at or extra.confirmed_at
    kept.wishes = kept.wishes or extra.wishes
    touching = or_(PairRule.giver_id == extra.id, PairRule.receiver_id == extra.id)
    for rule in work.session.scalars(select(PairRule).where(touching)).all():
        ends = [kept.id if end == extra.id else end for end in (rule.giver_id, rule.receiver_id)]
        if ends[0] != ends[1]:
            same = insert_into(work.session, PairRule).values(
                exchange_id=rule.exchange_id, giver_id=ends[0], receiver_id=ends[1]
            )
            work.session.execute(same.on_conflict_do_nothing())
        work.session.expunge(rule)  # the database deletes it together with the place
    work.session.execute(delete(Participant).where(Participant.id == extra.id))
    work.session.expunge(extra)
