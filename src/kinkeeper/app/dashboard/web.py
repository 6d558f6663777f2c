"""The home page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.service.organising import FEWEST_PEOPLE
from kinkeeper.kernel import clock
from kinkeeper.kernel.paging import Page
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.pages import render, settings, today_here

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


SHOWN = 12

pages = Blueprint("dashboard", __name__, template_folder="templates")


@pages.route("/")
def home() -> ResponseReturnValue:
    """Answer "what is next?"."""
    actor, session = current_actor(), read_session()
    organised: Page[queries.Summary] = Page([], 1, SHOWN, 0)
    if actor.account_id is not None:
        organised = queries.organised_by(session, actor, today=today_here(), per_page=SHOWN)
    return render(
        "dashboard/home.html",
        organised=organised.items,
        has_more=organised.has_next,
        seats=queries.seats_of_reader(session, actor, today=today_here()),
        now=clock.now(),
        today_in=clock.today_in,
        fewest=FEWEST_PEOPLE,
        address=settings().address,
        mail_stays=settings().mail_url.get_secret_value().startswith("mailbox:"),
    )
