"""Pages on who looks after whom."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms.people import GuardiansForm
from kinkeeper.features.accounts.service import caring
from kinkeeper.features.accounts.web.entries import entry_kept, to_choose_from
from kinkeeper.features.accounts.web.fresh import asks_again
from kinkeeper.features.accounts.web.pages import pages
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import text
from kinkeeper.web.notices import notify, notify_letter
from kinkeeper.web.pages import back_to, render
from kinkeeper.web.steps import steps

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SHOWN = 60
"""Names to choose from at a time; a search finds the others."""


@pages.route("/people/<uuid:person_id>/guardians", methods=["GET", "POST"])
@asks_again
def guardians(person_id: UUID) -> ResponseReturnValue:
    """Say who else looks after somebody."""
    line, q = entry_kept(person_id), request.args.get("q", "").strip()
    there = queries.ties_of(read_session(), [line]).guardians.get(person_id, [])
    others = queries.named(
        read_session(),
        current_actor(),
        line.circle_id,
        q,
        most=SHOWN,
        with_address=True,
        besides=[person_id, *(one.id for one in there)],
    )
    form = GuardiansForm(request.form)
    if not there:
        form.guardian.label.text = text(mark("Who looks after them?"))
    form.guardian.choices = to_choose_from(others)
    if form.is_good():
        with form.problems():
            chosen = [UUID(one) for one in form.guardian.data or []]
            caring.appoint_guardians(current_actor(), person_id, chosen, steps=steps().readers)
            notify_letter(mark("Written down. They are told by letter."), mark("Written down."))
            return back_to(".person", person_id=person_id)
    if form.was_sent:
        line = entry_kept(person_id)
    return render(
        "accounts/guardians.html",
        form=form,
        line=line,
        there=there,
        q=q,
        has_more=len(others) == SHOWN,
        status=form.status,
    )


@pages.post("/people/<uuid:person_id>/guardians/<uuid:guardian_id>/remove")
@asks_again
def remove_guardian(person_id: UUID, guardian_id: UUID) -> ResponseReturnValue:
    """Let somebody look after a person no longer."""
    caring.remove_guardian(current_actor(), person_id, guardian_id, expected=steps().expected)
    notify("success", mark("Written down."))
    return back_to(".person", person_id=person_id)
