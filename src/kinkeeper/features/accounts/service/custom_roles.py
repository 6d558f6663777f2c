"""Roles that the house makes up: named sets of rights, never more than their maker has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import delete

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.models import CustomRole, RoleGrant
from kinkeeper.features.accounts.permissions import may_grant_role, may_keep_roles
from kinkeeper.features.accounts.rules import LONGEST_NAME
from kinkeeper.features.accounts.service.freshness import refuse_stale_browser
from kinkeeper.features.accounts.service.granting import MoreThanOwn
from kinkeeper.kernel import roles
from kinkeeper.kernel.db import insert_into
from kinkeeper.kernel.errors import Conflict, Invalid
from kinkeeper.kernel.lines import clean_line
from kinkeeper.kernel.roles import HOUSE, Grant
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import Work, transaction
from kinkeeper.platform import audit

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor

_NAME = re.compile(r"[a-z0-9-]{2,40}")
"""Fit for an address of its own."""


class BadRoleName(Invalid):
    """Names stand in addresses and in programs."""

    code = "role.bad_name"
    message = mark("Please use 2 to 40 small letters, digits and hyphens.")
    field = "name"


class BadRoleTitle(Invalid):
    """Nothing that fits on a line."""

    code = "role.bad_title"
    message = mark("Please give a title of at most %(most)s characters.")
    field = "title"


class RoleNameTaken(Conflict):
    """Another role has this name, or every house has one."""

    code = "role.name_taken"
    message = mark("There is a role of this name already.")
    field = "name"


class UnknownRight(Invalid):
    """A right that this version does not know would begin to hold when another one does."""

    code = "role.unknown_right"
    message = mark("There is no such right: %(right)s.")
    field = "rights"


def make_role(actor: Actor, name: str, title: str, rights: Collection[str]) -> None:
    """Make up a role; nobody has it yet."""
    called, known = _clean_title(title), _known(rights)
    if not _NAME.fullmatch(name):
        raise BadRoleName
    with transaction(actor) as work:
        work.authorize(may_keep_roles, None)
        refuse_stale_browser(work)
        _refuse_more(work, name, known)
        if roles.is_built_in(name):
            raise RoleNameTaken
        row = insert_into(work.session, CustomRole).values(
            name=name, title=called, rights=known, created_at=work.now, changed_at=work.now
        )
        if work.session.execute(row.on_conflict_do_nothing().returning(CustomRole.name)).first() is None:
            raise RoleNameTaken
        audit.record(work, "role.made", None, role=name, rights=known)


def change_role(
    actor: Actor, name: str, *, title: str | None = None, rights: Collection[str] | None = None
) -> None:
    """Change what a role is called or lets people do; who has it may do so from their next request on.

    Raises MoreThanOwn also where the actor has not all of what it has been, which would be taken away.
    """
    called = None if title is None else _clean_title(title)
    known = None if rights is None else _known(rights)
    with transaction(actor) as work:
        work.authorize(may_keep_roles, None)  # first: who may not is not told which roles there are
        role = queries.custom_role_for_change(work.session, name)
        work.look_again()
        refuse_stale_browser(work)
        _refuse_more(work, name, {*queries.rights_in(name, role.rights), *(known or ())})
        role.title = called or role.title
        role.rights = role.rights if known is None else known
        role.changed_at = work.now
        audit.record(work, "role.changed", None, role=name, rights=role.rights)


def delete_role(actor: Actor, name: str) -> None:
    """Let there be no such role; whoever had it has it no longer."""
    with transaction(actor) as work:
        work.authorize(may_keep_roles, None)  # first: who may not is not told which roles there are
        role = queries.custom_role_for_change(work.session, name)
        work.look_again()
        refuse_stale_browser(work)
        _refuse_more(work, name, queries.rights_in(name, role.rights))
        gone: list[UUID] = list(
            work.session.scalars(delete(RoleGrant).where(RoleGrant.role == name).returning(RoleGrant.id))
        )
        work.session.delete(role)
        audit.record(work, "role.deleted", None, role=name, people=len(gone))


def _refuse_more(work: Work, name: str, rights: Collection[str]) -> None:
    offered = Grant(name, frozenset(rights), HOUSE)
    if not work.actor.is_system and not may_grant_role(work.actor, offered):
        raise MoreThanOwn


def _known(rights: Collection[str]) -> list[str]:
    """Answer the rights in the order of the features' lists, each once."""
    for right in rights:
        if right not in roles.all_rights():
            raise UnknownRight(right=right)
    return [right for right in roles.all_rights() if right in rights]


def _clean_title(title: str) -> str:
    try:
        return clean_line(title, LONGEST_NAME)
    except ValueError as odd:
        raise BadRoleTitle(most=LONGEST_NAME) from odd
