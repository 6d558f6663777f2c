"""Pages: rendering, redirects, static addresses, and the reader's own looks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, g, redirect, render_template, request, url_for
from jinja2 import StrictUndefined

from kinkeeper.kernel import clock, words
from kinkeeper.kernel.words import mark
from kinkeeper.web import access, assets, headers, language, notices, security
from kinkeeper.web.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from flask.typing import ResponseReturnValue
    from jinja2.runtime import Macro
    from werkzeug.wrappers import Response


THEMES = ("auto", "light", "dark")
HOUSE_PAGES = (
    ("admin.mailbox", mark("Mailbox"), "house.see_letters"),
    ("accounts.house_users", mark("Accounts"), "accounts.see"),
    ("accounts.house_roles", mark("Roles"), "roles.keep"),
    ("admin.audit_log", mark("What was done"), "house.see_audit"),
)
"""What looking after the house takes: page, name, and the right that opens it."""
_THEME_COOKIE, _YEAR = "kk_theme", 365 * 24 * 3600

pages = Blueprint("web", __name__, template_folder="templates")


def use(app: Flask) -> None:
    """Give templates their words."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        _=language.text,
        ngettext=language.plural,
        civil=language.civil,
        moment=language.moment,
        listed=language.listed,
        asset=assets.asset,
        csrf_token=security.csrf_token,
        notices=notices.notices,
        can=access.can,
        remember=remember,
    )
    app.context_processor(_reader)
    app.register_blueprint(pages)


def remember(macro: Macro) -> Callable[..., str]:
    """Let a macro write the same thing once only.

    `typed`, because markup and the text that looks like it are equal, and only one of them is escaped.
    """
    return lru_cache(maxsize=2_000, typed=True)(macro)


def render(template: str, *, status: int = 200, **context: object) -> ResponseReturnValue:
    """Answer a page."""
    return render_template(template, **context), status


def render_private(template: str, *, status: int = 200, **context: object) -> ResponseReturnValue:
    """Answer a page whose address holds a secret: no referrer carries it on (C-10)."""
    return render_template(template, **context), status, {"Referrer-Policy": "no-referrer"}


def today_here() -> date:
    """Answer the civil day that it is in the house's zone."""
    return clock.today_in(settings().zone, clock.now())


def page_number() -> int:
    """Answer which page of a list is asked for; nonsense asks for the first."""
    return min(max(request.args.get("page", 1, type=int), 1), 1_000_000)


def back_to(endpoint: str, **values: object) -> Response:
    """Redirect after a POST (303, so that reloading repeats nothing)."""
    return redirect(url_for(endpoint, **values), code=303)  # type: ignore[arg-type]  # Flask names its own options too


def return_to() -> str:
    """Answer the address of the page that is shown, also where it answers a POST."""
    if request.method in {"GET", "HEAD"}:
        return request.full_path.rstrip("?")
    return page_at_or_above(request.path)


def page_at_or_above(path: str) -> str:
    """Answer the nearest address, from this one upwards, that can be looked at."""
    routes = current_app.create_url_adapter(request)
    while path and not (routes and routes.test(path, "GET")):
        path = path.rpartition("/")[0]
    return path or "/"


def safe_path(target: str | None, default: str = "/") -> str:
    """Answer `target` if it is a path of this house, else `default` (T-26).

    One slash, not followed by a slash or backslash, no control characters, and no scheme or host
    when parsed: what browsers and `urlsplit` disagree about is refused.
    """
    if not target or target[0] != "/" or target[1:2] in {"/", "\\"}:
        return default
    if "\\" in target or any(ord(letter) <= ord(" ") or ord(letter) == 127 for letter in target):  # noqa: PLR2004
        return default
    parts = urlsplit(target)
    return default if parts.scheme or parts.netloc else target


@pages.post("/look")
def set_theme() -> ResponseReturnValue:
    """Remember light or dark in this browser."""
    response = redirect(safe_path(request.form.get("next")), code=303)
    theme = request.form.get("theme")
    if theme in THEMES:
        _keep_choice(response, _THEME_COOKIE, theme)
    return response


@pages.post("/language")
def set_language() -> ResponseReturnValue:
    """Remember a language in this browser."""
    response = redirect(safe_path(request.form.get("next")), code=303)
    keep_language(response, request.form.get("language"))
    return response


def keep_language(response: Response, chosen: str | None) -> None:
    """Let this browser speak a language from now on, if we do."""
    if chosen in words.LANGUAGES:
        _keep_choice(response, language.COOKIE, chosen)


def _keep_choice(response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_YEAR, secure=settings().is_https, httponly=True, samesite="Lax")


class Viewer:
    """What the layout may know of the reader; asked lazily."""

    @property
    def signed_in(self) -> bool:
        """Whether there is anybody to sign out."""
        return access.current_actor().is_signed_in

    @property
    def is_guest(self) -> bool:
        """Whether only a mailed link is known."""
        actor = access.current_actor()
        return actor.account_id is None and actor.guest_id is not None

    @property
    def is_admin(self) -> bool:
        """Whether the administrator's pages are shown."""
        return access.current_actor().is_admin

    def has_right(self, *rights: str) -> bool:
        """Whether a role of theirs has one of these rights, wherever it may be."""
        return any(grant.rights.intersection(rights) for grant in access.current_actor().grants)

    @property
    def house_pages(self) -> list[tuple[str, str]]:
        """The pages of those who look after the house that the reader may open, with their names."""
        return [(endpoint, label) for endpoint, label, right in HOUSE_PAGES if access.may(right)]

    @property
    def name(self) -> str:
        """The reader's own name."""
        return access.current_actor().name


def _reader() -> dict[str, object]:
    spoken = language.language()
    theme = request.cookies.get(_THEME_COOKIE, "auto")
    return {
        "viewer": Viewer(),
        "language": spoken,
        "languages": words.LANGUAGES,
        "direction": words.direction(spoken),
        "theme": theme if theme in THEMES else "auto",
        "nonce": headers.nonce(),
        "page_url": request.path,
        "return_to": return_to(),
        "mail_stays": settings().mail_stays,
        "opens_only_here": settings().opens_only_here,
        "request_id": g.get("request_id", ""),
    }
