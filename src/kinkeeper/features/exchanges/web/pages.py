"""Pages of gift exchanges: the organiser's, the share link's, and the participant's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from kinkeeper.features.accounts.web import guest_lease, let_guest_in
from kinkeeper.features.exchanges import queries
from kinkeeper.features.exchanges.emails import purpose
from kinkeeper.features.exchanges.forms import (
    CodeForm,
    JoinForm,
    LettersForm,
    WayInForm,
)
from kinkeeper.features.exchanges.permissions import may_coordinate, may_organise, may_sit_here
from kinkeeper.features.exchanges.rules import Shape
from kinkeeper.features.exchanges.rules.joining import (
    FEWEST_PEOPLE,
    lets_people_leave,
    takes_people,
)
from kinkeeper.features.exchanges.rules.keeping import is_given, kept_until
from kinkeeper.features.exchanges.rules.wishing import host_of
from kinkeeper.features.exchanges.service import entering, joining, opening
from kinkeeper.features.exchanges.service.asking import NOT_DRAWN
from kinkeeper.features.exchanges.service.feasibility import in_the_way
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Gone
from kinkeeper.kernel.work import read_session
from kinkeeper.platform import links
from kinkeeper.platform.live import newest
from kinkeeper.web import qr, security
from kinkeeper.web.access import can, current_actor
from kinkeeper.web.asking import Asking, browser_that_asked
from kinkeeper.web.language import language
from kinkeeper.web.pages import back_to, page_number, render, render_private, today_here
from kinkeeper.web.problems import status_of
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from kinkeeper.features.exchanges.models import Exchange, Participant
    from kinkeeper.features.exchanges.queries import OrganiserPage

pages = Blueprint("exchanges", __name__, template_folder="../templates")


@pages.route("/exchanges")
def index() -> ResponseReturnValue:
    """List the exchanges that one organises, or may look at."""
    page = queries.organised_by(read_session(), current_actor(), today=today_here(), page=page_number())
    now = clock.now()
    return render(
        "exchanges/index.html",
        page=page,
        takes_people=lambda exchange: takes_people(exchange, now),
    )


@pages.route("/exchanges/<uuid:exchange_id>")
def show(exchange_id: UUID) -> ResponseReturnValue:
    """Show an exchange to those who run it, help with it or look on."""
    address = live_address(exchange_id)
    page = queries.organiser_page(read_session(), current_actor(), exchange_id, clock.now())
    share = share_address(page.exchange)
    has_held = any(seat.email is None for seat in page.seats)
    keepers = queries.keepers_of(read_session(), exchange_id) if has_held else {}
    return render(
        "exchanges/show.html",
        page=page,
        runs=can(may_organise, page.exchange),
        helps=can(may_coordinate, page.exchange),
        share=share,
        qr=qr.as_markup(share),
        address=address,
        fewest=FEWEST_PEOPLE,
        is_in=queries.is_in(read_session(), current_actor(), exchange_id),
        keepers=keepers,
        looked_after=[seat_id for seat_id, names in keepers.items() if names],
        undelivered=queries.undelivered(read_session(), exchange_id),
        waiting=_waiting(page.exchange),
        erased=[seat for seat in page.seats if seat.is_erased],
        **_log_of(page.exchange),
        conditions=queries.conditions_of(read_session(), page.exchange, page.rules),
        kept_until=kept_until(page.exchange),
        is_given=is_given(page.exchange, page.now),
        stuck=_in_the_way(page),
    )


@pages.route("/join/<slug>", methods=["GET", "POST"])
def join(slug: str) -> ResponseReturnValue:
    """Join by the share link."""
    exchange = queries.exchange_by_slug(read_session(), slug)
    form = JoinForm(request.form or None)  # what nobody has sent yet takes no tick off
    if form.is_good():
        with form.problems():
            wanted = joining.Joining(
                name=form.name.data,
                email=form.email.data,
                wishes=form.wishes.data,
                language=language(),
                wants_reminders=form.wants_reminders.data,
            )
            asking = Asking()
            joining.join(
                current_actor(),
                slug,
                wanted,
                address=security.client_address(),
                browser=asking.browser,
            )
            return asking.remembered(back_to(".join_sent", slug=slug))
    if form.was_sent:
        exchange = queries.exchange_by_slug(read_session(), slug)  # as it was found when it refused
    now = clock.now()
    return render(
        "exchanges/join.html",
        form=form,
        exchange=exchange,
        hosts=queries.hosts_of(read_session(), exchange),
        takes_people=takes_people(exchange, now),
        is_full=queries.is_full(read_session(), exchange, now),
        status=form.status,
    )


@pages.route("/join/<slug>/sent", methods=["GET", "POST"])
def join_sent(slug: str) -> ResponseReturnValue:
    """Say the same to everybody: look into your mailbox; and take the code that is in the letter."""
    exchange = queries.exchange_by_slug(read_session(), slug)
    form = CodeForm(request.form)
    if form.is_good():
        with form.problems():
            participant_id, secret = entering.enter_by_code(
                current_actor(),
                form.code.data,
                browser=browser_that_asked(),
                address=security.client_address(),
                lease=guest_lease(),
                replacing=security.read_cookie(security.GUEST),
            )
            return let_guest_in(secret, url_for(".mine", participant_id=participant_id))
    return render(
        "exchanges/join_sent.html",
        exchange=exchange,
        form=form,
        takes_code=bool(browser_that_asked()) or form.was_sent,
        status=form.status,
    )


@pages.route("/join/<slug>/again", methods=["GET", "POST"])
def ask_for_way_in(slug: str) -> ResponseReturnValue:
    """Ask for a link to one's page."""
    exchange = queries.exchange_by_slug(read_session(), slug)
    form = WayInForm(request.form)
    if form.is_good():
        with form.problems():
            asking = Asking()
            joining.ask_for_way_in(
                current_actor(),
                slug,
                form.email.data,
                address=security.client_address(),
                browser=asking.browser,
            )
            return asking.remembered(back_to(".join_sent", slug=slug))
    return render("exchanges/again.html", form=form, exchange=exchange, status=form.status)


