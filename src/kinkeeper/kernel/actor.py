"""Who asks: the identity that every verb takes first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


class Role(StrEnum):
    """What an account may be on this instance; granted in the database, read in each transaction."""

    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Identity only; `roles` are filled in by `Work.authorize` (and by the web for hints).

    An account's own person and the person whose mailed link was followed are kept apart: a link
    proves a mailbox, not a password, and must never open what an account may do (D-1).
    """

    name: str
    account_id: UUID | None = None
    person_id: UUID | None = None
    guest_id: UUID | None = None
    epoch: int = 0
    is_system: bool = False
    roles: frozenset[Role] = frozenset()

    @property
    def is_admin(self) -> bool:
        """Whether the administrator's grant was found."""
        return Role.ADMINISTRATOR in self.roles

    @property
    def is_signed_in(self) -> bool:
        """Whether anybody at all is known, by password or by link."""
        return self.account_id is not None or self.guest_id is not None

    def is_person(self, person_id: UUID | None) -> bool:
        """Whether the actor is this person, by account or by mailed link."""
        return person_id is not None and person_id in (self.person_id, self.guest_id)


SYSTEM = Actor("Kinkeeper", is_system=True)
ANONYMOUS = Actor("somebody")
