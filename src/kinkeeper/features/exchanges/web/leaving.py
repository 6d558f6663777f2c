"""Pages on which somebody gives their place up, or shuts out whoever else has a link to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from kinkeeper.features.accounts import queries as people
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms import SureForm
from kinkeeper.features.exchanges.rules.joining import lets_people_leave
from kinkeeper.features.exchanges.service import leaving, renewing
from kinkeeper.features.exchanges.web.pages import pages, ward_on
from kinkeeper.kernel import clock
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify_letter
from kinkeeper.web.pages import back_to, render

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.features.exchanges.queries import Hat


@pages.route("/my/<uuid:participant_id>/leave", methods=["GET", "POST"])
def leave(participant_id: UUID) -> ResponseReturnValue:
    """Ask whether somebody means to give their place up, and do it; later say who can (SK-60, SK-64)."""
    page = queries.participant_page(read_session(), current_actor(), participant_id)
    if ward_on(page.participant):
        return back_to(".release_held", participant_id=participant_id)
    form = SureForm(request.form)
    if form.is_good():
        with form.problems():
            slug = leaving.leave(current_actor(), participant_id)
            notify_letter(mark("You are out, and get a letter that says so."), mark("You are out."))
            return back_to(".join", slug=slug)
    if form.was_sent:
        page = queries.participant_page(read_session(), current_actor(), participant_id)
    return render(
        "exchanges/leave.html",
        page=page,
        form=form,
        wards=_wards_beside(page.participant),
        hosts=queries.organisers_of(read_session(), page.exchange.id),
        can_leave=lets_people_leave(page.exchange, clock.now()) and page.participant.withdrawn_at is None,
        status=form.status,
    )


def _wards_beside(seat: Participant) -> list[Hat]:
    """Answer whom the leaver looks after here; their places stay."""
    wards = people.wards_of(read_session(), [seat.person_id]) if seat.person_id is not None else {}
    hats = queries.hats_of(read_session(), current_actor(), seat.exchange_id)
    return [hat for hat in hats if hat.person_id in wards]


@pages.post("/my/<uuid:participant_id>/new-link")
def renew_own_link(participant_id: UUID) -> ResponseReturnValue:
    """End all links to one's own page, this browser's way in among them, and have a new one sent."""
    slug = renewing.renew_own_link(current_actor(), participant_id)
    return back_to(".join_sent", slug=slug)
