"""Reads of who is to be reminded, and who wants to hear that wishes have changed: never of pairs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from kinkeeper.features.exchanges.models import Assignment, Draw, Exchange, Participant, Reminder
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.rules.reminding import FURTHEST_REMINDER, days_to_remind_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnExpressionArgument, Select
    from sqlalchemy.orm import Session

_A_DAY = timedelta(days=1)
"""In some zone it is yesterday, and in another tomorrow already."""


def to_be_reminded(session: Session, now: datetime) -> list[UUID]:
    """Which drawn exchanges have somebody to remind now, each by the clock of its zone (SK-97)."""
    today = now.date()
    near = Exchange.gifts_on.between(today - _A_DAY, today + _A_DAY + timedelta(days=FURTHEST_REMINDER))
    found = select(Exchange).where(Exchange.state == ExchangeState.DRAWN, near).order_by(Exchange.id)
    due = [(one.id, days_to_remind_of(one, now)) for one in session.scalars(found)]
    return [
        exchange_id
        for exchange_id, days in due
        if days is not None and session.scalar(_to_remind(exchange_id, days).limit(1)) is not None
    ]


def seats_to_remind(session: Session, exchange_id: UUID, days: int) -> list[Participant]:
    """Who gives to somebody, wants to be reminded, was not yet, and has no gift ready (G18)."""
    return list(session.scalars(_to_remind(exchange_id, days)))


def seats_who_hear_of_wishes(session: Session, exchange_id: UUID) -> list[Participant]:
    """Who gives to somebody, wants to hear of changed wishes, and has no gift ready."""
    return list(session.scalars(_givers(exchange_id, Participant.hears_of_wishes)))


def _to_remind(exchange_id: UUID, days: int) -> Select[Participant]:
    sent = exists().where(Reminder.participant_id == Participant.id, Reminder.days == days)
    return _givers(exchange_id, Participant.wants_reminders, ~sent)


def _givers(exchange_id: UUID, *wanted: ColumnExpressionArgument[bool]) -> Select[Participant]:
    """Those who look for a gift still, in the order of joining: it tells nothing."""
    newest = select(func.max(Draw.version)).where(Draw.exchange_id == exchange_id).scalar_subquery()
    return (
        select(Participant)
        .join(Assignment, Assignment.giver_id == Participant.id)
        .join(Draw, Draw.id == Assignment.draw_id)
        .where(
            Draw.exchange_id == exchange_id,
            Draw.version == newest,
            Assignment.ready_at.is_(None),
            Participant.person_id.is_not(None),
            *wanted,
        )
        .order_by(Participant.joined_at, Participant.id)
    )
