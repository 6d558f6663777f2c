"""What each feature does about a person or a circle in one verb: it offers its part, the roof gathers all.

The verbs stand in a feature that knows none of the others, so they take these as arguments.
"""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from kinkeeper.kernel.work import Work

EraseStep = Callable[[Work, UUID], None]
"""Removes what is kept of a person."""
MergeStep = Callable[[Work, UUID, UUID], None]
"""Hands all that the first person has over to the second."""
ReadersStep = Callable[[Work, Collection[UUID]], None]
"""Refuses that somebody else reads these people's letters, where a secret of theirs is at stake."""
HoldStep = Callable[[Work, Collection[UUID]], None]
"""Locks what letters to these people are about, and then them: whoever follows a link locks in that order."""
CloseStep = Callable[[Work, UUID], None]
"""Takes back what somebody runs whose account is closed, and lets somebody else run it."""
EndStep = Callable[[Work, UUID], None]
"""Refuses that a circle ends in which something goes on."""


class Expected(NamedTuple):
    """What somebody is counted on for."""

    person_id: UUID | None
    title: str
    is_sealed: bool
    """It holds a secret that is theirs alone to read."""


ExpectedQuery = Callable[[Session, Collection[UUID]], Sequence[Expected]]
"""Answers what these people are counted on for."""


class MoveSteps(Protocol):
    """What every feature does about somebody who moves to another mailbox."""

    @property
    def hold(self) -> Sequence[HoldStep]: ...
    @property
    def merge(self) -> Sequence[MergeStep]: ...
    @property
    def expected(self) -> Sequence[ExpectedQuery]: ...
