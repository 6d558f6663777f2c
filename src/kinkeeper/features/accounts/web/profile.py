"""The page on which whoever has an account says what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms.people import ProfileForm
from kinkeeper.features.accounts.service import book
from kinkeeper.features.accounts.web.pages import pages
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, keep_language, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/account/profile", methods=["GET", "POST"])
def profile() -> ResponseReturnValue:
    """Show and change one's own name, language, zone and birthday."""
    person_id = current_actor().person_id
    if person_id is None:
        raise NotFound
    own, circle = queries.person(read_session(), person_id), queries.circle_of(read_session(), person_id)
    form = ProfileForm(request.form, obj=own, birthday=own.birthday, own_zone=circle.zone)
    if form.is_good():
        with form.problems():
            said = form.said()
            said["zone"] = None if said["zone"] == circle.zone else said["zone"]
            book.change_profile(current_actor(), said)
            notify("success", mark("Written down."))
            response = back_to(".profile")
            keep_language(response, said["language"])
            return response
    return render("accounts/profile.html", form=form, status=form.status)
