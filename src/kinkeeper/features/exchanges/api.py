"""Endpoints of gift exchanges, under /api/v1/exchanges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.schemas import ExchangeOut, ExchangePath, NewExchange
from kinkeeper.features.exchanges.service import drawing, organising
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import Answer, ErrorAnswer, PageAnswer, Paging, answer, answer_page
from kinkeeper.web.pages import today_here

if TYPE_CHECKING:
    from uuid import UUID

endpoints = APIBlueprint(
    "exchanges_api",
    __name__,
    url_prefix="/api/v1/exchanges",
    abp_tags=[Tag(name="exchanges", description="Gift exchanges that you organise.")],
    abp_security=[{"token": []}, {"session": []}],
    abp_responses={401: ErrorAnswer, 403: ErrorAnswer, 404: ErrorAnswer, 422: ErrorAnswer},
)


@endpoints.get("", summary="List exchanges", responses={200: PageAnswer[ExchangeOut]})
def list_exchanges(query: Paging) -> Response:
    """The exchanges that you organise, the latest gifts first."""
    page = queries.organised_by(
        read_session(), current_actor(), today=today_here(), page=query.page, per_page=query.per_page
    )
    return answer_page(page, [ExchangeOut.of(summary) for summary in page.items])


@endpoints.post("", summary="Begin an exchange", responses={201: Answer[ExchangeOut]})
def begin_exchange(body: NewExchange) -> Response:
    """It takes people at once, by its share link."""
    plan = organising.Plan(**body.model_dump())
    exchange_id = organising.begin_exchange(current_actor(), plan)
    return _answer_exchange(exchange_id, "Exchange created", status=201)


@endpoints.get("/<uuid:exchange_id>", summary="Look at an exchange", responses={200: Answer[ExchangeOut]})
def get_exchange(path: ExchangePath) -> Response:
    """One exchange that you organise."""
    return _answer_exchange(path.exchange_id, "Exchange found")


@endpoints.post(
    "/<uuid:exchange_id>/close",
    summary="Close an exchange",
    responses={200: Answer[ExchangeOut], 409: ErrorAnswer},
)
def close_exchange(path: ExchangePath) -> Response:
    """Let nobody else join."""
    organising.close_exchange(current_actor(), path.exchange_id)
    return _answer_exchange(path.exchange_id, "Exchange closed")


@endpoints.post(
    "/<uuid:exchange_id>/draw",
    summary="Draw the names",
    responses={200: Answer[ExchangeOut], 409: ErrorAnswer},
)
def draw_names(path: ExchangePath) -> Response:
    """Everybody is told by mail; nobody, you included, learns of the others' pairs."""
    drawing.draw_names(current_actor(), path.exchange_id)
    return _answer_exchange(path.exchange_id, "Names drawn")


def _answer_exchange(exchange_id: UUID, message: str, *, status: int = 200) -> Response:
    summary = queries.summary_of(read_session(), current_actor(), exchange_id)
    location = f"/api/v1/exchanges/{exchange_id}" if status == 201 else ""  # noqa: PLR2004 - Created
    return answer(ExchangeOut.of(summary), message, status=status, location=location)
