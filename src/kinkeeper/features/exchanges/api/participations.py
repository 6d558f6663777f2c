"""Endpoints of those who take part, under /api/v1/participations: one's own places, and those one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.schemas.participations import (
    Bought,
    ChangedParticipation,
    MatchOut,
    ParticipationOut,
    ParticipationPath,
    Readiness,
)
from kinkeeper.features.exchanges.service import holding, leaving, opening, participating, reminding, wishing
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import Answer, ErrorAnswer, PageAnswer, Paging, answer, answer_page, unless_changed
from kinkeeper.web.language import text
from kinkeeper.web.pages import today_here

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor

own_endpoints = APIBlueprint(
    "participations_api",
    __name__,
    url_prefix="/api/v1/participations",
    abp_tags=[
        Tag(name="participations", description=mark("Places that you have in gift exchanges, or hold."))
    ],
    abp_security=[{"token": []}, {"session": []}],
    abp_responses={401: ErrorAnswer, 403: ErrorAnswer, 404: ErrorAnswer, 422: ErrorAnswer},
)


@own_endpoints.get("", summary="List participations", responses={200: PageAnswer[ParticipationOut]})
def list_participations(query: Paging) -> Response:
    """Your places and those of whom you look after, the next gifts first; without matches."""
    actor = current_actor()
    page = queries.participations_of(
        read_session(), actor, today=today_here(), page=query.page, per_page=query.per_page
    )
    return answer_page(page, [ParticipationOut.of(seat, exchange, actor) for seat, exchange in page.items])


@own_endpoints.get(
    "/<uuid:participant_id>", summary="Look at a participation", responses={200: Answer[ParticipationOut]}
)
def get_participation(path: ParticipationPath) -> Response:
    """Its match is in it once somebody has asked for that, here or on the page."""
    return _answer_participation(path.participant_id, mark("Participation found"))


@own_endpoints.patch(
    "/<uuid:participant_id>",
    summary="Change a participation",
    responses={200: Answer[ParticipationOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def change_participation(path: ParticipationPath, body: ChangedParticipation) -> Response:
    """Say anew the name, the wishes that whoever has drawn the place reads, and which letters are wanted."""
    actor, said = current_actor(), body.model_dump(exclude_unset=True)
    with _unless_changed(path.participant_id):
        participating.change_place(
            actor,
            path.participant_id,
            name=said.get("name"),
            wishes=said.get("wishes"),
            reminders=said.get("wants_reminders"),
            hears_of_wishes=said.get("hears_of_wishes"),
        )
    return _answer_participation(path.participant_id, mark("Participation changed"))


@own_endpoints.post(
    "/<uuid:participant_id>/match",
    summary="Open the match",
    responses={200: Answer[ParticipationOut], 412: ErrorAnswer},
)
def open_match(path: ParticipationPath) -> Response:
    """Say whom the place gives to, from now on; it is noted that somebody looked."""
    with _unless_changed(path.participant_id):
        opening.open_match(current_actor(), path.participant_id)
    return _answer_participation(path.participant_id, mark("Match opened"))


@own_endpoints.put(
    "/<uuid:participant_id>/ready",
    summary="Say whether the gift is ready",
    responses={200: Answer[ParticipationOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def say_ready(path: ParticipationPath, body: Readiness) -> Response:
    """Nobody but you sees it."""
    with _unless_changed(path.participant_id):
        reminding.say_ready(current_actor(), path.participant_id, ready=body.is_ready)
    return _answer_participation(path.participant_id, mark("Participation changed"))


@own_endpoints.put(
    "/<uuid:participant_id>/bought",
    summary="Say whether a wish of the match is bought",
    responses={200: Answer[ParticipationOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def mark_bought(path: ParticipationPath, body: Bought) -> Response:
    """Nobody but you sees it; the match has to be open.

    Which wish it is stands in the body: logs hold addresses.
    """
    with _unless_changed(path.participant_id):
        wishing.mark_bought(current_actor(), path.participant_id, body.wish_id, bought=body.is_bought)
    return _answer_participation(path.participant_id, mark("Participation changed"))


@own_endpoints.post(
    "/<uuid:participant_id>/leave",
    summary="Give the place up",
    responses={200: Answer[ParticipationOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def leave(path: ParticipationPath) -> Response:
    """While people can still join; after that whoever organises it has to do it."""
    with _unless_changed(path.participant_id):
        leaving.leave(current_actor(), path.participant_id)
    return _answer_participation(path.participant_id, mark("Place given up"))


@own_endpoints.post(
    "/<uuid:participant_id>/confirm",
    summary="Say yes for whom you look after",
    responses={200: Answer[ParticipationOut], 409: ErrorAnswer, 410: ErrorAnswer, 412: ErrorAnswer},
)
def confirm_held(path: ParticipationPath) -> Response:
    """Their place counts from then on; once the names are drawn, whoever organises it can let them in."""
    with _unless_changed(path.participant_id):
        holding.confirm_held(current_actor(), path.participant_id)
    return _answer_participation(path.participant_id, mark("Place confirmed"))


@own_endpoints.post(
    "/<uuid:participant_id>/release",
    summary="Take whom you look after off the list",
    responses={204: None, 409: ErrorAnswer, 412: ErrorAnswer},
)
def release_held(path: ParticipationPath) -> Response:
    """Before they are drawn; the place goes altogether, and so does a name that is known nowhere else."""
    with _unless_changed(path.participant_id):
        holding.release_held(current_actor(), path.participant_id)
    return Response(status=204)


def _unless_changed(participant_id: UUID) -> AbstractContextManager[None]:
    actor = current_actor()
    return unless_changed(lambda session: _participation(session, actor, participant_id))


def _answer_participation(participant_id: UUID, message: str) -> Response:
    return answer(_participation(read_session(), current_actor(), participant_id), text(message))


def _participation(session: Session, actor: Actor, participant_id: UUID) -> ParticipationOut:
    page = queries.participant_page(session, actor, participant_id)
    return ParticipationOut.of(page.participant, page.exchange, actor, MatchOut.of(page))
