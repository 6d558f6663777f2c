"""Who runs an exchange, and what each of them hears of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.models import Exchange, ExchangeOrganiser
from kinkeeper.features.exchanges.service.helping import withdraw_help
from kinkeeper.features.exchanges.service.noticing import tell_heirs
from kinkeeper.features.exchanges.service.organising import organised_to_change
from kinkeeper.kernel.db import insert_into
from kinkeeper.kernel.errors import Conflict, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


class LastOrganiser(Conflict):
    """An exchange must not be left without one."""

    code = "exchange.last_organiser"
    message = mark("Somebody has to run %(title)s.")
    remedy = mark("Add another organiser first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What an organiser wants to hear of (SK-92)."""

    hears_of_joining: bool
    hears_of_leaving: bool
    hears_of_drawing: bool


def add_organiser(actor: Actor, exchange_id: UUID, person_id: UUID) -> None:
    """Let somebody else of the circle with an account run it, too; saying it twice changes nothing."""
    with transaction(actor) as work:
        people.account_of_for_change(work.session, person_id)  # it may be closed meanwhile
        exchange = organised_to_change(work, exchange_id)
        refuse_stale_browser(work)
        if person_id not in people.members_with_account(work.session, exchange.circle_id):
            raise NotFound
        row = insert_into(work.session, ExchangeOrganiser).values(
            exchange_id=exchange.id, person_id=person_id, since_at=work.now
        )
        work.session.execute(row.on_conflict_do_nothing())
        withdraw_help(work, exchange.id, person_id)  # they may do all of it now, and nothing once they stop
        audit.record(work, "exchange.organiser_added", exchange.id, person=str(person_id))


def remove_organiser(actor: Actor, exchange_id: UUID, person_id: UUID) -> None:
    """Let somebody run it no longer, oneself perhaps; the last one stays."""
    with transaction(actor) as work:
        exchange = organised_to_change(work, exchange_id)
        refuse_stale_browser(work)
        row = _row(exchange, person_id)
        if len(exchange.organisers) == 1:
            raise LastOrganiser(title=exchange.title)
        work.session.delete(row)
        audit.record(work, "exchange.organiser_removed", exchange.id, person=str(person_id))


def hand_on(work: Work, person_id: UUID) -> None:
    """Step: whose account is closed runs nothing any more, also once it is restored; nor who is erased.

    What nobody else runs who can sign in goes to whoever may organise it anyway, by a role for the circle or
    else for the house, so that nobody gets a right by it; they are told. Where there is nobody like that
    either, it is left to others whose account is deactivated only, or else stays theirs.
    """
    handed: dict[UUID, list[UUID]] = {}
    for exchange_id in queries.run_by(work.session, person_id):
        exchange = queries.exchange_left_for_change(work.session, exchange_id)
        if exchange is None:  # purged meanwhile, and its organisers forgotten
            continue
        others = {one.person_id for one in exchange.organisers} - {person_id}
        if not people.who_can_sign_in(work.session, others):
            heir_id = _take_over(work, exchange, person_id)
            if heir_id is not None:
                handed.setdefault(heir_id, []).append(exchange.id)
            elif not people.with_open_account(work.session, others):
                continue
        work.session.delete(_row(exchange, person_id))
        audit.record(work, "exchange.organiser_removed", exchange.id, person=str(person_id))
    tell_heirs(work, handed)


def choose_notices(actor: Actor, exchange_id: UUID, notices: Notices) -> None:
    """Say what one wants to hear of."""
    with transaction(actor) as work:
        exchange = organised_to_change(work, exchange_id)
        row = _row(exchange, actor.person_id)
        for name, wanted in asdict(notices).items():
            setattr(row, name, wanted)


def _take_over(work: Work, exchange: Exchange, person_id: UUID) -> UUID | None:
    """Let whoever may organise it anyway run it instead of somebody; answers who that is."""
    heir_id = people.first_who_may(work.session, "exchanges.organise", exchange.circle_id, besides=person_id)
    if heir_id is None:
        return None
    row = insert_into(work.session, ExchangeOrganiser).values(
        exchange_id=exchange.id, person_id=heir_id, since_at=work.now
    )
    work.session.execute(row.on_conflict_do_nothing())
    withdraw_help(work, exchange.id, heir_id)
    audit.record(work, "exchange.organiser_added", exchange.id, person=str(heir_id))
    return heir_id


def _row(exchange: Exchange, person_id: UUID | None) -> ExchangeOrganiser:
    for one in exchange.organisers:
        if one.person_id == person_id:
            return one
    raise NotFound
