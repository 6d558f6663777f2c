"""The page of those who run an exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms import HostForm, NoticesForm
from kinkeeper.features.exchanges.service import hosting
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import text
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/exchanges/<uuid:exchange_id>/organisers", methods=["GET", "POST"])
def hosts(exchange_id: UUID) -> ResponseReturnValue:
    """Show who runs it, and let somebody else do so, too."""
    page = queries.hosts_page(read_session(), current_actor(), exchange_id)
    form = HostForm(request.form)
    nobody = ("", text(mark("Please choose")))
    form.person.choices = [nobody, *((str(person_id), name) for person_id, name in page.others)]
    if form.is_good():
        with form.problems():
            hosting.add_organiser(current_actor(), exchange_id, UUID(form.person.data))
            notify("success", mark("Added. You run it together now."))
            return back_to(".hosts", exchange_id=exchange_id)
    if form.was_sent:
        page = queries.hosts_page(read_session(), current_actor(), exchange_id)
    return render(
        "exchanges/hosts.html",
        page=page,
        form=form,
        notices_form=NoticesForm(obj=page.own),
        status=form.status,
    )


@pages.post("/exchanges/<uuid:exchange_id>/organisers/<uuid:person_id>/remove")
def remove_host(exchange_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Let somebody run it no longer."""
    hosting.remove_organiser(current_actor(), exchange_id, person_id)
    notify("success", mark("Removed."))
    if person_id == current_actor().person_id and not current_actor().is_admin:
        return back_to(".index")
    return back_to(".hosts", exchange_id=exchange_id)


@pages.post("/exchanges/<uuid:exchange_id>/notices")
def choose_notices(exchange_id: UUID) -> ResponseReturnValue:
    """Say what one wants to hear of."""
    form = NoticesForm(request.form)
    hosting.choose_notices(current_actor(), exchange_id, hosting.Notices(**form.data))
    notify("success", mark("Noted."))
    return back_to(".hosts", exchange_id=exchange_id)
