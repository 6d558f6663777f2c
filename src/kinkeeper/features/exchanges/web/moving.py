"""Pages on which somebody's place comes to go by another address (T-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request, url_for

from kinkeeper.features.accounts.web import guest_lease, let_guest_in
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import MOVED, purpose
from kinkeeper.features.exchanges.forms import NewAddressForm
from kinkeeper.features.exchanges.service import readdressing
from kinkeeper.features.exchanges.service.joining import SeatGone
from kinkeeper.features.exchanges.web.pages import dead_link, pages
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Gone
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.platform import links
from kinkeeper.web import security
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify, notify_letter
from kinkeeper.web.pages import back_to, render, render_private

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue


@pages.route("/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/address", methods=["GET", "POST"])
def change_address(exchange_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Have somebody's letters go to another address."""
    page = queries.person_page(read_session(), current_actor(), exchange_id, participant_id)
    form = NewAddressForm(request.form)
    if form.is_good():
        with form.problems():
            is_done = readdressing.change_address(
                current_actor(), exchange_id, participant_id, form.email.data
            )
            _notify_change(is_done=is_done)
            return back_to(".person", exchange_id=exchange_id, participant_id=participant_id)
    if form.was_sent:
        page = queries.person_page(read_session(), current_actor(), exchange_id, participant_id)
    return render("exchanges/change_address.html", page=page, form=form, status=form.status)


def _notify_change(*, is_done: bool) -> None:
    if is_done:
        notify_letter(mark("Changed. A letter is on its way to the new address."), mark("Changed."))
    else:
        asked = mark("Asked. The address changes once it is confirmed.")
        notify_letter(asked, asked)


@pages.post("/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/address/keep")
def take_back_address(exchange_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Leave somebody's address as it is."""
    readdressing.take_back_address(current_actor(), exchange_id, participant_id)
    notify("success", mark("Their address stays as it is."))
    return back_to(".person", exchange_id=exchange_id, participant_id=participant_id)


@pages.post("/my/<uuid:participant_id>/address")
def answer_address(participant_id: UUID) -> ResponseReturnValue:
    """Say whether one's own letters are to go to the new address."""
    agrees = request.form.get("answer") == "yes"
    readdressing.answer_address(current_actor(), participant_id, agrees=agrees)
    if agrees:
        notify_letter(mark("Thank you. A link is on its way to the new address."), mark("Thank you."))
    else:
        notify("success", mark("Your address stays as it is."))
    return back_to(".mine", participant_id=participant_id)


@pages.route("/moved/<token>", methods=["GET", "POST"])
def confirm_address(token: str) -> ResponseReturnValue:
    """Show one button to whoever has the new address; only pressing it uses the link (T-1)."""
    try:
        if request.method != "POST":
            seat_id = links.look_at(read_session(), purpose(MOVED), token, clock.now())
            place = queries.place_behind(read_session(), seat_id)
            if place is None:
                raise SeatGone
            return render_private("exchanges/confirm_address.html", place=place)
        seat_id, secret = readdressing.confirm_address(
            current_actor(),
            token,
            address=security.client_address(),
            lease=guest_lease(),
            replacing=security.read_cookie(security.GUEST),
        )
    except Gone as problem:
        return dead_link(problem, MOVED, token)
    return let_guest_in(secret, url_for(".mine", participant_id=seat_id))
