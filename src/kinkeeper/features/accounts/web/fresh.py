"""Pages lead to the question who it is, which the verbs ask (A-54, ASVS 7.5.1)."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

from flask import redirect, request, url_for

from kinkeeper.features.accounts.service.freshness import is_stale_browser
from kinkeeper.kernel import clock
from kinkeeper.kernel.work import read_session
from kinkeeper.web.access import current_actor
from kinkeeper.web.pages import return_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

P = ParamSpec("P")


def asks_again(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let a page be looked at, and its form be sent, only by who showed a moment ago that it is them.

    Whoever has an account is asked on a page of its own and comes back here; what a form was sent with is
    lost, which is why its page asks first.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if is_stale_browser(read_session(), current_actor(), clock.now()):
            return redirect(
                url_for("accounts.sign_in_again", next=return_to()),
                code=303 if request.method == "POST" else 302,
            )
        return view(*args, **kwargs)

    return guarded
