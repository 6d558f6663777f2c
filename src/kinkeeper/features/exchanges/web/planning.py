"""Pages on which an exchange is begun, changed, opened, closed and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms import TELLINGS, BeginForm, ChangeForm
from kinkeeper.features.exchanges.service import ending, organising, planning
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import text
from kinkeeper.web.notices import notify, notify_letters
from kinkeeper.web.pages import back_to, render
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/exchanges/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Begin an exchange, open at once or as a draft."""
    form = BeginForm(request.form, zone=settings().zone)
    form.zone.offer()
    circles = people.circles_with(read_session(), current_actor(), "exchanges.begin")
    form.circle.choices = [(str(circle_id), name) for circle_id, name in circles.items()]
    as_draft = "as_draft" in request.form
    if form.is_good():
        with form.problems():
            said = dict(form.data)
            circle = said.pop("circle")
            exchange_id = planning.begin_exchange(
                current_actor(),
                planning.Plan(**said),
                as_draft=as_draft,
                circle_id=UUID(circle) if circle else None,
            )
            if as_draft:
                notify("success", mark("It is a draft that only you see. Open it when you are ready."))
            else:
                notify("success", mark("Here it is. Send the link to everybody who should be in."))
            return back_to(".show", exchange_id=exchange_id)
    return render("exchanges/new.html", form=form, status=form.status)


@pages.route("/exchanges/<uuid:exchange_id>/change", methods=["GET", "POST"])
def change(exchange_id: UUID) -> ResponseReturnValue:
    """Change what was said of an exchange."""
    exchange = queries.exchange_of(read_session(), current_actor(), exchange_id)
    form = ChangeForm(request.form, obj=exchange)
    form.zone.offer()
    form.telling.choices = [(telling, text(said)) for telling, said in TELLINGS.items()]
    if form.is_good():
        with form.problems():
            said = dict(form.data)
            telling = said.pop("telling")
            planning.change_plan(current_actor(), exchange_id, said, telling=telling)
            notify("success", mark("The plan is changed."))
            return back_to(".show", exchange_id=exchange_id)
    if form.was_sent:
        exchange = queries.exchange_of(read_session(), current_actor(), exchange_id)
    return render("exchanges/change.html", form=form, exchange=exchange, status=form.status)


@pages.post("/exchanges/<uuid:exchange_id>/open")
def open_exchange(exchange_id: UUID) -> ResponseReturnValue:
    """Let people join, for the first time or again."""
    organising.open_exchange(current_actor(), exchange_id)
    notify("success", mark("Open. Send the link to everybody who should be in."))
    return back_to(".show", exchange_id=exchange_id)


@pages.post("/exchanges/<uuid:exchange_id>/close")
def close(exchange_id: UUID) -> ResponseReturnValue:
    """Let nobody else join."""
    organising.close_exchange(current_actor(), exchange_id)
    notify("success", mark("Closed. Nobody else can join now."))
    return back_to(".show", exchange_id=exchange_id)


@pages.post("/exchanges/<uuid:exchange_id>/complete")
def complete(exchange_id: UUID) -> ResponseReturnValue:
    """Say that the gifts are given."""
    ending.complete_exchange(current_actor(), exchange_id)
    notify("success", mark("Done. We hope that everybody was glad."))
    return back_to(".show", exchange_id=exchange_id)


@pages.post("/exchanges/<uuid:exchange_id>/cancel")
def cancel(exchange_id: UUID) -> ResponseReturnValue:
    """Call it off."""
    ending.cancel_exchange(current_actor(), exchange_id)
    notify_letters(mark("Called off. Everybody who was in gets a letter."), mark("Called off."))
    return back_to(".show", exchange_id=exchange_id)
