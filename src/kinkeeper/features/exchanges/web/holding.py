"""Pages on which somebody holds places for others: children, whoever has no e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms import CareForm, HoldForm, PutOnListForm, ReleaseForm
from kinkeeper.features.exchanges.permissions import may_coordinate, may_speak_for
from kinkeeper.features.exchanges.rules.joining import takes_people
from kinkeeper.features.exchanges.service import holding
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import can, current_actor
from kinkeeper.web.language import text
from kinkeeper.web.notices import notify, notify_letter
from kinkeeper.web.pages import back_to, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from wtforms import SelectField

    from kinkeeper.features.exchanges.models import Exchange


@pages.route("/my/<uuid:participant_id>/others", methods=["GET", "POST"])
def held(participant_id: UUID) -> ResponseReturnValue:
    """Show whom one looks after here; a post puts somebody on the list."""
    form = HoldForm(request.form)
    if form.is_good():
        with form.problems():
            holding.hold_place(current_actor(), participant_id, form.name.data)
            notify("success", mark("%(name)s is in."), name=form.name.data)
            return back_to(".held", participant_id=participant_id)
    page = queries.participant_page(read_session(), current_actor(), participant_id)
    return render(
        "exchanges/held.html",
        page=page,
        hats=queries.hats_of(read_session(), current_actor(), page.exchange.id),
        own_ids={current_actor().person_id, current_actor().guest_id},
        takes_people=takes_people(page.exchange, clock.now()),
        form=form,
        status=form.status,
    )


@pages.post("/my/<uuid:participant_id>/confirm")
def confirm_held(participant_id: UUID) -> ResponseReturnValue:
    """Say yes for whom one looks after."""
    holding.confirm_held(current_actor(), participant_id)
    return back_to(".mine", participant_id=participant_id)


@pages.route("/my/<uuid:participant_id>/release", methods=["GET", "POST"])
def release_held(participant_id: UUID) -> ResponseReturnValue:
    """Ask, and then take whom one looks after off the list."""
    page = queries.participant_page(read_session(), current_actor(), participant_id)
    if not can(may_speak_for, page.participant):
        raise NotFound
    form = ReleaseForm(request.form)
    if form.is_good():
        with form.problems():
            holding.release_held(current_actor(), participant_id)
            notify("success", mark("%(name)s is off the list."), name=page.participant.name)
            return back_to("dashboard.home")
    return render("exchanges/release.html", page=page, form=form, status=form.status)


@pages.route("/exchanges/<uuid:exchange_id>/others", methods=["GET", "POST"])
def put_on_list(exchange_id: UUID) -> ResponseReturnValue:
    """Let an organiser put somebody on the list, whom another looks after."""
    exchange = queries.exchange_of(read_session(), current_actor(), exchange_id, may_coordinate)
    form = PutOnListForm(request.form)
    _offer(form.guardian, exchange)
    if form.is_good():
        with form.problems():
            guardian_id = UUID(form.guardian.data)
            holding.put_on_list(current_actor(), exchange_id, form.name.data, guardian_id)
            notify("success", mark("%(name)s is on the list."), name=form.name.data)
            return back_to(".show", exchange_id=exchange_id)
    return render("exchanges/put_on_list.html", exchange=exchange, form=form, status=form.status)


@pages.route("/exchanges/<uuid:exchange_id>/others/<uuid:participant_id>", methods=["GET", "POST"])
def hand_over_care(exchange_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Find somebody who looks after a place that nobody looks after any more."""
    exchange = queries.exchange_of(read_session(), current_actor(), exchange_id, may_coordinate)
    keepers = queries.keepers_of(read_session(), exchange_id)
    seat = queries.seat_of_exchange(read_session(), exchange_id, participant_id)
    if seat is None or keepers.get(seat.id) != []:
        raise NotFound
    form = CareForm(request.form)
    _offer(form.guardian, exchange)
    if form.is_good():
        with form.problems():
            holding.hand_over_care(current_actor(), exchange_id, participant_id, UUID(form.guardian.data))
            notify_letter(mark("They are asked by letter."))
            return back_to(".show", exchange_id=exchange_id)
    return render("exchanges/care.html", exchange=exchange, seat=seat, form=form, status=form.status)


def _offer(field: SelectField, exchange: Exchange) -> None:
    people = queries.possible_guardians(read_session(), exchange)
    nobody = ("", text(mark("Please choose")))
    field.choices = [nobody, *((str(person_id), name) for person_id, name in people.items())]
