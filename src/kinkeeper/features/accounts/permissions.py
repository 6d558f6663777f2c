"""Who may do what with circles, people and accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from kinkeeper.kernel.actor import Actor


class HasId(Protocol):
    """A person, as far as a permission needs to know."""

    @property
    def id(self) -> UUID: ...


class Cared(HasId, Protocol):
    """A person, together with who looks after them."""

    @property
    def guardian_ids(self) -> Collection[UUID]: ...


def may_manage_tokens(actor: Actor, account_id: UUID) -> bool:
    """Make, list and revoke access tokens: one's own only."""
    return actor.account_id == account_id


def may_change_password(actor: Actor, account_id: UUID) -> bool:
    """Choose a new password: one's own only."""
    return actor.account_id == account_id


def may_see_mailbox(actor: Actor, _nothing: object) -> bool:
    """Read the built-in mailbox and the state of letters."""
    return actor.is_admin


def may_erase_oneself(actor: Actor, person: Cared) -> bool:
    """Have oneself forgotten, or whom one looks after: by account or by mailed link."""
    return actor.is_person(person.id) or any(actor.is_person(one) for one in person.guardian_ids)


def may_keep_people(actor: Actor, _person: HasId) -> bool:
    """Merge and erase people."""
    return actor.is_admin
