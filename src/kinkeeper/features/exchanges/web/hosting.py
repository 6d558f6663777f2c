"""The page of those who run an exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.accounts.web import asks_again
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms import HelperForm, HostForm, NoticesForm
from kinkeeper.features.exchanges.service import helping, hosting
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel.roles import TITLES, Role
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import text
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from kinkeeper.features.exchanges.queries import HostsPage

AS_WHAT = {
    Role.COORDINATOR: mark("Coordinator: helps with people and letters"),
    Role.OBSERVER: mark("Observer: looks on"),
}


@pages.route("/exchanges/<uuid:exchange_id>/organisers", methods=["GET", "POST"])
@asks_again
def hosts(exchange_id: UUID) -> ResponseReturnValue:
    """Show who runs it, and let somebody else do so, too."""
    page = queries.hosts_page(read_session(), current_actor(), exchange_id)
    form = _host_form(page)
    if form.is_good():
        with form.problems():
            hosting.add_organiser(current_actor(), exchange_id, UUID(form.person.data))
            notify("success", mark("Added. You run it together now."))
            return back_to(".hosts", exchange_id=exchange_id)
    return _show_hosts(exchange_id, form)


@pages.post("/exchanges/<uuid:exchange_id>/helpers")
@asks_again
def add_helper(exchange_id: UUID) -> ResponseReturnValue:
    """Let somebody help with it, or look on."""
    page = queries.hosts_page(read_session(), current_actor(), exchange_id)
    form = _helper_form(page)
    if form.is_good():
        with form.problems():
            helping.add_helper(current_actor(), exchange_id, UUID(form.person.data), form.role.data)
            notify("success", mark("Noted."))
            return back_to(".hosts", exchange_id=exchange_id)
    return _show_hosts(exchange_id, form)


@pages.post("/exchanges/<uuid:exchange_id>/helpers/<uuid:person_id>/remove")
@asks_again
def remove_helper(exchange_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Let somebody help with it or look on no longer."""
    helping.remove_helper(current_actor(), exchange_id, person_id)
    notify("success", mark("Removed."))
    return back_to(".hosts", exchange_id=exchange_id)


@pages.post("/exchanges/<uuid:exchange_id>/organisers/<uuid:person_id>/remove")
@asks_again
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


def _host_form(page: HostsPage) -> HostForm:
    form = HostForm(request.form if request.endpoint == "exchanges.hosts" else None)
    form.person.choices = [_nobody(), *((str(person_id), name) for person_id, name in page.others)]
    return form


def _helper_form(page: HostsPage) -> HelperForm:
    form = HelperForm(request.form if request.endpoint == "exchanges.add_helper" else None)
    form.person.choices = [_nobody(), *((str(person_id), name) for person_id, name in page.others)]
    form.role.choices = [(role, text(AS_WHAT[role])) for role in helping.HELPING]
    return form


def _nobody() -> tuple[str, str]:
    return "", text(mark("Please choose"))


def _show_hosts(exchange_id: UUID, refused: HostForm | HelperForm) -> ResponseReturnValue:
    """Show the page; a form that was refused comes back with what was typed."""
    page = queries.hosts_page(read_session(), current_actor(), exchange_id)
    return render(
        "exchanges/hosts.html",
        page=page,
        form=refused if isinstance(refused, HostForm) else _host_form(page),
        helper_form=refused if isinstance(refused, HelperForm) else _helper_form(page),
        titles=TITLES,
        notices_form=NoticesForm(obj=page.own),
        status=refused.status,
    )
