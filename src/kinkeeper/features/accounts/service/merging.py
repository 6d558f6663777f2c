"""Two entries of one person in a circle become one; it cannot be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.arriving import INVITE
from kinkeeper.features.accounts.models import Guardian, HouseholdMember, Person, RoleGrant, WebSession
from kinkeeper.features.accounts.permissions import may_grant_role, may_keep_people, may_see_people
from kinkeeper.features.accounts.rules.merging import better_mailbox
from kinkeeper.features.accounts.service.granting import grant_role
from kinkeeper.features.accounts.service.people import appoint_guardian, has_account, refuse_with_account
from kinkeeper.kernel.errors import Conflict, NotFound
from kinkeeper.kernel.roles import Grant
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, links, mail

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor

MergeStep = Callable[[Work, "UUID", "UUID"], None]


class SamePerson(Conflict):
    """Merging somebody with themselves would delete them."""

    code = "person.same"
    message = mark("Please choose two different people.")


def merge_people(actor: Actor, from_id: UUID, into_id: UUID, *, steps: Iterable[MergeStep]) -> None:
    """Make two entries of one person in a circle into one; every feature hands its part over.

    Each step locks what it changes, and people last: those who join hold an exchange when they ask for
    their person.
    """
    with transaction(actor) as work:
        gone, kept = (queries.person(work.session, one) for one in (from_id, into_id))
        work.authorize(may_keep_people, gone, visible=may_see_people)
        if from_id == into_id:
            raise SamePerson
        if gone.circle_id != kept.circle_id:
            raise NotFound
        refuse_with_account(work, gone)
        for step in steps:
            step(work, from_id, into_id)
        audit.record(work, "person.merged", into_id)


def merge_in_circle(work: Work, from_id: UUID, into_id: UUID) -> None:
    """Step, the last of all: hand homes, wards, roles and the mailbox over, and drop the other entry."""
    both = queries.people_for_change(work.session, [from_id, into_id])
    work.look_again()
    refuse_with_account(work, both[from_id])
    kept = both[into_id]
    _hand_over_homes(work, from_id, into_id)
    _hand_over_wards(work, from_id, into_id)
    _hand_over_roles(work, from_id, into_id)
    mail.merge(work, from_id, into_id)
    links.merge(work, from_id, into_id)
    mail.withdraw(work, from_id, into_id, purpose=INVITE)  # to a mailbox that may not be theirs any more
    keeps_log_in = has_account(work, into_id)
    mailbox = better_mailbox(both[from_id], kept, kept_has_account=keeps_log_in)
    kept.listed_at = kept.listed_at or both[from_id].listed_at
    kept.zone, kept.birthday = (kept.zone or both[from_id].zone, kept.birthday or both[from_id].birthday)
    work.session.execute(delete(WebSession).where(WebSession.person_id == from_id))
    work.session.execute(delete(Person).where(Person.id == from_id))
    kept.email, kept.confirmed_at = mailbox  # only now: an address stands once in a circle


def _hand_over_homes(work: Work, from_id: UUID, into_id: UUID) -> None:
    already = select(HouseholdMember.household_id).where(HouseholdMember.person_id == into_id)
    missing = update(HouseholdMember).where(
        HouseholdMember.person_id == from_id, HouseholdMember.household_id.not_in(already)
    )
    work.session.execute(missing.values(person_id=into_id))


def _hand_over_wards(work: Work, from_id: UUID, into_id: UUID) -> None:
    for row in work.session.scalars(select(Guardian).where(Guardian.guardian_id == from_id)).all():
        if row.ward_id != into_id:
            appoint_guardian(work, row.ward_id, into_id)
    for row in work.session.scalars(select(Guardian).where(Guardian.ward_id == from_id)).all():
        if row.guardian_id != into_id:
            appoint_guardian(work, into_id, row.guardian_id)


def _hand_over_roles(work: Work, from_id: UUID, into_id: UUID) -> None:
    """Let the entry that stays have the other's roles, as far as whoever merges holds their rights, too.

    Else merging would be a way to come by rights that nobody granted; what is not handed over ends.
    """
    for row in work.session.scalars(select(RoleGrant).where(RoleGrant.person_id == from_id)).all():
        offered = Grant(row.role, queries.rights_of_role(work.session, row.role), row.scope_id)
        if work.actor.is_system or may_grant_role(work.actor, offered):
            grant_role(work, into_id, row.role, row.scope, row.scope_id)
