"""Pages of circles: what there are, and what one is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms.people import CircleForm, TypedNameForm
from kinkeeper.features.accounts.permissions import (
    may_found_circles,
    may_keep_circle,
    may_see_grants,
    may_see_people,
)
from kinkeeper.features.accounts.service import circles as service
from kinkeeper.features.accounts.web.fresh import asks_again
from kinkeeper.features.accounts.web.pages import pages
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import can, current_actor
from kinkeeper.web.language import LANGUAGE_NAMES, language
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, page_number, render
from kinkeeper.web.settings import settings
from kinkeeper.web.steps import steps

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue


@pages.route("/circles")
def circles() -> ResponseReturnValue:
    """List the circles that concern the reader."""
    page = queries.circles_of(read_session(), current_actor(), page=page_number())
    return render("accounts/circles.html", page=page, may_found=can(may_found_circles, None))


@pages.route("/circles/new", methods=["GET", "POST"])
def found_circle() -> ResponseReturnValue:
    """Begin a circle."""
    if not can(may_found_circles, None):
        raise Forbidden
    form = CircleForm(request.form, language=language(), zone=settings().zone)
    if form.is_good():
        with form.problems():
            circle_id = service.found_circle(current_actor(), **form.data)
            notify("success", mark("Here it is. Put the first people into its address book."))
            return back_to(".circle", circle_id=circle_id)
    return render("accounts/circle_form.html", form=form, circle=None, status=form.status)


@pages.route("/circles/<uuid:circle_id>")
def circle(circle_id: UUID) -> ResponseReturnValue:
    """Show a circle, and who has a role in it."""
    known = queries.circle_seen(read_session(), current_actor(), circle_id)
    sees_people, gives_roles = can(may_see_people, known), can(may_see_grants, circle_id)
    return render(
        "accounts/circle.html",
        circle=known,
        tongue=LANGUAGE_NAMES.get(known.language, known.language),
        granted=queries.granted_in(read_session(), current_actor(), known),
        sees_people=sees_people,
        gives_roles=gives_roles,
        may_keep=can(may_keep_circle, known),
        may_end=can(may_found_circles, None),
    )


@pages.route("/circles/<uuid:circle_id>/change", methods=["GET", "POST"])
def change_circle(circle_id: UUID) -> ResponseReturnValue:
    """Say anew what a circle is called, and where it lives."""
    known = queries.circle_seen(read_session(), current_actor(), circle_id)
    if not can(may_keep_circle, known):
        raise Forbidden
    form = CircleForm(request.form, obj=known)
    if form.is_good():
        with form.problems():
            service.change_circle(current_actor(), circle_id, form.data)
            notify("success", mark("Written down."))
            return back_to(".circle", circle_id=circle_id)
    return render("accounts/circle_form.html", form=form, circle=known, status=form.status)


@pages.route("/circles/<uuid:circle_id>/end", methods=["GET", "POST"])
@asks_again
def end_circle(circle_id: UUID) -> ResponseReturnValue:
    """End a circle that is empty."""
    known = queries.circle_seen(read_session(), current_actor(), circle_id)
    if not can(may_found_circles, None):
        raise Forbidden
    form = TypedNameForm(request.form, expected=known.name)
    if form.is_good():
        with form.problems():
            service.end_circle(current_actor(), circle_id, steps=steps().end_circle)
            notify("success", mark("The circle has ended."))
            return back_to(".circles")
    if form.was_sent:
        known = queries.circle_seen(read_session(), current_actor(), circle_id)
    return render("accounts/circle_end.html", form=form, circle=known, status=form.status)
