"""The home page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.rules.joining import FEWEST_PEOPLE, is_enough, takes_people
from kinkeeper.kernel import clock
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.pages import render, today_here
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


SHOWN = 12

pages = Blueprint("dashboard", __name__, template_folder="templates")


@pages.route("/")
def home() -> ResponseReturnValue:
    """Answer "what is next?"."""
    actor, session, now = current_actor(), read_session(), clock.now()
    organised: list[queries.Summary] = []
    has_more = False
    if actor.account_id is not None:
        organised, has_more = queries.nearest(session, actor, today=today_here(), most=SHOWN)
    seats = queries.seats_of_reader(session, actor, today=today_here())
    return render(
        "dashboard/home.html",
        organised=organised,
        has_more=has_more,
        seats=seats,
        waiting=queries.waiting_in(session, [summary.exchange.id for summary in organised]),
        wishing=queries.with_wishes(session, [participant for participant, _ in seats]),
        is_own=lambda participant: actor.is_person(participant.person_id),
        takes_people=lambda exchange: takes_people(exchange, now),
        is_enough=is_enough,
        own_id=actor.person_id,
        now=now,
        today_in=clock.today_in,
        fewest=FEWEST_PEOPLE,
        address=settings().address,
    )
