"""Endpoints of gift exchanges, under /api/v1/exchanges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from kinkeeper.features.accounts.service.freshness import refuse_stale_reader
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.schemas import (
    AnotherYear,
    ChangedExchange,
    ExchangeOut,
    ExchangePath,
    NewExchange,
    NewHelper,
    NewOrganiser,
    OrganiserPath,
    OrganisersOut,
    TakeoutOut,
)
from kinkeeper.features.exchanges.service import (
    again,
    drawing,
    ending,
    helping,
    hosting,
    organising,
    planning,
)
from kinkeeper.kernel import clock
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web import pacing
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import (
    Answer,
    ErrorAnswer,
    PageAnswer,
    Paging,
    answer,
    answer_page,
    unless_changed,
)
from kinkeeper.web.pages import today_here

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID

endpoints = APIBlueprint(
    "exchanges_api",
    __name__,
    url_prefix="/api/v1/exchanges",
    abp_tags=[Tag(name="exchanges", description=mark("Gift exchanges that you organise, or look after."))],
    abp_security=[{"token": []}, {"session": []}],
    abp_responses={401: ErrorAnswer, 403: ErrorAnswer, 404: ErrorAnswer, 422: ErrorAnswer},
)


@endpoints.get("", summary="List exchanges", responses={200: PageAnswer[ExchangeOut]})
def list_exchanges(query: Paging) -> Response:
    """The exchanges that you organise, or may look at; the next gifts first."""
    page = queries.organised_by(
        read_session(), current_actor(), today=today_here(), page=query.page, per_page=query.per_page
    )
    return answer_page(page, [ExchangeOut.of(summary) for summary in page.items])


@endpoints.post("", summary="Begin an exchange", responses={201: Answer[ExchangeOut]})
def begin_exchange(body: NewExchange) -> Response:
    """It takes people at once, by its share link, unless `open` is false."""
    plan = planning.Plan(**body.model_dump(exclude={"open", "circle_id"}))
    exchange_id = planning.begin_exchange(
        current_actor(), plan, as_draft=not body.open, circle_id=body.circle_id
    )
    return _answer_exchange(exchange_id, mark("Exchange created"), status=201)


@endpoints.get("/<uuid:exchange_id>", summary="Look at an exchange", responses={200: Answer[ExchangeOut]})
def get_exchange(path: ExchangePath) -> Response:
    """One exchange that you organise, or may look at."""
    return _answer_exchange(path.exchange_id, mark("Exchange found"))


@endpoints.patch(
    "/<uuid:exchange_id>",
    summary="Change an exchange",
    responses={200: Answer[ExchangeOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def change_exchange(path: ExchangePath, body: ChangedExchange) -> Response:
    """Say some of it anew; until it is over."""
    actor, changes = current_actor(), body.model_dump(exclude_unset=True, exclude={"telling"})
    with _unless_changed(path.exchange_id):
        planning.change_plan(actor, path.exchange_id, changes, telling=body.telling)
    return _answer_exchange(path.exchange_id, mark("Exchange changed"))


@endpoints.post(
    "/<uuid:exchange_id>/open",
    summary="Open an exchange",
    responses={200: Answer[ExchangeOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def open_exchange(path: ExchangePath) -> Response:
    """Let people join: for the first time, or again until the names are drawn."""
    with _unless_changed(path.exchange_id):
        organising.open_exchange(current_actor(), path.exchange_id)
    return _answer_exchange(path.exchange_id, mark("Exchange opened"))


@endpoints.post(
    "/<uuid:exchange_id>/close",
    summary="Close an exchange",
    responses={200: Answer[ExchangeOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def close_exchange(path: ExchangePath) -> Response:
    """Let nobody else join."""
    with _unless_changed(path.exchange_id):
        organising.close_exchange(current_actor(), path.exchange_id)
    return _answer_exchange(path.exchange_id, mark("Exchange closed"))


@endpoints.post(
    "/<uuid:exchange_id>/draw",
    summary="Draw the names",
    responses={200: Answer[ExchangeOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def draw_names(path: ExchangePath) -> Response:
    """Everybody is told by mail; nobody, you included, learns of the others' pairs."""
    with _unless_changed(path.exchange_id):
        drawing.draw_names(current_actor(), path.exchange_id)
    return _answer_exchange(path.exchange_id, mark("Names drawn"))


