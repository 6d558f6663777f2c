"""Files of an exchange for its organiser: a list for spreadsheets, and all of it as JSON."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING

from flask import Response

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.schemas import TakeoutOut
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel import clock
from kinkeeper.kernel.work import read_session
from kinkeeper.web import pacing
from kinkeeper.web.access import current_actor

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.features.exchanges.queries import SeatLine

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets calculate instead of showing it (OWASP, CSV injection)."""


@pages.route("/exchanges/<uuid:exchange_id>/export.csv")
def export_people(exchange_id: UUID) -> ResponseReturnValue:
    """Answer the list of people for a spreadsheet; whoever left stands at its end."""
    pacing.check_exports()
    found = queries.takeout(read_session(), current_actor(), exchange_id, clock.now())
    sheet = io.StringIO()
    lines = csv.writer(sheet, quoting=csv.QUOTE_ALL)
    lines.writerow(["name", "email", "looked_after_by", "joined_at", "confirmed_at", "left_at"])
    for one in found.people:
        lines.writerow(_cells(one, one.email or "", ", ".join(found.keepers.get(one.id, []))))
    for gone in found.left:
        lines.writerow(_cells(gone, "", ""))
    # with a byte order mark: spreadsheets take a list without one for something older than Unicode
    return _file(sheet.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "people.csv")


@pages.route("/exchanges/<uuid:exchange_id>/export.json")
def export_all(exchange_id: UUID) -> ResponseReturnValue:
    """Answer all that an organiser may take along."""
    pacing.check_exports()
    found = queries.takeout(read_session(), current_actor(), exchange_id, clock.now())
    body = TakeoutOut.of(found).model_dump_json(indent=2).encode()
    return _file(body, "application/json; charset=utf-8", "exchange.json")


def _cells(seat: SeatLine | Participant, email: str, keepers: str) -> list[str]:
    moments = (seat.joined_at, seat.confirmed_at, seat.withdrawn_at)
    words = (seat.name, email, keepers)
    return [*map(_defused, words), *(moment.isoformat() if moment else "" for moment in moments)]


def _defused(cell: str) -> str:
    """Also where the sign is as wide as a Chinese one: some spreadsheets calculate that, too (T-30)."""
    return f"'{cell}" if unicodedata.normalize("NFKC", cell).startswith(FORMULA) else cell


def _file(body: bytes, kind: str, name: str) -> Response:
    return Response(body, content_type=kind, headers={"Content-Disposition": f"attachment; filename={name}"})
