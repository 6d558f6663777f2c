"""Pages on which two entries of one person become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms.people import TypedNameForm
from kinkeeper.features.accounts.rules.merging import better_mailbox
from kinkeeper.features.accounts.service.merging import merge_people
from kinkeeper.features.accounts.web.caring import SHOWN
from kinkeeper.features.accounts.web.entries import (
    birthday_of,
    book_kept,
    entry_kept,
    expected_at,
    told_apart,
)
from kinkeeper.features.accounts.web.fresh import asks_again
from kinkeeper.features.accounts.web.pages import pages
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import LANGUAGE_NAMES
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render
from kinkeeper.web.steps import steps

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from kinkeeper.features.accounts.queries import BookLine, Ties


@pages.route("/circles/<uuid:circle_id>/duplicates")
def duplicates(circle_id: UUID) -> ResponseReturnValue:
    """Propose who stands in the address book twice."""
    circle = book_kept(circle_id)
    alike = queries.likely_duplicates(read_session(), current_actor(), circle_id)
    ties = queries.ties_of(read_session(), [line for group in alike for line in group.lines])
    return render("accounts/duplicates.html", circle=circle, alike=alike, ties=ties)


@pages.route("/people/<uuid:person_id>/merge")
def choose_other(person_id: UUID) -> ResponseReturnValue:
    """Choose which other entry is the same person's."""
    line, q = entry_kept(person_id), request.args.get("q", "").strip()
    others = queries.named(
        read_session(), current_actor(), line.circle_id, q, most=SHOWN, besides=[person_id]
    )
    return render(
        "accounts/merge_choose.html",
        line=line,
        q=q,
        others=others,
        apart=told_apart(others),
        has_more=len(others) == SHOWN,
    )


@pages.route("/people/<uuid:person_id>/merge/<uuid:into_id>", methods=["GET", "POST"])
@asks_again
def merge(person_id: UUID, into_id: UUID) -> ResponseReturnValue:
    """Show two entries beside each other and what would become of them; make them one."""
    gone, kept = entry_kept(person_id), entry_kept(into_id)
    if gone.circle_id != kept.circle_id or gone.id == kept.id:
        raise NotFound
    form = TypedNameForm(request.form, expected=gone.name)
    if form.is_good():
        with form.problems():
            merge_people(current_actor(), person_id, into_id, steps=steps().merge)
            notify("success", mark("They are one entry now."))
            return back_to(".person", person_id=into_id)
    if form.was_sent:
        gone, kept = entry_kept(person_id), entry_kept(into_id)
    ties = queries.ties_of(read_session(), [gone, kept])
    wards = [one.id for lines in ties.wards.values() for one in lines]
    expected = expected_at([gone.id, kept.id, *wards])
    return render(
        "accounts/merge.html",
        form=form,
        gone=gone,
        kept=kept,
        ties=ties,
        email=better_mailbox(gone, kept, kept_has_account=kept.has_account)[0],
        circle=queries.circle_of(read_session(), kept.id),
        tongues=LANGUAGE_NAMES,
        births={one.id: birthday_of(one) for one in (gone, kept)},
        expected={
            one.id: [place.title for place in expected if place.person_id == one.id] for one in (gone, kept)
        },
        carers=_carers(ties, gone, kept),
        at_stake=next((place.title for place in expected if place.is_sealed), None),
        status=form.status,
    )


def _carers(ties: Ties, *both: BookLine) -> list[str]:
    """Answer who looks after either entry, and is not one of them."""
    ids = {line.id for line in both}
    there = {
        one.id: one.name for line in both for one in ties.guardians.get(line.id, []) if one.id not in ids
    }
    return list(there.values())
