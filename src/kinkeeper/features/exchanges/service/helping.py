"""Who helps with one exchange, or looks on, without running it: roles for this occasion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.features.accounts.service.granting import grant_role, withdraw_role
from kinkeeper.features.exchanges.service.organising import organised_to_change
from kinkeeper.kernel.errors import Conflict, Invalid, NotFound
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor

HELPING = (Role.COORDINATOR, Role.OBSERVER)
"""What somebody can be for one exchange; who runs it is on the list of its organisers."""


class NoHelper(Invalid):
    """The other roles are for a circle or the house."""

    code = "exchange.no_helper"
    message = mark("For one exchange, somebody can be a coordinator or an observer.")
    field = "role"


class RunsItAlready(Conflict):
    """An organiser may do all that a helper may."""

    code = "exchange.runs_it_already"
    message = mark("They run it already, and may do all of this.")
    field = "person"


def add_helper(actor: Actor, exchange_id: UUID, person_id: UUID, role: str) -> None:
    """Let somebody of the circle with an account help with one exchange, or look on; one role each."""
    with transaction(actor) as work:
        people.account_of_for_change(work.session, person_id)  # it may be closed meanwhile
        exchange = organised_to_change(work, exchange_id)
        refuse_stale_browser(work)
        if role not in HELPING:
            raise NoHelper
        if person_id not in people.members_with_account(work.session, exchange.circle_id):
            raise NotFound
        if person_id in {one.person_id for one in exchange.organisers}:
            raise RunsItAlready
        withdraw_help(work, exchange_id, person_id)
        grant_role(work, person_id, role, Scope.OCCASION, exchange.id)
        audit.record(work, "exchange.helper_added", exchange.id, person=str(person_id), role=role)


def remove_helper(actor: Actor, exchange_id: UUID, person_id: UUID) -> None:
    """Let somebody help with it or look on no longer, from now on."""
    with transaction(actor) as work:
        exchange = organised_to_change(work, exchange_id)
        refuse_stale_browser(work)
        if not withdraw_help(work, exchange.id, person_id):
            raise NotFound
        audit.record(work, "exchange.helper_removed", exchange.id, person=str(person_id))


def withdraw_help(work: Work, exchange_id: UUID, person_id: UUID) -> bool:
    """Step: take back what somebody is for one exchange; tells whether they were anything."""
    gone = [withdraw_role(work, person_id, role, exchange_id) for role in HELPING]
    return any(gone)
