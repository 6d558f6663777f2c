"""Pages for whoever signs in by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request, url_for

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.emails import ENTER
from kinkeeper.features.accounts.forms import AskForLinkForm, CodeForm, ConfirmForm
from kinkeeper.features.accounts.service import mailed_link
from kinkeeper.features.accounts.web.pages import let_in, pages, this_browser
from kinkeeper.kernel import clock
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.platform import links
from kinkeeper.web import security
from kinkeeper.web.access import current_actor
from kinkeeper.web.asking import Asking, browser_that_asked
from kinkeeper.web.pages import back_to, render, render_private
from kinkeeper.web.problems import lead_on
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/sign-in/link", methods=["GET", "POST"])
def ask_for_link() -> ResponseReturnValue:
    """Ask for a way in by mail."""
    form = AskForLinkForm(request.form)
    if form.is_good():
        with form.problems():
            asking = Asking()
            mailed_link.ask_for_link(
                current_actor(),
                form.email.data,
                address=security.client_address(),
                lasts=settings().reset_life,
                asked_by=asking.browser,
            )
            return asking.remembered(back_to(".link_sent"))
    return render("accounts/ask_for_link.html", form=form, status=form.status)


@pages.route("/sign-in/link/sent", methods=["GET", "POST"])
def link_sent() -> ResponseReturnValue:
    """Say the same to everybody, and take the code of the letter."""
    form = CodeForm(request.form)
    if form.is_good():
        with form.problems():
            who = mailed_link.sign_in_by_code(
                current_actor(),
                form.code.data,
                address=security.client_address(),
                browser=this_browser(),
                asked_by=browser_that_asked(),
            )
            return let_in(who, "/")
    minutes = int(settings().reset_life.total_seconds() // 60)
    return render("accounts/link_sent.html", form=form, minutes=minutes, status=form.status)


@pages.route("/sign-in/link/<token>", methods=["GET", "POST"])
def enter(token: str) -> ResponseReturnValue:
    """Show one button, which lets in: opening a link alone changes nothing (A-55)."""
    lead_on(url_for(".ask_for_link"), mark("Ask for a new letter"))
    form = ConfirmForm(request.form)
    if form.is_good():
        with form.problems():
            who = mailed_link.sign_in_by_link(
                current_actor(),
                token,
                address=security.client_address(),
                browser=this_browser(),
                asked_by=browser_that_asked(),
            )
            return let_in(who, "/")
    if not form.was_sent:
        links.look_at(read_session(), ENTER, token, clock.now())
    email = queries.email_of(read_session(), links.subject_of(read_session(), ENTER, token))
    return render_private("accounts/enter.html", form=form, email=email, status=form.status)