@pages.route(
    "/<any(confirm, ready, enter, invited, remind, changed, asked, seen):kind>/<token>",
    methods=["GET", "POST"],
)
def enter(kind: str, token: str) -> ResponseReturnValue:
    """Show one button for a mailed link; only pressing it uses the link (T-1)."""
    try:
        if request.method != "POST":
            participant_id = links.look_at(read_session(), purpose(kind), token, clock.now())
            place = queries.place_behind(read_session(), participant_id)
            if place is None:
                raise joining.SeatGone
            return render_private(
                "exchanges/enter.html",
                kind=kind,
                place=place,
                token=token,
                hosts=queries.organisers_of(read_session(), place.exchange.id),
                takes_people=takes_people(place.exchange, clock.now()),
            )
        participant_id, secret = joining.enter(
            current_actor(),
            kind,
            token,
            address=security.client_address(),
            lease=guest_lease(),
            replacing=security.read_cookie(security.GUEST),
            browser=browser_that_asked(),
        )
    except Gone as problem:
        return dead_link(problem, kind, token)
    return let_guest_in(secret, url_for(".mine", participant_id=participant_id))


@pages.route("/my/<uuid:participant_id>")
def mine(participant_id: UUID) -> ResponseReturnValue:
    """Show a participant their page, and after the draw whom they give to."""
    page = queries.participant_page(read_session(), current_actor(), participant_id)
    seat = page.participant
    return render(
        "exchanges/mine.html",
        page=page,
        letters=LettersForm(reminders=seat.wants_reminders, wishes=seat.hears_of_wishes),
        host_of=host_of,
        hosts=queries.organisers_of(read_session(), page.exchange.id),
        hats=queries.hats_of(read_session(), current_actor(), page.exchange.id),
        ward=ward_on(page.participant),
        takes_people=takes_people(page.exchange, clock.now()),
        is_anothers=current_actor().person_id
        not in {None, page.participant.person_id, *page.participant.guardian_ids},
        **_log_of(page.exchange),
        promise=queries.promise_of(read_session(), page.exchange),
        age=queries.age_of_match(read_session(), seat) if page.assignment is not None else None,
        next_seed=queries.next_seed_mark(page.exchange),
        is_open="look" in request.args,
        can_leave=lets_people_leave(page.exchange, clock.now()),
        is_published=queries.has_proof(read_session(), page.participant, clock.now()),
        proof_waits_for=queries.proof_waits_for(read_session(), page.exchange),
    )


