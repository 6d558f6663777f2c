"""Two entries of one person in a circle become one; it cannot be undone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select, update

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.arriving import INVITE
from kinkeeper.features.accounts.models import Guardian, HouseholdMember, Person, RoleGrant, WebSession
from kinkeeper.features.accounts.permissions import may_grant_role, may_keep_people, may_see_people
from kinkeeper.features.accounts.rules.merging import better_mailbox
from kinkeeper.features.accounts.service.book import tell_old_mailbox
from kinkeeper.features.accounts.service.caring import tell_guardians
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.features.accounts.service.granting import grant_role, refuse_child
from kinkeeper.features.accounts.service.people import (
    appoint_guardian,
    end_homes,
    has_account,
    refuse_with_account,
)
from kinkeeper.features.accounts.service.sessions import end_guest_sessions
from kinkeeper.kernel.errors import Conflict, NotFound
from kinkeeper.kernel.roles import Grant, Role
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, mail

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.steps import MergeStep


class SamePerson(Conflict):
    """Merging somebody with themselves would delete them."""

    code = "person.same"
    message = mark("Please choose two different people.")


class MergedFromBin(Conflict):
    """Whoever restores an account must find its person; closing it once more would help nobody."""

    code = "person.merged_from_bin"
    message = mark(
        "The account of %(name)s is closed, and can still be restored. Keep this entry and let the other go, "
        "or wait until the account is gone for good."
    )
    remedy = mark("Whoever looks after Kinkeeper can restore it, or have them forgotten at once.")


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
        _refuse_account(work, gone)
        for step in steps:
            step(work, from_id, into_id)
        refuse_stale_browser(work)
        audit.record(work, "person.merged", into_id)


def merge_in_circle(work: Work, from_id: UUID, into_id: UUID) -> None:
    """Step, the last of all: hand homes, wards, roles and the mailbox over, and drop the other entry."""
    both = _lock(work, from_id, into_id)
    work.look_again()
    _refuse_account(work, both[from_id])
    kept = both[into_id]
    _tell_unheard(work, from_id, into_id)
    homes = _hand_over_homes(work, from_id, into_id)
    cared_for = _hand_over_wards(work, from_id, into_id)
    _hand_over_roles(work, from_id, kept)
    mail.merge(work, from_id, into_id)
    mail.withdraw(work, from_id, into_id, purpose=INVITE)  # to a mailbox that may not be theirs any more
    kept.listed_at = kept.listed_at or both[from_id].listed_at
    kept.zone, kept.birthday = (kept.zone or both[from_id].zone, kept.birthday or both[from_id].birthday)
    work.session.execute(delete(WebSession).where(WebSession.person_id == from_id))
    _give_mailbox(work, both[from_id], kept)
    for ward in queries.people_left_for_change(work.session, cared_for).values():
        if ward.email is None:
            tell_guardians(work, ward)
    end_homes(work, homes)


def _give_mailbox(work: Work, gone: Person, kept: Person) -> None:
    """Drop the entry that goes, and let the other have the better address of the two.

    No link to the other mailbox lets anybody in as whom they are now, nor any browser that one has let in.
    """
    before = {gone.id: gone.email, kept.id: kept.email}
    mailbox = better_mailbox(gone, kept, kept_has_account=has_account(work, kept.id))
    work.session.execute(delete(Person).where(Person.id == gone.id))
    kept.email, kept.confirmed_at = mailbox  # only now: an address stands once in a circle
    mail.send_on(work, gone.id, before[gone.id], to=kept.email, heir_id=kept.id)
    if kept.email != before[kept.id]:
        end_guest_sessions(work, kept.id)
        mail.send_on(work, kept.id, before[kept.id], to=kept.email)


def _tell_unheard(work: Work, from_id: UUID, into_id: UUID) -> None:
    """Write to a mailbox that was proved and is given up: nobody is moved silently (T-7)."""
    for one in queries.unheard_once_merged(work.session, from_id, into_id):
        if one.email is not None:
            tell_old_mailbox(work, one, one.email, about=into_id)


def _lock(work: Work, from_id: UUID, into_id: UUID) -> dict[UUID, Person]:
    """Lock both, and along with them whom the one that goes is tied to: the other's ties refer to them."""
    return queries.people_for_change(
        work.session, {from_id, into_id, *queries.tied_to(work.session, from_id)}
    )


def _refuse_account(work: Work, gone: Person) -> None:
    account = queries.account_of(work.session, gone.id)
    if account is not None and account.deleted_at is not None:
        raise MergedFromBin(name=gone.name)
    refuse_with_account(work, gone)


def _hand_over_homes(work: Work, from_id: UUID, into_id: UUID) -> list[UUID]:
    """Answer where whoever goes has lived: who lived with the other alone leaves no household behind."""
    homes = list(queries.households_among(work.session, [from_id]))
    already = select(HouseholdMember.household_id).where(HouseholdMember.person_id == into_id)
    missing = update(HouseholdMember).where(
        HouseholdMember.person_id == from_id, HouseholdMember.household_id.not_in(already)
    )
    work.session.execute(missing.values(person_id=into_id))
    return homes


def _hand_over_wards(work: Work, from_id: UUID, into_id: UUID) -> set[UUID]:
    """Answer who is looked after by somebody who did not do so before."""
    both = (from_id, into_id)
    known = select(Guardian.ward_id, Guardian.guardian_id)
    ties = known.where(or_(Guardian.ward_id.in_(both), Guardian.guardian_id.in_(both)))
    there = {(row.ward_id, row.guardian_id) for row in work.session.execute(ties)}
    as_one = {tuple(into_id if end == from_id else end for end in tie) for tie in there}
    new = sorted((ward_id, guardian_id) for ward_id, guardian_id in as_one - there if ward_id != guardian_id)
    for ward_id, guardian_id in new:
        appoint_guardian(work, ward_id, guardian_id)
    return {ward_id for ward_id, _ in new}


def _hand_over_roles(work: Work, from_id: UUID, kept: Person) -> None:
    """Let the entry that stays have the other's roles, as far as whoever merges holds their rights, too.

    Else merging would be a way to come by rights that nobody granted; what is not handed over ends. That
    somebody is a child takes rights away, and goes along where whoever merges may say so of them. Raises
    MoreThanOwn where they may not (A-57).
    """
    for row in work.session.scalars(select(RoleGrant).where(RoleGrant.person_id == from_id)).all():
        offered = Grant(row.role, queries.rights_of_role(work.session, row.role), row.scope_id)
        is_child = row.role == Role.CHILD
        if is_child:
            refuse_child(work, kept)
        if is_child or work.actor.is_system or may_grant_role(work.actor, offered):
            grant_role(work, kept.id, row.role, row.scope, row.scope_id)
