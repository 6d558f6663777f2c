"""Work around gift exchanges that comes round, or was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.errands import WayInRequest
from kinkeeper.features.exchanges.service import (
    ending,
    joining,
    organising,
    purging,
    reminding,
    removing,
)
from kinkeeper.kernel import clock, db
from kinkeeper.kernel.work import end_reading, read_session
from kinkeeper.platform.jobs import every, handles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


log = structlog.get_logger(__name__)


def _each(actor: Actor, exchange_ids: Iterable[UUID], verb: Callable[[Actor, UUID], None]) -> None:
    """Do it for each exchange, whatever becomes of the others; trouble is raised last, and tried again."""
    troubles = []
    for exchange_id in exchange_ids:
        try:
            verb(actor, exchange_id)
        except Exception as trouble:
            log.exception("left out by a sweep", exchange=str(exchange_id))
            troubles.append(trouble)
    if troubles:
        raise troubles[0]


def _close(actor: Actor) -> None:
    _each(actor, queries.to_be_closed(read_session(), clock.now()), organising.close_in_time)


def _complete(actor: Actor) -> None:
    _each(actor, queries.to_be_completed(read_session(), clock.now()), ending.complete_in_time)


def _purge(actor: Actor) -> None:
    try:
        _each(actor, queries.to_be_purged(read_session(), clock.now()), purging.purge_in_time)
    finally:
        end_reading()  # a reader holds the log
        db.empty_log()


def _remind(actor: Actor) -> None:
    _each(actor, queries.to_be_reminded(read_session(), clock.now()), reminding.remind_in_time)


def _tell_of_wishes(actor: Actor) -> None:
    _each(actor, queries.to_be_told_of_wishes(read_session(), clock.now()), reminding.tell_of_wishes)


close_in_time = every("exchanges.close_in_time", minutes=15, run=_close)
complete_in_time = every("exchanges.complete_in_time", minutes=60, run=_complete)
remind_in_time = every("exchanges.remind_in_time", minutes=15, run=_remind)
tell_of_wishes = every("exchanges.tell_of_wishes", minutes=15, run=_tell_of_wishes)
purge_in_time = every("exchanges.purge_in_time", minutes=24 * 60, run=_purge)


def forget_all_unanswered(actor: Actor) -> None:
    """Look through the exchanges that are over, one unit of work each: nobody waits for all of them."""
    before = removing.over_before(clock.now())
    _each(actor, queries.exchanges_with_unanswered(read_session(), before=before), removing.forget_unanswered)


forget_unanswered = every("exchanges.forget_unanswered", minutes=24 * 60, run=forget_all_unanswered)
send_way_in = handles(WayInRequest, run=joining.send_way_in, tries=8)
