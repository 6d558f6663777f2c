"""Who looks after whom: people without an address, whose letters go to their guardians."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from sqlalchemy import delete

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails.people import CareShared
from kinkeeper.features.accounts.models import Guardian, Person
from kinkeeper.features.accounts.permissions import may_keep_people, may_see_people
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.features.accounts.service.granting import grant_role, refuse_child, withdraw_role
from kinkeeper.features.accounts.service.people import appoint_guardian
from kinkeeper.kernel.db import new_id
from kinkeeper.kernel.errors import Conflict, NotFound
from kinkeeper.kernel.roles import Role, Scope
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit, mail

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.steps import ExpectedQuery, ReadersStep

MOST_GUARDIANS = 8


class HasOwnAddress(Conflict):
    """Their letters go to themselves."""

    code = "person.has_own_address"
    message = mark("%(name)s has an address, and reads their own letters.")


class CannotGuard(Conflict):
    """Letters for somebody else have to reach them."""

    code = "person.cannot_guard"
    message = mark("%(name)s cannot look after anybody here: no letter would reach them.")
    field = "guardian"


class TooManyGuardians(Conflict):
    """Two parents, grandparents, and some."""

    code = "person.too_many_guardians"
    message = mark("At most %(most)s people can look after one.")
    field = "guardian"


class LastGuardian(Conflict):
    """Nobody would get their letters."""

    code = "person.last_guardian"
    message = mark("Nobody else looks after %(name)s, who takes part in %(title)s.")
    remedy = mark("Say first who else does.")


def appoint_guardians(
    actor: Actor, ward_id: UUID, guardian_ids: Collection[UUID], *, steps: Iterable[ReadersStep]
) -> None:
    """Let people look after somebody without an address; all who do are told by letter.

    Refused while a secret of theirs is at stake: whoever looks after somebody reads whom they give to (SK-6).
    """
    with transaction(actor) as work:
        known = queries.person(work.session, ward_id)
        work.authorize(may_keep_people, known, visible=may_see_people)
        for step in steps:
            step(work, [ward_id])
        ward = _lock(work, known, guardian_ids)
        work.look_again()
        refuse_stale_browser(work)
        there = queries.guardians_of(work.session, [ward_id])
        new = set(guardian_ids) - there
        if len(there | new) > MOST_GUARDIANS:
            raise TooManyGuardians(most=MOST_GUARDIANS)
        for guardian_id in sorted(new):
            appoint_guardian(work, ward_id, guardian_id)
        if new:
            tell_guardians(work, ward)
        audit.record(work, "person.guardians_appointed", ward_id, people=len(new))


def remove_guardian(
    actor: Actor, ward_id: UUID, guardian_id: UUID, *, expected: Iterable[ExpectedQuery]
) -> None:
    """Let somebody look after a person no longer: not the last one of whom somebody counts on."""
    with transaction(actor) as work:
        people = queries.people_left_for_change(work.session, [ward_id, guardian_id])
        ward = people.get(ward_id)
        if ward is None:
            raise NotFound
        work.authorize(may_keep_people, ward, visible=may_see_people)
        if guardian_id not in queries.guardians_of(work.session, [ward_id]):
            raise NotFound
        refuse_stale_browser(work)
        others = [
            box for box in queries.mailboxes(work.session, [ward_id])[ward_id] if box.person_id != guardian_id
        ]
        if not others:
            _refuse_expected(work, ward, expected)
        tie = Guardian.ward_id == ward_id, Guardian.guardian_id == guardian_id
        work.session.execute(delete(Guardian).where(*tie))
        audit.record(work, "person.guardian_removed", ward_id, person=str(guardian_id))


def say_child(actor: Actor, person_id: UUID, *, is_child: bool) -> None:
    """Say that somebody is a child in their circle: with an account they take part, and begin nothing.

    Raises MoreThanOwn of oneself, and of whoever may do more than the actor.
    """
    with transaction(actor) as work:
        person = queries.people_left_for_change(work.session, [person_id]).get(person_id)
        if person is None:
            raise NotFound
        work.authorize(may_keep_people, person, visible=may_see_people)
        refuse_child(work, person)
        if is_child:
            grant_role(work, person_id, Role.CHILD, Scope.CIRCLE, person.circle_id)
        else:
            withdraw_role(work, person_id, Role.CHILD, person.circle_id)
        audit.record(work, "person.child_said", person_id, is_child=is_child)


def _lock(work: Work, ward: Person, guardian_ids: Collection[UUID]) -> Person:
    """Lock the ward and their guardians to be; a stranger to the circle is nobody."""
    people = queries.people_for_change(work.session, {ward.id, *guardian_ids})
    if any(one.circle_id != ward.circle_id for one in people.values()):
        raise NotFound
    if people[ward.id].email is not None:
        raise HasOwnAddress(name=people[ward.id].name)
    for one in guardian_ids:
        if one == ward.id or people[one].email is None:
            raise CannotGuard(name=people[one].name)
    return people[ward.id]


def _refuse_expected(work: Work, ward: Person, expected: Iterable[ExpectedQuery]) -> None:
    if ward.email is not None:
        return
    for ask in expected:
        for found in ask(work.session, [ward.id]):
            raise LastGuardian(name=ward.name, title=found.title)


def tell_guardians(work: Work, ward: Person, *, by: str = "") -> None:
    """Step: tell everybody who looks after somebody who else does: nobody comes to it behind their backs.

    `by` is who has said so, where that is not the actor.
    """
    boxes = queries.mailboxes(work.session, [ward.id])[ward.id]
    names = tuple(sorted((box.name for box in boxes), key=str.casefold))
    for box in boxes:
        if work.actor.person_id != box.person_id:
            letter = CareShared(
                to=box.email,
                language=box.language,
                name=box.name,
                ward=ward.name,
                names=names,
                by=by or work.actor.name,
            )
            mail.post(work, letter, about=new_id(), person_id=ward.id)
