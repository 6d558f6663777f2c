"""Pages of gift exchanges: the organiser's, the share link's, and the participant's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, request, url_for

from kinkeeper.features.accounts.service.sessions import Lease
from kinkeeper.features.accounts.web import let_guest_in
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import purpose
from kinkeeper.features.exchanges.forms import (
    ExchangeForm,
    HouseholdForm,
    JoinForm,
    PairForm,
    WayInForm,
    WishesForm,
    zones,
)
from kinkeeper.features.exchanges.service import drawing, joining, organising
from kinkeeper.features.exchanges.service.drawing import refusal
from kinkeeper.features.exchanges.service.organising import FEWEST_PEOPLE
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Conflict, Gone
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.platform import links
from kinkeeper.web import security
from kinkeeper.web.access import current_actor
from kinkeeper.web.forms import posted
from kinkeeper.web.language import language, text
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, page_number, render, render_private, settings, today_here
from kinkeeper.web.problems import status_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from kinkeeper.features.exchanges.queries import RulesPage

pages = Blueprint("exchanges", __name__, template_folder="templates")


@pages.route("/exchanges")
def index() -> ResponseReturnValue:
    """List the exchanges that one organises."""
    page = queries.organised_by(read_session(), current_actor(), today=today_here(), page=page_number())
    now = clock.now()
    return render(
        "exchanges/index.html",
        page=page,
        takes_people=lambda exchange: queries.takes_people(exchange, now),
    )


@pages.route("/exchanges/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Begin an exchange."""
    form = ExchangeForm(request.form, zone=settings().zone)
    form.zone.choices = [(zone, zone) for zone in zones(settings().zone)]
    if form.is_good():
        with form.problems():
            exchange_id = organising.begin_exchange(current_actor(), _plan(form))
            notify("success", mark("Here it is. Send the link to everybody who should be in."))
            return back_to(".show", exchange_id=exchange_id)
    return render("exchanges/new.html", form=form, status=form.status)


@pages.route("/exchanges/<uuid:exchange_id>")
def show(exchange_id: UUID) -> ResponseReturnValue:
    """Show an exchange to its organiser."""
    page = queries.organiser_page(read_session(), current_actor(), exchange_id)
    share = settings().address + url_for(".join", slug=page.exchange.slug)
    return render(
        "exchanges/show.html",
        page=page,
        share=share,
        fewest=FEWEST_PEOPLE,
        takes_people=queries.takes_people(page.exchange, clock.now()),
    )


@pages.post("/exchanges/<uuid:exchange_id>/close")
def close(exchange_id: UUID) -> ResponseReturnValue:
    """Let nobody else join."""
    posted(lambda: organising.close_exchange(current_actor(), exchange_id))
    notify("success", mark("Closed. Nobody else can join now."))
    return back_to(".show", exchange_id=exchange_id)


@pages.post("/exchanges/<uuid:exchange_id>/reopen")
def reopen(exchange_id: UUID) -> ResponseReturnValue:
    """Let people join again."""
    posted(lambda: organising.reopen_exchange(current_actor(), exchange_id))
    notify("success", mark("Open again. The link works as before."))
    return back_to(".show", exchange_id=exchange_id)


@pages.route("/exchanges/<uuid:exchange_id>/rules")
def rules(exchange_id: UUID) -> ResponseReturnValue:
    """Show the rules of the draw."""
    page = queries.rules_page(read_session(), current_actor(), exchange_id)
    return _show_rules(page, _pair_form(page), _household_form(page))


@pages.post("/exchanges/<uuid:exchange_id>/rules/pairs")
def add_pair(exchange_id: UUID) -> ResponseReturnValue:
    """Keep two people apart."""
    page = queries.rules_page(read_session(), current_actor(), exchange_id)
    form = _pair_form(page)
    if form.is_good():
        with form.problems():
            organising.keep_apart(
                current_actor(),
                exchange_id,
                UUID(form.giver.data),
                UUID(form.receiver.data),
                both_ways=form.both_ways.data,
            )
            return back_to(".rules", exchange_id=exchange_id)
    return _show_rules(page, form, _household_form(page), status=422)


