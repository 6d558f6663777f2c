"""Who may do what with circles, people and accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kinkeeper.kernel.roles import HOUSE, Role, rights_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor
    from kinkeeper.kernel.roles import Grant, Run


_OF_EVERYBODY = frozenset({Role.MEMBER, Role.CHILD})
"""Roles that come with having an account, and with being a child: in one's own circle, and nowhere else."""


class HasId(Protocol):
    """A person, as far as a permission needs to know."""

    @property
    def id(self) -> UUID: ...


class InCircle(Protocol):
    """A person, or a circle's matter, as far as a permission needs to know."""

    @property
    def circle_id(self) -> UUID: ...


class Kept(HasId, InCircle, Protocol):
    """Somebody's account, together with the circle that they are of, what they may, and what they run."""

    @property
    def grants(self) -> Iterable[Grant]: ...
    @property
    def runs(self) -> Iterable[Run]: ...


class Cared(HasId, Protocol):
    """A person, together with who looks after them."""

    @property
    def guardian_ids(self) -> Collection[UUID]: ...


def may_keep_own_account(actor: Actor, account_id: UUID) -> bool:
    """Say how one signs in, and on which devices; keep access tokens; close the account: one's own only."""
    return actor.account_id == account_id


def may_see_mailbox(actor: Actor, _nothing: object) -> bool:
    """Look at the state of every letter, and send one again."""
    return actor.may("house.see_letters")


def may_read_mailbox(actor: Actor, _nothing: object) -> bool:
    """Read letters that stay in the built-in mailbox: a link in one lets its reader in as somebody else."""
    return actor.may("house.read_letters")


def may_erase_oneself(actor: Actor, person: Cared) -> bool:
    """Have oneself forgotten, or whom one looks after: by account or by mailed link."""
    return actor.is_person(person.id) or any(actor.is_person(one) for one in person.guardian_ids)


def may_see_audit(actor: Actor, _nothing: object) -> bool:
    """Read who did what to what."""
    return actor.may("house.see_audit")


def may_see_accounts(actor: Actor, _nothing: object) -> bool:
    """List every account of the house."""
    return actor.may("accounts.see")


def may_see_account(actor: Actor, account: HasId) -> bool:
    """Look at an account: one's own, or anybody's."""
    return actor.account_id == account.id or actor.may("accounts.see")


def may_keep_accounts(actor: Actor, _nothing: object) -> bool:
    """Make accounts."""
    return actor.may("accounts.keep")


def may_keep_account(actor: Actor, account: Kept) -> bool:
    """Change, deactivate, delete and restore an account, of nobody who may do more anywhere (A-57).

    Who can change an account's address can come in as its owner, and do what they may: for the house, in
    circles and in exchanges. What everybody may in their own circle is nobody's power: else only
    administrators could keep anybody's account. Being a member of another one, or of all, was granted.
    """
    return actor.is_admin or (actor.may("accounts.keep") and _may_as_much(actor, account))


def _may_as_much(actor: Actor, account: Kept) -> bool:
    home = account.circle_id
    granted = [one for one in account.grants if one.role not in _OF_EVERYBODY or one.scope_id != home]
    return (
        all(grant.role != Role.ADMINISTRATOR for grant in granted)
        and all(actor.may(right, grant.scope_id) for grant in granted for right in grant.rights)
        and all(
            actor.person_id in run.person_ids or actor.may(run.right, *run.places) for run in account.runs
        )
    )


def may_say_child(actor: Actor, account: Kept) -> bool:
    """Say whether somebody is a child in their circle: not oneself, nor who may do more anywhere (A-57).

    It takes away, or gives back, what every member may, so one has to be able to do that oneself.
    """
    of_members = all(actor.may(right, account.circle_id) for right in rights_of(Role.MEMBER))
    is_weighed = actor.is_admin or (of_members and _may_as_much(actor, account))
    return is_weighed and actor.person_id != account.id


def may_move_account(actor: Actor, _account: Kept) -> bool:
    """Let somebody else's account sign in with another address: whoever can do that can come in as they."""
    return actor.is_admin


def may_change_account(actor: Actor, account: Kept) -> bool:
    """Say anew how somebody is called, and in which language: oneself, or whose account one keeps."""
    return actor.account_id == account.id or may_keep_account(actor, account)


def may_keep_roles(actor: Actor, _nothing: object) -> bool:
    """Make up roles, and grant them; never more than one has oneself."""
    return actor.may("roles.keep")


def may_see_grants(actor: Actor, scope_id: UUID) -> bool:
    """See who has which role for the house, or for a circle."""
    return actor.may("roles.keep") or (scope_id != HOUSE and actor.may("roles.grant", scope_id))


def may_grant_role(actor: Actor, offered: Grant) -> bool:
    """Give a role, or take it back: only where one may do all of it oneself (A-57).

    An administrator has every right to come, too, so that only another one has as much.
    """
    if offered.role == Role.ADMINISTRATOR:
        return actor.is_admin
    is_place_ones_own = may_see_grants(actor, offered.scope_id)
    return is_place_ones_own and all(actor.may(right, offered.scope_id) for right in offered.rights)


def may_found_circles(actor: Actor, _nothing: object) -> bool:
    """Begin a circle, and end one."""
    return actor.may("circles.found")


def may_see_circle(actor: Actor, place: InCircle) -> bool:
    """Know of a circle: whoever belongs to it, or has a role in it, or keeps such things in the house."""
    belongs = any(grant.scope_id == place.circle_id for grant in actor.grants)
    return belongs or may_found_circles(actor, None) or may_keep_circle(actor, place)


def may_keep_circle(actor: Actor, place: InCircle) -> bool:
    """Rename a circle, and say its language and zone."""
    return actor.may("circles.keep", place.circle_id)


def may_see_people(actor: Actor, place: InCircle) -> bool:
    """Read a circle's address book; whoever keeps it reads it, too."""
    return actor.may("people.see", place.circle_id) or may_keep_people(actor, place)


def may_keep_people(actor: Actor, person: InCircle) -> bool:
    """Put people of a circle into its address book, change, merge and erase them."""
    return actor.may("people.keep", person.circle_id)


def may_change_profile(actor: Actor, person: HasId) -> bool:
    """Say one's own name, language, zone and birthday: by account, a mailed link is not enough (D-1)."""
    return actor.account_id is not None and actor.person_id == person.id


def may_invite_people(actor: Actor, person: InCircle) -> bool:
    """Invite somebody of a circle to have an account."""
    return actor.may("people.invite", person.circle_id)
