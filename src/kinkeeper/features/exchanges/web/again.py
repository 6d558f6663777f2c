"""Pages of another year: putting it down, and saying no to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import INVITED
from kinkeeper.features.exchanges.forms import AgainForm
from kinkeeper.features.exchanges.service import again, inviting
from kinkeeper.features.exchanges.web.pages import dead_link, pages
from kinkeeper.kernel.errors import Gone
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web import security
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue


@pages.route("/exchanges/<uuid:exchange_id>/again", methods=["GET", "POST"])
def same_again(exchange_id: UUID) -> ResponseReturnValue:
    """Put down a draft for another year."""
    exchange = queries.exchange_of(read_session(), current_actor(), exchange_id)
    form = AgainForm(request.form, obj=again.next_plan(exchange))
    if form.is_good():
        with form.problems():
            new_id = again.begin_again(current_actor(), exchange_id, form.data)
            notify("success", mark("Put down. When you open it, everybody is asked by letter."))
            return back_to(".show", exchange_id=new_id)
    if form.was_sent:
        exchange = queries.exchange_of(read_session(), current_actor(), exchange_id)
    return render("exchanges/same_again.html", form=form, exchange=exchange, status=form.status)


@pages.post("/invited/<token>/decline")
def decline(token: str) -> ResponseReturnValue:
    """Say no to an invitation."""
    try:
        slug = inviting.decline(current_actor(), token, address=security.client_address())
    except Gone as problem:
        return dead_link(problem, INVITED, token)
    notify("success", mark("You are off the list. If you change your mind, you can join here."))
    return back_to(".join", slug=slug)