@pages.post("/exchanges/<uuid:exchange_id>/rules/households")
def add_household(exchange_id: UUID) -> ResponseReturnValue:
    """Keep the people of a household apart."""
    page = queries.rules_page(read_session(), current_actor(), exchange_id)
    form = _household_form(page)
    if form.is_good():
        with form.problems():
            members = [UUID(member) for member in form.members.data or []]
            organising.keep_household_apart(current_actor(), exchange_id, form.name.data, members)
            return back_to(".rules", exchange_id=exchange_id)
    return _show_rules(page, _pair_form(page), form, status=422)


@pages.post("/exchanges/<uuid:exchange_id>/rules/pairs/<uuid:giver_id>/<uuid:receiver_id>/lift")
def lift_pair(exchange_id: UUID, giver_id: UUID, receiver_id: UUID) -> ResponseReturnValue:
    """Let one give to the other again."""
    posted(lambda: organising.lift_pair(current_actor(), exchange_id, giver_id, receiver_id))
    return back_to(".rules", exchange_id=exchange_id)


@pages.post("/exchanges/<uuid:exchange_id>/rules/households/<uuid:household_id>/lift")
def lift_household(exchange_id: UUID, household_id: UUID) -> ResponseReturnValue:
    """Let people of a household give to each other again."""
    posted(lambda: organising.lift_household(current_actor(), exchange_id, household_id))
    return back_to(".rules", exchange_id=exchange_id)


@pages.post("/exchanges/<uuid:exchange_id>/draw")
def draw(exchange_id: UUID) -> ResponseReturnValue:
    """Draw the names."""
    refused: Conflict | None = None
    try:
        posted(lambda: drawing.draw_names(current_actor(), exchange_id))
    except Conflict as problem:
        refused = problem
    if refused is None:
        notify("success", mark("The names are drawn. Everybody gets a letter now."))
        return back_to(".show", exchange_id=exchange_id)
    page = queries.organiser_page(read_session(), current_actor(), exchange_id)
    return render(
        "exchanges/draw_refused.html",
        page=page,
        message=refused.text(language()),
        remedy=refused.remedy,
        is_about_rules=isinstance(refused, drawing.DrawImpossible),
        status=status_of(refused),
    )


@pages.route("/join/<slug>", methods=["GET", "POST"])
def join(slug: str) -> ResponseReturnValue:
    """Join by the share link."""
    exchange = queries.exchange_by_slug(read_session(), slug)
    form = JoinForm(request.form)
    if form.is_good():
        with form.problems():
            wanted = joining.Joining(
                name=form.name.data,
                email=form.email.data,
                wishes=form.wishes.data,
                language=language(),
            )
            joining.join(current_actor(), slug, wanted, address=security.client_address())
            return back_to(".join_sent", slug=slug)
        exchange = queries.exchange_by_slug(read_session(), slug)
    return render(
        "exchanges/join.html",
        form=form,
        exchange=exchange,
        takes_people=queries.takes_people(exchange, clock.now()),
        is_full=queries.is_full(read_session(), exchange),
        status=form.status,
    )


@pages.route("/join/<slug>/sent")
def join_sent(slug: str) -> ResponseReturnValue:
    """Say the same to everybody: look into your mailbox."""
    return render("exchanges/join_sent.html", exchange=queries.exchange_by_slug(read_session(), slug))


@pages.route("/join/<slug>/again", methods=["GET", "POST"])
def ask_for_way_in(slug: str) -> ResponseReturnValue:
    """Ask for a link to one's page."""
    exchange = queries.exchange_by_slug(read_session(), slug)
    form = WayInForm(request.form)
    if form.is_good():
        with form.problems():
            joining.ask_for_way_in(current_actor(), slug, form.email.data, address=security.client_address())
            return back_to(".join_sent", slug=slug)
    return render("exchanges/again.html", form=form, exchange=exchange, status=form.status)


