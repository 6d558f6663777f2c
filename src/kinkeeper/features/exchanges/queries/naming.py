"""What letters say of a match where the group has chosen so: read when a letter leaves, and kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.exchanges.models import Exchange, Participant
from kinkeeper.features.exchanges.queries.addresses import new_address
from kinkeeper.features.exchanges.queries.matches import assignment_of, match_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session


class Naming(Protocol):
    """A letter that may say whom somebody gives to."""

    @property
    def names(self) -> bool: ...

    @property
    def participant_id(self) -> UUID: ...

    @property
    def reader_id(self) -> UUID | None: ...


def match_for_letter(session: Session, letter: Naming) -> Mapping[str, object]:
    """Whom the giver gives to by the draw that counts now; nothing where the letter is to name nobody.

    Nor where letters name nobody any more, though it was written when they did; nor to whoever looks after
    the giver no more.
    """
    giver = session.get(Participant, letter.participant_id) if letter.names else None
    row = assignment_of(session, giver) if giver is not None else None
    if giver is None or row is None or not session.get_one(Exchange, giver.exchange_id).names_in_letters:
        return {}
    asked = new_address(session, giver.id)
    if asked is not None and asked.is_in_question:  # who reads this mailbox is in doubt (T-17)
        return {}
    if not _reads(session, letter.reader_id, giver):
        return {}
    return {"match": match_of(session, giver, row)}


def _reads(session: Session, reader_id: UUID | None, giver: Participant) -> bool:
    """Tell whether letters about a place still go to this person; None was its holder once."""
    if reader_id is None or reader_id == giver.person_id:
        return True
    return giver.person_id is not None and reader_id in people.guardians_of(session, [giver.person_id])
