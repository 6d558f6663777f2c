"""Endpoints of rules, draws, and what is changed afterwards; none but the reveal answers a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.api.exchanges import endpoints
from kinkeeper.features.exchanges.schemas import ExchangePath, SeatPath
from kinkeeper.features.exchanges.schemas.draws import (
    DrawOut,
    DrawsOut,
    DrawWishesBody,
    HouseholdPath,
    NewHouseholdApart,
    NewLatecomer,
    NewPair,
    OutlookOut,
    PairBody,
    PairPath,
    Redrawing,
    Repairing,
    RepairOut,
    Revealing,
    RevealOut,
    RulesOut,
)
from kinkeeper.features.exchanges.service import drawing, repairing, revealing, ruling
from kinkeeper.features.exchanges.service.feasibility import in_the_way
from kinkeeper.features.exchanges.service.joining import Joining
from kinkeeper.features.exchanges.service.settling import settled
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.json import Answer, ErrorAnswer, answer, unless_changed
from kinkeeper.web.language import language

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID

    from sqlalchemy.orm import Session

    from kinkeeper.kernel.actor import Actor


@endpoints.get("/<uuid:exchange_id>/rules", summary="Look at the rules", responses={200: Answer[RulesOut]})
def list_rules(path: ExchangePath) -> Response:
    """Pairs and households that are kept apart, and what the draw should be like."""
    return _answer_rules(path.exchange_id, mark("Rules found"))


@endpoints.put(
    "/<uuid:exchange_id>/rules/draw",
    summary="Say what the draw should be like",
    responses={200: Answer[RulesOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def wish_draw(path: ExchangePath, body: DrawWishesBody) -> Response:
    """Its shape, the past years it avoids, whether participants can check it, and whether letters name."""
    with _unless_rules_changed(path.exchange_id):
        ruling.wish_draw(current_actor(), path.exchange_id, ruling.DrawWishes(**body.model_dump()))
    return _answer_rules(path.exchange_id, mark("Wishes kept"))


@endpoints.post(
    "/<uuid:exchange_id>/rules/pairs",
    summary="Keep two people apart",
    responses={200: Answer[RulesOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def add_pair(path: ExchangePath, body: NewPair) -> Response:
    """One does not give to the other, and by default nor the other way round."""
    with _unless_rules_changed(path.exchange_id):
        ruling.keep_apart(
            current_actor(), path.exchange_id, body.giver_id, body.receiver_id, both_ways=body.both_ways
        )
    return _answer_rules(path.exchange_id, mark("Kept apart"))


@endpoints.delete(
    "/<uuid:exchange_id>/rules/pairs/<uuid:giver_id>/<uuid:receiver_id>",
    summary="Lift a pair",
    responses={200: Answer[RulesOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def remove_pair(path: PairPath) -> Response:
    """One may give to the other again; the other way round is a rule of its own."""
    with _unless_rules_changed(path.exchange_id):
        ruling.lift_pair(current_actor(), path.exchange_id, path.giver_id, path.receiver_id)
    return _answer_rules(path.exchange_id, mark("Lifted"))


@endpoints.post(
    "/<uuid:exchange_id>/rules/households",
    summary="Keep a household apart",
    responses={200: Answer[RulesOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def add_household(path: ExchangePath, body: NewHouseholdApart) -> Response:
    """Nobody of these people gives to another of them."""
    with _unless_rules_changed(path.exchange_id):
        ruling.keep_household_apart(current_actor(), path.exchange_id, body.name, body.members)
    return _answer_rules(path.exchange_id, mark("Kept apart"))


@endpoints.delete(
    "/<uuid:exchange_id>/rules/households/<uuid:household_id>",
    summary="Lift a household",
    responses={200: Answer[RulesOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def remove_household(path: HouseholdPath) -> Response:
    """Its people may give to each other again."""
    with _unless_rules_changed(path.exchange_id):
        ruling.lift_household(current_actor(), path.exchange_id, path.household_id)
    return _answer_rules(path.exchange_id, mark("Lifted"))


@endpoints.post(
    "/<uuid:exchange_id>/rules/allow",
    summary="Allow one pair",
    responses={200: Answer[RulesOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def allow_pair(path: ExchangePath, body: PairBody) -> Response:
    """Lift whatever keeps one from giving to the other, and nothing else."""
    with _unless_rules_changed(path.exchange_id):
        ruling.allow(current_actor(), path.exchange_id, body.giver_id, body.receiver_id)
    return _answer_rules(path.exchange_id, mark("Allowed"))


@endpoints.get(
    "/<uuid:exchange_id>/feasibility",
    summary="Ask whether a draw is possible",
    responses={200: Answer[OutlookOut]},
)
def get_feasibility(path: ExchangePath) -> Response:
    """Who is stuck, and which exclusions would help; past years stand in no way."""
    page = queries.rules_page(read_session(), current_actor(), path.exchange_id)
    problem = in_the_way(page.outlook)
    said = problem.text(language()) if problem is not None else ""
    return answer(OutlookOut.of(page.outlook, page.ways, said), mark("Looked"))


@endpoints.get("/<uuid:exchange_id>/draws", summary="Look at the draws", responses={200: Answer[DrawsOut]})
def list_draws(path: ExchangePath) -> Response:
    """Every time that all names were drawn, and the hash of all that the next or last draw depends on."""
    return _answer_draws(path.exchange_id, mark("Draws found"))


@endpoints.post(
    "/<uuid:exchange_id>/redraw",
    summary="Draw all names again",
    responses={200: Answer[DrawsOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def redraw_names(path: ExchangePath, body: Redrawing) -> Response:
    """Everybody is told that their old match no longer holds, and reads the reason."""
    with _unless_draws_changed(path.exchange_id):
        drawing.redraw_names(current_actor(), path.exchange_id, body.reason, after=body.after)
    return _answer_draws(path.exchange_id, mark("Names drawn again"))


@endpoints.post(
    "/<uuid:exchange_id>/people/late",
    summary="Put a latecomer on the list",
    responses={201: Answer[RepairOut], 409: ErrorAnswer},
)
def add_late(path: ExchangePath, body: NewLatecomer) -> Response:
    """After the draw. They are asked by letter; letting them in is another call, once they have answered."""
    late = Joining(name=body.name, email=body.email, wishes="", language=language())
    seat_id = repairing.add_late(current_actor(), path.exchange_id, late, body.apart_from)
    page = queries.repair_page(read_session(), current_actor(), path.exchange_id, seat_id)
    return answer(RepairOut.of(page), mark("On the list"), status=201)


@endpoints.get(
    "/<uuid:exchange_id>/people/<uuid:participant_id>/repair",
    summary="Ask whether somebody can leave or come in",
    responses={200: Answer[RepairOut], 409: ErrorAnswer},
)
def preview_repair(path: SeatPath) -> Response:
    """For whom is in the draw: leaving; for whom is not: being let in.

    One or two matches change, rarely more. How many, nobody is told: tried on everybody, it would tell
    who is near to whom.
    """
    page = queries.repair_page(read_session(), current_actor(), path.exchange_id, path.participant_id)
    repairing.refuse_unasked(page.seat, wants_in=page.wants_in)
    settled(page.terms)
    return answer(RepairOut.of(page), mark("Looked"))


@endpoints.post(
    "/<uuid:exchange_id>/people/<uuid:participant_id>/drop-out",
    summary="Take somebody out of the draw",
    responses={200: Answer[DrawsOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def drop_out(path: SeatPath, body: Repairing) -> Response:
    """As few matches as can be change; everybody gets the same letter to look."""
    with _unless_draws_changed(path.exchange_id):
        repairing.drop_out(current_actor(), path.exchange_id, path.participant_id, after=body.after)
    return _answer_draws(path.exchange_id, mark("Person taken out"))


@endpoints.post(
    "/<uuid:exchange_id>/people/<uuid:participant_id>/let-in",
    summary="Let somebody into the draw",
    responses={200: Answer[DrawsOut], 409: ErrorAnswer, 412: ErrorAnswer},
)
def let_in(path: SeatPath, body: Repairing) -> Response:
    """They give to one of the others, and one of these to them."""
    with _unless_draws_changed(path.exchange_id):
        repairing.let_in(current_actor(), path.exchange_id, path.participant_id, after=body.after)
    return _answer_draws(path.exchange_id, mark("Person let in"))


@endpoints.post(
    "/<uuid:exchange_id>/reveal",
    summary="Look up one match",
    responses={200: Answer[RevealOut], 409: ErrorAnswer},
)
def reveal_match(path: ExchangePath, body: Revealing) -> Response:
    """For an emergency: the giver gets a letter, and everybody reads who looked, at whose, and why."""
    giver, receiver = revealing.reveal_match(current_actor(), path.exchange_id, body.giver_id, body.reason)
    return answer(RevealOut(giver=giver, receiver=receiver), mark("Match looked up"))


def _unless_rules_changed(exchange_id: UUID) -> AbstractContextManager[None]:
    actor = current_actor()
    return unless_changed(lambda session: RulesOut.of(queries.rules_in_names(session, actor, exchange_id)))


def _unless_draws_changed(exchange_id: UUID) -> AbstractContextManager[None]:
    actor = current_actor()
    return unless_changed(lambda session: _draws(session, actor, exchange_id))


def _answer_rules(exchange_id: UUID, message: str) -> Response:
    named = queries.rules_in_names(read_session(), current_actor(), exchange_id)
    return answer(RulesOut.of(named), message)


def _answer_draws(exchange_id: UUID, message: str) -> Response:
    return answer(_draws(read_session(), current_actor(), exchange_id), message)


def _draws(session: Session, actor: Actor, exchange_id: UUID) -> DrawsOut:
    exchange = queries.exchange_of(session, actor, exchange_id)
    newest = queries.newest_draw(session, exchange_id)
    return DrawsOut(
        version=newest.version if newest is not None else None,
        commitment=queries.promise_of(session, exchange),
        next_seed=queries.next_seed_mark(exchange),
        draws=[DrawOut.of(draw) for draw in queries.drawings_of(session, exchange_id)],
    )
