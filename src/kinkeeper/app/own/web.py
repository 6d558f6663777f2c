"""What the house keeps of the reader: to see, to take along, to erase."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from flask import Blueprint, Response

from kinkeeper.app.features import ERASE_STEPS, EXPORTS
from kinkeeper.features.accounts import queries as people
from kinkeeper.features.accounts.service.erasing import erase_oneself
from kinkeeper.features.accounts.web import asks_again
from kinkeeper.features.exchanges.forms import PRIORITIES
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web import pacing
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import civil, moment, text
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

pages = Blueprint("own", __name__, template_folder="templates")


@pages.route("/my/data")
@asks_again
def data() -> ResponseReturnValue:
    """Show what is kept of the reader; one browser may be two people's."""
    kept = {person_id: _kept_of(person_id) for person_id in _oneself()}
    return render(
        "own/data.html",
        kept=kept,
        wards=people.wards_of(read_session(), _own_ids()),
        own_id=current_actor().person_id,
        with_account=people.with_open_account(read_session(), kept),
        when=lambda said: moment(datetime.fromisoformat(said), settings().zone),
        day=lambda said: civil(date.fromisoformat(said)),
        priorities={one.value: text(said) for one, said in PRIORITIES.items()},
    )


@pages.route("/my/data.json")
@asks_again
def download() -> ResponseReturnValue:
    """Answer all of it as a file."""
    pacing.check_exports()
    body = orjson.dumps([_kept_of(person_id) for person_id in _oneself()], option=orjson.OPT_INDENT_2)
    name = "attachment; filename=my-data.json"
    return Response(
        body, content_type="application/json; charset=utf-8", headers={"Content-Disposition": name}
    )


@pages.post("/my/data/<uuid:person_id>/erase")
@asks_again
def erase(person_id: UUID) -> ResponseReturnValue:
    """Forget the reader, or somebody whom they look after."""
    is_ward = person_id in people.wards_of(read_session(), _own_ids())
    erase_oneself(current_actor(), person_id, steps=ERASE_STEPS)
    if is_ward:
        notify("success", mark("They are forgotten here."))
        return back_to(".data")
    notify("success", mark("You are forgotten here."))
    return back_to("accounts.sign_in")


def _oneself() -> list[UUID]:
    """Answer whose data the reader may see: their own, and of whom they look after."""
    own = _own_ids()
    return list(dict.fromkeys([*own, *people.wards_of(read_session(), own)]))


def _own_ids() -> list[UUID]:
    actor = current_actor()
    return [one for one in (actor.person_id, actor.guest_id) if one is not None]


def _kept_of(person_id: UUID) -> dict[str, Any]:
    return {name: export(read_session(), person_id) for name, export in EXPORTS.items()}
