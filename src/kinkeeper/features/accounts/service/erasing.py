"""Forgetting people, at once and for good, whether they ask for it or somebody else does (C-12)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.arriving import AccountInvited
from kinkeeper.features.accounts.models import Account, Person
from kinkeeper.features.accounts.permissions import (
    may_erase_oneself,
    may_keep_accounts,
    may_keep_own_account,
    may_keep_people,
    may_see_people,
)
from kinkeeper.features.accounts.service.closing import refuse_last_administrator
from kinkeeper.features.accounts.service.freshness import refuse_stale, refuse_stale_browser
from kinkeeper.features.accounts.service.people import (
    HasAccount,
    end_homes,
    forget_traces,
    refuse_with_account,
)
from kinkeeper.kernel.db import batched
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, mail, tallies
from kinkeeper.platform.mail import OutboxLetter

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.steps import EraseStep


SOMEBODY = mark("Somebody who left")
INVITING = ("account.invited", "account.created", "account.changed", "account.invited_again")
"""What writes `AccountInvited`: to an entry of the address book, or for an account."""


class AccountInBin(Conflict):
    """Whoever may not restore an account must not be able to take it out of the bin for good."""

    code = "person.account_in_bin"
    message = mark("The account of %(name)s is closed, and can still be restored.")
    remedy = mark(
        "Whoever looks after Kinkeeper can have them forgotten at once; or wait until that is over."
    )


def erase_person(actor: Actor, person_id: UUID, *, steps: Iterable[EraseStep]) -> None:
    """Forget a person; every other feature erases its part first, and locks as `merging.merge_people` does.

    An account in the bin goes along, where the actor could have restored it.
    """
    with transaction(actor) as work:
        account = queries.account_of_for_change(work.session, person_id)
        person = queries.person(work.session, person_id)
        work.authorize(may_keep_people, person, visible=may_see_people)
        _refuse_open(account, person)
        if account is not None and not work.actor.is_system and not may_keep_accounts(work.actor, None):
            raise AccountInBin(name=person.name)
        _forget(work, person_id, account, steps)
        refuse_stale_browser(work)
        audit.record(work, "person.erased", person_id)


def erase_oneself(actor: Actor, person_id: UUID, *, steps: Iterable[EraseStep]) -> None:
    """Have oneself forgotten, or whom one looks after, as `erase_person`; a closed account goes along.

    The audit trail loses the name with the last step.
    """
    with transaction(actor) as work:
        account = queries.account_of_for_change(work.session, person_id)
        person = queries.person(work.session, person_id)
        care = queries.care_of(work.session, person_id)
        work.authorize(may_erase_oneself, care, visible=may_erase_oneself)
        _refuse_open(account, person)
        refuse_stale_browser(work)
        audit.record(work, "person.erased", person_id)
        _forget(work, person_id, account, steps)


def erase_own_account(actor: Actor, *, steps: Iterable[EraseStep]) -> None:
    """Close one's own account and have oneself forgotten at once: nothing of it waits in the bin.

    Raises ProveAgain where that was long ago, and LastAdministrator as closing the account does.
    """
    with transaction(actor) as work:
        account = queries.own_account_for_change(work.session, actor)
        work.authorize(may_keep_own_account, account.id)
        refuse_stale(work)
        refuse_last_administrator(work, account)
        audit.record(work, "person.erased", account.person_id)
        _forget(work, account.person_id, account, steps)


def erase_from_circle(work: Work, person_id: UUID) -> None:
    """Step: take somebody without an account out of the address book; sessions and homes of one go along.

    Features come first: exchanges are locked before people, so only now nobody can make an account for them.
    """
    person = queries.people_for_change(work.session, [person_id])[person_id]
    work.look_again()
    refuse_with_account(work, person)
    homes = list(queries.households_among(work.session, [person_id]))
    gone = delete(Person).where(Person.id == person_id).returning(Person.id, Person.email)
    forget_traces(work, {row.id: row.email for row in work.session.execute(gone)})
    end_homes(work, homes)


def _refuse_open(account: Account | None, person: Person) -> None:
    if account is not None and account.deleted_at is None:
        raise HasAccount(name=person.name)


def _forget(work: Work, person_id: UUID, account: Account | None, steps: Iterable[EraseStep]) -> None:
    """Forget somebody, and their account, locked by now.

    It goes once features have locked what they need: whoever asks for its username meanwhile would wait for
    the end, and may hold that. Its letters go only once their person is locked.
    """
    queries.administrators_for_change(work.session)  # first, as by who closes an account: see `put_into_bin`
    for step in steps:
        step(work, person_id)
    _forget_host(work, person_id)
    if account is not None:
        work.session.delete(account)
        work.session.flush()
    erase_from_circle(work, person_id)
    if account is not None:
        mail.withdraw(work, account.id)
        mail.forget_about(work, [account.id])
        forget_traces(work, {account.id: account.email})
        if account.deleted_at is None:
            tallies.count(work, queries.ACCOUNTS, -1)


def _forget_host(work: Work, person_id: UUID) -> None:
    """Letters to whom they have asked in, that wait or are kept, name them by name alone."""
    known = queries.known_as(work.session, person_id, INVITING)
    for some in batched(known.subject_ids):
        theirs = select(Account.person_id).where(Account.id.in_(some))
        asked = or_(OutboxLetter.person_id.in_(some), OutboxLetter.person_id.in_(theirs))
        mail.forget_host(work, known.names, SOMEBODY, OutboxLetter.kind == AccountInvited.kind, asked)
