"""A list of people that was sent: added, or said of which of its lines what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinkeeper.features.accounts.rules import roster
from kinkeeper.features.accounts.service import book
from kinkeeper.features.accounts.service.book import About, LinesRefused
from kinkeeper.kernel.words import mark
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import language, text
from kinkeeper.web.language import plural as ngettext
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Response

    from kinkeeper.features.accounts.forms.people import ListForm
    from kinkeeper.features.accounts.models import Circle
    from kinkeeper.features.accounts.rules.roster import Line
    from kinkeeper.features.accounts.service.book import Added
    from kinkeeper.kernel.errors import Problem


def add_several(circle: Circle, form: ListForm) -> Response | None:
    """Add all lines, or say beside which of them what is wrong; what was typed stays."""
    lines = roster.lines_of(form.people.data)
    if wrong := roster.wrong_in(lines):
        form.form_errors += told_of(lines, wrong)
        return None
    try:
        added = book.add_people(
            current_actor(), circle.id, [About(line.name, line.email or None) for line in lines]
        )
    except LinesRefused as refused:
        form.form_errors += told_of(lines, refused.lines)
        return None
    _tell(added)
    return back_to(".people", circle_id=circle.id)


def _tell(added: Added) -> None:
    if added.known:
        told = mark("Added: %(added)s. In the address book already, and as they were: %(known)s.")
        notify("success" if added.ids else "info", told, added=len(added.ids), known=added.known)
    else:
        told = ngettext("%(n)s person was added.", "%(n)s people were added.", len(added.ids))
        notify("success", told)


def told_of(lines: Sequence[Line], wrong: Mapping[int, Problem]) -> list[str]:
    """Say what is wrong with which line, from 0, by its number and by how it begins."""
    return [
        text(
            mark("Line %(line)s: “%(said)s”. %(why)s"),
            line=lines[place].number,
            said=lines[place].said,
            why=problem.text(language()),
        )
        for place, problem in sorted(wrong.items())
    ]
