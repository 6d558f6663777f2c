"""The page on which an organiser picks people from the address book."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from flask import request, url_for

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
from kinkeeper.web.problems import lead_on

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


MOST_KEPT = 500
"""Ticks that go along while somebody looks on: more than can be picked at once."""


@pages.route("/exchanges/<uuid:exchange_id>/people/pick", methods=["GET", "POST"])
def pick_people(exchange_id: UUID) -> ResponseReturnValue:
    """Pick people from the circle's address book; a search and pages keep five hundred within reach.

    Looking on posts the form, too, and picks nobody: so what was ticked stays ticked.
    """
    form = PickForm(request.form)
    if "look" not in request.form and form.is_good():
        with form.problems():
            chosen = [UUID(one) for one in form.person_ids.data or []]
            picking.pick_people(current_actor(), exchange_id, chosen)
            notify("success", mark("They are on the list."))
            return back_to(".show", exchange_id=exchange_id)
    q, ticked = request.values.get("q", "").strip(), _ticked(form)
    exchange, page = queries.candidates_for(
        read_session(), current_actor(), exchange_id, q=q, page=_page(), per_page=MOST_AT_ONCE
    )
    lead_on(url_for("accounts.people", circle_id=exchange.circle_id), mark("Address book"))
    elsewhere = ticked - {one.id for one in page.items}
    return render(
        "exchanges/pick_people.html",
        exchange=exchange,
        page=page,
        form=form,
        ticked=ticked,
        kept=queries.candidates_among(read_session(), current_actor(), exchange_id, elsewhere)
        if elsewhere
        else [],
        q=q,
        status=form.status,
    )


def _page() -> int:
    """Answer which page is looked at, also by a form."""
    asked = request.form.get("look", request.form.get("page", type=int), type=int)
    return page_number() if asked is None else min(max(asked, 1), 1_000_000)


def _ticked(form: PickForm) -> set[UUID]:
    """Answer who was ticked on this page and on those before; what is nobody's id is left out."""
    found = set()
    for one in (form.person_ids.data or [])[:MOST_KEPT]:
        with suppress(ValueError):
            found.add(UUID(one))
    return found
