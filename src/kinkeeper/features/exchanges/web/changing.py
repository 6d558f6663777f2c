"""Pages on which a draw is changed: somebody leaves, somebody comes late."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms import LateForm
from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.rules.joining import is_enough
from kinkeeper.features.exchanges.service import repairing
from kinkeeper.features.exchanges.service.joining import Joining
from kinkeeper.features.exchanges.service.settling import settled
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Conflict
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import language
from kinkeeper.web.notices import notify_letters
from kinkeeper.web.pages import back_to, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from kinkeeper.features.exchanges.models import Participant


@pages.route("/exchanges/<uuid:exchange_id>/changes", methods=["GET", "POST"])
def changes(exchange_id: UUID) -> ResponseReturnValue:
    """Show who could leave or be let in; a post puts a latecomer on the list."""
    exchange, stood = queries.drawn_exchange(read_session(), current_actor(), exchange_id)
    form = LateForm(request.form)
    form.apart_from.choices = _sorted(stood.seats)
    if form.is_good():
        with form.problems():
            late = Joining(name=form.name.data, email=form.email.data, wishes="", language=language())
            apart = [UUID(one) for one in form.apart_from.data or []]
            seat_id = repairing.add_late(current_actor(), exchange_id, late, apart)
            return back_to(".repair", exchange_id=exchange_id, participant_id=seat_id)
    everybody = queries.all_seats(read_session(), exchange_id)
    return render(
        "exchanges/changes.html",
        exchange=exchange,
        seats=_named(stood.seats),
        waiting=_named([seat for seat in everybody if seat.person_id and not stood.has(seat)]),
        left=[seat for seat in queries.seats_left(read_session(), exchange_id) if seat.person_id],
        has_room=queries.has_room(read_session(), exchange, None, clock.now()),
        form=form,
        status=form.status,
    )


@pages.route("/exchanges/<uuid:exchange_id>/changes/<uuid:participant_id>")
def repair(exchange_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Say whether somebody can be let go, or in; nothing here depends on who gives to whom (T-14)."""
    page = queries.repair_page(read_session(), current_actor(), exchange_id, participant_id)
    problem = ""
    try:
        repairing.refuse_unasked(page.seat, wants_in=page.wants_in)
        settled(page.terms)
    except Conflict as found:
        problem = found.text(language())
    return render(
        "exchanges/repair.html",
        exchange=page.exchange,
        seat=page.seat,
        is_leaving=page.is_in_the_draw,
        has_room=page.is_in_the_draw
        or queries.has_room(read_session(), page.exchange, page.seat, clock.now()),
        enough=not page.is_in_the_draw or is_enough(page.people - 1),
        problem=problem,
        is_asked=not page.wants_in,
        has_shape=page.terms.shape is not Shape.ANY,
        after=page.version,
    )


@pages.post("/exchanges/<uuid:exchange_id>/changes/<uuid:participant_id>/leave")
def drop_out(exchange_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Take somebody out of the draw."""
    repairing.drop_out(current_actor(), exchange_id, participant_id, after=_after_version())
    notify_letters(mark("They are out. Everybody gets a letter to look again."), mark("They are out."))
    return back_to(".changes", exchange_id=exchange_id)


@pages.post("/exchanges/<uuid:exchange_id>/changes/<uuid:participant_id>/let-in")
def let_in(exchange_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Let somebody into the draw."""
    repairing.let_in(current_actor(), exchange_id, participant_id, after=_after_version())
    notify_letters(mark("They are in. Everybody gets a letter to look again."), mark("They are in."))
    return back_to(".changes", exchange_id=exchange_id)


def _after_version() -> int | None:
    return request.form.get("after", type=int)


def _named(seats: list[Participant]) -> list[Participant]:
    return sorted(seats, key=lambda seat: seat.name.lower())


def _sorted(seats: list[Participant]) -> list[tuple[str, str]]:
    return [(str(seat.id), seat.name) for seat in _named(seats)]
