"""Endpoints of one's own wishes, under /api/v1/participations; what givers bought is in none (T-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.schemas.participations import ParticipationPath
from kinkeeper.features.exchanges.schemas.wishes import (
    ChangedWish,
    NewWish,
    WishesOut,
    WishPath,
    Words,
)
from kinkeeper.features.exchanges.service import wishing
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import Answer, ErrorAnswer, answer, unless_changed
from kinkeeper.web.language import text

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID

endpoints = APIBlueprint(
    "wishes_api",
    __name__,
    url_prefix="/api/v1/participations",
    abp_tags=[Tag(name="wishes", description=mark("What you would like, where you take part."))],
    abp_security=[{"token": []}, {"session": []}],
    abp_responses={401: ErrorAnswer, 403: ErrorAnswer, 404: ErrorAnswer, 422: ErrorAnswer},
)


@endpoints.get(
    "/<uuid:participant_id>/wishes", summary="Look at your wishes", responses={200: Answer[WishesOut]}
)
def list_wishes(path: ParticipationPath) -> Response:
    """Your own wishes; nobody else can ask for them here."""
    return _answer(path.participant_id, mark("Wishes found"))


@endpoints.post(
    "/<uuid:participant_id>/wishes",
    summary="Add a wish",
    responses={201: Answer[WishesOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def add_wish(path: ParticipationPath, body: NewWish) -> Response:
    """Until the exchange is over, also after the draw."""
    with _unless_changed(path.participant_id):
        wishing.add_wish(current_actor(), path.participant_id, wishing.Wanted(**body.model_dump()))
    return _answer(path.participant_id, mark("Wish added"), status=201)


@endpoints.put(
    "/<uuid:participant_id>/wishes/words",
    summary="Say it in your own words",
    responses={200: Answer[WishesOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def write_words(path: ParticipationPath, body: Words) -> Response:
    """What stands above the list."""
    with _unless_changed(path.participant_id):
        wishing.write_wishes(current_actor(), path.participant_id, body.words)
    return _answer(path.participant_id, mark("Wishes written down"))


@endpoints.patch(
    "/<uuid:participant_id>/wishes/<uuid:wish_id>",
    summary="Change a wish",
    responses={200: Answer[WishesOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def change_wish(path: WishPath, body: ChangedWish) -> Response:
    """Say some of it anew."""
    said = wishing.Reworded(**body.model_dump(exclude_unset=True))
    with _unless_changed(path.participant_id):
        wishing.change_wish(current_actor(), path.participant_id, path.wish_id, said)
    return _answer(path.participant_id, mark("Wish changed"))


@endpoints.delete(
    "/<uuid:participant_id>/wishes/<uuid:wish_id>",
    summary="Remove a wish",
    responses={200: Answer[WishesOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def remove_wish(path: WishPath) -> Response:
    """Take it off your list."""
    with _unless_changed(path.participant_id):
        wishing.remove_wish(current_actor(), path.participant_id, path.wish_id)
    return _answer(path.participant_id, mark("Wish removed"))


def _unless_changed(participant_id: UUID) -> AbstractContextManager[None]:
    actor = current_actor()
    return unless_changed(lambda session: WishesOut.of(queries.wishes_page(session, actor, participant_id)))


def _answer(participant_id: UUID, message: str, *, status: int = 200) -> Response:
    page = queries.wishes_page(read_session(), current_actor(), participant_id)
    return answer(WishesOut.of(page), text(message), status=status)
