"""What stands in the way of a draw, told before anybody presses the button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.exchanges.service.refusals import DrawImpossible, MatchesCertain, no_shape, refusal
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from kinkeeper.features.exchanges.queries import Outlook
    from kinkeeper.kernel.errors import Conflict


class HouseholdTooMany(DrawImpossible):
    """A household is more than half of all."""

    message = mark(
        "These rules leave no way to draw. %(household)s are %(inside)s of %(people)s people, "
        "and only %(outside)s live elsewhere."
    )


def in_the_way(outlook: Outlook | None) -> Conflict | None:
    """The problem that a draw would raise by these rules.

    Of the wished shape only what is cheaply proved; beyond that it is found out by drawing.
    """
    if outlook is None:
        return None
    if outlook.stuck is not None and outlook.household is not None:
        (home, inside), people = outlook.household, len(outlook.seats)
        return HouseholdTooMany(household=home, inside=inside, people=people, outside=people - inside)
    if outlook.stuck is not None:
        return refusal(outlook.stuck, outlook.seats)
    if outlook.missing is not None:
        return no_shape(outlook.missing)
    return MatchesCertain(givers=tuple(outlook.certain)) if outlook.certain else None
