"""Roles: giving them to people, and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import RoleGrant
from kinkeeper.features.accounts.permissions import (
    may_grant_role,
    may_say_child,
    may_see_accounts,
    may_see_grants,
)
from kinkeeper.features.accounts.service.bin import refuse_in_the_bin
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.kernel import roles
from kinkeeper.kernel.db import insert_into, new_id
from kinkeeper.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from kinkeeper.kernel.roles import HOUSE, Grant, Role, Scope
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from kinkeeper.features.accounts.models import Account, Person
    from kinkeeper.kernel.actor import Actor


class MoreThanOwn(Forbidden):
    """A-57: nobody lets anybody do what they may not do themselves."""

    code = "role.more_than_own"
    message = mark(
        "This role lets people do more than you may do there yourself, so it is not yours to give or take."
    )


class UnknownRole(Invalid):
    """There is no role of this name."""

    code = "role.unknown"
    message = mark("There is no role of this name.")
    field = "role"


class WrongPlace(Invalid):
    """Administrators are for the house, children of their own circle, and an exchange's roles are its own."""

    code = "role.wrong_place"
    message = mark("This role cannot be given there.")
    field = "role"


class NeedsAccount(Conflict):
    """A role that waited for its person to come would surprise everybody when they do."""

    code = "role.needs_account"
    message = mark("%(name)s has no account yet, and could not use this role.")
    remedy = mark("Invite them first.")
    field = "person"


class LastAdministrator(Conflict):
    """A house that nobody can administer cannot be mended from inside."""

    code = "account.last_administrator"
    message = mark("Somebody has to look after Kinkeeper, and there is no other administrator.")
    remedy = mark("Make somebody else an administrator first.")


def grant_role(
    work: Work, person_id: UUID, role: str, scope: Scope = Scope.HOUSE, scope_id: UUID = HOUSE
) -> bool:
    """Step: let somebody have a role; tells whether they had it not. Saying it twice changes nothing."""
    row = insert_into(work.session, RoleGrant).values(
        id=new_id(), person_id=person_id, role=role, scope=scope, scope_id=scope_id, since_at=work.now
    )
    made = row.on_conflict_do_nothing().returning(RoleGrant.id)
    return work.session.execute(made).first() is not None


def withdraw_role(work: Work, person_id: UUID, role: str, scope_id: UUID = HOUSE) -> bool:
    """Step: take a role back, at once; tells whether they had it."""
    own = RoleGrant.person_id == person_id, RoleGrant.role == role, RoleGrant.scope_id == scope_id
    gone = work.session.execute(delete(RoleGrant).where(*own).returning(RoleGrant.id))
    return gone.first() is not None


def withdraw_all(work: Work, scope_id: UUID) -> None:
    """Step: take back every role for a circle or an occasion that is no more."""
    work.session.execute(delete(RoleGrant).where(RoleGrant.scope_id == scope_id))


def refuse_child(work: Work, person: Person) -> None:
    """Step: raise MoreThanOwn unless it is the actor's to say whether somebody is a child."""
    if not work.actor.is_system and not may_say_child(work.actor, queries.weighed(work.session, person)):
        raise MoreThanOwn


def grant_role_to(
    actor: Actor, person_id: UUID, role: str, *, scope: Scope = Scope.HOUSE, scope_id: UUID = HOUSE
) -> None:
    """Let somebody have a role for the house or a circle, from their next request on.

    Raises MoreThanOwn where the actor may not do all that it lets people do.
    """
    with transaction(actor) as work:
        # First: who may give nothing there is told neither of roles nor of people.
        work.authorize(may_see_grants, scope_id, visible=None if scope_id == HOUSE else may_see_grants)
        offered = _offered(work, role, scope_id)
        account = queries.account_of_for_change(work.session, person_id)  # it may be closed meanwhile
        person = queries.people_for_change(work.session, [person_id])[person_id]
        refuse_stale_browser(work)
        _refuse_stranger(work, person, scope, scope_id)
        _refuse_more(work, offered)
        _refuse_place(work, person, role, scope, scope_id)
        if role == Role.CHILD:
            refuse_child(work, person)
        else:
            _refuse_without_account(person, account)
        if grant_role(work, person_id, role, scope, scope_id):
            audit.record(work, "role.granted", person_id, role=role, scope=scope, scope_id=str(scope_id))


def withdraw_grant(actor: Actor, grant_id: UUID) -> None:
    """Take a role back, at once: what it let its person do ends with their present request."""
    with transaction(actor) as work:
        grant = queries.grant(work.session, grant_id)
        offered = _offered(work, grant.role, grant.scope_id)
        others = _administrators_besides(work, grant)
        work.authorize(may_see_grants, grant.scope_id, visible=may_see_grants)
        refuse_stale_browser(work)
        _refuse_more(work, offered)
        if grant.role == Role.CHILD:
            refuse_child(work, queries.person(work.session, grant.person_id))
        if others == []:
            raise LastAdministrator
        if not withdraw_role(work, grant.person_id, grant.role, grant.scope_id):
            raise NotFound
        details = {"role": grant.role, "scope": grant.scope, "scope_id": str(grant.scope_id)}
        audit.record(work, "role.withdrawn", grant.person_id, **details)


def _offered(work: Work, role: str, scope_id: UUID) -> Grant:
    """Answer what is given; a role of the house's own is locked, so that it says the same until it is."""
    if roles.is_built_in(role):
        return Grant(role, roles.rights_of(Role(role)), scope_id)
    try:
        custom = queries.custom_role_for_change(work.session, role)
    except NotFound as unknown:
        raise UnknownRole from unknown
    return Grant(role, queries.rights_in(role, custom.rights), scope_id)


def _refuse_more(work: Work, offered: Grant) -> None:
    if not work.actor.is_system and not may_grant_role(work.actor, offered):
        raise MoreThanOwn


def _refuse_stranger(work: Work, person: Person, scope: Scope, scope_id: UUID) -> None:
    """Whoever keeps one circle learns nothing of the people of another (T-39)."""
    is_theirs = scope is Scope.HOUSE or person.circle_id == scope_id
    if not is_theirs and not work.actor.is_system and not may_see_accounts(work.actor, None):
        raise NotFound


def _refuse_place(work: Work, person: Person, role: str, scope: Scope, scope_id: UUID) -> None:
    is_elsewhere = scope is Scope.OCCASION or (scope is Scope.HOUSE) != (scope_id == HOUSE)
    is_misplaced = (role == Role.ADMINISTRATOR and scope is not Scope.HOUSE) or (
        role == Role.CHILD and scope_id != person.circle_id
    )
    if is_elsewhere or is_misplaced:
        raise WrongPlace
    if scope is Scope.CIRCLE and not queries.is_circle(work.session, scope_id):
        raise NotFound


def _refuse_without_account(person: Person, account: Account | None) -> None:
    """One in the bin has lost its roles, and must come back with none."""
    if account is None:
        raise NeedsAccount(name=person.name)
    refuse_in_the_bin(account)


def _administrators_besides(work: Work, grant: RoleGrant) -> list[UUID] | None:
    """Answer who else administers the house; None where the grant is another one."""
    if grant.role != Role.ADMINISTRATOR:
        return None
    return [one for one in queries.administrators_for_change(work.session) if one != grant.person_id]
