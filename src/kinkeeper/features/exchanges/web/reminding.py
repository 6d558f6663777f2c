"""Pages on which participants say what letters they want, also from the letter itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms import LettersForm
from kinkeeper.features.exchanges.rules.stopping import read_stop
from kinkeeper.features.exchanges.service import reminding
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel.actor import ANONYMOUS
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render_private

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue


@pages.post("/my/<uuid:participant_id>/ready")
def say_ready(participant_id: UUID) -> ResponseReturnValue:
    """Note that one's gift is ready, or is not after all."""
    ready = "ready" in request.form
    reminding.say_ready(current_actor(), participant_id, ready=ready)
    notify("success", mark("Well done. We remind you no more.") if ready else mark("Not yet, then."))
    return back_to(".mine", participant_id=participant_id)


@pages.post("/my/<uuid:participant_id>/letters")
def choose_letters(participant_id: UUID) -> ResponseReturnValue:
    """Say which letters one wants."""
    form = LettersForm(request.form)
    reminding.choose_letters(
        current_actor(), participant_id, reminders=form.reminders.data, wishes=form.wishes.data
    )
    notify("success", mark("That is how we do it."))
    return back_to(".mine", participant_id=participant_id)


@pages.route("/stop/<token>", methods=["GET", "POST"])
def stop(token: str) -> ResponseReturnValue:
    """Show one button that stops letters; mail programs press it without looking (RFC 8058).

    Whoever is signed in here is not asked: the letter may be another's.
    """
    if request.method == "POST":
        stopped = reminding.stop_letters(ANONYMOUS, token)
        return render_private("exchanges/stop.html", stop=stopped, is_done=True)
    claim = read_stop(token)
    seat = queries.readable_seat(read_session(), claim.participant_id) if claim is not None else None
    if claim is None or seat is None or not claim.holds_for(seat.person_id):
        raise reminding.NothingToStop
    return render_private("exchanges/stop.html", stop=claim.stop, is_done=False)
