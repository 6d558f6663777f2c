"""Pages on which a fresh house gets its first administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, redirect, request, url_for

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms import (
    SetUpForm,
)
from kinkeeper.features.accounts.service import setting_up
from kinkeeper.features.accounts.web.pages import let_in, pages, this_browser
from kinkeeper.kernel import clock
from kinkeeper.kernel.errors import Gone, NotFound
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.platform import links
from kinkeeper.web import security
from kinkeeper.web.access import current_actor
from kinkeeper.web.language import language, text
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render, render_private
from kinkeeper.web.problems import status_of
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@pages.route("/set-up")
def welcome() -> ResponseReturnValue:
    """Tell the owner of a fresh house where the set-up link is."""
    if _is_set_up():
        return back_to(".sign_in")
    return render("accounts/welcome.html")


@pages.route("/set-up/<token>", methods=["GET", "POST"])
def set_up(token: str) -> ResponseReturnValue:
    """Make the first administrator."""
    if _is_set_up():
        return _spent_set_up_link(token)
    form = SetUpForm(request.form)
    if form.is_good():
        with form.problems():
            who = setting_up.set_up(
                current_actor(),
                token,
                _newcomer(form),
                address=security.client_address(),
                browser=this_browser(),
            )
            notify("success", mark("Welcome, %(name)s. Your house is ready."), name=form.name.data)
            return let_in(who, "/")
    if not form.was_sent:
        links.look_at(read_session(), setting_up.SET_UP, token, clock.now())
    return render_private("accounts/set_up.html", form=form, status=form.status)


def ask_for_set_up() -> ResponseReturnValue | None:
    """Send every page to set-up while nobody keeps the house (SK-10)."""
    if request.endpoint is None or request.path.startswith(("/set-up", "/static/")):
        return None
    if security.is_for_programs(request.path):
        return None
    if request.path in security.PROBES or request.blueprint == "web" or _is_set_up():
        return None
    return redirect(url_for("accounts.welcome"))


def _spent_set_up_link(token: str) -> ResponseReturnValue:
    """Say what became of the link, and where the door is by now; no other is known (SK-12)."""
    try:
        links.look_at(read_session(), setting_up.SET_UP, token, clock.now())
    except Gone as problem:
        return render_private(
            "errors/problem.html",
            title=text(mark("This link has ended")),
            message=problem.text(language()),
            next_text=text(mark("Your house is set up. Sign in with your e-mail address and password.")),
            next_href=url_for(".sign_in"),
            next_label=text(mark("Sign in")),
            status=status_of(problem),
        )
    raise NotFound


def _is_set_up() -> bool:
    """Tell whether there is an administrator; once there is, this process need not ask again."""
    if not current_app.extensions.get("kinkeeper.set_up"):
        current_app.extensions["kinkeeper.set_up"] = queries.has_administrator(read_session())
    return bool(current_app.extensions["kinkeeper.set_up"])


def _newcomer(form: SetUpForm) -> setting_up.Newcomer:
    return setting_up.Newcomer(
        email=form.email.data,
        password=form.password.data,
        name=form.name.data,
        circle=form.circle.data,
        language=language(),
        zone=settings().zone,
    )
