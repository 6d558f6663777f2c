"""Endpoints of people without an address, whom others look after (G15)."""

from __future__ import annotations

from flask import Response

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.api.exchanges import endpoints
from kinkeeper.features.exchanges.api.people import answer_person, unless_person_changed
from kinkeeper.features.exchanges.permissions import may_coordinate
from kinkeeper.features.exchanges.schemas import ExchangePath, SeatPath
from kinkeeper.features.exchanges.schemas.holding import Care, GuardianOut, NewHeld
from kinkeeper.features.exchanges.schemas.people import OneParticipantOut
from kinkeeper.features.exchanges.service import holding
from kinkeeper.kernel.paging import Page
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import Answer, ErrorAnswer, PageAnswer, Paging, answer_page


@endpoints.get(
    "/<uuid:exchange_id>/guardians", summary="List guardians", responses={200: PageAnswer[GuardianOut]}
)
def list_guardians(path: ExchangePath, query: Paging) -> Response:
    """Who could look after somebody here, by the alphabet."""
    exchange = queries.exchange_of(read_session(), current_actor(), path.exchange_id, may_coordinate)
    found = queries.possible_guardians(read_session(), exchange)
    page = Page.of(list(found.items()), query.page, query.per_page)
    return answer_page(page, [GuardianOut(person_id=person_id, name=name) for person_id, name in page.items])


@endpoints.post(
    "/<uuid:exchange_id>/people/held",
    summary="Add somebody without e-mail",
    responses={201: Answer[OneParticipantOut], 409: ErrorAnswer, 429: ErrorAnswer},
)
def put_on_list(path: ExchangePath, body: NewHeld) -> Response:
    """Before the draw. Whoever is to look after them is asked by letter, unless that is you."""
    actor = current_actor()
    seat_id = holding.put_on_list(actor, path.exchange_id, body.name, body.guardian_id)
    return answer_person(path.exchange_id, seat_id, mark("People added"), status=201)


@endpoints.put(
    "/<uuid:exchange_id>/people/<uuid:participant_id>/guardian",
    summary="Find somebody another guardian",
    responses={200: Answer[OneParticipantOut], 409: ErrorAnswer, 429: ErrorAnswer, 412: ErrorAnswer},
)
def hand_over_care(path: SeatPath, body: Care) -> Response:
    """Where nobody looks after them any more, before they are drawn."""
    with unless_person_changed(path):
        holding.hand_over_care(current_actor(), path.exchange_id, path.participant_id, body.guardian_id)
    return answer_person(path.exchange_id, path.participant_id, mark("Asked by letter"))
