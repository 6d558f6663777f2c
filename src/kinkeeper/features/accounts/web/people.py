"""Pages of the address book: who is in it, and what it says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms.people import ChildForm, ListForm, PersonForm, TypedNameForm
from kinkeeper.features.accounts.permissions import (
    may_invite_people,
    may_keep_accounts,
    may_keep_people,
    may_say_child,
    may_see_accounts,
    may_see_people,
)
from kinkeeper.features.accounts.service import book, caring
from kinkeeper.features.accounts.service.book import About
from kinkeeper.features.accounts.service.erasing import erase_person as erase
from kinkeeper.features.accounts.web.entries import birthday_of, book_kept, book_read, entry_kept, expected_at
from kinkeeper.features.accounts.web.fresh import asks_again
from kinkeeper.features.accounts.web.lists import add_several
from kinkeeper.features.accounts.web.pages import pages
from kinkeeper.features.accounts.web.seen import unless_changed, version_for
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import can, current_actor
from kinkeeper.web.language import LANGUAGE_NAMES
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, page_number, render
from kinkeeper.web.settings import settings
from kinkeeper.web.steps import steps

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

    from kinkeeper.features.accounts.models import Circle
    from kinkeeper.features.accounts.queries import BookLine

PER_PAGE = 50


@pages.route("/people")
def address_books() -> ResponseReturnValue:
    """Lead to the address book, where there is one only."""
    page = queries.circles_of(read_session(), current_actor(), per_page=2)
    readable = [line.circle.id for line in page.items if can(may_see_people, line.circle)]
    if page.total_items == 1 and readable:
        return back_to(".people", circle_id=readable[0])
    return back_to(".circles")


@pages.route("/circles/<uuid:circle_id>/people")
def people(circle_id: UUID) -> ResponseReturnValue:
    """Show who is in a circle's address book."""
    circle, q = book_read(circle_id), request.args.get("q", "").strip()
    page = queries.book_of(
        read_session(), current_actor(), circle_id=circle_id, q=q, page=page_number(), per_page=PER_PAGE
    )
    return render(
        "accounts/people.html",
        circle=circle,
        page=page,
        ties=queries.ties_of(read_session(), page.items),
        q=q,
        may_keep=can(may_keep_people, circle),
    )


@pages.route("/circles/<uuid:circle_id>/people/add", methods=["GET", "POST"])
def add_people(circle_id: UUID) -> ResponseReturnValue:
    """Put somebody in, or many at once."""
    circle = book_kept(circle_id)
    are_several = "people" in request.form
    facts = {"language": circle.language, "own_zone": circle.zone}
    one = PersonForm(None if are_several else request.form, **facts)
    several = ListForm(request.form if are_several else None)
    form = several if are_several else one
    if form.is_good():
        with form.problems():
            added = add_several(circle, several) if are_several else _add_one(circle, one)
            if added is not None:
                return added
    if form.was_sent:
        circle = book_kept(circle_id)
    return render(
        "accounts/people_add.html",
        circle=circle,
        one=one,
        several=several,
        most=book.MOST_AT_ONCE,
        status=form.status,
    )


@pages.route("/people/<uuid:person_id>")
def person(person_id: UUID) -> ResponseReturnValue:
    """Show what the address book says of somebody, and who belongs to them."""
    line = queries.entry_of(read_session(), current_actor(), person_id)
    may_invite, may_keep = _may_invite(line), can(may_keep_people, line)
    return render(
        "accounts/person.html",
        line=line,
        circle=queries.circle_of(read_session(), person_id),
        ties=queries.ties_of(read_session(), [line]),
        tongue=LANGUAGE_NAMES.get(line.language, line.language),
        born=birthday_of(line),
        child_form=ChildForm(is_child=line.is_child),
        may_say_child=may_keep and can(may_say_child, queries.weighed(read_session(), line)),
        is_child=line.is_child,
        may_keep=may_keep,
        is_own=line.id == current_actor().person_id,
        may_erase=not line.has_account or (line.is_in_bin and can(may_keep_accounts, None)),
        closed_id=_closed_account(line),
        may_invite=may_invite,
        invited_at=queries.invited_at(read_session(), line.id) if may_invite else None,
        house_zone=settings().zone,
    )


@pages.route("/people/<uuid:person_id>/change", methods=["GET", "POST"])
def change_person(person_id: UUID) -> ResponseReturnValue:
    """Say anew what the address book says of somebody."""
    line, circle = entry_kept(person_id), queries.circle_of(read_session(), person_id)
    form = PersonForm(request.form, obj=line, birthday=line.birthday, own_zone=circle.zone)
    if form.is_good():
        with form.problems(), unless_changed(current_actor(), person_id):
            book.change_person(
                current_actor(),
                person_id,
                _told(form, circle),
                steps=steps().readers,
                expected=steps().expected,
            )
            notify("success", mark("Written down."))
            return back_to(".person", person_id=person_id)
    if form.was_sent:
        line = entry_kept(person_id)
    version = version_for(line)
    return render("accounts/person_form.html", form=form, line=line, version=version, status=form.status)


@pages.post("/people/<uuid:person_id>/child")
def say_child(person_id: UUID) -> ResponseReturnValue:
    """Say whether somebody with an account is a child."""
    form = ChildForm(request.form)
    caring.say_child(current_actor(), person_id, is_child=form.is_child.data)
    notify("success", mark("Written down."))
    return back_to(".person", person_id=person_id)


@pages.route("/people/<uuid:person_id>/erase", methods=["GET", "POST"])
@asks_again
def erase_person(person_id: UUID) -> ResponseReturnValue:
    """Forget somebody."""
    line = entry_kept(person_id)
    form = TypedNameForm(request.form, expected=line.name)
    if form.is_good():
        with form.problems():
            erase(current_actor(), person_id, steps=steps().erase)
            notify("success", mark("%(name)s is forgotten here."), name=line.name)
            return back_to(".people", circle_id=line.circle_id)
    if form.was_sent:
        line = entry_kept(person_id)
    return render(
        "accounts/person_erase.html",
        form=form,
        line=line,
        expected=expected_at([person_id]),
        status=form.status,
    )


def _may_invite(line: BookLine) -> bool:
    """Tell whether a letter could ask them to have an account, and the reader may have it sent."""
    is_open = settings().registration != "closed" or can(may_keep_accounts, None)
    return bool(line.email) and not line.has_account and is_open and can(may_invite_people, line)


def _closed_account(line: BookLine) -> UUID | None:
    """Answer whose account lies in the bin, where the reader may look at it there, and take it out."""
    if not line.is_in_bin or not can(may_see_accounts, None) or not can(may_keep_accounts, None):
        return None
    account = queries.account_of(read_session(), line.id)
    return None if account is None else account.id


def _told(form: PersonForm, circle: Circle) -> dict[str, Any]:
    """Answer what was said; whoever lives where their circle does has no zone of their own."""
    said = form.said()
    return said | {"zone": None if said["zone"] == circle.zone else said["zone"]}


def _add_one(circle: Circle, form: PersonForm) -> Response:
    person_id = book.add_person(current_actor(), circle.id, About(**_told(form, circle)))
    notify("success", mark("%(name)s is in the address book."), name=form.name.data)
    if form.email.data:
        return back_to(".people", circle_id=circle.id)
    return back_to(".guardians", person_id=person_id)
