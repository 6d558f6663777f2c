"""Pages on which an organiser looks after who is on the list; none shows a participant's link (T-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from kinkeeper.features.accounts.permissions import may_see_people
from kinkeeper.features.accounts.rules import roster
from kinkeeper.features.accounts.web import told_of
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms import OnePersonForm, SeveralPeopleForm, SureForm
from kinkeeper.features.exchanges.permissions import may_coordinate, may_organise
from kinkeeper.features.exchanges.service import adding, removing, renewing
from kinkeeper.features.exchanges.service.adding import LinesRefused, Newcomer
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import can, current_actor
from kinkeeper.web.language import language
from kinkeeper.web.notices import notify, notify_letter
from kinkeeper.web.pages import back_to, render

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response


@pages.route("/exchanges/<uuid:exchange_id>/people/add", methods=["GET", "POST"])
def add_people(exchange_id: UUID) -> ResponseReturnValue:
    """Put somebody on the list, or several at once."""
    exchange = queries.exchange_of(read_session(), current_actor(), exchange_id, may_coordinate)
    are_several = "people" in request.form
    one = OnePersonForm(None if are_several else request.form)
    several = SeveralPeopleForm(request.form if are_several else None)
    form = several if are_several else one
    if form.is_good():
        with form.problems():
            added = _add_several(exchange_id, several) if are_several else _add_one(exchange_id, one)
            if added is not None:
                return added
    if form.was_sent:
        exchange = queries.exchange_of(read_session(), current_actor(), exchange_id, may_coordinate)
    return render(
        "exchanges/add_people.html",
        exchange=exchange,
        runs=can(may_organise, exchange),
        picks=can(may_see_people, exchange),
        one=one,
        several=several,
        most=adding.MOST_AT_ONCE,
        status=form.status,
    )


@pages.route("/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>")
def person(exchange_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Show one person on the list, and what can be done for them."""
    page = queries.person_page(read_session(), current_actor(), exchange_id, participant_id)
    return render(
        "exchanges/person.html",
        page=page,
        runs=can(may_organise, page.exchange),
        is_alone=_is_alone(page),
        is_undelivered=participant_id in queries.undelivered(read_session(), exchange_id),
    )


@pages.route("/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/remove", methods=["GET", "POST"])
def remove_person(exchange_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Take somebody off the list."""
    page = queries.person_page(read_session(), current_actor(), exchange_id, participant_id)
    form = SureForm(request.form)
    if form.is_good():
        with form.problems():
            removing.remove_person(current_actor(), exchange_id, participant_id)
            notify("success", mark("Taken off the list. By the link they can join again."))
            return back_to(".show", exchange_id=exchange_id)
    if form.was_sent:
        page = queries.person_page(read_session(), current_actor(), exchange_id, participant_id)
    return render("exchanges/remove_person.html", page=page, form=form, status=form.status)


@pages.post("/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/resend")
def send_again(exchange_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Send somebody their letter again."""
    renewing.send_again(current_actor(), exchange_id, participant_id)
    notify_letter(mark("The letter is on its way again."))
    return back_to(".person", exchange_id=exchange_id, participant_id=participant_id)


@pages.post("/exchanges/<uuid:exchange_id>/people/<uuid:participant_id>/rotate")
def renew_link(exchange_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """End somebody's links, and send a new one."""
    renewing.renew_link(current_actor(), exchange_id, participant_id)
    notify_letter(
        mark("A new link is on its way to them. All earlier ones have ended."),
        mark("All earlier links have ended."),
    )
    return back_to(".person", exchange_id=exchange_id, participant_id=participant_id)


def _is_alone(page: queries.PersonPage) -> bool:
    """Whether nobody gets a letter about them: they have no address, nor has anybody who looks after them."""
    if page.seat.email is not None or page.seat.is_erased:
        return False
    return not queries.keepers_of(read_session(), page.exchange.id).get(page.seat.id)


def _add_one(exchange_id: UUID, form: OnePersonForm) -> Response | None:
    try:
        _add(exchange_id, [Newcomer(form.name.data, form.email.data)])
    except LinesRefused as refused:
        raise refused.lines[0] from refused
    notify("success", mark("%(name)s is on the list."), name=form.name.data)
    return back_to(".show", exchange_id=exchange_id)


def _add_several(exchange_id: UUID, form: SeveralPeopleForm) -> Response | None:
    """Add all lines, or say beside which of them what is wrong; what was typed stays."""
    lines = roster.lines_of(form.people.data)
    if wrong := roster.wrong_in(lines, need_address=True):
        form.form_errors += told_of(lines, wrong)
        return None
    try:
        _add(exchange_id, [Newcomer(line.name, line.email) for line in lines])
    except LinesRefused as refused:
        form.form_errors += told_of(lines, refused.lines)
        return None
    notify("success", mark("They are on the list."))
    return back_to(".show", exchange_id=exchange_id)


def _add(exchange_id: UUID, newcomers: list[Newcomer]) -> None:
    adding.add_people(current_actor(), exchange_id, newcomers, language=language())
