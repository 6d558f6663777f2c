"""The page on which somebody mends their own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms import NameForm
from kinkeeper.features.exchanges.service import renaming
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue


@pages.route("/my/<uuid:participant_id>/name", methods=["GET", "POST"])
def change_name(participant_id: UUID) -> ResponseReturnValue:
    """Say anew what one is called."""
    page = queries.participant_page(read_session(), current_actor(), participant_id)
    form = NameForm(request.form, name=page.participant.name)
    if form.is_good():
        with form.problems():
            renaming.change_name(current_actor(), participant_id, form.name.data)
            notify("success", mark("Changed. Everybody who is in reads it so."))
            return back_to(".mine", participant_id=participant_id)
    if form.was_sent:
        page = queries.participant_page(read_session(), current_actor(), participant_id)
    return render("exchanges/name.html", page=page, form=form, status=form.status)
