"""Pages of wish lists: one's own, and what a giver notes of a match's."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms import WishesForm, WishForm
from kinkeeper.features.exchanges.rules.wishing import MOST_WISHES, Priority, host_of
from kinkeeper.features.exchanges.service import wishing
from kinkeeper.features.exchanges.web.pages import pages, ward_on
from kinkeeper.kernel.errors import NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/my/<uuid:participant_id>/wishes", methods=["GET", "POST"])
def wishes(participant_id: UUID) -> ResponseReturnValue:
    """Show one's own wishes; a post puts one on the list."""
    form = WishForm(request.form, priority=Priority.LIKE)
    if form.is_good():
        with form.problems():
            wishing.add_wish(current_actor(), participant_id, _wanted(form))
            notify("success", mark("It is on the list."))
            return back_to(".wishes", participant_id=participant_id)
    return _show(participant_id, form, WishesForm())


@pages.post("/my/<uuid:participant_id>/wishes/words")
def write_words(participant_id: UUID) -> ResponseReturnValue:
    """Write down what stands above the list."""
    words = WishesForm(request.form)
    if words.is_good():
        with words.problems():
            wishing.write_wishes(current_actor(), participant_id, words.wishes.data)
            notify("success", mark("The wishes are written down."))
            return back_to(".wishes", participant_id=participant_id)
    return _show(participant_id, WishForm(priority=Priority.LIKE), words)


@pages.route("/my/<uuid:participant_id>/wishes/<uuid:wish_id>", methods=["GET", "POST"])
def change_wish(participant_id: UUID, wish_id: UUID) -> ResponseReturnValue:
    """Say one of one's own wishes anew."""
    page = queries.wishes_page(read_session(), current_actor(), participant_id)
    wish = next((one for one in page.wishes if one.id == wish_id), None)
    if wish is None:
        raise NotFound
    form = WishForm(request.form, obj=wish)
    if form.is_good():
        with form.problems():
            wishing.change_wish(current_actor(), participant_id, wish_id, _wanted(form))
            notify("success", mark("The wish is changed."))
            return back_to(".wishes", participant_id=participant_id)
    page = queries.wishes_page(read_session(), current_actor(), participant_id)
    return render(
        "exchanges/wish.html",
        page=page,
        ward=ward_on(page.participant),
        wish_id=wish_id,
        form=form,
        status=form.status,
    )


@pages.post("/my/<uuid:participant_id>/wishes/<uuid:wish_id>/remove")
def remove_wish(participant_id: UUID, wish_id: UUID) -> ResponseReturnValue:
    """Take a wish off one's own list."""
    wishing.remove_wish(current_actor(), participant_id, wish_id)
    notify("success", mark("It is off the list."))
    return back_to(".wishes", participant_id=participant_id)


@pages.post("/my/<uuid:participant_id>/bought")
def mark_bought(participant_id: UUID) -> ResponseReturnValue:
    """Note what one has bought of one's match's wishes.

    Which wish it is stands in the form, and in no address: logs hold addresses, and the two together
    would be a pair (T-21, T-22).
    """
    bought = "bought" in request.form
    wishing.mark_bought(current_actor(), participant_id, _wish_sent(), bought=bought)
    notify("success", mark("Noted. Nobody but you sees it.") if bought else mark("It is not bought, then."))
    return back_to(".mine", participant_id=participant_id, look=1)


def _wish_sent() -> UUID:
    with suppress(ValueError):
        return UUID(request.form.get("wish", ""))
    raise NotFound


def _wanted(form: WishForm) -> wishing.Wanted:
    return wishing.Wanted(text=form.text.data, url=form.url.data, priority=form.priority.data)


def _show(participant_id: UUID, form: WishForm, words: WishesForm) -> ResponseReturnValue:
    page = queries.wishes_page(read_session(), current_actor(), participant_id)
    if not words.errors:
        words.wishes.data = page.participant.wishes
    return render(
        "exchanges/wishes.html",
        page=page,
        ward=ward_on(page.participant),
        form=form,
        words=words,
        most=MOST_WISHES,
        host_of=host_of,
        status=form.status if form.errors else words.status,
    )
