"""Who asks: the identity that every verb takes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinkeeper.kernel.errors import Unauthenticated
from kinkeeper.kernel.roles import HOUSE, Grant, Role

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Identity; its `grants` are read anew by `Work.authorize`, and by the web at each request.

    An account's own person and the person whose mailed link was followed are kept apart: a link
    proves a mailbox, not a password, and must never open what an account may do (D-1).
    """

    name: str
    account_id: UUID | None = None
    person_id: UUID | None = None
    guest_id: UUID | None = None
    epoch: int = 0
    is_system: bool = False
    grants: tuple[Grant, ...] = ()
    session_id: UUID | None = None
    """The browser's session, or the program's; ending it ends this actor."""
    language: str = ""
    """What a person reads best, as their entry says; empty where a program asks."""
    token_id: UUID | None = None
    """The access token that a program sent instead."""
    scopes: frozenset[str] | None = None
    """What a program's token is for, such as `read:exchanges`; None where nothing is held back."""

    @property
    def is_admin(self) -> bool:
        """Whether the administrator's grant was found."""
        return any(grant.role == Role.ADMINISTRATOR and grant.scope_id == HOUSE for grant in self.grants)

    @property
    def is_signed_in(self) -> bool:
        """Whether anybody at all is known, by password or by link."""
        return self.account_id is not None or self.guest_id is not None

    def own_account_id(self) -> UUID:
        """Answer which account asks; raises Unauthenticated where none does: a mailed link opens none."""
        if self.account_id is None:
            raise Unauthenticated
        return self.account_id

    def is_person(self, person_id: UUID | None) -> bool:
        """Whether the actor is this person, by account or by mailed link."""
        return person_id is not None and person_id in (self.person_id, self.guest_id)

    def may(self, right: str, *places: UUID) -> bool:
        """Whether a grant for the house, or for one of these places, has the right.

        `places` are the circle and the occasion that it is about.
        """
        return any(
            right in grant.rights and (grant.scope_id == HOUSE or grant.scope_id in places)
            for grant in self.grants
        )

    def places_with(self, right: str) -> frozenset[UUID] | None:
        """Answer the circles and occasions for which the actor has the right; None: all there are."""
        places = frozenset(grant.scope_id for grant in self.grants if right in grant.rights)
        return None if HOUSE in places else places


SYSTEM = Actor("Kinkeeper", is_system=True)
ANONYMOUS = Actor("somebody")
