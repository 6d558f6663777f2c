"""Dangerous acts ask who it is once more, unless somebody showed it a moment ago (A-54, ASVS 7.5.1)."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

from flask import redirect, request, url_for

from kinkeeper.features.accounts import queries
from kinkeeper.features.accounts.service.freshness import FRESH
from kinkeeper.kernel import clock
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.pages import return_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

P = ParamSpec("P")


def is_fresh() -> bool:
    """Tell whether whoever is signed in showed a moment ago that it is them."""
    proved_at = queries.proved_at(read_session(), current_actor().session_id)
    return proved_at is not None and clock.now() - proved_at <= FRESH


def asks_again(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let a page be looked at, and its form be sent, only by who showed a moment ago that it is them.

    Whoever has an account is asked on a page of its own and comes back here; what a form was sent with is
    lost, which is why its page asks first. A guest's session is the letter itself: there is nothing to ask.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if current_actor().account_id is not None and not is_fresh():
            return redirect(
                url_for("accounts.sign_in_again", next=return_to()),
                code=303 if request.method == "POST" else 302,
            )
        return view(*args, **kwargs)

    return guarded
