"""The page on which the second factor of one's own account begins, changes and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.forms import CodeForm
from kinkeeper.features.accounts.service import keeping_second_factor, second_factor
from kinkeeper.features.accounts.web.fresh import asks_again
from kinkeeper.features.accounts.web.pages import pages
from kinkeeper.kernel.words import mark
from kinkeeper.kernel.work import read_session
from kinkeeper.web import qr, shown_once
from kinkeeper.web.access import current_actor
from kinkeeper.web.notices import notify
from kinkeeper.web.pages import back_to, render
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response


@pages.route("/account/second-factor", methods=["GET", "POST"])
@asks_again
def second_factor_page() -> ResponseReturnValue:
    """Show how the second factor stands; the code of a new app switches it on."""
    form = CodeForm(request.form)
    if form.is_good():
        with form.problems():
            codes = keeping_second_factor.confirm_second_factor(current_actor(), form.code.data)
            notify("success", mark("Done. From now on, signing in asks for a code of your app, too."))
            return _show(codes)
    account = queries.own_account(read_session(), current_actor())
    is_begun = account.totp_sealed is not None and account.totp_confirmed_at is None
    secret = second_factor.secret_of(account) if is_begun else ""
    return render(
        "accounts/second_factor.html",
        form=form,
        account=account,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        picture=qr.as_markup(second_factor.address_of(secret, account.email, settings().address))
        if secret
        else "",
        codes=shown_once.shown("recovery").split(),
        left=queries.recovery_codes_left(read_session(), account.id),
        status=form.status,
    )


@pages.post("/account/second-factor/begin")
@asks_again
def begin_second_factor() -> ResponseReturnValue:
    """Make a secret for an app, for the page to show."""
    keeping_second_factor.begin_second_factor(current_actor())
    return back_to(".second_factor_page")


@pages.post("/account/second-factor/codes")
@asks_again
def renew_recovery_codes() -> ResponseReturnValue:
    """Make recovery codes anew, for the page to show once."""
    return _show(keeping_second_factor.renew_recovery_codes(current_actor()))


@pages.post("/account/second-factor/end")
@asks_again
def end_second_factor() -> ResponseReturnValue:
    """Ask for no code any more."""
    keeping_second_factor.end_second_factor(current_actor())
    notify("success", mark("Signing in asks for no code any more."))
    response = back_to(".account")
    shown_once.forget(response, "recovery")
    return response


def _show(codes: list[str]) -> Response:
    response = back_to(".second_factor_page")
    shown_once.show_next(response, " ".join(codes), "recovery")
    return response
