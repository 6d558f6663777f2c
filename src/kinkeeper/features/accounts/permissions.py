"""Who may do what with circles, people and accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


class HasId(Protocol):
    """A person, as far as a permission needs to know."""

    @property
    def id(self) -> UUID: ...


def may_manage_tokens(actor: Actor, account_id: UUID) -> bool:
    """Make, list and revoke access tokens: one's own only."""
    return actor.account_id == account_id


def may_change_password(actor: Actor, account_id: UUID) -> bool:
    """Choose a new password: one's own only."""
    return actor.account_id == account_id


def may_see_mailbox(actor: Actor, _nothing: object) -> bool:
    """Read the built-in mailbox and the state of letters."""
    return actor.is_admin


def may_keep_people(actor: Actor, _person: HasId) -> bool:
    """Merge and erase people."""
    return actor.is_admin