@endpoints.post(
    "/<uuid:exchange_id>/complete",
    summary="Complete an exchange",
    responses={200: Answer[ExchangeOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def complete_exchange(path: ExchangePath) -> Response:
    """Say that the gifts are given, on their day or later; it happens by itself on the day after."""
    with _unless_changed(path.exchange_id):
        ending.complete_exchange(current_actor(), path.exchange_id)
    return _answer_exchange(path.exchange_id, mark("Exchange completed"))


@endpoints.post(
    "/<uuid:exchange_id>/cancel",
    summary="Cancel an exchange",
    responses={200: Answer[ExchangeOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def cancel_exchange(path: ExchangePath) -> Response:
    """Call it off; everybody who takes part is told by mail."""
    with _unless_changed(path.exchange_id):
        ending.cancel_exchange(current_actor(), path.exchange_id)
    return _answer_exchange(path.exchange_id, mark("Exchange cancelled"))


@endpoints.post(
    "/<uuid:exchange_id>/again",
    summary="Same again next year",
    responses={201: Answer[ExchangeOut], 409: ErrorAnswer},
)
def begin_again(path: ExchangePath, body: AnotherYear) -> Response:
    """A draft with the same organisers, people and rules; people are asked by letter when it is opened."""
    new_id = again.begin_again(current_actor(), path.exchange_id, body.model_dump(exclude_unset=True))
    return _answer_exchange(new_id, mark("Exchange created"), status=201)


@endpoints.get(
    "/<uuid:exchange_id>/export", summary="Take an exchange along", responses={200: Answer[TakeoutOut]}
)
def export_exchange(path: ExchangePath) -> Response:
    """People, rules and states in one answer; never who gives to whom."""
    refuse_stale_reader(read_session(), current_actor(), clock.now())
    pacing.check_exports()
    found = queries.takeout(read_session(), current_actor(), path.exchange_id, clock.now())
    return answer(TakeoutOut.of(found), mark("Exchange exported"))


@endpoints.get(
    "/<uuid:exchange_id>/organisers", summary="Look at who runs it", responses={200: Answer[OrganisersOut]}
)
def list_organisers(path: ExchangePath) -> Response:
    """Who runs it, and who else of your circle could."""
    return _answer_organisers(path.exchange_id, mark("Organisers found"))


@endpoints.post(
    "/<uuid:exchange_id>/organisers",
    summary="Add an organiser",
    responses={200: Answer[OrganisersOut], 412: ErrorAnswer},
)
def add_organiser(path: ExchangePath, body: NewOrganiser) -> Response:
    """Let somebody of your circle with an account run it, too."""
    with _unless_organisers_changed(path.exchange_id):
        hosting.add_organiser(current_actor(), path.exchange_id, body.person_id)
    return _answer_organisers(path.exchange_id, mark("Organiser added"))


@endpoints.post(
    "/<uuid:exchange_id>/organisers/<uuid:person_id>/remove",
    summary="Remove an organiser",
    responses={204: None, 409: ErrorAnswer, 412: ErrorAnswer},
)
def remove_organiser(path: OrganiserPath) -> Response:
    """The last one stays. Answers nothing: you may have removed yourself."""
    with _unless_organisers_changed(path.exchange_id):
        hosting.remove_organiser(current_actor(), path.exchange_id, path.person_id)
    return Response(status=204)


@endpoints.post(
    "/<uuid:exchange_id>/helpers",
    summary="Add a helper",
    responses={200: Answer[OrganisersOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def add_helper(path: ExchangePath, body: NewHelper) -> Response:
    """Let somebody of your circle with an account help with people and letters, or look on."""
    with _unless_organisers_changed(path.exchange_id):
        helping.add_helper(current_actor(), path.exchange_id, body.person_id, body.role)
    return _answer_organisers(path.exchange_id, mark("Helper added"))


@endpoints.post(
    "/<uuid:exchange_id>/helpers/<uuid:person_id>/remove",
    summary="Remove a helper",
    responses={200: Answer[OrganisersOut], 412: ErrorAnswer},
)
def remove_helper(path: OrganiserPath) -> Response:
    """From now on they see nothing of it."""
    with _unless_organisers_changed(path.exchange_id):
        helping.remove_helper(current_actor(), path.exchange_id, path.person_id)
    return _answer_organisers(path.exchange_id, mark("Helper removed"))


def _unless_changed(exchange_id: UUID) -> AbstractContextManager[None]:
    actor = current_actor()
    return unless_changed(lambda session: ExchangeOut.of(queries.summary_of(session, actor, exchange_id)))


def _unless_organisers_changed(exchange_id: UUID) -> AbstractContextManager[None]:
    actor = current_actor()
    return unless_changed(lambda session: OrganisersOut.of(queries.hosts_page(session, actor, exchange_id)))


def _answer_organisers(exchange_id: UUID, message: str) -> Response:
    page = queries.hosts_page(read_session(), current_actor(), exchange_id)
    return answer(OrganisersOut.of(page), message)


def _answer_exchange(exchange_id: UUID, message: str, *, status: int = 200) -> Response:
    summary = queries.summary_of(read_session(), current_actor(), exchange_id)
    location = f"/api/v1/exchanges/{exchange_id}" if status == 201 else ""  # noqa: PLR2004 - Created
    return answer(ExchangeOut.of(summary), message, status=status, location=location)
