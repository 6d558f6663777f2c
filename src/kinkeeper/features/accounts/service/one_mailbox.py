"""An account moves to an address that another entry of its circle has: one mailbox has one reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.arriving import INVITE
from kinkeeper.features.accounts.models import Guardian
from kinkeeper.features.accounts.service.caring import tell_guardians
from kinkeeper.features.accounts.service.people import appoint_guardian, has_account
from kinkeeper.features.accounts.service.sessions import end_guest_sessions
from kinkeeper.kernel import roles
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.platform import audit, mail

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from kinkeeper.features.accounts.models import Account, Person
    from kinkeeper.kernel.steps import HoldStep, MoveSteps
    from kinkeeper.kernel.work import Work


class AnotherEntry(Conflict):
    """Nobody has shown that it is the same person's."""

    code = "account.another_entry"
    message = mark("%(name)s stands in the address book with this address.")
    remedy = mark(
        "If they are the same person, make the two entries one first; where both have an account, "
        "one of them has to be erased before."
    )
    field = "email"


def refuse_another_entry(work: Work, person_id: UUID, email: str) -> None:
    """Step: raise AnotherEntry where somebody else of their circle has the address."""
    other = _other(work, person_id, email)
    if other is not None:
        raise AnotherEntry(name=other.name)


def hold(work: Work, person_id: UUID, email: str, steps: Iterable[HoldStep]) -> Person | None:
    """Step: lock what letters to them are about, and people last; answers the entry that has the address.

    Likewise what letters to that one are about, and who is tied to it: they may become one.
    """
    other = _other(work, person_id, email)
    concerned = {person_id} | ({other.id, *queries.tied_to(work.session, other.id)} if other else set())
    for step in steps:
        step(work, sorted(concerned))
    if other is None:
        return None
    locked = queries.people_left_for_change(work.session, [other.id]).get(other.id)
    if locked is None or locked.email != email:  # it was merged, moved or forgotten meanwhile
        raise Conflict
    if has_account(work, locked.id):
        raise AnotherEntry(name=locked.name)
    return locked


def give_up(work: Work, other: Person) -> None:
    """Step: let go of the address; who looked after whoever had one comes to read nothing by that."""
    work.session.execute(delete(Guardian).where(Guardian.ward_id == other.id))
    other.email = other.confirmed_at = None
    work.session.flush()  # an address stands once in a circle
    end_guest_sessions(work, other.id)
    mail.withdraw(work, other.id, purpose=INVITE)


def bring_together(work: Work, other: Person, account: Account, steps: MoveSteps) -> None:
    """Step: make the two entries one, which both have one reader now, where nothing hangs on the other.

    Else it stays, and whoever has the address looks after it: no place is lost, none gets another reader
    than it had, and whoever keeps the address book can still make them one.
    """
    person_id = account.person_id
    mail.send_on(work, other.id, account.email, to=account.email, heir_id=person_id)
    hangs_on_it = _hangs_on(work, other, person_id, steps)
    _hand_over_wards(work, other, account)
    if hangs_on_it:
        _look_after(work, {other.id}, account)
        return
    for step in steps.merge:
        step(work, other.id, person_id)
    audit.record(work, "person.merged", person_id)


def _other(work: Work, person_id: UUID, email: str) -> Person | None:
    circle = queries.circle_of(work.session, person_id)
    found = queries.entry_with(work.session, circle.id, email)
    return found if found is not None and found.id != person_id else None


def _hangs_on(work: Work, other: Person, person_id: UUID, steps: MoveSteps) -> bool:
    """Tell whether the other entry is counted on, or may something, or a match of either is at stake."""
    theirs = {other.id, *queries.wards_of(work.session, [other.id])}
    own = {person_id, *queries.wards_of(work.session, [person_id])}
    found = [one for ask in steps.expected for one in ask(work.session, sorted(theirs | own))]
    may = queries.grants_of_person(work.session, other.id) or roles.run_by(work.session, other.id)
    return bool(may) or any(one.is_sealed or one.person_id in theirs for one in found)


def _hand_over_wards(work: Work, other: Person, account: Account) -> None:
    """Let the account's person look after whom the other entry did: without an address it gets no letters."""
    ties = delete(Guardian).where(Guardian.guardian_id == other.id).returning(Guardian.ward_id)
    _look_after(work, set(work.session.scalars(ties)) - {account.person_id}, account)


def _look_after(work: Work, ward_ids: set[UUID], account: Account) -> None:
    name = queries.person(work.session, account.person_id).name
    for ward_id in sorted(ward_ids):
        appoint_guardian(work, ward_id, account.person_id)
        audit.record(work, "person.guardians_appointed", ward_id, people=1)
    for ward in queries.people_for_change(work.session, ward_ids).values():
        if ward.email is None:
            tell_guardians(work, ward, by=name)
