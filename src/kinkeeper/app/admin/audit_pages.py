"""The pages of the audit trail: looked at, filtered, and taken along."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
from flask import request, url_for
from wtforms import DateField, SelectField
from wtforms.validators import Optional

from kinkeeper.app.admin import trail
from kinkeeper.app.admin.details import Words
from kinkeeper.app.admin.web import pages
from kinkeeper.features.accounts.web import asks_again
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web import pacing
from kinkeeper.web.access import current_actor
from kinkeeper.web.forms import Form, Line, at_most
from kinkeeper.web.language import text
from kinkeeper.web.pages import page_number, render
from kinkeeper.web.settings import settings
from kinkeeper.web.sheets import download, sheet

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

HEAD = ("at", "who", "what_was_done", "subject", "details", "action", "actor_id", "subject_id")


class TrailForm(Form):
    """Which entries one wants to see."""

    who = Line(mark("Who?"), [at_most(80)], description=mark("Part of a name, as it was then."))
    group = SelectField(mark("About what?"), [Optional()])
    since = DateField(mark("From"), [Optional()])
    until = DateField(mark("Until"), [Optional()])


@pages.route("/audit")
def audit_log() -> ResponseReturnValue:
    """Show who did what to what, newest first."""
    form, wanted = _asked()
    zone = settings().zone
    page = trail.trail(read_session(), current_actor(), wanted, zone=zone, page=page_number())
    return render(
        "admin/audit.html",
        form=form,
        page=page,
        days=settings().audit_days,
        zone=zone,
        asked={name: value for name, value in request.args.items() if value and name != "page"},
        sentence=sentence,
        ways_of=_ways_of,
        told=Words(is_short=True).told,
        status=form.status,
    )


@pages.route("/audit.csv")
@asks_again
def audit_csv() -> ResponseReturnValue:
    """Answer the same for a spreadsheet."""
    pacing.check_exports()
    told = Words(is_short=False).told
    rows = [
        (
            entry.at.isoformat(),
            _who(entry),
            sentence(entry),
            entry.what or "",
            "; ".join(f"{label}: {value}" for label, value in told(entry.details)),
            entry.action,
            _plain(entry.actor_id),
            _plain(entry.subject_id),
        )
        for entry in _all_asked()
    ]
    return sheet(HEAD, rows, "audit.csv")


@pages.route("/audit.json")
@asks_again
def audit_json() -> ResponseReturnValue:
    """Answer the same for a program."""
    pacing.check_exports()
    body = orjson.dumps([as_json(entry) for entry in _all_asked()], option=orjson.OPT_INDENT_2)
    return download(body, "application/json; charset=utf-8", "audit.json")


def sentence(entry: trail.Entry) -> str:
    """Say in the reader's language what was done; also where somebody did it who has no name."""
    gone = text(mark("somebody or something that is no longer here"))
    said = text(entry.says, who=_who(entry), what=entry.what or gone)
    said = said[:-1] if said.endswith("..") else said  # of somebody whose name ends with a dot
    return said[:1].upper() + said[1:]


def _who(entry: trail.Entry) -> str:
    """Answer their name as it was then; nobody's name is a word, and a word has a language."""
    return text(mark("somebody")) if entry.who == ANONYMOUS.name else entry.who


def as_json(entry: trail.Entry) -> dict[str, Any]:
    """Answer an entry as programs read it."""
    return {
        "id": entry.id,
        "at": entry.at,
        "actor_id": entry.actor_id,
        "actor": entry.who,
        "action": entry.action,
        "says": sentence(entry),
        "subject_id": entry.subject_id,
        "subject": entry.what,
        "details": dict(entry.details),
    }


def _asked() -> tuple[TrailForm, trail.Wanted]:
    form = TrailForm(request.args)
    everything = ("", text(mark("Everything")))
    form.group.choices = [everything, *((name, text(said)) for name, said in trail.GROUPS.items())]
    if not form.validate():
        return form, trail.Wanted()
    wanted = trail.Wanted(**form.data)
    return form, replace(wanted, actor_id=_id_of("actor_id"), subject_id=_id_of("subject_id"))


def _all_asked() -> list[trail.Entry]:
    _, wanted = _asked()
    return trail.to_take_along(read_session(), current_actor(), wanted, zone=settings().zone)


def _id_of(name: str) -> UUID | None:
    return trail.id_in(request.args.get(name))


def _plain(one: UUID | None) -> str:
    return "" if one is None else str(one)


def _ways_of(entry: trail.Entry) -> list[tuple[str, str]]:
    """Answer where an entry leads: its subject, as far as that has a page, and what else was done."""
    ways = []
    if entry.what is not None and entry.action.startswith("exchange."):
        ways.append((url_for("exchanges.show", exchange_id=entry.subject_id), entry.what))
    if entry.actor_id is not None:
        by_them = text(mark("All by %(name)s"), name=_who(entry))
        ways.append((url_for("admin.audit_log", actor_id=entry.actor_id), by_them))
    if entry.subject_id is not None:
        ways.append((url_for("admin.audit_log", subject_id=entry.subject_id), text(mark("All about this"))))
    return ways
