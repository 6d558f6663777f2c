"""Endpoints of circles and their households, under /api/v1/circles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.permissions import may_see_people
from kinkeeper.features.accounts.schemas.circles import (
    ChangedCircle,
    ChangedHousehold,
    CircleOut,
    CirclePath,
    HouseholdOut,
    HouseholdPath,
    NewCircle,
    NewHousehold,
)
from kinkeeper.features.accounts.service import circles as service
from kinkeeper.features.accounts.service import housing
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import can, current_actor
from kinkeeper.web.json import Answer, ErrorAnswer, PageAnswer, Paging, answer, answer_page, unless_changed
from kinkeeper.web.steps import steps

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID

circles = APIBlueprint(
    "circles_api",
    __name__,
    url_prefix="/api/v1/circles",
    abp_tags=[
        Tag(name="circles", description=mark("Families, clubs, offices, and who lives together in them."))
    ],
    abp_security=[{"token": []}, {"session": []}],
    abp_responses={401: ErrorAnswer, 403: ErrorAnswer, 404: ErrorAnswer, 422: ErrorAnswer},
)
CREATED = 201


@circles.get("", summary="List circles", responses={200: PageAnswer[CircleOut]})
def list_circles(query: Paging) -> Response:
    """The circles that you belong to, or have a role in; whoever keeps the house sees all."""
    page = queries.circles_of(read_session(), current_actor(), page=query.page, per_page=query.per_page)
    return answer_page(page, [CircleOut.of(line.circle) for line in page.items])


@circles.post("", summary="Begin a circle", responses={201: Answer[CircleOut], 409: ErrorAnswer})
def found_circle(body: NewCircle) -> Response:
    """Whoever begins one runs it; no two have one name."""
    circle_id = service.found_circle(current_actor(), **body.model_dump())
    return _answer(circle_id, mark("Circle created"), status=CREATED)


@circles.get("/<uuid:circle_id>", summary="Look at a circle", responses={200: Answer[CircleOut]})
def get_circle(path: CirclePath) -> Response:
    """What it is called, and where it lives."""
    return _answer(path.circle_id, mark("Circle found"))


@circles.patch(
    "/<uuid:circle_id>",
    summary="Change a circle",
    responses={200: Answer[CircleOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def change_circle(path: CirclePath, body: ChangedCircle) -> Response:
    """Say some of it anew; what goes on in it keeps what it was told."""
    with _unless_changed(path.circle_id):
        service.change_circle(current_actor(), path.circle_id, body.model_dump(exclude_unset=True))
    return _answer(path.circle_id, mark("Circle changed"))


@circles.delete(
    "/<uuid:circle_id>", summary="End a circle", responses={204: None, 409: ErrorAnswer, 412: ErrorAnswer}
)
def end_circle(path: CirclePath) -> Response:
    """Once nobody is in its address book, and its exchanges are forgotten."""
    with _unless_changed(path.circle_id):
        service.end_circle(current_actor(), path.circle_id, steps=steps().end_circle)
    return Response(status=204)


@circles.get(
    "/<uuid:circle_id>/households", summary="List households", responses={200: PageAnswer[HouseholdOut]}
)
def list_households(path: CirclePath, query: Paging) -> Response:
    """Who lives together, by the alphabet."""
    if not can(may_see_people, queries.circle_seen(read_session(), current_actor(), path.circle_id)):
        raise Forbidden
    page = queries.households_in(
        read_session(), current_actor(), path.circle_id, page=query.page, per_page=query.per_page
    )
    return answer_page(page, [HouseholdOut.of(home) for home in page.items])


@circles.post(
    "/<uuid:circle_id>/households",
    summary="Say who lives together",
    responses={201: Answer[HouseholdOut]},
)
def make_household(path: CirclePath, body: NewHousehold) -> Response:
    """Of just these people, said again, only the name changes."""
    household_id = housing.make_household(current_actor(), path.circle_id, body.name, body.person_ids)
    return _answer_household(path.circle_id, household_id, mark("Household created"), status=CREATED)


@circles.get(
    "/<uuid:circle_id>/households/<uuid:household_id>",
    summary="Look at a household",
    responses={200: Answer[HouseholdOut]},
)
def get_household(path: HouseholdPath) -> Response:
    """Who lives there."""
    return _answer_household(path.circle_id, path.household_id, mark("Household found"))


@circles.patch(
    "/<uuid:circle_id>/households/<uuid:household_id>",
    summary="Change a household",
    responses={200: Answer[HouseholdOut], 412: ErrorAnswer},
)
def change_household(path: HouseholdPath, body: ChangedHousehold) -> Response:
    """Say anew what it is called, or who lives there."""
    changes = body.model_dump(exclude_unset=True)
    with _unless_household_changed(path):
        housing.change_household(current_actor(), path.household_id, circle_id=path.circle_id, **changes)
    return _answer_household(path.circle_id, path.household_id, mark("Household changed"))


@circles.delete(
    "/<uuid:circle_id>/households/<uuid:household_id>",
    summary="End a household",
    responses={204: None, 412: ErrorAnswer},
)
def end_household(path: HouseholdPath) -> Response:
    """They all stay in the address book."""
    with _unless_household_changed(path):
        housing.end_household(current_actor(), path.household_id, circle_id=path.circle_id)
    return Response(status=204)


def _unless_changed(circle_id: UUID) -> AbstractContextManager[None]:
    actor = current_actor()
    return unless_changed(lambda session: CircleOut.of(queries.circle_seen(session, actor, circle_id)))


def _unless_household_changed(path: HouseholdPath) -> AbstractContextManager[None]:
    actor = current_actor()
    return unless_changed(
        lambda session: HouseholdOut.of(queries.household_seen(session, actor, path.household_id))
    )


def _answer(circle_id: UUID, message: str, *, status: int = 200) -> Response:
    found = CircleOut.of(queries.circle_seen(read_session(), current_actor(), circle_id))
    location = f"/api/v1/circles/{circle_id}" if status == CREATED else ""
    return answer(found, message, status=status, location=location)


def _answer_household(circle_id: UUID, household_id: UUID, message: str, *, status: int = 200) -> Response:
    home = queries.household_seen(read_session(), current_actor(), household_id, circle_id=circle_id)
    location = f"/api/v1/circles/{circle_id}/households/{household_id}" if status == CREATED else ""
    return answer(HouseholdOut.of(home), message, status=status, location=location)
