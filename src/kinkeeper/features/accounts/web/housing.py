"""Pages of households."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms.people import HouseholdForm
from kinkeeper.features.accounts.permissions import may_keep_people
from kinkeeper.features.accounts.service import housing
from kinkeeper.features.accounts.web.caring import SHOWN
from kinkeeper.features.accounts.web.entries import book_kept, book_read, to_choose_from
from kinkeeper.features.accounts.web.pages import pages
from kinkeeper.kernel.errors import Forbidden
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import can, current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, page_number, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from kinkeeper.features.accounts.queries import Home, Named


@pages.route("/circles/<uuid:circle_id>/households")
def households(circle_id: UUID) -> ResponseReturnValue:
    """List who lives together."""
    circle = book_read(circle_id)
    page = queries.households_in(read_session(), current_actor(), circle_id, page=page_number())
    return render("accounts/households.html", circle=circle, page=page, may_keep=can(may_keep_people, circle))


@pages.route("/circles/<uuid:circle_id>/households/new", methods=["GET", "POST"])
def make_household(circle_id: UUID) -> ResponseReturnValue:
    """Say that people live together."""
    circle, q = book_kept(circle_id), _asked()
    form, has_more = _form(circle_id, q, [])
    if form.is_good():
        with form.problems():
            housing.make_household(current_actor(), circle_id, form.name.data, _chosen(form))
            notify("success", mark("Written down."))
            return back_to(".households", circle_id=circle_id)
    if form.was_sent:
        circle = book_kept(circle_id)
    return render(
        "accounts/household_form.html",
        form=form,
        circle=circle,
        home=None,
        q=q,
        has_more=has_more,
        status=form.status,
    )


@pages.route("/households/<uuid:household_id>", methods=["GET", "POST"])
def household(household_id: UUID) -> ResponseReturnValue:
    """Say anew who lives together."""
    home, q = _kept(household_id), _asked()
    form, has_more = _form(home.circle_id, q, home.members, home)
    if form.is_good():
        with form.problems():
            chosen = _chosen(form)
            housing.change_household(current_actor(), household_id, name=form.name.data, person_ids=chosen)
            notify("success", mark("Written down."))
            return back_to(".households", circle_id=home.circle_id)
    if form.was_sent:
        home = _kept(household_id)
    return render(
        "accounts/household_form.html",
        form=form,
        circle=book_kept(home.circle_id),
        home=home,
        q=q,
        has_more=has_more,
        status=form.status,
    )


@pages.post("/households/<uuid:household_id>/end")
def end_household(household_id: UUID) -> ResponseReturnValue:
    """Say that people live together no longer."""
    home = _kept(household_id)
    housing.end_household(current_actor(), household_id)
    notify("success", mark("Written down. They all stay in the address book."))
    return back_to(".households", circle_id=home.circle_id)


def _kept(household_id: UUID) -> Home:
    home = queries.household_seen(read_session(), current_actor(), household_id)
    if not can(may_keep_people, home):
        raise Forbidden
    return home


def _asked() -> str:
    return request.args.get("q", "").strip()


def _form(
    circle_id: UUID, q: str, members: list[Named], home: Home | None = None
) -> tuple[HouseholdForm, bool]:
    """Answer the form with who lives there, ticked, and whom the search finds; and whether there are more."""
    there = [one.id for one in members]
    others = queries.named(read_session(), current_actor(), circle_id, q, most=SHOWN, besides=there)
    sent = request.form or None  # an empty one would take every tick away
    form = HouseholdForm(sent, name=home.name if home else "", person_ids=[str(one) for one in there])
    form.person_ids.choices = to_choose_from([*members, *others])
    return form, len(others) == SHOWN


def _chosen(form: HouseholdForm) -> list[UUID]:
    return [UUID(one) for one in form.person_ids.data or []]
