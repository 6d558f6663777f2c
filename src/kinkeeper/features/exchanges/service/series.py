"""The years of one series: each has one exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.exchanges import queries
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark

if TYPE_CHECKING:
    from uuid import UUID

    from kinkeeper.kernel.work import Work


class AlreadyPlanned(Conflict):
    """One of a year is enough, and past years are remembered by the year."""

    code = "exchange.already_planned"
    message = mark("There is one for %(year)s already: %(title)s.")


def refuse_second(work: Work, series_id: UUID, year: int) -> None:
    """Step: raise AlreadyPlanned where the series has an exchange of that year.

    Lock its years first (`exchange_in_series_for_change`): two acts may begin with different ones.
    """
    for other in queries.exchanges_of_series(work.session, series_id):
        if other.gifts_on.year == year:
            raise AlreadyPlanned(year=year, title=other.title)
