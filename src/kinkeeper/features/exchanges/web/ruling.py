"""The page of a draw's rules and wishes, which says at once what they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.forms.ruling import SHAPES, DrawForm, HouseholdForm, PairForm
from kinkeeper.features.exchanges.rules.joining import is_enough
from kinkeeper.features.exchanges.service import ruling
from kinkeeper.features.exchanges.service.feasibility import in_the_way
from kinkeeper.features.exchanges.web.pages import pages
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import language, text
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from kinkeeper.features.exchanges.models import Participant
    from kinkeeper.features.exchanges.queries import RulesPage
    from kinkeeper.web.forms import Form


@pages.route("/exchanges/<uuid:exchange_id>/rules")
def rules(exchange_id: UUID) -> ResponseReturnValue:
    """Show the rules of the draw."""
    return _show_rules(_page(exchange_id))


@pages.post("/exchanges/<uuid:exchange_id>/rules/pairs")
def add_pair(exchange_id: UUID) -> ResponseReturnValue:
    """Keep two people apart."""
    form = _pair_form(_seats(exchange_id))
    if form.is_good():
        with form.problems():
            ruling.keep_apart(
                current_actor(),
                exchange_id,
                UUID(form.giver.data),
                UUID(form.receiver.data),
                both_ways=form.both_ways.data,
            )
            return back_to(".rules", exchange_id=exchange_id)
    return _show_rules(_page(exchange_id), form)


@pages.post("/exchanges/<uuid:exchange_id>/rules/households")
def add_household(exchange_id: UUID) -> ResponseReturnValue:
    """Keep the people of a household apart."""
    form = _household_form(_seats(exchange_id))
    if form.is_good():
        with form.problems():
            members = [UUID(member) for member in form.members.data or []]
            ruling.keep_household_apart(current_actor(), exchange_id, form.name.data, members)
            return back_to(".rules", exchange_id=exchange_id)
    return _show_rules(_page(exchange_id), form)


@pages.post("/exchanges/<uuid:exchange_id>/rules/households/<uuid:household_id>/keep")
def keep_home_apart(exchange_id: UUID, household_id: UUID) -> ResponseReturnValue:
    """Keep those apart who live together by the address book."""
    ruling.keep_home_apart(current_actor(), exchange_id, household_id)
    return back_to(".rules", exchange_id=exchange_id)


@pages.post("/exchanges/<uuid:exchange_id>/rules/draw")
def wish_draw(exchange_id: UUID) -> ResponseReturnValue:
    """Say what the draw should be like, beyond the rules."""
    page = _page(exchange_id)
    form = _draw_form(page)
    if form.is_good():
        with form.problems():
            ruling.wish_draw(current_actor(), exchange_id, ruling.DrawWishes(**form.data))
            notify("success", mark("The next draw will be like that."))
            return back_to(".rules", exchange_id=exchange_id)
    return _show_rules(_page(exchange_id), form)


@pages.post("/exchanges/<uuid:exchange_id>/rules/pairs/<uuid:giver_id>/<uuid:receiver_id>/lift")
def lift_pair(exchange_id: UUID, giver_id: UUID, receiver_id: UUID) -> ResponseReturnValue:
    """Let one give to the other again."""
    ruling.lift_pair(current_actor(), exchange_id, giver_id, receiver_id)
    return back_to(".rules", exchange_id=exchange_id)


@pages.post("/exchanges/<uuid:exchange_id>/rules/lift/<uuid:giver_id>/<uuid:receiver_id>")
def allow(exchange_id: UUID, giver_id: UUID, receiver_id: UUID) -> ResponseReturnValue:
    """Let one give to the other, whatever rules keep them apart."""
    ruling.allow(current_actor(), exchange_id, giver_id, receiver_id)
    return back_to(".rules", exchange_id=exchange_id)


@pages.post("/exchanges/<uuid:exchange_id>/rules/households/<uuid:household_id>/lift")
def lift_household(exchange_id: UUID, household_id: UUID) -> ResponseReturnValue:
    """Let people of a household give to each other again."""
    ruling.lift_household(current_actor(), exchange_id, household_id)
    return back_to(".rules", exchange_id=exchange_id)


def _page(exchange_id: UUID) -> RulesPage:
    return queries.rules_page(read_session(), current_actor(), exchange_id)


def _seats(exchange_id: UUID) -> Sequence[Participant]:
    """Answer whom a rule may name; whether one can still draw is asked only by who shows it."""
    exchange = queries.exchange_of(read_session(), current_actor(), exchange_id)
    return queries.all_seats(read_session(), exchange.id)


def _pair_form(seats: Sequence[Participant]) -> PairForm:
    form = PairForm(request.form if request.endpoint == "exchanges.add_pair" else None)
    # nobody is chosen beforehand: the first of the list would stand on both sides
    nobody = ("", text(mark("Please choose")))
    form.giver.choices = form.receiver.choices = [nobody, *_choices(seats)]
    return form


def _household_form(seats: Sequence[Participant]) -> HouseholdForm:
    form = HouseholdForm(request.form if request.endpoint == "exchanges.add_household" else None)
    form.members.choices = _choices(seats)
    return form


def _draw_form(page: RulesPage) -> DrawForm:
    sent = request.form if request.endpoint == "exchanges.wish_draw" else None
    form = DrawForm(sent, obj=page.named.exchange)
    form.shape.choices = [(shape, text(said)) for shape, said in SHAPES.items()]
    return form


def _choices(seats: Sequence[Participant]) -> list[tuple[str, str]]:
    return sorted(((str(seat.id), seat.name) for seat in seats), key=lambda one: one[1].lower())


def _show_rules(page: RulesPage, refused: Form | None = None) -> ResponseReturnValue:
    """Show the page; a form that was refused comes back with what was typed."""
    problem = in_the_way(page.outlook)
    return render(
        "exchanges/rules.html",
        page=page.named,
        homes=queries.homes_in_book(read_session(), current_actor(), page.named),
        outlook=page.outlook,
        ways=page.ways,
        pair_form=refused if isinstance(refused, PairForm) else _pair_form(page.named.seats),
        household_form=refused if isinstance(refused, HouseholdForm) else _household_form(page.named.seats),
        draw_form=refused if isinstance(refused, DrawForm) else _draw_form(page),
        problem=problem.text(language()) if problem is not None else "",
        enough=is_enough(page.people),
        status=200 if refused is None else refused.status,
    )
