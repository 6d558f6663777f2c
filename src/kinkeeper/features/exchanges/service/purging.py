"""The end of keeping: nothing personal of an exchange stays (SK-98)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.service.granting import withdraw_all
from kinkeeper.features.accounts.service.people import forget_homes, let_go
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import (
    Draw,
    Exchange,
    ExchangeOrganiser,
    HouseholdRule,
    PairRule,
    Participant,
    Reveal,
)
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.rules.keeping import is_to_be_purged
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, jobs, links, mail

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


def purge_in_time(actor: Actor, exchange_id: UUID) -> None:
    """Forget all that is personal of an exchange whose time of keeping is over.

    Its number stays, so that the audit trail and past years have something to refer to.
    """
    with transaction(actor) as work:
        exchange = queries.exchange_left_for_change(work.session, exchange_id)
        if exchange is None or not is_to_be_purged(exchange, work.now):
            return
        everybody = queries.all_seats(work.session, exchange.id)
        seats = [*everybody, *queries.seats_left(work.session, exchange.id)]
        involved = _hold(work, {seat.person_id for seat in seats if seat.person_id is not None})
        _forget_letters(work, exchange, [seat.id for seat in seats])
        _forget_rows(work, exchange)
        ruled_in_other_years = queries.households_ruled(work.session, exchange.series_id)
        forget_homes(work, exchange.series_id, besides=ruled_in_other_years)
        withdraw_all(work, exchange.id)
        exchange.seed_sealed = None
        exchange.title = exchange.description = exchange.budget = ""
        exchange.state, exchange.ended_at = ExchangeState.PURGED, exchange.ended_at or work.now
        _let_people_go(work, involved)
        audit.record(work, "exchange.purged", exchange.id, people=len(seats))


def _forget_letters(work: Work, exchange: Exchange, seat_ids: Collection[UUID]) -> None:
    mail.forget_about(work, [exchange.id, *seat_ids])
    links.forget_about(work, seat_ids)
    jobs.forget(work, {str(exchange.id)})


def _forget_rows(work: Work, exchange: Exchange) -> None:
    for table in (Reveal, Draw, PairRule, HouseholdRule, Participant, ExchangeOrganiser):
        gone = delete(table).where(table.exchange_id == exchange.id)
        work.session.execute(gone.execution_options(synchronize_session=False))


def _hold(work: Work, person_ids: set[UUID]) -> set[UUID]:
    """Lock people and those who look after them, so that nobody joins elsewhere meanwhile.

    Before their letters, as whoever erases somebody does. Guardians may be gone by then: they need have no
    place in an exchange that is locked.
    """
    involved = person_ids | people.guardians_of(work.session, person_ids)
    return set(people.people_left_for_change(work.session, involved))


def _let_people_go(work: Work, involved: set[UUID]) -> None:
    """Let those go whom nothing else holds."""
    held = queries.people_with_seats(work.session, involved)
    let_go(work, involved - held - queries.organisers_among(work.session, involved))
