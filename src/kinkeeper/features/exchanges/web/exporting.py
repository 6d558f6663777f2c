"""Files of an exchange for its organiser: a list for spreadsheets, and all of it as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts.web import asks_again
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.schemas import TakeoutOut
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel import clock
from kinkeeper.kernel.work import read_session
from kinkeeper.web import pacing
from kinkeeper.web.access import current_actor
from kinkeeper.web.sheets import download, sheet

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.features.exchanges.queries import SeatLine


@pages.route("/exchanges/<uuid:exchange_id>/export.csv")
@asks_again
def export_people(exchange_id: UUID) -> ResponseReturnValue:
    """Answer the list of people for a spreadsheet; whoever left stands at its end."""
    pacing.check_exports()
    found = queries.takeout(read_session(), current_actor(), exchange_id, clock.now())
    head = ["name", "email", "looked_after_by", "joined_at", "confirmed_at", "left_at"]
    here = [_cells(one, one.email or "", ", ".join(found.keepers.get(one.id, []))) for one in found.people]
    left = [_cells(gone, "", "") for gone in found.left]
    return sheet(head, [*here, *left], "people.csv")


@pages.route("/exchanges/<uuid:exchange_id>/export.json")
@asks_again
def export_all(exchange_id: UUID) -> ResponseReturnValue:
    """Answer all that an organiser may take along."""
    pacing.check_exports()
    found = queries.takeout(read_session(), current_actor(), exchange_id, clock.now())
    body = TakeoutOut.of(found).model_dump_json(indent=2).encode()
    return download(body, "application/json; charset=utf-8", "exchange.json")


def _cells(seat: SeatLine | Participant, email: str, keepers: str) -> list[str]:
    moments = (seat.joined_at, seat.confirmed_at, seat.withdrawn_at)
    return [seat.name, email, keepers, *(moment.isoformat() if moment else "" for moment in moments)]