@pages.post("/my/<uuid:participant_id>/match")
def open_match(participant_id: UUID) -> ResponseReturnValue:
    """Show a participant whom they give to; from now on their page does."""
    opening.open_match(current_actor(), participant_id)
    return back_to(".mine", participant_id=participant_id, look=1)


@pages.route("/my/<uuid:participant_id>/proof")
def proof(participant_id: UUID) -> ResponseReturnValue:
    """Hand out the file with which the draw can be checked, where the group has chosen so."""
    file = queries.published_proof(read_session(), current_actor(), participant_id, clock.now())
    kept = {"Content-Disposition": 'attachment; filename="draw.json"', "Cache-Control": "no-store"}
    return Response(file, content_type="application/json; charset=utf-8", headers=kept)


def _log_of(exchange: Exchange) -> dict[str, Any]:
    """What has happened since the draw; there is nothing before."""
    if exchange.drawn_at is None:
        return {"drawings": [], "repairs": [], "reveals": []}
    return {
        "drawings": queries.drawings_of(read_session(), exchange.id),
        "repairs": queries.repairs_of(read_session(), exchange.id),
        "reveals": queries.reveals_of(read_session(), exchange.id),
    }


def _waiting(exchange: Exchange) -> list[queries.Waiting]:
    """Who said yes after the draw; nobody can before."""
    if exchange.drawn_at is None:
        return []
    return queries.waiting_in(read_session(), [exchange.id]).get(exchange.id, [])


def share_address(exchange: Exchange) -> str:
    """Answer the whole address of the page where people join."""
    return settings().address + url_for("exchanges.join", slug=exchange.slug)


def ward_on(seat: Participant) -> str:
    """Answer whom a page is about, where its reader looks after them; nobody's name on one's own."""
    return "" if current_actor().is_person(seat.person_id) else seat.name


def live_address(exchange_id: UUID) -> str:
    """Answer where a page hears what changes from now on; asked before the rest of it is read."""
    return url_for(".changes_live", exchange_id=exchange_id, after=newest(read_session()))


def _in_the_way(page: OrganiserPage) -> str:
    """Say to who may draw, before they do, what would refuse it; without rules nothing can."""
    exchange = page.exchange
    has_rules = page.rules > 0 or exchange.shape is not Shape.ANY
    is_asked = page.is_enough and exchange.state in NOT_DRAWN and can(may_organise, exchange)
    if not (has_rules and is_asked):
        return ""
    named = queries.rules_in_names(read_session(), current_actor(), exchange.id)
    problem = in_the_way(queries.outlook_of(read_session(), named))
    return problem.text(language()) if problem is not None else ""


def dead_link(problem: Gone, kind: str, token: str) -> ResponseReturnValue:
    """Say what became of the link, or of the place, and where to go from here (SK-50)."""
    participant_id = links.subject_of(read_session(), purpose(kind), token)
    place = queries.place_behind(read_session(), participant_id)
    if place is None:
        problem = joining.SeatGone()
    return render_private(
        "exchanges/dead_link.html",
        message=problem.text(language()),
        place=place,
        is_known=place is not None and can(may_sit_here, place),
        takes_code=bool(browser_that_asked()),
        status=status_of(problem),
    )
