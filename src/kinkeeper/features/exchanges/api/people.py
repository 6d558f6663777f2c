"""Endpoints of the people on an organiser's list; none answers a link or a pair (T-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.api.exchanges import endpoints
from kinkeeper.features.exchanges.schemas import ExchangePath, ParticipantOut, SeatPath
from kinkeeper.features.exchanges.schemas.people import (
    AddedOut,
    ChangedParticipant,
    NewPeople,
    OneParticipantOut,
    PickedPeople,
)
from kinkeeper.features.exchanges.service import adding, picking, readdressing, removing, renewing
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import Answer, ErrorAnswer, PageAnswer, Paging, answer, answer_page, unless_changed
from kinkeeper.web.language import language, text

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID


@endpoints.get(
    "/<uuid:exchange_id>/people", summary="List people", responses={200: PageAnswer[ParticipantOut]}
)
def list_people(path: ExchangePath, query: Paging) -> Response:
    """Who is on the list of an exchange that you may look at, by the alphabet."""
    page = queries.people_in(
        read_session(), current_actor(), path.exchange_id, page=query.page, per_page=query.per_page
    )
    return answer_page(page, [ParticipantOut.of(seat) for seat in page.items])


@endpoints.post(
    "/<uuid:exchange_id>/people",
    summary="Add people",
    responses={201: Answer[AddedOut], 409: ErrorAnswer, 429: ErrorAnswer},
)
def add_people(path: ExchangePath, body: NewPeople) -> Response:
    """Before the draw. Each is asked by letter, a draft's when it is opened, and is in once they say yes."""
    newcomers = [adding.Newcomer(one.name, one.email) for one in body.people]
    ids = adding.add_people(current_actor(), path.exchange_id, newcomers, language=language())
    return _answer_added(path.exchange_id, ids)


@endpoints.post(
    "/<uuid:exchange_id>/people/picked",
    summary="Pick people from the address book",
    responses={201: Answer[AddedOut], 409: ErrorAnswer, 429: ErrorAnswer},
)
def pick_people(path: ExchangePath, body: PickedPeople) -> Response:
    """Likewise; whoever has no address is asked by way of those who look after them."""
    ids = picking.pick_people(current_actor(), path.exchange_id, body.person_ids)
    return _answer_added(path.exchange_id, ids)


@endpoints.get(
    "/<uuid:exchange_id>/people/<uuid:participant_id>",
    summary="Look at somebody",
    responses={200: Answer[OneParticipantOut]},
)
def get_person(path: SeatPath) -> Response:
    """One person on the list, and the address that they are asked to go by, if any."""
    return answer_person(path.exchange_id, path.participant_id, mark("Person found"))


@endpoints.patch(
    "/<uuid:exchange_id>/people/<uuid:participant_id>",
    summary="Change somebody's address",
    responses={200: Answer[OneParticipantOut], 409: ErrorAnswer, 429: ErrorAnswer, 412: ErrorAnswer},
)
def change_address(path: SeatPath, body: ChangedParticipant) -> Response:
    """At once for who has not said yes; else by letters to both, and after the draw by their own yes."""
    with unless_person_changed(path):
        is_done = readdressing.change_address(
            current_actor(), path.exchange_id, path.participant_id, body.email
        )
    said = mark("Address changed") if is_done else mark("Asked by letter")
    return answer_person(path.exchange_id, path.participant_id, said)


@endpoints.delete(
    "/<uuid:exchange_id>/people/<uuid:participant_id>/new-address",
    summary="Leave somebody's address as it is",
    responses={200: Answer[OneParticipantOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def take_back_address(path: SeatPath) -> Response:
    """What was asked is asked no more, and a link that went to the new address is dead."""
    with unless_person_changed(path):
        readdressing.take_back_address(current_actor(), path.exchange_id, path.participant_id)
    return answer_person(path.exchange_id, path.participant_id, mark("Address left as it is"))


@endpoints.delete(
    "/<uuid:exchange_id>/people/<uuid:participant_id>",
    summary="Remove somebody",
    responses={204: None, 409: ErrorAnswer, 412: ErrorAnswer},
)
def remove_person(path: SeatPath) -> Response:
    """Before the draw; who has confirmed gets a letter, or who looks after them. After it, see `drop-out`."""
    with unless_person_changed(path):
        removing.remove_person(current_actor(), path.exchange_id, path.participant_id)
    return Response(status=204)


@endpoints.post(
    "/<uuid:exchange_id>/people/<uuid:participant_id>/resend",
    summary="Send somebody their letter again",
    responses={200: Answer[OneParticipantOut], 409: ErrorAnswer, 429: ErrorAnswer, 412: ErrorAnswer},
)
def send_again(path: SeatPath) -> Response:
    """The question whether they are in, or a link to their page; to them, never to you."""
    with unless_person_changed(path):
        renewing.send_again(current_actor(), path.exchange_id, path.participant_id)
    return answer_person(path.exchange_id, path.participant_id, mark("Letter sent again"))


@endpoints.post(
    "/<uuid:exchange_id>/people/<uuid:participant_id>/rotate",
    summary="End somebody's links, and send a new one",
    responses={200: Answer[OneParticipantOut], 409: ErrorAnswer, 429: ErrorAnswer, 412: ErrorAnswer},
)
def renew_link(path: SeatPath) -> Response:
    """Every earlier link is dead, and every browser that was let in by one is shut out."""
    with unless_person_changed(path):
        renewing.renew_link(current_actor(), path.exchange_id, path.participant_id)
    return answer_person(path.exchange_id, path.participant_id, mark("New link sent"))


def unless_person_changed(path: SeatPath) -> AbstractContextManager[None]:
    """Refuse what the block does, where If-Match names another state of one person on the list."""
    actor = current_actor()
    return unless_changed(
        lambda session: OneParticipantOut.of_page(
            queries.person_page(session, actor, path.exchange_id, path.participant_id)
        )
    )


def answer_person(exchange_id: UUID, participant_id: UUID, message: str, *, status: int = 200) -> Response:
    """Answer one person on the list, as they are now."""
    page = queries.person_page(read_session(), current_actor(), exchange_id, participant_id)
    return answer(OneParticipantOut.of_page(page), text(message), status=status)


def _answer_added(exchange_id: UUID, ids: list[UUID]) -> Response:
    lines = {line.id: line for line in queries.lines_of(read_session(), exchange_id, ids)}
    added = AddedOut.of([lines[one] for one in ids if one in lines])
    return answer(added, text(mark("People added")), status=201)
