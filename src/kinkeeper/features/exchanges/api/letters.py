"""Endpoints of what became of the letters to participants; to send one again, see the people (G11)."""

from __future__ import annotations

from flask import Response

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.api.exchanges import endpoints
from kinkeeper.features.exchanges.schemas import ExchangePath, SeatPath
from kinkeeper.features.exchanges.schemas.letters import LettersOut
from kinkeeper.kernel.paging import Page
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import Answer, PageAnswer, Paging, answer, answer_page
from kinkeeper.web.language import text


@endpoints.get("/<uuid:exchange_id>/letters", summary="List letters", responses={200: PageAnswer[LettersOut]})
def list_letters(path: ExchangePath, query: Paging) -> Response:
    """Everybody by the alphabet, with the newest letters to them, one with a link and one without."""
    board = queries.board_of(read_session(), current_actor(), path.exchange_id)
    first = (query.page - 1) * query.per_page
    lines = board.lines[first : first + query.per_page]
    page = Page(lines, query.page, query.per_page, len(board.lines))
    return answer_page(page, [LettersOut.of(line) for line in lines])


@endpoints.get(
    "/<uuid:exchange_id>/people/<uuid:participant_id>/letters",
    summary="List the letters to somebody",
    responses={200: Answer[LettersOut]},
)
def list_letters_to(path: SeatPath) -> Response:
    """All of them, the newest first."""
    _, line = queries.letters_to(read_session(), current_actor(), path.exchange_id, path.participant_id)
    return answer(LettersOut.of(line), text(mark("Letters found")))
