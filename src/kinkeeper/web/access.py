"""Who may come in at all: each page and endpoint declares a level; verbs decide the rest."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from flask import current_app, g, request

from kinkeeper.kernel.actor import ANONYMOUS, Actor
from kinkeeper.kernel.errors import Forbidden, NotFound, Unauthenticated
from kinkeeper.kernel.words import mark
from kinkeeper.web import security
from kinkeeper.web.language import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from werkzeug.routing import Rule

    from kinkeeper.kernel.work import Permission

FindActor = Callable[[], Actor]
_LEVELS = "kinkeeper.access"
_SCOPES = "kinkeeper.scopes"
_TITLES = "kinkeeper.titles_of_scopes"
_FIND_ACTOR = "kinkeeper.find_actor"


class OutOfScope(Forbidden):
    """A program's token is for something else; its account might well be allowed to."""

    code = "token.out_of_scope"
    message = mark("This access token is not for that. It would have to be for: %(scope)s")


class Access(Enum):
    """Whom a page or endpoint lets in."""

    PUBLIC = "public"
    GUEST = "guest"
    """Anybody who followed a mailed link, or signed in."""
    SIGNED_IN = "signed in"
    """Accounts only."""
    HOLDER = "holder"
    """Whoever holds the address: its secret opens one thing, and a POST to it needs no form's token.

    Mail programs send that POST by themselves (RFC 8058). Nothing of the browser's sessions may count
    there: another site could make it send the POST, but does not know the address.
    """
    REPORT = "report"
    """Browsers by themselves, which know no form's token; they are listened to, and change nothing."""
    API = "api"
    """An access token, or an account's session together with the CSRF header."""
    GUEST_API = "api, guest"
    """The same, or the session of anybody who followed a mailed link."""
    PUBLIC_API = "api, public"
    """Anybody's program. No cookie counts there, so that no other site can use a browser's."""


_APIS = {Access.API, Access.GUEST_API}
_FOR_GUESTS = {Access.GUEST, Access.GUEST_API}


_WITHOUT_FORMS = _APIS | {Access.HOLDER, Access.PUBLIC_API, Access.REPORT}
_FOR_EVERYBODY = frozenset({Access.PUBLIC, Access.HOLDER, Access.PUBLIC_API, Access.REPORT})


def use(
    app: Flask,
    find_actor: FindActor,
    levels: dict[str, Access],
    scopes: dict[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
) -> None:
    """Let the roof say how the actor is found, who may enter each endpoint, and which tokens are for it.

    `titles` are what people read for each kind of thing that a token can be for.
    """
    app.extensions[_FIND_ACTOR] = find_actor
    app.extensions[_LEVELS] = levels
    app.extensions[_SCOPES] = scopes or {}
    app.extensions[_TITLES] = titles or {}
    app.before_request(check_access)


def current_actor() -> Actor:
    """Answer who asks; looked up when first needed, so that static pages never touch the database."""
    if "actor" not in g:
        g.actor = current_app.extensions[_FIND_ACTOR]()
    actor: Actor = g.actor
    return actor


def forget_actor() -> None:
    """Ask anew who it is, next time: a stream's request outlives what was true when it came."""
    g.pop("actor", None)


def may(right: str) -> bool:
    """Tell whether the reader has a right for the whole house; a hint, as `can` is."""
    return current_actor().may(right)


def can(permission: Permission, subject: object) -> bool:
    """Hint for templates; the guard is in the verb."""
    return permission(current_actor(), subject)


def levels(app: Flask) -> dict[str, Access]:
    """Answer the access level of every endpoint."""
    found: dict[str, Access] = app.extensions[_LEVELS]
    return found


def is_called_by_programs(app: Flask, endpoint: str | None) -> bool:
    """Tell whether an endpoint is one of the API for which somebody has to be known."""
    return levels(app).get(endpoint or "") in _APIS


def check_access() -> None:
    """Refuse at the door: a form without its token, and where there is no level, everybody."""
    if request.endpoint is None or request.endpoint == "static":
        return
    level = levels(current_app).get(request.endpoint)
    if level is None:
        raise NotFound
    if level not in _WITHOUT_FORMS and request.method not in security.SAFE_METHODS:
        _check_form(level)
    if level in _FOR_EVERYBODY:
        return
    _check_actor(current_actor(), level)
    if level in _APIS and request.method not in security.SAFE_METHODS and not names_token():
        security.check_csrf(request.headers.get(security.CSRF_HEADER))


def _check_form(level: Access) -> None:
    """Refuse a form without its token; who asks is looked at only to say how they can go on."""
    try:
        security.check_csrf(request.form.get(security.CSRF_FIELD))
    except security.StaleForm:
        if level in _FOR_EVERYBODY or _is_known(current_actor(), level):
            raise
        raise security.SignedOut from None


def _is_known(actor: Actor, level: Access) -> bool:
    return actor is not ANONYMOUS and (level in _FOR_GUESTS or actor.account_id is not None)


def _check_actor(actor: Actor, level: Access) -> None:
    if not _is_known(actor, level):
        raise Unauthenticated
    if actor.scopes is not None:
        _check_scope(actor.scopes, scope_of(current_app, request.endpoint or ""))


def scope_of(app: Flask, endpoint: str) -> str:
    """Answer what a limited token has to be for at this endpoint; empty: none will do."""
    found: str = app.extensions[_SCOPES].get(endpoint, "")
    return found


def scopes_there_are(app: Flask) -> tuple[str, ...]:
    """Answer everything that a limited token can be for: by kind, and what only is read just so."""
    kinds = {(scope_of(app, rule.endpoint), _act_of(rule)) for rule in app.url_map.iter_rules()}
    return tuple(f"{act}:{kind}" for kind, act in sorted(kinds) if kind)


def _act_of(rule: Rule) -> str:
    return "write" if (rule.methods or set()) - security.SAFE_METHODS else "read"


def titles_of_scopes(app: Flask) -> Mapping[str, str]:
    """Answer what people read for each kind of thing that a limited token can be for; marked."""
    found: Mapping[str, str] = app.extensions[_TITLES]
    return found


def scope_in_words(app: Flask, scope: str) -> str:
    """Answer what people read for a scope; one that is no more says itself."""
    act, _, kind = scope.partition(":")
    title = titles_of_scopes(app).get(kind)
    if title is None:
        return scope
    how = mark("%(what)s: look") if act == "read" else mark("%(what)s: look and change")
    if scope == "write:tokens":  # no token makes one
        how = mark("%(what)s: look and revoke")
    return text(how, what=text(title))


def scope_in_parts(app: Flask, scope: str) -> tuple[str, str]:
    """Answer what people read for a scope that there is, in two parts: of what, and what is let do."""
    act, _, kind = scope.partition(":")
    how = mark("look") if act == "read" else mark("look and change")
    if scope == "write:tokens":  # as above
        how = mark("look and revoke")
    return text(titles_of_scopes(app)[kind]), text(how)


def _check_scope(held: frozenset[str], scope: str) -> None:
    """Refuse a token that is for something else; who may change a thing may read it."""
    wanted = {f"write:{scope}"} | ({f"read:{scope}"} if request.method in security.SAFE_METHODS else set())
    if not scope or not wanted & held:
        raise OutOfScope(scope=min(wanted) if scope else "*")


def names_token() -> bool:
    """Tell whether the caller says who they are by a header, which no other site can make a browser send."""
    return bool(request.headers.get("Authorization", "").partition(" ")[0])
