"""The page on which an organiser picks people from the address book."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms import PickForm
from kinkeeper.features.exchanges.service import picking
from kinkeeper.features.exchanges.service.adding import MOST_AT_ONCE
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, page_number, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/exchanges/<uuid:exchange_id>/people/pick", methods=["GET", "POST"])
def pick_people(exchange_id: UUID) -> ResponseReturnValue:
    """Pick people from the circle's address book; a search and pages keep five hundred within reach."""
    q = request.args.get("q", "").strip()
    form = PickForm(request.form)
    if form.is_good():
        with form.problems():
            chosen = [UUID(one) for one in form.person_ids.data or []]
            picking.pick_people(current_actor(), exchange_id, chosen)
            notify("success", mark("They are on the list."))
            return back_to(".show", exchange_id=exchange_id)
    exchange, page = queries.candidates_for(
        read_session(), current_actor(), exchange_id, q=q, page=page_number(), per_page=MOST_AT_ONCE
    )
    return render(
        "exchanges/pick_people.html",
        exchange=exchange,
        page=page,
        form=form,
        chosen=set(form.person_ids.data or []),
        q=q,
        status=form.status,
    )