@pages.route("/<any(confirm, ready, enter):kind>/<token>", methods=["GET", "POST"])
def enter(kind: str, token: str) -> ResponseReturnValue:
    """Show one button for a mailed link; only pressing it uses the link (T-1)."""
    try:
        if request.method != "POST":
            participant_id = links.look_at(read_session(), purpose(kind), token, clock.now())
            seat = queries.seat_in_words(read_session(), participant_id)
            return render_private("exchanges/enter.html", kind=kind, seat=seat)
        security.check_csrf(request.form.get(security.CSRF_FIELD))
        participant_id, secret = joining.enter(
            current_actor(),
            kind,
            token,
            address=security.client_address(),
            lease=Lease(settings().guest_idle, settings().guest_life),
        )
    except Gone as problem:
        return _dead_link(problem, kind, token)
    return let_guest_in(secret, url_for(".mine", participant_id=participant_id))


@pages.route("/my/<uuid:participant_id>", methods=["GET", "POST"])
def mine(participant_id: UUID) -> ResponseReturnValue:
    """Show a participant their page, and after the draw whom they give to."""
    page = queries.participant_page(read_session(), current_actor(), participant_id)
    form = WishesForm(request.form, wishes=page.participant.wishes)
    if form.is_good():
        with form.problems():
            joining.write_wishes(current_actor(), participant_id, form.wishes.data)
            notify("success", mark("Your wishes are written down."))
            return back_to(".mine", participant_id=participant_id)
        page = queries.participant_page(read_session(), current_actor(), participant_id)
    return render("exchanges/mine.html", page=page, form=form, status=form.status)


def _plan(form: ExchangeForm) -> organising.Plan:
    return organising.Plan(
        title=form.title.data,
        description=form.description.data,
        budget=form.budget.data,
        most_people=form.most_people.data,
        closes_on=form.closes_on.data,
        gifts_on=form.gifts_on.data,
        zone=form.zone.data,
    )


def _pair_form(page: RulesPage) -> PairForm:
    form = PairForm(request.form if request.endpoint == "exchanges.add_pair" else None)
    # nobody is chosen beforehand: the first of the list would stand on both sides
    nobody = ("", text(mark("Please choose")))
    form.giver.choices = form.receiver.choices = [nobody, *_choices(page)]
    return form


def _household_form(page: RulesPage) -> HouseholdForm:
    form = HouseholdForm(request.form if request.endpoint == "exchanges.add_household" else None)
    form.members.choices = _choices(page)
    return form


def _choices(page: RulesPage) -> list[tuple[str, str]]:
    return sorted(((str(seat.id), seat.name) for seat in page.seats), key=lambda one: one[1].lower())


def _show_rules(
    page: RulesPage, pair_form: PairForm, household_form: HouseholdForm, *, status: int = 200
) -> ResponseReturnValue:
    confirmed = [seat for seat in page.seats if seat.confirmed_at is not None]
    stuck = refusal(page.stuck, confirmed).text(language()) if page.stuck else ""
    return render(
        "exchanges/rules.html",
        page=page,
        pair_form=pair_form,
        household_form=household_form,
        stuck=stuck,
        enough=len(confirmed) >= FEWEST_PEOPLE,
        status=status,
    )


def _dead_link(problem: Gone, kind: str, token: str) -> ResponseReturnValue:
    """Say what became of the link, and offer a new one (SK-50)."""
    participant_id = links.subject_of(read_session(), purpose(kind), token)
    slug = queries.slug_of_seat(read_session(), participant_id)
    return render_private(
        "exchanges/dead_link.html",
        message=problem.text(language()),
        slug=slug,
        status=status_of(problem),
    )
