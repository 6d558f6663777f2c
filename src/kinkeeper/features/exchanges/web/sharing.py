"""The share link as a picture, for paper and for other people's telephones."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Response

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.permissions import may_coordinate
from kinkeeper.features.exchanges.web.pages import pages, share_address
from kinkeeper.kernel.work import read_session
from kinkeeper.web import qr
from kinkeeper.web.access import current_actor

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/exchanges/<uuid:exchange_id>/qr.svg")
def qr_svg(exchange_id: UUID) -> ResponseReturnValue:
    """Answer the share link as a QR code to print at any size."""
    return _file(qr.as_svg(_share_address(exchange_id)), "image/svg+xml", "join.svg")


@pages.route("/exchanges/<uuid:exchange_id>/qr.png")
def qr_png(exchange_id: UUID) -> ResponseReturnValue:
    """Answer the share link as a QR code for whatever cannot draw SVG."""
    return _file(qr.as_png(_share_address(exchange_id)), "image/png", "join.png")


def _share_address(exchange_id: UUID) -> str:
    return share_address(queries.exchange_of(read_session(), current_actor(), exchange_id, may_coordinate))


def _file(body: bytes, kind: str, name: str) -> Response:
    return Response(body, content_type=kind, headers={"Content-Disposition": f"attachment; filename={name}"})
