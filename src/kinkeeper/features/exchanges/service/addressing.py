"""To whom a letter about a place goes, and whom it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from kinkeeper.features.accounts import queries as people

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kinkeeper.features.accounts.queries import Mailbox
    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.kernel.work import Work


class Addressed(TypedDict):
    """What every letter to a participant begins with."""

    to: str
    language: str
    name: str
    ward: str
    reader_id: UUID | None


def addressed(seat: Participant, box: Mailbox) -> Addressed:
    """Answer to whom and of whom a letter speaks: a child's guardian is greeted, and told whose it is."""
    is_own = box.person_id == seat.person_id
    return Addressed(
        to=box.email,
        language=box.language,
        name=seat.name if is_own else box.name,
        ward="" if is_own else seat.name,
        reader_id=box.person_id,
    )


def readers(work: Work, seats: Iterable[Participant]) -> Iterator[tuple[Participant, Addressed]]:
    """Answer each place with each of those who read its letters, in the order of the places."""
    held = [(seat, seat.person_id) for seat in seats if seat.person_id is not None]
    boxes = people.mailboxes(work.session, [person_id for _, person_id in held])
    for seat, person_id in held:
        for box in boxes[person_id]:
            yield seat, addressed(seat, box)
