"""Pages on which the names are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.accounts.web import asks_again
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms.ruling import RedrawForm, RevealForm
from kinkeeper.features.exchanges.rules.joining import ExchangeState
from kinkeeper.features.exchanges.service import drawing, revealing
from kinkeeper.features.exchanges.service.refusals import DrawImpossible, MatchesCertain, NoSuchShape
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Conflict, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import language, text
from kinkeeper.web.notices import notify_letters
from kinkeeper.web.pages import back_to, render
from kinkeeper.web.problems import status_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from kinkeeper.features.exchanges.models import Draw, Exchange


@pages.post("/exchanges/<uuid:exchange_id>/draw")
def draw(exchange_id: UUID) -> ResponseReturnValue:
    """Draw the names."""
    try:
        drawing.draw_names(current_actor(), exchange_id)
    except Conflict as problem:
        return _not_drawn(exchange_id, problem)
    notify_letters(mark("The names are drawn. Everybody gets a letter now."), mark("The names are drawn."))
    return back_to(".show", exchange_id=exchange_id)


@pages.route("/exchanges/<uuid:exchange_id>/redraw", methods=["GET", "POST"])
def redraw(exchange_id: UUID) -> ResponseReturnValue:
    """Draw all names anew."""
    exchange, draw = _drawn(exchange_id)
    form = RedrawForm(request.form, after=draw.version)
    if form.is_good():
        with form.problems():
            drawing.redraw_names(current_actor(), exchange_id, form.reason.data, after=form.after.data)
            notify_letters(
                mark("The names are drawn again. Everybody gets a letter now."),
                mark("The names are drawn again."),
            )
            return back_to(".show", exchange_id=exchange_id)
    return render("exchanges/redraw.html", exchange=exchange, form=form, status=form.status)


@pages.route("/exchanges/<uuid:exchange_id>/reveal", methods=["GET", "POST"])
@asks_again
def reveal(exchange_id: UUID) -> ResponseReturnValue:
    """Show an organiser one match, in the answer to this post and nowhere else."""
    exchange, _ = _drawn(exchange_id)
    form = RevealForm(request.form)
    nobody = ("", text(mark("Please choose")))
    seats = queries.confirmed_seats(read_session(), exchange_id)
    names = sorted(((str(seat.id), seat.name) for seat in seats), key=lambda one: one[1].lower())
    form.giver.choices = [nobody, *names]
    seen = None
    if form.is_good():
        with form.problems():
            seen = revealing.reveal_match(
                current_actor(), exchange_id, UUID(form.giver.data), form.reason.data
            )
    return render("exchanges/reveal.html", exchange=exchange, form=form, seen=seen, status=form.status)


def _drawn(exchange_id: UUID) -> tuple[Exchange, Draw]:
    """Answer an exchange that the reader organises, and its draw; one that is not drawn has no such page."""
    exchange = queries.exchange_of(read_session(), current_actor(), exchange_id)
    draw = queries.newest_draw(read_session(), exchange_id)
    if draw is None or exchange.state is not ExchangeState.DRAWN:
        raise NotFound
    return exchange, draw


def _not_drawn(exchange_id: UUID, problem: Conflict) -> ResponseReturnValue:
    page = queries.organiser_page(read_session(), current_actor(), exchange_id, clock.now())
    about_rules = (DrawImpossible, NoSuchShape, MatchesCertain)
    return render(
        "exchanges/draw_refused.html",
        page=page,
        message=problem.text(language()),
        remedy=problem.remedy,
        is_about_rules=isinstance(problem, about_rules),
        status=status_of(problem),
    )
